"""The life of a place on the interest list (interesseliste): people who want to hear of new groups, by their own choice.

Whoever is on it is invited when a group opens for sign-up. Nobody is signed up by being on it.

    listed --change--> listed    the person
    listed --leave--> left       the person at any time; an importer or the house, when the person is gone
    left --join--> listed        the person
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.event import Event
from contracts.people import InterestChanged, InterestJoined, InterestLeft
from services.people.rules.importing import imports


class State(StrEnum):
    """Whether the person is on the list."""

    LISTED = "listed"
    LEFT = "left"


SAID_HOW = No(
    "consent-note-needed",
    "Skriv, hvordan og hvornår personen har sagt det.",
    "Write how and when the person said so.",
)


def _self(interest: Interest, who: Identity) -> bool:
    return interest.id == who.person_id


def _self_or_gone(interest: Interest, who: Identity) -> bool:
    return _self(interest, who) or imports(interest, who)


LIFE = Life.drawn(__doc__, join=_self, change=_self, leave=_self_or_gone)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What somebody wants to hear of: words of their own, and departments. Nothing named: all of it.

    `consent_note` is how a person on paper asked for it, when staff write it down.
    """

    topics: tuple[str, ...] = ()
    departments: tuple[UUID, ...] = ()
    consent_note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Interest:
    """A person on the list, under the person's own id: nobody is on it twice."""

    id: UUID
    topics: tuple[str, ...] = ()
    departments: tuple[UUID, ...] = ()
    joined_at: datetime
    consent_note: str = ""
    consent_taken_by: UUID | None = None
    state: State = State.LISTED
    version: int = 0

    def join(self, *, who: Identity, wish: Wish, now: datetime) -> tuple[Interest, Event]:
        """The person wants to hear of new groups again."""
        state = State(LIFE.step(self, "join", who))
        return _wished(replace(self, state=state, joined_at=now), who, wish), InterestJoined(person_id=self.id)

    def change(self, *, who: Identity, wish: Wish) -> tuple[Interest, Event]:
        """The person wants to hear of something else."""
        state = State(LIFE.step(self, "change", who))
        return _wished(replace(self, state=state), who, wish), InterestChanged(person_id=self.id)

    def leave(self, *, who: Identity) -> tuple[Interest, Event]:
        """The person wants to hear no more; what they wanted to hear of is forgotten."""
        state = State(LIFE.step(self, "leave", who))
        nothing = replace(self, state=state, topics=(), departments=(), consent_note="", consent_taken_by=None)
        return nothing, InterestLeft(person_id=self.id)


def join(*, who: Identity, wish: Wish, now: datetime) -> tuple[Interest, Event]:
    """A person joins the list for the first time, themselves."""
    if who.person_id is None:
        raise NotAllowed(NOT_ALLOWED)
    return _wished(Interest(id=who.person_id, joined_at=now), who, wish), InterestJoined(person_id=who.person_id)


def told_again(interest: Interest) -> Event:
    """How it stands now, for whoever is told anew."""
    return InterestJoined(person_id=interest.id) if interest.state is State.LISTED else InterestLeft(person_id=interest.id)


def _wished(interest: Interest, who: Identity, wish: Wish) -> Interest:
    if who.act and not wish.consent_note.strip():
        raise Refused(SAID_HOW)
    return replace(
        interest,
        topics=wish.topics,
        departments=wish.departments,
        consent_note=wish.consent_note.strip() if who.act else "",
        consent_taken_by=who.act,
    )
