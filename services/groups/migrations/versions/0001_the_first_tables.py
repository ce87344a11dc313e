"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis import post_migrations
from chassis.migrate import guard, guard_shared

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each with its guard."""
    op.create_table(
        "amendments",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("charter_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("idea_id", sa.Uuid(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("wording", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("amendments_pk")),
    )
    op.create_index("amendments_of_charter_ix", "amendments", ["association_id", "charter_id", "drafted_at", "id"], unique=False)
    op.create_index(
        "amendments_open_ix",
        "amendments",
        ["association_id", "charter_id"],
        unique=True,
        postgresql_where=sa.text("state in ('draft', 'proposed', 'returned')"),
    )
    op.create_table(
        "bodies",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("association_id", "body_id", name=op.f("bodies_pk")),
    )
    op.create_table(
        "charters",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("idea_id", sa.Uuid(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wording", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=True),
        sa.Column("meetings_min", sa.Integer(), nullable=True),
        sa.Column("meetings_max", sa.Integer(), nullable=True),
        sa.Column("revocation", sa.Text(), nullable=False),
        sa.Column("revocations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("charters_pk")),
    )
    op.create_index("charters_newest_ix", "charters", ["association_id", "drafted_at", "id"], unique=False)
    op.create_index("charters_state_ix", "charters", ["association_id", "state", "drafted_at", "id"], unique=False)
    op.create_table(
        "departments",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "department_id", name=op.f("departments_pk")),
    )
    op.create_table(
        "draws",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("announced_by", sa.Uuid(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held_by", sa.Uuid(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("terms", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("pool", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("fallen", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("shortfall_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("draws_pk")),
    )
    op.create_table(
        "editions",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("charter_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("wording", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("laid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("association_id", "charter_id", "edition", name=op.f("editions_pk")),
    )
    op.create_table(
        "groups",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("charter_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("idea_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("seats", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("sign_up_until", sa.Date(), nullable=False),
        sa.Column("meetings", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("handover", sa.Date(), nullable=False),
        sa.Column("decision_by", sa.Date(), nullable=False),
        sa.Column("sponsor_id", sa.Uuid(), nullable=True),
        sa.Column("facilitator_id", sa.Uuid(), nullable=True),
        sa.Column("selection", sa.Text(), nullable=False),
        sa.Column("targets", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("one_per_household", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("at_work_since", sa.Date(), nullable=True),
        sa.Column("still_since", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("returned", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("groups_pk")),
    )
    op.create_index("groups_charter_ix", "groups", ["association_id", "charter_id"], unique=False)
    op.create_index("groups_facilitator_ix", "groups", ["association_id", "facilitator_id"], unique=False)
    op.create_index("groups_newest_ix", "groups", ["association_id", "opened_at", "id"], unique=False)
    op.create_index("groups_sponsor_ix", "groups", ["association_id", "sponsor_id"], unique=False)
    op.create_index("groups_state_ix", "groups", ["association_id", "state", "opened_at", "id"], unique=False)
    op.create_table(
        "last_met",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "group_id", name=op.f("last_met_pk")),
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
    op.create_index("mandates_of_body_ix", "mandates", ["association_id", "body_id"], unique=False)
    op.create_table(
        "policies",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("policy", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("association_id", name=op.f("policies_pk")),
    )
    op.create_table(
        "seats",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken between 0 and places", name=op.f("seats_taken_ck")),
        sa.PrimaryKeyConstraint("association_id", "group_id", "category", name=op.f("seats_pk")),
    )
    op.create_table(
        "shared_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("good_for", sa.Text(), nullable=False),
        sa.Column("pattern", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("shown_as", sa.Text(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("shared_templates_pk")),
    )
    op.create_index("shared_templates_newest_ix", "shared_templates", ["shared_at", "id"], unique=False)
    op.create_table(
        "sign_ups",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("brings", sa.Text(), nullable=False),
        sa.Column("first_time", sa.Boolean(), nullable=True),
        sa.Column("departments", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("has_board_office", sa.Boolean(), nullable=False),
        sa.Column("sits_in_body", sa.Boolean(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("consents", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("sign_ups_pk")),
    )
    op.create_index(
        "sign_ups_due_ix",
        "sign_ups",
        ["association_id", "answer_by"],
        unique=False,
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.create_index(
        "sign_ups_in_line_ix",
        "sign_ups",
        ["association_id", "group_id", "state", "category", "line", "applied_at", "id"],
        unique=False,
    )
    op.create_index("sign_ups_of_group_ix", "sign_ups", ["association_id", "group_id", "applied_at", "id"], unique=False)
    op.create_index(
        "sign_ups_of_household_ix",
        "sign_ups",
        ["association_id", "group_id", "household"],
        unique=False,
        postgresql_where=sa.text("household <> ''"),
    )
    op.create_index("sign_ups_of_person_ix", "sign_ups", ["association_id", "person_id", "group_id", "applied_at"], unique=False)
    op.create_index(
        "sign_ups_once_ix",
        "sign_ups",
        ["association_id", "group_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_table(
        "templates",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("good_for", sa.Text(), nullable=False),
        sa.Column("pattern", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_id", sa.Uuid(), nullable=False),
        sa.Column("shown_as", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("templates_pk")),
    )
    op.create_index(
        "templates_newest_ix",
        "templates",
        ["association_id", "kept_at", "id"],
        unique=False,
        postgresql_where=sa.text("state <> 'discarded'"),
    )
    op.create_table(
        "test_draws",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("run_by", sa.Uuid(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("terms", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("pool", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("fallen", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("association_id", "id", name=op.f("test_draws_pk")),
    )
    op.create_index("test_draws_of_group_ix", "test_draws", ["association_id", "group_id", "run_at", "id"], unique=False)
    post_migrations.lay_out("groups")
    guard("groups", "amendments", "bodies", "charters", "departments", "draws", "editions", "groups", "last_met", "mandates")
    guard("groups", "policies", "seats", "sign_ups", "templates", "test_draws")
    guard_shared("groups", "shared_templates", "id", "title", "good_for", "pattern", "shown_as", "shared_at")
