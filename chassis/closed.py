"""Associations that are closed: suspended until further notice, or gone for good. An operator says so; every process heeds it."""

from enum import StrEnum

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from chassis.refusal import NOT_FOUND, No, NotAllowed, NotFound
from chassis.tables import moment

SUSPENDED = No(
    "association-suspended",
    "Boligforeningens adgang til Samskab er sat på pause. Intet er slettet. Spørg boligforeningen, eller prøv igen senere.",
    "The association's access to Samskab is suspended. Nothing is deleted. Ask the association, or try again later.",
)


class Closed(StrEnum):
    """Why nobody comes in."""

    SUSPENDED = "suspended"
    GONE = "gone"


def table(metadata: MetaData) -> Table:
    """Where it is written, in every database: one row for each association that is closed, none for all the others."""
    return Table(
        "closed",
        metadata,
        Column("association_id", Uuid, nullable=False),
        Column("state", Text, nullable=False),
        moment("since"),
        PrimaryKeyConstraint("association_id"),
        info={"no_association": "asked in the same breath as an association is spoken for; holds an id and a word"},
    )


def refuse(state: str | None) -> None:
    """Whoever comes to a closed association is told so: one that is gone is not to be found."""
    if state == Closed.GONE:
        raise NotFound(NOT_FOUND)
    if state == Closed.SUSPENDED:
        raise NotAllowed(SUSPENDED)
