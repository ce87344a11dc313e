"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.migrate import OF_ASSOCIATION, closed, guard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each with its guard."""
    op.create_table(
        "links",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("persons", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("good_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("association_id", "hash", name=op.f("links_pk")),
    )
    op.create_index("links_address_ix", "links", ["association_id", "address", "asked_at"])
    op.create_table(
        "sessions",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("good_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "hash", name=op.f("sessions_pk")),
    )
    op.create_index("sessions_person_ix", "sessions", ["association_id", "person_id"])
    op.create_table(
        "letters",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("letters_pk")),
    )
    op.create_index("letters_newest_ix", "letters", ["association_id", "sent_at"])
    op.create_table(
        "acts",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("acts_for", sa.Uuid(), nullable=True),
        sa.Column("roles", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("acts_pk")),
    )
    op.create_index("acts_newest_ix", "acts", ["association_id", "at", "id"])
    op.create_table(
        "at_work",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("at_work_pk")),
    )
    op.execute("alter table at_work enable row level security")
    op.execute("alter table at_work force row level security")
    op.execute("create policy seen_by_all on at_work for select to gateway using (true)")
    op.execute(f"create policy come_to_its_own on at_work for insert to gateway with check ({OF_ASSOCIATION})")
    op.execute(f"create policy moved_to_its_own on at_work for update to gateway using (true) with check ({OF_ASSOCIATION})")
    op.execute("grant select, insert, update on at_work to gateway")
    op.create_table(
        "tickets",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "whom", name=op.f("tickets_pk")),
    )
    op.create_index("tickets_minute_ix", "tickets", ["association_id", "minute"])
    guard("gateway", "links", "sessions", "letters", "acts", "tickets")
    op.execute("revoke delete on acts from gateway")
    closed("gateway")
