"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import post_migrations
from chassis.migrate import guard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each with its guard."""
    op.create_table(
        "bodies",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "body_id", name=op.f("bodies_pk")),
    )
    op.create_table(
        "breadth",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("endorsers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "idea_id", "department_id", name=op.f("breadth_pk")),
    )
    op.create_table(
        "comments",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_down_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("comments_pk")),
    )
    op.create_index("comments_by_person_ix", "comments", ["association_id", "idea_id", "author_id"], unique=False)
    op.create_index("comments_of_idea_ix", "comments", ["association_id", "idea_id", "written_at", "id"], unique=False)
    op.create_table(
        "departments",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "department_id", name=op.f("departments_pk")),
    )
    op.create_table(
        "endorsements",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("departments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("written_down_by", sa.Uuid(), nullable=True),
        sa.Column("carried_from", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("counted", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("endorsements_pk")),
        sa.UniqueConstraint(
            "association_id", "person_id", "idea_id", name=op.f("endorsements_association_id_person_id_idea_id_key")
        ),
    )
    op.create_index("endorsements_of_idea_ix", "endorsements", ["association_id", "idea_id", "state", "person_id"], unique=False)
    op.create_table(
        "ideas",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("departments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("written_down_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("charter_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("comments_closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("ideas_pk")),
    )
    op.create_index(
        "ideas_due_ix",
        "ideas",
        ["association_id", "answer_by"],
        unique=False,
        postgresql_where=sa.text("state = 'published' and not overdue"),
    )
    op.create_index(
        "ideas_merged_ix",
        "ideas",
        ["association_id", "merged_into"],
        unique=False,
        postgresql_where=sa.text("merged_into is not null"),
    )
    op.create_index("ideas_of_author_ix", "ideas", ["association_id", "author_id", "written_at", "id"], unique=False)
    op.create_table(
        "policies",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("policy", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("association_id", name=op.f("policies_pk")),
    )
    op.create_table(
        "standing",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("departments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endorsers", sa.Integer(), nullable=False),
        sa.Column("in_departments", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "idea_id", name=op.f("standing_pk")),
    )
    op.create_index(
        "standing_breadth_ix", "standing", ["association_id", "state", "in_departments", "endorsers", "idea_id"], unique=False
    )
    op.create_index("standing_endorsers_ix", "standing", ["association_id", "state", "endorsers", "idea_id"], unique=False)
    op.create_index("standing_newest_ix", "standing", ["association_id", "state", "submitted_at", "idea_id"], unique=False)
    op.create_table(
        "words",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=False),
        sa.Column("in_title", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "word", "idea_id", name=op.f("words_pk")),
    )
    post_migrations.lay_out("ideas")
    guard("ideas", "bodies", "breadth", "comments", "departments", "endorsements", "ideas", "policies", "standing", "words")
