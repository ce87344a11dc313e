"""The life of a round: decisions that belong to one evening are published together, one after the other, none of them twice.

gathering --gather--> gathering        a secretary
gathering --leave_out--> gathering     a secretary
gathering --begin--> publishing        a secretary; there is at least one decision in it
gathering --give_up--> given_up        a secretary
publishing --go_on--> publishing       a secretary, for one decision at a time: it is published, or it could not be
publishing --leave_out--> publishing   a secretary, for one that could not be published
publishing --finish--> published       a secretary, when all are published
publishing --give_up--> given_up       a secretary, as long as nothing is published
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.decisions import (
    RoundBegun,
    RoundGathered,
    RoundGivenUp,
    RoundLeftOut,
    RoundOpened,
    RoundPublished,
    RoundWentOn,
)
from contracts.event import Event

MOST = 50
"""What one person can look through before an evening's publication, and one request can publish (ours)."""


class State(StrEnum):
    """Where a round is in its life."""

    GATHERING = "gathering"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    GIVEN_UP = "given_up"


NOT_PREPARED = No(
    "round-decision-not-prepared",
    "Kun en beslutning, der venter på at blive offentliggjort, kan være med.",
    "Only a decision that waits to be published can be in it.",
)
IN_A_ROUND = No("round-already-in-one", "Beslutningen er allerede med i en samlet offentliggørelse.", "It is in a round already.")
NOT_IN_IT = No("round-not-in-it", "Beslutningen er ikke med.", "The decision is not in it.")
FULL = No("round-full", "Der kan højst være {most} beslutninger med.", "There can be at most {most} decisions in it.")
EMPTY = No("round-empty", "Der er ingen beslutninger med endnu.", "There are no decisions in it yet.")
ALREADY_OUT = No("round-already-published", "Beslutningen er offentliggjort.", "The decision is published.")
NOT_ALL_OUT = No(
    "round-not-all-published",
    "Ikke alle beslutningerne er offentliggjort endnu.",
    "Not all of its decisions are published yet.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A decision in the round; `refused` says why it could not be published when it was last tried, as a refusal's slug."""

    decision_id: UUID
    published: bool = False
    refused: str = ""


def _secretary(_: Any, who: Identity) -> bool:
    return who.act is None and who.has(Duty.SECRETARY)


LIFE = Life.drawn(
    __doc__, gather=_secretary, leave_out=_secretary, begin=_secretary, give_up=_secretary, go_on=_secretary, finish=_secretary
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """Some decisions that are published together. What is out is out: the round remembers how far it has come."""

    id: UUID
    title: str
    opened_at: datetime
    entries: tuple[Entry, ...] = ()
    state: State = State.GATHERING
    version: int = 0

    @property
    def waiting(self) -> tuple[UUID, ...]:
        """What is not published yet, in order."""
        return tuple(entry.decision_id for entry in self.entries if not entry.published)

    def gather(self, *, who: Identity, decision_id: UUID, prepared: bool, elsewhere: bool) -> tuple[Round, Event]:
        """Put a prepared decision into it."""
        state = State(LIFE.step(self, "gather", who))
        if not prepared:
            raise Refused(NOT_PREPARED)
        if elsewhere or self._has(decision_id):
            raise Refused(IN_A_ROUND)
        if len(self.entries) >= MOST:
            raise Refused(FULL, most=MOST)
        gathered = replace(self, state=state, entries=(*self.entries, Entry(decision_id=decision_id)))
        return gathered, RoundGathered(round_id=self.id, decision_id=decision_id)

    def leave_out(self, *, who: Identity, decision_id: UUID) -> tuple[Round, Event]:
        """Take a decision out again, as long as it is not published."""
        state = State(LIFE.step(self, "leave_out", who))
        if self._entry(decision_id).published:
            raise Refused(ALREADY_OUT)
        left = tuple(entry for entry in self.entries if entry.decision_id != decision_id)
        return replace(self, state=state, entries=left), RoundLeftOut(round_id=self.id, decision_id=decision_id)

    def begin(self, *, who: Identity) -> tuple[Round, Event]:
        """From here on its decisions are published, one after the other."""
        state = State(LIFE.step(self, "begin", who))
        if not self.entries:
            raise Refused(EMPTY)
        return replace(self, state=state), RoundBegun(round_id=self.id)

    def go_on(self, *, who: Identity, decision_id: UUID, refused: str) -> tuple[Round, Event]:
        """One of them is published; or it could not be, and the reason is kept."""
        state = State(LIFE.step(self, "go_on", who))
        if self._entry(decision_id).published:
            raise Refused(ALREADY_OUT)
        tried = Entry(decision_id=decision_id, published=not refused, refused=refused)
        entries = tuple(tried if entry.decision_id == decision_id else entry for entry in self.entries)
        return replace(self, state=state, entries=entries), RoundWentOn(
            round_id=self.id, decision_id=decision_id, refused=refused
        )

    def finish(self, *, who: Identity) -> tuple[Round, Event]:
        """All of them are published."""
        state = State(LIFE.step(self, "finish", who))
        if self.waiting or not self.entries:
            raise Refused(NOT_ALL_OUT)
        out = tuple(entry.decision_id for entry in self.entries)
        return replace(self, state=state), RoundPublished(round_id=self.id, decisions=out)

    def give_up(self, *, who: Identity) -> tuple[Round, Event]:
        """Drop it; its decisions wait to be published some other way."""
        state = State(LIFE.step(self, "give_up", who))
        if any(entry.published for entry in self.entries):
            raise Refused(ALREADY_OUT)
        return replace(self, state=state), RoundGivenUp(round_id=self.id)

    def _has(self, decision_id: UUID) -> bool:
        return any(entry.decision_id == decision_id for entry in self.entries)

    def _entry(self, decision_id: UUID) -> Entry:
        for entry in self.entries:
            if entry.decision_id == decision_id:
                return entry
        raise Refused(NOT_IN_IT)


def open_round(*, id: UUID, who: Identity, title: str, now: datetime) -> tuple[Round, Event]:
    """A secretary begins to gather."""
    if not _secretary(None, who):
        raise NotAllowed(NOT_ALLOWED)
    return Round(id=id, title=title, opened_at=now), RoundOpened(round_id=id)
