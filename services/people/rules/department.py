"""The life of a department.

open --change--> open        an importer or the house
open --close--> closed       an importer or the house, when it is gone from the file
closed --change--> open      an importer or the house
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from contracts.event import Event
from contracts.people import DepartmentRegistered
from services.people.rules.importing import imports


class State(StrEnum):
    """Whether the department is there."""

    OPEN = "open"
    CLOSED = "closed"


LIFE = Life.drawn(__doc__, change=imports, close=imports)


@dataclass(frozen=True, kw_only=True, slots=True)
class Department:
    """An estate. Numbers are text: leading zeros count."""

    id: UUID
    number: str
    lbf_number: str
    name: str
    address: str = ""
    has_board: bool = False
    state: State = State.OPEN
    version: int = 0

    def change(self, *, who: Identity, to: Department) -> tuple[Department, Event]:
        """It is now as the file says."""
        state = State(LIFE.step(self, "change", who))
        return registered(replace(to, id=self.id, version=self.version, state=state))

    def close(self, *, who: Identity) -> tuple[Department, Event]:
        """It is no longer there."""
        return registered(replace(self, state=State(LIFE.step(self, "close", who))))


def registered(department: Department) -> tuple[Department, Event]:
    """The department as it now is, and what is told of it."""
    closed = department.state is State.CLOSED
    return department, DepartmentRegistered(
        department_id=department.id, number=department.number, name=department.name, closed=closed
    )
