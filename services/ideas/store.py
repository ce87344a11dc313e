"""What is remembered about ideas: their tables, and how a thing is taken out and put back."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text, UniqueConstraint, Uuid

from chassis.cupboard import Cupboard
from chassis.post import tables
from chassis.tables import moment, nested, notes, things
from services.ideas.rules.endorsement import Endorsement
from services.ideas.rules.idea import Idea

TABLES = tables()

ideas = things(
    "ideas",
    TABLES,
    Column("author_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    nested("departments"),
    moment("submitted_at"),
    Column("state", Text, nullable=False),
    Column("answer_by", Date),
    Column("overdue", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("charter_id", Uuid),
    Column("decision_id", Uuid),
    Column("outcome", Text),
    Index("ideas_newest_ix", "association_id", "state", "submitted_at", "id"),
    Index("ideas_due_ix", "association_id", "answer_by"),
)

endorsements = things(
    "endorsements",
    TABLES,
    Column("idea_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    nested("departments"),
    Column("state", Text, nullable=False),
    UniqueConstraint("association_id", "person_id", "idea_id"),
)

standing = notes("standing", TABLES, Column("idea_id", Uuid), more=(Column("endorsers", Integer, nullable=False),))
"""How many stand behind an idea: folded from what endorsements tell, so that a hot idea is nobody's bottleneck."""

breadth = notes(
    "breadth",
    TABLES,
    Column("idea_id", Uuid),
    Column("department_id", Uuid),
    more=(Column("endorsers", Integer, nullable=False),),
)
"""The same for each department."""

policies = notes("policies", TABLES, more=(Column("version", Integer, nullable=False), nested("policy")))
departments = notes("departments", TABLES, Column("department_id", Uuid), more=(Column("name", Text, nullable=False),))

IDEAS = Cupboard(ideas, Idea)
ENDORSEMENTS = Cupboard(endorsements, Endorsement)
