"""What is remembered about meetings: their tables, and how a thing is taken out and put back."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text, Uuid, text

from chassis.cupboard import Cupboard
from chassis.post import tables
from chassis.tables import moment, nested, notes, things
from services.meetings.rules.anonymous_round import AnonymousRound
from services.meetings.rules.answer import Answer
from services.meetings.rules.calendar import Calendar
from services.meetings.rules.contribution import Contribution
from services.meetings.rules.date_poll import DatePoll
from services.meetings.rules.leadership_act import LeadershipAct
from services.meetings.rules.meeting import Meeting
from services.meetings.rules.minutes import Minutes
from services.meetings.rules.proposal import Proposal
from services.meetings.rules.recommendation import Recommendation
from services.meetings.rules.shared_understanding import SharedUnderstanding
from services.meetings.rules.theme import Theme

TABLES = tables()


def _id(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Uuid, nullable=nullable)


def _word(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False)


meetings = things(
    "meetings",
    TABLES,
    _id("group_id"),
    _id("facilitator_id"),
    _id("sponsor_id"),
    Column("day", Date, nullable=False),
    moment("starts", nullable=True),
    moment("ends", nullable=True),
    _word("place"),
    _word("online_link"),
    Column("interpreter", Boolean, nullable=False),
    Column("child_care", Boolean, nullable=False),
    _word("accessibility"),
    nested("agenda"),
    Column("edition", Integer, nullable=False),
    moment("called_at", nullable=True),
    nested("present"),
    Column("guests", Integer, nullable=False),
    Column("minutes_by", Date),
    Column("minutes_overdue", Boolean, nullable=False),
    _word("reason"),
    _word("state"),
    Index("meetings_of_group_ix", "association_id", "group_id", "day", "id"),
    Index("meetings_minutes_ix", "association_id", "minutes_by"),
)

date_polls = things(
    "date_polls",
    TABLES,
    _id("meeting_id"),
    _id("group_id"),
    _id("facilitator_id"),
    _id("sponsor_id"),
    nested("options"),
    Column("answer_by", Date, nullable=False),
    Column("remind_on", Date, nullable=False),
    nested("replies"),
    Column("reminded", Boolean, nullable=False),
    _id("chosen", nullable=True),
    _word("state"),
    Index("date_polls_of_group_ix", "association_id", "group_id"),
    Index("date_polls_open_ix", "association_id", "meeting_id", unique=True, postgresql_where=text("state = 'open'")),
    Index("date_polls_remind_ix", "association_id", "remind_on", postgresql_where=text("state = 'open' and not reminded")),
)
"""A meeting has one open poll at most."""

answers = things(
    "answers",
    TABLES,
    _id("meeting_id"),
    _id("person_id"),
    moment("called_to", nullable=True),
    _id("written_by", nullable=True),
    _word("state"),
    Index("answers_to_meeting_ix", "association_id", "meeting_id", "person_id", unique=True),
)

calendars = things(
    "calendars",
    TABLES,
    _id("person_id"),
    Column("hash", Text),
    moment("opened_at", nullable=True),
    _word("state"),
    Index("calendars_hash_ix", "association_id", "hash", unique=True),
)

minutes = things(
    "minutes",
    TABLES,
    _id("meeting_id"),
    _id("group_id"),
    _id("facilitator_id"),
    _id("sponsor_id"),
    nested("items"),
    nested("closed_headings"),
    nested("comments"),
    nested("revisions"),
    _word("state"),
    Index("minutes_of_meeting_ix", "association_id", "meeting_id", unique=True),
    Index("minutes_of_group_ix", "association_id", "group_id"),
)

contributions = things(
    "contributions",
    TABLES,
    _id("group_id"),
    _id("given_by"),
    _word("category"),
    moment("given_at"),
    _word("kind"),
    _word("text"),
    _id("written_by", nullable=True),
    _id("meeting_id", nullable=True),
    _id("theme_id", nullable=True),
    _id("recommendation_id", nullable=True),
    _word("reason"),
    _word("state"),
    Index("contributions_of_group_ix", "association_id", "group_id", "given_at", "id"),
    Index("contributions_of_theme_ix", "association_id", "theme_id"),
    Index("contributions_of_recommendation_ix", "association_id", "recommendation_id"),
)

themes = things(
    "themes",
    TABLES,
    _id("group_id"),
    _word("name"),
    _id("into_id", nullable=True),
    _word("state"),
    Index("themes_of_group_ix", "association_id", "group_id", "id"),
)

shared_understandings = things(
    "shared_understandings",
    TABLES,
    _id("group_id"),
    _word("text"),
    Column("edition", Integer, nullable=False),
    nested("agreements"),
    nested("earlier"),
    _word("state"),
    Index("shared_understandings_of_group_ix", "association_id", "group_id", unique=True),
)

leadership_acts = things(
    "leadership_acts",
    TABLES,
    _id("group_id"),
    _word("act"),
    moment("noted_at"),
    _word("note"),
    _id("meeting_id", nullable=True),
    nested("contributions"),
    nested("themes"),
    _word("state"),
    Index("leadership_acts_of_group_ix", "association_id", "group_id", "noted_at", "id"),
)

anonymous_rounds = things(
    "anonymous_rounds",
    TABLES,
    _id("group_id"),
    _word("question"),
    Column("opened_on", Date, nullable=False),
    nested("answered"),
    nested("answers"),
    Column("count", Integer, nullable=False),
    _word("state"),
    Index("anonymous_rounds_of_group_ix", "association_id", "group_id", "id"),
)
"""One row for a whole round, and no moment in it: no row and no place belongs to one person (see the rules)."""

recommendations = things(
    "recommendations",
    TABLES,
    _id("group_id"),
    _id("proposal_id"),
    Column("number", Integer, nullable=False),
    nested("wording"),
    _word("state"),
    Index("recommendations_of_proposal_ix", "association_id", "proposal_id", "number"),
)

proposals = things(
    "proposals",
    TABLES,
    _id("group_id"),
    _id("charter_id"),
    _id("body_id"),
    _word("title"),
    _word("summary"),
    nested("roster"),
    nested("consents"),
    _word("returned_because"),
    Column("edition", Integer, nullable=False),
    _word("state"),
    Index("proposals_of_group_ix", "association_id", "group_id", unique=True),
)

editions = notes(
    "editions",
    TABLES,
    _id("proposal_id"),
    Column("edition", Integer, nullable=False),
    more=(
        _word("title"),
        _word("summary"),
        nested("recommendations"),
        nested("dissents"),
        moment("submitted_at"),
        Column("returned_because", Text),
    ),
)
"""What each edition of a proposal said when it was handed over, and why it came back, if it did."""

groups = notes(
    "groups",
    TABLES,
    _id("group_id"),
    more=(
        _id("charter_id"),
        _id("body_id"),
        _id("sponsor_id"),
        _id("facilitator_id"),
        _word("title"),
        nested("questions"),
        Column("decision_by", Date, nullable=False),
        Column("edition", Integer, nullable=False),
        Column("fewest", Integer, nullable=False),
        Column("most", Integer, nullable=False),
        Index("groups_facilitator_ix", "association_id", "facilitator_id"),
        Index("groups_sponsor_ix", "association_id", "sponsor_id"),
    ),
)
"""What the charter in force says."""

progress = notes(
    "progress",
    TABLES,
    _id("group_id"),
    more=(
        Column("formed", Boolean, nullable=False, server_default="false"),
        Column("closed", Boolean, nullable=False, server_default="false"),
    ),
)
"""How far the group is. Each is told once and never taken back, so it does not matter which is heard first."""

seats = notes(
    "seats",
    TABLES,
    _id("sign_up_id"),
    more=(
        _id("group_id"),
        _id("person_id"),
        Column("category", Text),
        Column("has_left", Boolean, nullable=False, server_default="false"),
        Index("seats_of_group_ix", "association_id", "group_id"),
        Index("seats_of_person_ix", "association_id", "person_id"),
    ),
)
"""Who has a seat. Whoever left has left, also when that is heard before the acceptance."""

policies = notes("policies", TABLES, more=(Column("version", Integer, nullable=False), nested("policy")))

MEETINGS = Cupboard(meetings, Meeting)
DATE_POLLS = Cupboard(date_polls, DatePoll)
ANSWERS = Cupboard(answers, Answer)
CALENDARS = Cupboard(calendars, Calendar)
MINUTES = Cupboard(minutes, Minutes)
CONTRIBUTIONS = Cupboard(contributions, Contribution)
THEMES = Cupboard(themes, Theme)
SHARED_UNDERSTANDINGS = Cupboard(shared_understandings, SharedUnderstanding)
LEADERSHIP_ACTS = Cupboard(leadership_acts, LeadershipAct)
ANONYMOUS_ROUNDS = Cupboard(anonymous_rounds, AnonymousRound)
RECOMMENDATIONS = Cupboard(recommendations, Recommendation)
PROPOSALS = Cupboard(proposals, Proposal)
