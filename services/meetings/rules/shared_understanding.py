"""The life of a shared understanding: one sentence about the problem that the whole group can stand behind.

worded --reword--> worded    a member, the facilitator, the sponsor or a secretary: a new edition, and all are asked again
worded --agree--> worded     a member, from 1 to 5, to the edition that they read; as often as they change their mind
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import sqrt
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import CHANGED_MEANWHILE, No, Refused
from contracts.event import Event
from contracts.meetings import SharedUnderstandingAgreed, SharedUnderstandingReworded, SharedUnderstandingWorded
from services.meetings.rules.circle import Circle, somebody

LEVELS = range(1, 6)
"""From 1, not at all, to 5, wholly."""


class State(StrEnum):
    """Once there are words, there are words."""

    WORDED = "worded"


OFF_THE_SCALE = No("off-the-scale", "Svar fra 1 til 5.", "Answer from 1 to 5.")

LIFE = Life.drawn(__doc__, reword=somebody, agree=somebody)


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """How far one member stands behind the words."""

    person_id: UUID
    level: int
    written_by: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """An edition that was worded otherwise, and how far the members stood behind it."""

    edition: int
    text: str
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedUnderstanding:
    """The group's one sentence as it is worded now, and all its earlier editions."""

    id: UUID
    group_id: UUID
    text: str
    edition: int = 1
    agreements: tuple[Agreement, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    state: State = State.WORDED
    version: int = 0

    def reword(self, *, who: Identity, circle: Circle, seen: int, text: str) -> tuple[SharedUnderstanding, Event]:
        """Other words; the old ones are kept, and nobody has agreed to the new ones yet."""
        state = State(LIFE.step(self, "reword", who))
        circle.must_include(who)
        circle.must_still_gather()
        self._must_be(seen, yours=text)
        was = Earlier(edition=self.edition, text=self.text, agreements=self.agreements)
        reworded = replace(self, state=state, text=text, edition=self.edition + 1, agreements=(), earlier=(*self.earlier, was))
        return reworded, SharedUnderstandingReworded(
            shared_understanding_id=self.id, group_id=self.group_id, edition=reworded.edition
        )

    def agree(self, *, who: Identity, circle: Circle, seen: int, level: int) -> tuple[SharedUnderstanding, Event]:
        """A member says how far they stand behind the words they read; a later answer replaces the earlier."""
        state = State(LIFE.step(self, "agree", who))
        me = circle.member(who)
        circle.must_still_gather()
        self._must_be(seen, yours=level)
        if level not in LEVELS:
            raise Refused(OFF_THE_SCALE)
        mine = Agreement(person_id=me.person_id, level=level, written_by=who.act)
        others = tuple(each for each in self.agreements if each.person_id != mine.person_id)
        agreed = replace(self, state=state, agreements=(*others, mine))
        told = SharedUnderstandingAgreed(
            shared_understanding_id=self.id, group_id=self.group_id, edition=self.edition, levels=counted(agreed.agreements)
        )
        return agreed, told

    def _must_be(self, seen: int, **facts: object) -> None:
        if seen != self.edition:
            raise Refused(CHANGED_MEANWHILE, edition=self.edition, now=self.text, **facts)


def word(*, id: UUID, who: Identity, circle: Circle, text: str) -> tuple[SharedUnderstanding, Event]:
    """The first words."""
    circle.must_include(who)
    circle.must_still_gather()
    told = SharedUnderstandingWorded(shared_understanding_id=id, group_id=circle.group_id)
    return SharedUnderstanding(id=id, group_id=circle.group_id, text=text), told


def open_to(found: SharedUnderstanding, circle: Circle, who: Identity) -> list[str]:
    """What somebody can do with it now."""
    if circle.closed or circle.handed_over:
        return []
    can = {"reword": circle.takes_part(who), "agree": circle.has(who.person_id)}
    return [verb for verb in LIFE.open_to(found, who) if can[verb]]


def counted(agreements: Iterable[Agreement]) -> tuple[int, ...]:
    """How many said 1, 2, 3, 4 and 5."""
    said = [each.level for each in agreements]
    return tuple(said.count(level) for level in LEVELS)


def mean(agreements: Iterable[Agreement]) -> float | None:
    """The mean level; None when nobody has answered."""
    said = [each.level for each in agreements]
    return round(sum(said) / len(said), 2) if said else None


def spread(agreements: Iterable[Agreement]) -> float | None:
    """How far apart the members are: the standard deviation; 0 when all say the same, 2 when half say 1 and half say 5."""
    said = [each.level for each in agreements]
    if not said:
        return None
    middle = sum(said) / len(said)
    return round(sqrt(sum((level - middle) ** 2 for level in said) / len(said)), 2)
