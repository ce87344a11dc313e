"""The tables that make the post reliable: letters to send, letters received, how far each thing was heard, what is in hand."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from chassis import answered, closed
from chassis.tables import moment

NAMES = {
    "pk": "%(table_name)s_pk",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "fk": "%(table_name)s_%(column_0_N_name)s_fk",
    "ck": "%(table_name)s_%(constraint_name)s",
    "ix": "%(table_name)s_%(column_0_N_name)s_ix",
}


def tables() -> MetaData:
    """The metadata that a service hangs its own tables on; the tables of the post are in it already."""
    metadata = MetaData(naming_convention=NAMES)
    answered.table(metadata)
    Table(
        "outbox",
        metadata,
        Column("association_id", Uuid, nullable=False),
        Column("id", Uuid, nullable=False),
        Column("kind", Text, nullable=False),
        Column("subject", Uuid, nullable=False),
        Column("thing", Text, nullable=False),
        Column("sequence", BigInteger, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("audience", Text, nullable=False, server_default=""),  # one consumer that is told anew; empty: all who listen
        Column("state", Text, nullable=False),  # waiting | refused (tried again when due) | sent | journal (nobody listens)
        Column("attempts", Integer, nullable=False, server_default="0"),
        moment("due"),
        moment("sent_at", nullable=True),
        PrimaryKeyConstraint("association_id", "id"),
        UniqueConstraint("association_id", "thing", "subject", "sequence", "audience"),
        Index("outbox_waiting_ix", "association_id", "id", postgresql_where=text("state = 'waiting'")),
        Index("outbox_refused_ix", "association_id", "due", postgresql_where=text("state = 'refused'")),
    )
    Table(
        "inbox",
        metadata,
        Column("association_id", Uuid, nullable=False),
        Column("id", Uuid, nullable=False),
        Column("kind", Text, nullable=False),
        Column("thing", Text, nullable=False),
        Column("subject", Uuid, nullable=False),
        Column("sequence", BigInteger, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("state", Text, nullable=False),  # waiting | retry (when due) | held (for order) | done | parked | discarded
        Column("attempts", Integer, nullable=False, server_default="0"),
        moment("due"),
        Column("reason", Text),
        moment("stored_at"),
        moment("settled_at", nullable=True),
        PrimaryKeyConstraint("association_id", "id"),
        Index("inbox_waiting_ix", "association_id", "id", postgresql_where=text("state = 'waiting'")),
        Index("inbox_aside_ix", "association_id", "due", postgresql_where=text("state in ('retry', 'held', 'parked')")),
        Index("inbox_of_ix", "association_id", "subject", "sequence"),
    )
    Table(
        "heard",
        metadata,
        Column("association_id", Uuid, nullable=False),
        Column("thing", Text, nullable=False),
        Column("subject", Uuid, nullable=False),
        Column("sequence", BigInteger, nullable=False),
        PrimaryKeyConstraint("association_id", "thing", "subject"),
    )
    Table(
        "in_hand",
        metadata,
        Column("association_id", Uuid, nullable=False),
        Column("reader", Uuid, nullable=False),
        Column("letters", ARRAY(Uuid), nullable=False),
        PrimaryKeyConstraint("association_id"),
    )
    Table(
        "unreadable",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("body", LargeBinary, nullable=False),
        Column("reason", Text, nullable=False),
        moment("stored_at"),
        info={"no_association": "bytes that cannot be read name no association"},
    )
    closed.table(metadata)
    return metadata
