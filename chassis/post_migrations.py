"""How the tables that every service has came to be: one function for each step, which its own migrations call."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from chassis.migrate import closed, guard

TABLES = ("outbox", "inbox", "heard", "in_hand")
"""Those that lead with the association."""


def lay_out(service: str) -> None:
    """The first tables. The service sees its association's letters; its post process sees all letters and nothing else."""
    _outbox()
    _inbox()
    op.create_table(
        "heard",
        _id("association_id"),
        sa.Column("thing", sa.Text(), nullable=False),
        _id("subject"),
        _sequence(),
        sa.PrimaryKeyConstraint("association_id", "thing", "subject", name="heard_pk"),
    )
    op.create_table(
        "in_hand",
        _id("association_id"),
        _id("reader"),
        sa.Column("letters", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.PrimaryKeyConstraint("association_id", name="in_hand_pk"),
    )
    op.create_table(
        "unreadable",
        _id("id"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _moment("stored_at"),
        sa.PrimaryKeyConstraint("id", name="unreadable_pk"),
    )
    _answered()
    guard(service, *TABLES, "answered")
    closed(service, f"{service}_post")
    op.execute("alter table unreadable enable row level security")
    op.execute("alter table unreadable force row level security")
    for table in (*TABLES, "unreadable"):
        op.execute(f"create policy all_letters on {table} to {service}_post using (true) with check (true)")
        op.execute(f"grant select, insert, update, delete on {table} to {service}_post")


def _outbox() -> None:
    op.create_table(
        "outbox",
        *_letter(),
        sa.Column("audience", sa.Text(), nullable=False, server_default=""),
        *_progress(),
        _moment("sent_at", nullable=True),
        sa.PrimaryKeyConstraint("association_id", "id", name="outbox_pk"),
        sa.UniqueConstraint(
            "association_id",
            "thing",
            "subject",
            "sequence",
            "audience",
            name="outbox_association_id_thing_subject_sequence_audience_key",
        ),
    )
    _index("outbox_waiting_ix", "outbox", "id", where="state = 'waiting'")
    _index("outbox_refused_ix", "outbox", "due", where="state = 'refused'")


def _inbox() -> None:
    op.create_table(
        "inbox",
        *_letter(),
        *_progress(),
        sa.Column("reason", sa.Text(), nullable=True),
        _moment("stored_at"),
        _moment("settled_at", nullable=True),
        sa.PrimaryKeyConstraint("association_id", "id", name="inbox_pk"),
    )
    _index("inbox_waiting_ix", "inbox", "id", where="state = 'waiting'")
    _index("inbox_aside_ix", "inbox", "due", where="state in ('retry', 'held', 'parked')")
    _index("inbox_of_ix", "inbox", "subject", "sequence")


def _answered() -> None:
    op.create_table(
        "answered",
        _id("association_id"),
        _id("person"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "route")),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        _moment("kept_at"),
        sa.PrimaryKeyConstraint("association_id", "person", "key", name="answered_pk"),
    )
    _index("answered_kept_ix", "answered", "kept_at")


def _letter() -> list[sa.Column[Any]]:
    kind, thing, body = (
        sa.Column(*each, nullable=False) for each in (("kind", sa.Text()), ("thing", sa.Text()), ("body", sa.LargeBinary()))
    )
    return [_id("association_id"), _id("id"), kind, thing, _id("subject"), _sequence(), body]


def _progress() -> list[sa.Column[Any]]:
    attempts = sa.Column("attempts", sa.Integer(), server_default="0", nullable=False)
    return [sa.Column("state", sa.Text(), nullable=False), attempts, _moment("due")]


def _id(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _sequence() -> sa.Column[Any]:
    return sa.Column("sequence", sa.BigInteger(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _index(name: str, table: str, *columns: str, where: str | None = None) -> None:
    op.create_index(name, table, ["association_id", *columns], unique=False, postgresql_where=sa.text(where) if where else None)
