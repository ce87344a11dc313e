"""What is remembered about meetings: their tables, and how a thing is taken out and put back."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text, Uuid

from chassis.cupboard import Cupboard
from chassis.post import tables
from chassis.tables import moment, nested, notes, things
from services.meetings.rules.contribution import Contribution
from services.meetings.rules.meeting import Meeting
from services.meetings.rules.minutes import Minutes
from services.meetings.rules.proposal import Proposal
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
    nested("call", nullable=True),
    nested("present"),
    Column("guests", Integer, nullable=False),
    Column("minutes_by", Date),
    Column("minutes_overdue", Boolean, nullable=False),
    _word("reason"),
    _word("state"),
    Index("meetings_of_group_ix", "association_id", "group_id", "day"),
    Index("meetings_minutes_ix", "association_id", "minutes_by"),
)

minutes = things(
    "minutes",
    TABLES,
    _id("meeting_id"),
    _id("group_id"),
    _id("facilitator_id"),
    _id("sponsor_id"),
    nested("items"),
    nested("comments"),
    _word("state"),
    Index("minutes_of_meeting_ix", "association_id", "meeting_id", unique=True),
)

contributions = things(
    "contributions",
    TABLES,
    _id("group_id"),
    _id("facilitator_id"),
    _id("sponsor_id"),
    _id("given_by"),
    moment("given_at"),
    _word("kind"),
    _word("text"),
    _id("written_by", nullable=True),
    _id("meeting_id", nullable=True),
    _id("theme_id", nullable=True),
    _id("recommendation_id", nullable=True),
    _word("reason"),
    _word("state"),
    Index("contributions_of_group_ix", "association_id", "group_id", "given_at"),
)

themes = things(
    "themes", TABLES, _id("group_id"), _word("name"), _word("state"), Index("themes_of_group_ix", "association_id", "group_id")
)

proposals = things(
    "proposals",
    TABLES,
    _id("group_id"),
    _id("charter_id"),
    _id("body_id"),
    _word("title"),
    _word("summary"),
    nested("recommendations"),
    nested("roster"),
    nested("consents"),
    _word("returned_because"),
    Column("edition", Integer, nullable=False),
    _word("state"),
    Index("proposals_of_group_ix", "association_id", "group_id", unique=True),
)

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
    ),
)
"""Who has a seat. Whoever left has left, also when that is heard before the acceptance."""

policies = notes("policies", TABLES, more=(Column("version", Integer, nullable=False), nested("policy")))

MEETINGS = Cupboard(meetings, Meeting)
MINUTES = Cupboard(minutes, Minutes)
CONTRIBUTIONS = Cupboard(contributions, Contribution)
THEMES = Cupboard(themes, Theme)
PROPOSALS = Cupboard(proposals, Proposal)
