"""The life of a contribution: it is never silently lost.

given --gather--> themed         facilitator, sponsor or secretary
themed --gather--> themed        facilitator, sponsor or secretary
given --trace--> traced          facilitator, sponsor or secretary
themed --trace--> traced         facilitator, sponsor or secretary
traced --trace--> traced         facilitator, sponsor or secretary: to another recommendation
given --answer--> answered       facilitator, sponsor or secretary, with a reason
themed --answer--> answered      facilitator, sponsor or secretary, with a reason
traced --answer--> answered      facilitator, sponsor or secretary, with a reason
given --withdraw--> withdrawn    whoever gave it
themed --withdraw--> withdrawn   whoever gave it
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import NOT_FOUND, No, NotFound, Refused
from contracts.event import Event
from contracts.meetings import (
    ContributionAnswered,
    ContributionGiven,
    ContributionThemed,
    ContributionTraced,
    ContributionWithdrawn,
)
from services.meetings.rules.circle import Circle, leads


class State(StrEnum):
    """What has become of it."""

    GIVEN = "given"
    THEMED = "themed"
    TRACED = "traced"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What somebody brings."""

    WISH = "wish"
    EXPERIENCE = "experience"
    CONCERN = "concern"
    IDEA = "idea"
    CONSTRAINT = "constraint"


OPEN = {State.GIVEN, State.THEMED}
"""Not yet traced, answered or withdrawn: a proposal cannot be submitted while one is left."""

ANSWER_NEEDED = No("answer-needed", "Skriv, hvorfor det ikke er taget med.", "Say why it is not taken in.")


def _giver(contribution: Contribution, who: Identity) -> bool:
    return contribution.given_by == who.person_id


LIFE = Life.drawn(__doc__, gather=leads, trace=leads, answer=leads, withdraw=_giver)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """One person's wish, experience, concern, idea or constraint. `written_by` is staff who wrote it down for them."""

    id: UUID
    group_id: UUID
    facilitator_id: UUID
    sponsor_id: UUID
    given_by: UUID
    given_at: datetime
    kind: Kind
    text: str
    written_by: UUID | None = None
    meeting_id: UUID | None = None
    theme_id: UUID | None = None
    recommendation_id: UUID | None = None
    reason: str = ""
    state: State = State.GIVEN
    version: int = 0

    def gather(self, *, who: Identity, circle: Circle, theme_id: UUID) -> tuple[Contribution, Event]:
        """It belongs to a theme."""
        state = State(LIFE.step(self, "gather", who))
        circle.must_work()
        told = ContributionThemed(contribution_id=self.id, group_id=self.group_id, theme_id=theme_id)
        return replace(self, state=state, theme_id=theme_id), told

    def trace(self, *, who: Identity, circle: Circle, recommendation_id: UUID, known: bool) -> tuple[Contribution, Event]:
        """It feeds a recommendation of the proposal; `known` says whether there is such a one."""
        state = State(LIFE.step(self, "trace", who))
        circle.must_work()
        if not known:
            raise NotFound(NOT_FOUND)
        told = ContributionTraced(contribution_id=self.id, group_id=self.group_id, recommendation_id=recommendation_id)
        return replace(self, state=state, recommendation_id=recommendation_id), told

    def answer(self, *, who: Identity, reason: str) -> tuple[Contribution, Event]:
        """It is not taken in, and the reason is told."""
        state = State(LIFE.step(self, "answer", who))
        if not reason.strip():
            raise Refused(ANSWER_NEEDED)
        return replace(self, state=state, reason=reason.strip()), ContributionAnswered(
            contribution_id=self.id, group_id=self.group_id
        )

    def withdraw(self, *, who: Identity) -> tuple[Contribution, Event]:
        """Whoever gave it takes it back."""
        state = State(LIFE.step(self, "withdraw", who))
        return replace(self, state=state), ContributionWithdrawn(contribution_id=self.id, group_id=self.group_id)


def give(
    *, id: UUID, who: Identity, circle: Circle, kind: Kind, text: str, meeting_id: UUID | None, now: datetime
) -> tuple[Contribution, Event]:
    """A member brings something, before, at or between meetings; staff may write it down for somebody on paper."""
    circle.must_have(who)
    circle.must_work()
    made = Contribution(
        id=id,
        group_id=circle.group_id,
        facilitator_id=circle.facilitator_id,
        sponsor_id=circle.sponsor_id,
        given_by=who.person_id or UUID(int=0),
        written_by=who.act,
        given_at=now,
        kind=kind,
        text=text,
        meeting_id=meeting_id,
    )
    return made, ContributionGiven(contribution_id=id, group_id=circle.group_id)
