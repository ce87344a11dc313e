"""The life of a contribution: it is never silently lost.

given --edit--> given            whoever gave it
themed --edit--> themed          whoever gave it
given --gather--> themed         facilitator, sponsor or secretary
themed --gather--> themed        facilitator, sponsor or secretary: to another theme
traced --gather--> traced        facilitator, sponsor or secretary: to another theme
answered --gather--> answered    facilitator, sponsor or secretary: to another theme
given --trace--> traced          facilitator, sponsor or secretary
themed --trace--> traced         facilitator, sponsor or secretary
traced --trace--> traced         facilitator, sponsor or secretary: to another recommendation
answered --trace--> traced       facilitator, sponsor or secretary: it is taken in after all
traced --let_go--> given         whoever takes the recommendation out of the proposal
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
from chassis.refusal import NOT_ALLOWED, NOT_FOUND, No, NotAllowed, NotFound, Refused
from contracts.event import Event
from contracts.groups import SeatCategory
from contracts.meetings import (
    ContributionAnswered,
    ContributionEdited,
    ContributionGiven,
    ContributionLetGo,
    ContributionThemed,
    ContributionTraced,
    ContributionWithdrawn,
)
from services.meetings.rules.circle import Circle, leads, somebody


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


LIFE = Life.drawn(__doc__, edit=_giver, gather=somebody, trace=somebody, let_go=somebody, answer=somebody, withdraw=_giver)
OF_LEADERS = {"gather", "trace", "answer"}
OF_GIVER = {"edit", "withdraw"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """One person's wish, experience, concern, idea or constraint, and in which capacity they sat in the group.

    `written_by` is staff who wrote it down for somebody without a computer; it is the person's all the same.
    """

    id: UUID
    group_id: UUID
    given_by: UUID
    category: SeatCategory
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

    def edit(self, *, who: Identity, circle: Circle, kind: Kind, text: str) -> tuple[Contribution, Event]:
        """Whoever gave it says it otherwise, as long as nothing is built on it."""
        state = State(LIFE.step(self, "edit", who))
        circle.must_still_gather()
        told = ContributionEdited(contribution_id=self.id, group_id=self.group_id)
        return replace(self, state=state, kind=kind, text=text), told

    def gather(self, *, who: Identity, circle: Circle, theme_id: UUID) -> tuple[Contribution, Event]:
        """It belongs to a theme."""
        state = State(LIFE.step(self, "gather", who))
        _lead(circle, who)
        told = ContributionThemed(contribution_id=self.id, group_id=self.group_id, theme_id=theme_id)
        return replace(self, state=state, theme_id=theme_id), told

    def trace(self, *, who: Identity, circle: Circle, recommendation_id: UUID, known: bool) -> tuple[Contribution, Event]:
        """It feeds a recommendation of the proposal; `known` says whether there is such a one."""
        state = State(LIFE.step(self, "trace", who))
        _lead(circle, who)
        if not known:
            raise NotFound(NOT_FOUND)
        told = ContributionTraced(contribution_id=self.id, group_id=self.group_id, recommendation_id=recommendation_id)
        return replace(self, state=state, recommendation_id=recommendation_id, reason=""), told

    def let_go(self, *, who: Identity) -> tuple[Contribution, Event]:
        """The recommendation that it fed is gone, so it waits again; its theme stays."""
        state = State(LIFE.step(self, "let_go", who))
        told = ContributionLetGo(contribution_id=self.id, group_id=self.group_id)
        return replace(self, state=state, recommendation_id=None), told

    def answer(self, *, who: Identity, circle: Circle, reason: str) -> tuple[Contribution, Event]:
        """It is not taken in, and the reason is told."""
        state = State(LIFE.step(self, "answer", who))
        _lead(circle, who)
        if not reason.strip():
            raise Refused(ANSWER_NEEDED)
        told = ContributionAnswered(contribution_id=self.id, group_id=self.group_id, given_by=self.given_by)
        return replace(self, state=state, reason=reason.strip(), recommendation_id=None), told

    def withdraw(self, *, who: Identity, circle: Circle) -> tuple[Contribution, Event]:
        """Whoever gave it takes it back."""
        state = State(LIFE.step(self, "withdraw", who))
        circle.must_still_gather()
        return replace(self, state=state), ContributionWithdrawn(contribution_id=self.id, group_id=self.group_id)


def give(
    *, id: UUID, who: Identity, circle: Circle, kind: Kind, text: str, meeting_id: UUID | None, now: datetime
) -> tuple[Contribution, Event]:
    """A member brings something, before, at or between meetings; staff may write it down for somebody on paper."""
    me = circle.member(who)
    circle.must_still_gather()
    made = Contribution(
        id=id,
        group_id=circle.group_id,
        given_by=me.person_id,
        category=me.category,
        written_by=who.act,
        given_at=now,
        kind=kind,
        text=text,
        meeting_id=meeting_id,
    )
    told = ContributionGiven(
        contribution_id=id,
        group_id=circle.group_id,
        given_by=made.given_by,
        category=made.category,
        sort=kind,
        meeting_id=meeting_id,
    )
    return made, told


def open_to(found: Contribution, circle: Circle, who: Identity) -> list[str]:
    """What somebody can do with it now."""
    if circle.closed or circle.handed_over:
        return []
    mine = OF_GIVER | (OF_LEADERS if leads(circle, who) else set())
    return [verb for verb in LIFE.open_to(found, who) if verb in mine]


def _lead(circle: Circle, who: Identity) -> None:
    if not leads(circle, who):
        raise NotAllowed(NOT_ALLOWED)
    circle.must_still_gather()
