"""What is remembered about people: their tables, and how a thing is taken out and put back."""

from hashlib import sha256

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, UniqueConstraint, Uuid, text

from chassis.cupboard import Cupboard
from chassis.post import tables
from chassis.tables import moment, nested, things
from services.people.rules.association import Association
from services.people.rules.body import Body
from services.people.rules.department import Department
from services.people.rules.interest import Interest
from services.people.rules.mandate import Mandate
from services.people.rules.person import Person

TABLES = tables()


def _word(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


doors = Table(
    "doors",
    TABLES,
    Column("name", Text, primary_key=True),
    Column("association_id", Uuid, nullable=False),
    Column("slug", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("statement_url", Text),
    Column("day", Date),  # the newest day that it was told, kept here so that one look serves all
    info={"no_association": "whose door it is becomes known by looking it up"},
)
"""The ways in, slug or host name: what the gateway asks before it knows which association somebody means."""

workplaces = Table(
    "workplaces",
    TABLES,
    Column("address", Text, primary_key=True),  # a hash: whose address it is can be checked and not read
    Column("association_id", Uuid, primary_key=True),
    Index("workplaces_here_ix", "association_id"),
    info={"no_association": "an administrator's employee works in many associations, and chooses one of them"},
)
"""In which associations somebody who is reached at an address is employed: what the gateway asks before one of them is chosen."""

associations = things(
    "associations",
    TABLES,
    _word("name"),
    _word("slug"),
    _word("host", nullable=True),
    _word("cvr", nullable=True),
    _word("lbf_number", nullable=True),
    _word("statement_url", nullable=True),
    nested("policy"),
    Column("policy_version", Integer, nullable=False),
    Column("day", Date),
    _word("state"),
)

departments = things(
    "departments",
    TABLES,
    _word("number"),
    _word("lbf_number"),
    _word("name"),
    _word("address"),
    Column("has_board", Boolean, nullable=False),
    _word("state"),
    UniqueConstraint("association_id", "number"),
)

bodies = things("bodies", TABLES, _word("kind"), _word("name"), Column("department_id", Uuid), _word("override"), _word("state"))

persons = things(
    "persons",
    TABLES,
    _word("external_id"),
    _word("name"),
    _word("chosen_name"),
    _word("email"),
    _word("phone"),
    _word("address"),
    nested("departments"),
    Column("protected", Boolean, nullable=False),
    _word("contact"),
    Column("employee", Boolean, nullable=False),
    nested("duties"),
    Column("renamed", Boolean, nullable=False),
    _word("state"),
    UniqueConstraint("association_id", "external_id"),
    Index("persons_email_ix", "association_id", "email"),
)

mandates = things(
    "mandates",
    TABLES,
    Column("body_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    _word("seat"),
    Column("resident", Boolean, nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    _word("state"),
    Index("mandates_person_ix", "association_id", "person_id"),
    Index("mandates_body_ix", "association_id", "body_id"),
)

interests = things(
    "interests",
    TABLES,
    nested("topics"),
    nested("departments"),
    moment("joined_at"),
    _word("consent_note"),
    Column("consent_taken_by", Uuid),
    _word("state"),
    Index("interests_listed_ix", "association_id", "joined_at", "id", postgresql_where=text("state = 'listed'")),
)

ASSOCIATIONS = Cupboard(associations, Association)
DEPARTMENTS = Cupboard(departments, Department)
BODIES = Cupboard(bodies, Body)
PERSONS = Cupboard(persons, Person)
MANDATES = Cupboard(mandates, Mandate)
INTERESTS = Cupboard(interests, Interest)


def hash_of(email: str) -> str:
    """An e-mail address as `workplaces` knows it."""
    return sha256(email.strip().lower().encode("utf-8", "replace")).hexdigest()
