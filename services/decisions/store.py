"""What is remembered about decisions: the tables, and how a thing is taken out and put back."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text, Uuid, or_, select

from chassis.cupboard import Cupboard
from chassis.post import tables
from chassis.tables import moment, nested, notes, things
from chassis.work import Work
from contracts.event import plain
from contracts.people import Policy, Seat
from services.decisions.rules.ballot import Roster, roster
from services.decisions.rules.decision import Decision
from services.decisions.rules.docket_item import DocketItem
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
    Column("staff_recommendation", Text, nullable=False),
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
    nested("conditions"),
    Column("message", Text, nullable=False),
    nested("points"),
    nested("ballot"),
    nested("recused"),
    nested("members"),
    nested("double_roles"),
    Column("staff_recommendation", Text, nullable=False),
    moment("prepared_at"),
    moment("published_at", nullable=True),
    Column("supersedes", Uuid),
    Column("superseded_by", Uuid),
    Column("state", Text, nullable=False),
    Index("decisions_newest_ix", "association_id", "prepared_at", "id"),
    Index("decisions_proposal_ix", "association_id", "proposal_id"),
    Index("decisions_group_ix", "association_id", "group_id"),
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
    Column("reason", Text, nullable=False),
    Index("tasks_decision_ix", "association_id", "decision_id"),
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
TASKS = Cupboard(tasks, Task)


def roster_on(work: Work, body_id: UUID, day: date) -> Roster:
    """Everybody who sits in the body on that day, by what people has told; a mandate's last day is included."""
    in_force = (mandates.c.starts <= day, or_(mandates.c.ends.is_(None), mandates.c.ends >= day))
    rows = work.execute(select(mandates.c.person_id, mandates.c.seat).where(mandates.c.body_id == body_id, *in_force))
    return roster((row.person_id, Seat(row.seat)) for row in rows)


def policy_of(work: Work) -> Policy:
    """What the association has decided about its own practice, or what is usual until it has."""
    kept = work.execute(select(policies.c.policy)).scalar()
    return plain.structure(kept, Policy) if kept else Policy()
