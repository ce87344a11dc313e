"""The tables of groups, and how a thing is taken out and put back."""

from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, Table, Text, Uuid, select, text

from chassis.cupboard import Cupboard
from chassis.identity import Identity
from chassis.post import tables
from chassis.tables import moment, nested, notes, things
from chassis.work import Work
from services.groups.rules.amendment import Amendment
from services.groups.rules.charter import Charter
from services.groups.rules.draw import Draw
from services.groups.rules.group import Group
from services.groups.rules.sign_up import SignUp
from services.groups.rules.template import Template

TABLES = tables()

charters = things(
    "charters",
    TABLES,
    Column("body_id", Uuid, nullable=False),
    Column("department_id", Uuid),
    Column("idea_id", Uuid),
    Column("drafted_by", Uuid, nullable=False),
    moment("drafted_at"),
    nested("wording"),
    Column("state", Text, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("policy_version", Integer),
    Column("meetings_min", Integer),
    Column("meetings_max", Integer),
    Column("revocation", Text, nullable=False),
    Column("revocations", Integer, nullable=False),
    Index("charters_newest_ix", "association_id", "drafted_at", "id"),
    Index("charters_state_ix", "association_id", "state", "drafted_at", "id"),
)

editions = notes(
    "editions",
    TABLES,
    Column("charter_id", Uuid),
    Column("edition", Integer),
    more=(
        nested("wording"),
        Column("why", Text, nullable=False),
        moment("laid_at"),
        Column("standing", Text, nullable=False),
        Column("reason", Text, nullable=False),
        moment("settled_at", nullable=True),
    ),
)
"""Every edition of a charter that was laid before its body, whole, and what became of it."""

amendments = things(
    "amendments",
    TABLES,
    Column("charter_id", Uuid, nullable=False),
    Column("group_id", Uuid, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("department_id", Uuid),
    Column("idea_id", Uuid),
    Column("against", Integer, nullable=False),
    nested("wording"),
    Column("why", Text, nullable=False),
    Column("drafted_by", Uuid, nullable=False),
    moment("drafted_at"),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Index("amendments_of_charter_ix", "association_id", "charter_id", "drafted_at", "id"),
    Index(
        "amendments_open_ix",
        "association_id",
        "charter_id",
        unique=True,
        postgresql_where=text("state in ('draft', 'proposed', 'returned')"),
    ),
)

templates = things(
    "templates",
    TABLES,
    Column("title", Text, nullable=False),
    Column("good_for", Text, nullable=False),
    nested("pattern"),
    moment("kept_at"),
    Column("shared_id", Uuid, nullable=False),
    Column("shown_as", Text, nullable=False),
    Column("state", Text, nullable=False),
    Index("templates_newest_ix", "association_id", "kept_at", "id", postgresql_where=text("state <> 'discarded'")),
)

shared_templates = Table(
    "shared_templates",
    TABLES,
    Column("id", Uuid, primary_key=True),
    Column("association_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("good_for", Text, nullable=False),
    nested("pattern"),
    Column("shown_as", Text, nullable=False),
    moment("shared_at"),
    Index("shared_templates_newest_ix", "shared_at", "id"),
    info={"no_association": "read by all, for it is shared by choice; nobody reads whose it is, and only they change it"},
)
"""Copies for others to read, each under an id that says nothing about whose it is."""

groups = things(
    "groups",
    TABLES,
    Column("charter_id", Uuid, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("idea_id", Uuid),
    Column("title", Text, nullable=False),
    Column("background", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    nested("seats"),
    Column("sign_up_until", Date, nullable=False),
    nested("meetings"),
    Column("handover", Date, nullable=False),
    Column("decision_by", Date, nullable=False),
    Column("sponsor_id", Uuid),
    Column("facilitator_id", Uuid),
    Column("selection", Text, nullable=False),
    nested("targets"),
    Column("one_per_household", Boolean, nullable=False),
    moment("opened_at"),
    Column("state", Text, nullable=False),
    Column("formed_on", Date),
    Column("at_work_since", Date),
    Column("still_since", Date),
    Column("reason", Text, nullable=False),
    Column("proposal_id", Uuid),
    Column("edition", Integer, nullable=False),
    nested("returned"),
    Column("decision_id", Uuid),
    Column("outcome", Text),
    Index("groups_newest_ix", "association_id", "opened_at", "id"),
    Index("groups_state_ix", "association_id", "state", "opened_at", "id"),
    Index("groups_sponsor_ix", "association_id", "sponsor_id"),
    Index("groups_facilitator_ix", "association_id", "facilitator_id"),
    Index("groups_charter_ix", "association_id", "charter_id"),
)

sign_ups = things(
    "sign_ups",
    TABLES,
    Column("group_id", Uuid, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("category", Text, nullable=False),
    Column("brings", Text, nullable=False),
    Column("first_time", Boolean),
    nested("departments"),
    Column("has_board_office", Boolean, nullable=False),
    Column("sits_in_body", Boolean, nullable=False),
    moment("applied_at"),
    Column("state", Text, nullable=False),
    Column("answer_by", Date),
    Column("reason", Text, nullable=False),
    Column("household", Text, nullable=False),
    Column("line", Integer),
    nested("consents"),
    Index("sign_ups_of_group_ix", "association_id", "group_id", "applied_at", "id"),
    Index("sign_ups_in_line_ix", "association_id", "group_id", "state", "category", "line", "applied_at", "id"),
    Index("sign_ups_of_household_ix", "association_id", "group_id", "household", postgresql_where=text("household <> ''")),
    Index("sign_ups_of_person_ix", "association_id", "person_id", "group_id", "applied_at"),
    Index("sign_ups_due_ix", "association_id", "answer_by", postgresql_where=text("state = 'offered'")),
    Index(
        "sign_ups_once_ix", "association_id", "group_id", "person_id", unique=True, postgresql_where=text("state <> 'withdrawn'")
    ),
)

seats = notes(
    "seats",
    TABLES,
    Column("group_id", Uuid),
    Column("category", Text),
    more=(
        Column("places", Integer, nullable=False),
        Column("taken", Integer, nullable=False),
        CheckConstraint("taken between 0 and places", name="taken_ck"),
    ),
)
"""How many places of each category a group has, and how many are taken: the one gate that nobody passes twice."""

draws = things(
    "draws",
    TABLES,
    Column("group_id", Uuid, nullable=False),
    Column("body_id", Uuid, nullable=False),
    Column("method", Text, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("announced_by", Uuid, nullable=False),
    moment("announced_at"),
    Column("state", Text, nullable=False),
    Column("held_by", Uuid),
    moment("held_at", nullable=True),
    nested("terms", nullable=True),
    nested("pool", nullable=True),
    nested("fallen", nullable=True),
    Column("shortfall_reason", Text, nullable=False),
)

test_draws = notes(
    "test_draws",
    TABLES,
    Column("id", Uuid),
    more=(
        Column("group_id", Uuid, nullable=False),
        Column("run_by", Uuid, nullable=False),
        moment("run_at"),
        Column("seed", Text, nullable=False),
        nested("terms"),
        nested("pool"),
        nested("fallen"),
        Index("test_draws_of_group_ix", "association_id", "group_id", "run_at", "id"),
    ),
)
"""Draws that only tried out how the lots might fall: they changed nobody, and who ran them is kept."""

last_met = notes("last_met", TABLES, Column("group_id", Uuid), more=(Column("day", Date, nullable=False),))
"""The day on which a group last met, folded from the meetings that were held."""

policies = notes("policies", TABLES, more=(Column("version", Integer, nullable=False), nested("policy")))
departments = notes("departments", TABLES, Column("department_id", Uuid), more=(Column("name", Text, nullable=False),))
bodies = notes(
    "bodies", TABLES, Column("body_id", Uuid), more=(Column("body", Text, nullable=False), Column("department_id", Uuid))
)
mandates = notes(
    "mandates",
    TABLES,
    Column("mandate_id", Uuid),
    more=(
        Column("body_id", Uuid, nullable=False),
        Column("person_id", Uuid, nullable=False),
        Column("seat", Text, nullable=False),
        Column("starts", Date, nullable=False),
        Column("ends", Date),
        Index("mandates_of_body_ix", "association_id", "body_id"),
    ),
)

CHARTERS = Cupboard(charters, Charter)
AMENDMENTS = Cupboard(amendments, Amendment)
TEMPLATES = Cupboard(templates, Template)
GROUPS = Cupboard(groups, Group)
SIGN_UPS = Cupboard(sign_ups, SignUp)
DRAWS = Cupboard(draws, Draw)


def share_group(work: Work, id: UUID) -> Group:
    """Look at the group, and keep others from changing it until the work is done; many may do this at once."""
    work.execute(select(groups.c.id).where(groups.c.id == id).with_for_update(read=True))
    return GROUPS.see(work, id)


def house(work: Work) -> Identity:
    """The house itself, where a person's move leads to one that nobody makes."""
    return Identity(association_id=work.who.association_id, cause=work.who.cause)
