"""How tables are written here: every key leads with the association, moments are aware, nested values are JSON."""

from typing import Any

from sqlalchemy import Column, DateTime, Integer, MetaData, PrimaryKeyConstraint, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB


def moment(name: str, *, nullable: bool = False) -> Column[Any]:
    """A column for a moment in time."""
    return Column(name, DateTime(timezone=True), nullable=nullable)


def nested(name: str, *, nullable: bool = False) -> Column[Any]:
    """A column for a value with an inside of its own: a tuple, a frozen dataclass."""
    return Column(name, JSONB(none_as_null=True), nullable=nullable)


def things(name: str, metadata: MetaData, *more: Any) -> Table:
    """A table of things with a life: association, id and version, and what else is named."""
    return Table(
        name,
        metadata,
        Column("association_id", Uuid, nullable=False),
        Column("id", Uuid, nullable=False),
        Column("version", Integer, nullable=False),
        PrimaryKeyConstraint("association_id", "id"),
        *more,
    )


def notes(name: str, metadata: MetaData, *key: Column[Any], more: tuple[Any, ...] = ()) -> Table:
    """A table of plain facts without a life, such as copies of what others told; the key leads with the association."""
    return Table(
        name,
        metadata,
        Column("association_id", Uuid, nullable=False),
        *key,
        *more,
        PrimaryKeyConstraint("association_id", *(column.name for column in key)),
    )
