"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import post_migrations
from chassis.migrate import OF_ASSOCIATION, guard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each with its guard."""
    op.create_table(
        "associations",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=True),
        sa.Column("cvr", sa.Text(), nullable=True),
        sa.Column("lbf_number", sa.Text(), nullable=True),
        sa.Column("statement_url", sa.Text(), nullable=True),
        sa.Column("policy", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("associations_pk")),
    )
    op.create_table(
        "bodies",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("override", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("bodies_pk")),
    )
    op.create_table(
        "departments",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("lbf_number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("has_board", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("departments_pk")),
        sa.UniqueConstraint("association_id", "number", name=op.f("departments_association_id_number_key")),
    )
    op.create_table(
        "doors",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("statement_url", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("doors_pk")),
    )
    op.create_table(
        "interests",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("topics", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("departments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consent_note", sa.Text(), nullable=False),
        sa.Column("consent_taken_by", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("interests_pk")),
    )
    op.create_index(
        "interests_listed_ix",
        "interests",
        ["association_id", "joined_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'listed'"),
    )
    op.create_table(
        "mandates",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("resident", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("mandates_pk")),
    )
    op.create_index("mandates_body_ix", "mandates", ["association_id", "body_id"], unique=False)
    op.create_index("mandates_person_ix", "mandates", ["association_id", "person_id"], unique=False)
    op.create_table(
        "persons",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("chosen_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("departments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("employee", sa.Boolean(), nullable=False),
        sa.Column("duties", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("renamed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("persons_pk")),
        sa.UniqueConstraint("association_id", "external_id", name=op.f("persons_association_id_external_id_key")),
    )
    op.create_index("persons_email_ix", "persons", ["association_id", "email"], unique=False)
    op.create_table(
        "workplaces",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("address", "association_id", name=op.f("workplaces_pk")),
    )
    op.create_index("workplaces_here_ix", "workplaces", ["association_id"], unique=False)
    post_migrations.lay_out("people")
    guard("people", "associations", "bodies", "departments", "interests", "mandates", "persons")
    # Whose door it is becomes known by looking it up: all may be seen, one's own may be opened.
    op.execute("alter table doors enable row level security")
    op.execute("alter table doors force row level security")
    op.execute("create policy seen_by_all on doors for select to people using (true)")
    op.execute(f"create policy opened_by_its_own on doors for insert to people with check ({OF_ASSOCIATION})")
    op.execute(f"create policy changed_by_its_own on doors for update to people using ({OF_ASSOCIATION})")
    op.execute("grant select, insert, update on doors to people")
    # Where somebody is employed is looked up by whoever knows the address: all may be seen, one's own may be written.
    op.execute("alter table workplaces enable row level security")
    op.execute("alter table workplaces force row level security")
    op.execute("create policy seen_by_all on workplaces for select to people using (true)")
    op.execute(f"create policy told_by_its_own on workplaces for insert to people with check ({OF_ASSOCIATION})")
    op.execute(f"create policy ended_by_its_own on workplaces for delete to people using ({OF_ASSOCIATION})")
    op.execute("grant select, insert, delete on workplaces to people")
