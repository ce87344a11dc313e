"""The life of a mandate: who sits in which body, from when to when.

in_force --change--> in_force    an importer or the house
in_force --end--> ended          an importer or the house, when gone from the file
ended --change--> in_force       an importer or the house
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from contracts.event import Event
from contracts.people import MandateRegistered, Seat
from services.people.rules.importing import imports


class State(StrEnum):
    """Whether the mandate still stands in the file; whether it counts on a day is for `starts` and `ends` to say."""

    IN_FORCE = "in_force"
    ENDED = "ended"


LIFE = Life.drawn(__doc__, change=imports, end=imports)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mandate:
    """A seat of a person in a body; the last day is included, none means until further notice."""

    id: UUID
    body_id: UUID
    person_id: UUID
    seat: Seat
    resident: bool
    starts: date
    ends: date | None = None
    state: State = State.IN_FORCE
    version: int = 0

    def change(self, *, who: Identity, to: Mandate) -> tuple[Mandate, Event]:
        """It is now as the file says."""
        state = State(LIFE.step(self, "change", who))
        return registered(replace(to, id=self.id, version=self.version, state=state))

    def end(self, *, who: Identity, last_day: date) -> tuple[Mandate, Event]:
        """It ends; one that had ended before keeps its day."""
        state = State(LIFE.step(self, "end", who))
        ends = min(self.ends, last_day) if self.ends else last_day
        return registered(replace(self, state=state, ends=ends))


def registered(mandate: Mandate) -> tuple[Mandate, Event]:
    """The mandate as it now is, and what is told of it."""
    told = MandateRegistered(
        mandate_id=mandate.id,
        body_id=mandate.body_id,
        person_id=mandate.person_id,
        seat=mandate.seat,
        resident=mandate.resident,
        starts=mandate.starts,
        ends=mandate.ends,
    )
    return mandate, told
