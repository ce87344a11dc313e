"""The life of a body: a board or a meeting that the law knows.

standing --change--> standing    an importer or the house
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import No, Refused
from contracts.event import Event
from contracts.people import BodyKind, BodyRegistered
from services.people.rules.importing import imports

NO_RESIDENT_MAJORITY = No(
    "no-resident-majority",
    "Beboerne skal være i flertal i organisationsbestyrelsen (her {residents} af {members}).",
    "Residents must be the majority of the organisation board (here {residents} of {members}).",
)


class State(StrEnum):
    """A body stands."""

    STANDING = "standing"


LIFE = Life.drawn(__doc__, change=imports)


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A body of the association or of one department. `override` is why its residents need not be the majority."""

    id: UUID
    kind: BodyKind
    name: str
    department_id: UUID | None = None
    override: str = ""
    state: State = State.STANDING
    version: int = 0

    def change(self, *, who: Identity, to: Body) -> tuple[Body, Event]:
        """It is now called or allowed something else."""
        state = State(LIFE.step(self, "change", who))
        return registered(replace(to, id=self.id, version=self.version, state=state))


def registered(body: Body) -> tuple[Body, Event]:
    """The body as it now is, and what is told of it."""
    return body, BodyRegistered(body_id=body.id, body=body.kind, name=body.name, department_id=body.department_id)


def check_roster(kind: BodyKind, *, members: int, residents: int, override: str) -> None:
    """Residents are the majority of an organisation board (almenboligloven), or somebody says in writing why not."""
    if kind is BodyKind.ORGANISATION_BOARD and members and residents * 2 <= members and not override:
        raise Refused(NO_RESIDENT_MAJORITY, members=members, residents=residents)
