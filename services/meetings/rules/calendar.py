"""The life of a person's calendar: whoever knows its secret address reads when the person's groups meet, without signing in.

closed --open--> open        the person
open --open--> open          the person, who gets a new address; the old one is no good any more
open --close--> closed       the person; the house, when the person is gone
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from contracts.event import Event
from contracts.meetings import CalendarClosed, CalendarOpened


class State(StrEnum):
    """Whether there is an address that is good."""

    CLOSED = "closed"
    OPEN = "open"


def _owner(calendar: Calendar, who: Identity) -> bool:
    return calendar.person_id == who.person_id


def _owner_or_house(calendar: Calendar, who: Identity) -> bool:
    return who.house or _owner(calendar, who)


LIFE = Life.drawn(__doc__, open=_owner, close=_owner_or_house)


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """One person's calendar. Of the secret only a hash is kept: whoever reads the database cannot read the calendar."""

    id: UUID
    person_id: UUID
    hash: str | None = None
    opened_at: datetime | None = None
    state: State = State.CLOSED
    version: int = 0

    def open(self, *, who: Identity, hash: str, now: datetime) -> tuple[Calendar, Event]:
        """A new address; what it was before is no good any more."""
        state = State(LIFE.step(self, "open", who))
        return replace(self, state=state, hash=hash, opened_at=now), CalendarOpened(person_id=self.person_id)

    def close(self, *, who: Identity) -> tuple[Calendar, Event]:
        """No address any more."""
        state = State(LIFE.step(self, "close", who))
        return replace(self, state=state, hash=None), CalendarClosed(person_id=self.person_id)


def calendar_of(person_id: UUID) -> Calendar:
    """The calendar that a person would have: one, by the person's own id."""
    return Calendar(id=person_id, person_id=person_id)
