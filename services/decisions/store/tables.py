"""What is remembered about decisions: the tables, and how a thing is taken out and put back."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text, Uuid, text

from chassis.cupboard import Cupboard
from chassis.post import tables
from chassis.tables import moment, nested, notes, things
from services.decisions.rules.decision import Decision
from services.decisions.rules.docket_item import DocketItem
from services.decisions.rules.review import Review
from services.decisions.rules.round import Round
from services.decisions.rules.survey import Survey
from services.decisions.rules.survey_answer import SurveyAnswer
from services.decisions.rules.task import Task

TABLES = tables()

docket = things(
    "docket",
    TABLES,
    Column("matter", Text, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("charter_id", Uuid, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("title", Text, nullable=False),
    moment("laid_at"),
    Column("due", Date, nullable=False),
    nested("charter", nullable=True),
    Column("amendment_id", Uuid),
    nested("changed"),
    Column("why", Text, nullable=False),
    nested("proposal", nullable=True),
    Column("proposal_id", Uuid),
    Column("group_id", Uuid),
    Column("idea_id", Uuid),
    nested("members"),
    nested("recusals"),
    nested("staff_recommendation", nullable=True),
    Column("state", Text, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("outcome", Text),
    Column("reason", Text, nullable=False),
    nested("ballot", nullable=True),
    Column("decision_id", Uuid),
    Index("docket_newest_ix", "association_id", "laid_at", "id"),
    Index("docket_body_ix", "association_id", "body_id", "laid_at", "id"),
    Index("docket_due_ix", "association_id", "state", "due"),
)

decisions = things(
    "decisions",
    TABLES,
    Column("docket_item_id", Uuid, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("charter_id", Uuid, nullable=False),
    Column("group_id", Uuid, nullable=False),
    Column("proposal_id", Uuid, nullable=False),
    Column("idea_id", Uuid),
    Column("edition", Integer, nullable=False),
    Column("title", Text, nullable=False),
    nested("proposal"),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    nested("codes"),
    nested("conditions"),
    Column("message", Text, nullable=False),
    Column("message_to_proposer", Text, nullable=False),
    nested("points"),
    Column("review_on", Date),
    nested("ballot"),
    nested("recused"),
    nested("members"),
    nested("double_roles"),
    moment("prepared_at"),
    Column("original_id", Uuid, nullable=False),
    Column("corrects", Uuid),
    nested("correction", nullable=True),
    moment("published_at", nullable=True),
    Column("supersedes", Uuid),
    Column("superseded_by", Uuid),
    Column("state", Text, nullable=False),
    Index("decisions_newest_ix", "association_id", "prepared_at", "id"),
    Index("decisions_proposal_ix", "association_id", "proposal_id"),
    Index("decisions_group_ix", "association_id", "group_id"),
    Index("decisions_waiting_ix", "association_id", "prepared_at", "id", postgresql_where=text("state = 'prepared'")),
)

tasks = things(
    "tasks",
    TABLES,
    Column("decision_id", Uuid, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("recommendation_id", Uuid),
    Column("owner", Text, nullable=False),
    Column("owner_id", Uuid),
    Column("due", Date, nullable=False),
    Column("weight", Integer, nullable=False),
    nested("departments"),
    Column("rent_question", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("overdue", Boolean, nullable=False),
    nested("circles"),
    Column("reason", Text, nullable=False),
    Index("tasks_decision_ix", "association_id", "decision_id", "due", "id"),
    Index("tasks_due_ix", "association_id", "due", postgresql_where=text("state not in ('done', 'stopped')")),
)

rounds = things(
    "rounds",
    TABLES,
    Column("title", Text, nullable=False),
    moment("opened_at"),
    nested("entries"),
    Column("state", Text, nullable=False),
    Index("rounds_newest_ix", "association_id", "opened_at", "id"),
)

in_a_round = notes(
    "in_a_round",
    TABLES,
    Column("decision_id", Uuid),
    more=(Column("round_id", Uuid, nullable=False), Index("in_a_round_ix", "association_id", "round_id")),
)
"""The round that a decision is in: the one gate that nobody passes twice."""

reviews = things(
    "reviews",
    TABLES,
    Column("decision_id", Uuid, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("day", Date, nullable=False),
    nested("circles"),
    Column("found", Text, nullable=False),
    Column("held_on", Date),
    Column("next_day", Date),
    Column("state", Text, nullable=False),
    Index("reviews_decision_ix", "association_id", "decision_id", "day", "id"),
    Index("reviews_due_ix", "association_id", "day", postgresql_where=text("state <> 'held'")),
)

surveys = things(
    "surveys",
    TABLES,
    Column("group_id", Uuid, nullable=False),
    Column("decision_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    nested("members"),
    moment("opened_at"),
    Column("closes_on", Date, nullable=False),
    Column("answered", Integer, nullable=False),
    nested("counts"),
    Column("state", Text, nullable=False),
    Index("surveys_open_ix", "association_id", "closes_on", postgresql_where=text("state = 'open'")),
)

survey_answers = things(
    "survey_answers",
    TABLES,
    Column("survey_id", Uuid, nullable=False),
    Column("group_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    nested("reply", nullable=True),
    Column("research", Boolean, nullable=False),
    Column("taken_by", Uuid),
    Column("state", Text, nullable=False),
    Index("survey_answers_ix", "association_id", "survey_id"),
)

policies = notes("policies", TABLES, more=(Column("version", Integer, nullable=False), nested("policy")))
departments = notes(
    "departments",
    TABLES,
    Column("department_id", Uuid),
    more=(Column("name", Text, nullable=False), Column("closed", Boolean, nullable=False)),
)
bodies = notes(
    "bodies",
    TABLES,
    Column("body_id", Uuid),
    more=(Column("body", Text, nullable=False), Column("name", Text, nullable=False), Column("department_id", Uuid)),
)
mandates = notes(
    "mandates",
    TABLES,
    Column("mandate_id", Uuid),
    more=(
        Column("body_id", Uuid, nullable=False),
        Column("person_id", Uuid, nullable=False),
        Column("seat", Text, nullable=False),
        Column("resident", Boolean, nullable=False),
        Column("starts", Date, nullable=False),
        Column("ends", Date),
        Index("mandates_body_ix", "association_id", "body_id"),
    ),
)
"""Who sits where, from day to day: the roster of any day can be read from it, also of one that is past."""

charters = notes(
    "charters",
    TABLES,
    Column("charter_id", Uuid),
    more=(
        Column("edition", Integer, nullable=False),
        Column("group_id", Uuid, nullable=False),
        Column("body_id", Uuid, nullable=False),
        Column("idea_id", Uuid),
        Column("decision_by", Date, nullable=False),
    ),
)
"""What a proposal's charter says about deciding on it."""

DOCKET = Cupboard(docket, DocketItem)
DECISIONS = Cupboard(decisions, Decision)
ROUNDS = Cupboard(rounds, Round)
TASKS = Cupboard(tasks, Task)
REVIEWS = Cupboard(reviews, Review)
SURVEYS = Cupboard(surveys, Survey)
SURVEY_ANSWERS = Cupboard(survey_answers, SurveyAnswer)
