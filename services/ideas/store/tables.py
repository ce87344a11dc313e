"""The tables of ideas, and how a thing is taken out and put back."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text, UniqueConstraint, Uuid, text

from chassis.cupboard import Cupboard
from chassis.post import tables
from chassis.tables import moment, nested, notes, things
from services.ideas.rules.comment import Comment
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
    Column("written_down_by", Uuid),
    moment("written_at"),
    moment("submitted_at", nullable=True),
    Column("state", Text, nullable=False),
    Column("answer_by", Date),
    Column("overdue", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("merged_into", Uuid),
    Column("charter_id", Uuid),
    Column("decision_id", Uuid),
    Column("outcome", Text),
    Column("comments_closed", Boolean, nullable=False),
    Index("ideas_of_author_ix", "association_id", "author_id", "written_at", "id"),
    Index("ideas_merged_ix", "association_id", "merged_into", postgresql_where=text("merged_into is not null")),
    Index("ideas_due_ix", "association_id", "answer_by", postgresql_where=text("state = 'published' and not overdue")),
)

endorsements = things(
    "endorsements",
    TABLES,
    Column("idea_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    nested("departments"),
    Column("written_down_by", Uuid),
    Column("carried_from", Uuid),
    Column("state", Text, nullable=False),
    nested("counted", nullable=True),
    UniqueConstraint("association_id", "person_id", "idea_id"),
    Index("endorsements_of_idea_ix", "association_id", "idea_id", "state", "person_id"),
)
"""`counted` is not the endorsement's own: the departments for which it stands in the figures; null while it is not counted."""

comments = things(
    "comments",
    TABLES,
    Column("idea_id", Uuid, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("text", Text, nullable=False),
    Column("written_down_by", Uuid),
    moment("written_at"),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("comments_of_idea_ix", "association_id", "idea_id", "written_at", "id"),
    Index("comments_by_person_ix", "association_id", "idea_id", "author_id"),
)

standing = notes(
    "standing",
    TABLES,
    Column("idea_id", Uuid),
    more=(
        Column("state", Text, nullable=False),
        Column("origin", Text, nullable=False),
        nested("departments"),
        moment("submitted_at"),
        Column("endorsers", Integer, nullable=False),
        Column("in_departments", Integer, nullable=False),
        Index("standing_newest_ix", "association_id", "state", "submitted_at", "idea_id"),
        Index("standing_endorsers_ix", "association_id", "state", "endorsers", "idea_id"),
        Index("standing_breadth_ix", "association_id", "state", "in_departments", "endorsers", "idea_id"),
    ),
)
"""What lists are sorted and sifted by: how many stand behind an idea, in how many departments, and a copy of its state.

The figures are folded from what endorsements tell, so that a hot idea is nobody's bottleneck.
"""

breadth = notes(
    "breadth",
    TABLES,
    Column("idea_id", Uuid),
    Column("department_id", Uuid),
    more=(Column("endorsers", Integer, nullable=False),),
)
"""How many stand behind an idea in each department."""

words = notes(
    "words",
    TABLES,
    Column("word", Text),
    Column("idea_id", Uuid),
    more=(Column("in_title", Boolean, nullable=False),),
)
"""The stems of the words of each published idea.

A table of its own, not a GIN index: under row-level security PostgreSQL uses an index only for comparisons that leak nothing
(LEAKPROOF), and `@@` is not one of them.
"""

policies = notes("policies", TABLES, more=(Column("version", Integer, nullable=False), nested("policy")))
departments = notes("departments", TABLES, Column("department_id", Uuid), more=(Column("name", Text, nullable=False),))
bodies = notes("bodies", TABLES, Column("body_id", Uuid), more=(Column("body", Text, nullable=False),))

IDEAS = Cupboard(ideas, Idea)
ENDORSEMENTS = Cupboard(endorsements, Endorsement)
COMMENTS = Cupboard(comments, Comment)
