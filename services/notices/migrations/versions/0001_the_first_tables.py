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
        "circles",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("of_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "whom", "of_id", "person_id", "source_id", name=op.f("circles_pk")),
    )
    op.create_index("circles_of_person_ix", "circles", ["association_id", "person_id"], unique=False)
    op.create_index("circles_source_ix", "circles", ["association_id", "source_id"], unique=False)
    op.create_table(
        "letters",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("within", sa.Uuid(), nullable=True),
        sa.Column("send_by", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("letters_pk")),
    )
    op.create_index(
        "letters_about_ix", "letters", ["association_id", "about"], unique=False, postgresql_where=sa.text("state = 'to_send'")
    )
    op.create_index("letters_of_notice_ix", "letters", ["association_id", "notice_id", "id"], unique=False)
    op.create_index(
        "letters_of_person_ix",
        "letters",
        ["association_id", "person_id"],
        unique=False,
        postgresql_where=sa.text("state = 'to_send'"),
    )
    op.create_table(
        "mandates",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("mandate_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("association_id", "mandate_id", name=op.f("mandates_pk")),
    )
    op.create_index("mandates_of_person_ix", "mandates", ["association_id", "person_id"], unique=False)
    op.create_table(
        "merges",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "idea_id", name=op.f("merges_pk")),
    )
    op.create_index("merges_into_ix", "merges", ["association_id", "into_id"], unique=False)
    op.create_table(
        "notices",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("links", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("persons", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("circles", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("send_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("to_send", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "notice_id", name=op.f("notices_pk")),
    )
    op.create_index(
        "notices_done_ix",
        "notices",
        ["association_id", "told_on", "notice_id"],
        unique=False,
        postgresql_where=sa.text("to_send = 0"),
    )
    op.create_index(
        "notices_open_ix",
        "notices",
        ["association_id", "send_by", "notice_id"],
        unique=False,
        postgresql_where=sa.text("to_send > 0"),
    )
    op.create_table(
        "on_paper",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "person_id", name=op.f("on_paper_pk")),
    )
    op.create_table(
        "policies",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", name=op.f("policies_pk")),
    )
    post_migrations.lay_out("notices")
    guard("notices", "circles", "letters", "mandates", "merges", "notices", "on_paper", "policies")
