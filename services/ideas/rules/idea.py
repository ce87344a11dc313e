"""The life of an idea: every state, every move, every no.

submitted --publish--> published        a moderator
submitted --reject--> rejected          a moderator, with a reason that the author sees
submitted --withdraw--> withdrawn       its author
published --withdraw--> withdrawn       its author
published --decline--> declined         a secretary or a board member, with a reason
published --park--> parked              a secretary or a board member, with a reason
parked --resume--> published            a secretary or a board member
parked --decline--> declined            a secretary or a board member, with a reason
published --fall_due--> published       the house, when the answer deadline has passed
published --take_up--> taken_up         the house, when a charter that grew out of it comes into force
parked --take_up--> taken_up            the house
taken_up --conclude--> taken_up         the house, when the body's decision is published
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.event import Event
from contracts.ideas import (
    IdeaConcluded,
    IdeaDeclined,
    IdeaOverdue,
    IdeaParked,
    IdeaPublished,
    IdeaRejected,
    IdeaReturned,
    IdeaSubmitted,
    IdeaTakenUp,
    IdeaWithdrawn,
)


class State(StrEnum):
    """Where an idea is in its life."""

    SUBMITTED = "submitted"
    PUBLISHED = "published"
    REJECTED = "rejected"
    PARKED = "parked"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN_UP = "taken_up"


class Origin(StrEnum):
    """Who an idea comes from; recorded once and never changed."""

    RESIDENT = "resident"
    DEPARTMENT_BOARD = "department_board"
    ORGANISATION_BOARD = "organisation_board"
    ADMINISTRATION = "administration"


REASON_NEEDED = No("reason-needed", "Skriv en begrundelse.", "Give a reason.")
NOT_YOUR_ORIGIN = No(
    "not-your-origin",
    "Du kan kun indsende en ide på egne vegne eller for det, du sidder i.",
    "You can submit an idea only as what you are.",
)


def _author(idea: Idea, who: Identity) -> bool:
    return idea.author_id == who.person_id


def _moderator(_: Idea, who: Identity) -> bool:
    return who.has(Duty.MODERATOR, Duty.SECRETARY)


def _answers(_: Idea, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or any(mandate.voting for mandate in who.mandates)


LIFE = Life.drawn(
    __doc__,
    publish=_moderator,
    reject=_moderator,
    withdraw=_author,
    decline=_answers,
    park=_answers,
    resume=_answers,
    fall_due=the_house,
    take_up=the_house,
    conclude=the_house,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Idea:
    """A challenge or an idea that concerns some departments, or all when none is named."""

    id: UUID
    author_id: UUID
    origin: Origin
    title: str
    text: str
    departments: tuple[UUID, ...] = ()
    submitted_at: datetime
    state: State = State.SUBMITTED
    answer_by: date | None = None
    overdue: bool = False
    reason: str = ""
    charter_id: UUID | None = None
    decision_id: UUID | None = None
    outcome: str | None = None
    version: int = 0

    def publish(self, *, who: Identity, today: date, answer_days: int) -> tuple[Idea, Event]:
        """Everybody may read and endorse it; the association owes an answer within its deadline."""
        state = State(LIFE.step(self, "publish", who))
        published = replace(self, state=state, answer_by=today + timedelta(days=answer_days))
        return published, IdeaPublished(idea_id=self.id, title=self.title, departments=self.departments)

    def reject(self, *, who: Identity, reason: str) -> tuple[Idea, Event]:
        """It is not published; the author sees why."""
        state = State(LIFE.step(self, "reject", who))
        return replace(self, state=state, reason=_given(reason)), IdeaRejected(idea_id=self.id, author_id=self.author_id)

    def withdraw(self, *, who: Identity) -> tuple[Idea, Event]:
        """Its author takes it back."""
        return replace(self, state=State(LIFE.step(self, "withdraw", who))), IdeaWithdrawn(idea_id=self.id)

    def decline(self, *, who: Identity, reason: str) -> tuple[Idea, Event]:
        """The association says no, and why."""
        state = State(LIFE.step(self, "decline", who))
        return self._answered(state, _given(reason)), IdeaDeclined(idea_id=self.id, author_id=self.author_id)

    def park(self, *, who: Identity, reason: str) -> tuple[Idea, Event]:
        """It waits, and everybody can read why."""
        state = State(LIFE.step(self, "park", who))
        return self._answered(state, _given(reason)), IdeaParked(idea_id=self.id, author_id=self.author_id)

    def resume(self, *, who: Identity, today: date, answer_days: int) -> tuple[Idea, Event]:
        """A parked idea is open again, and owed an answer anew."""
        state = State(LIFE.step(self, "resume", who))
        return replace(self, state=state, answer_by=today + timedelta(days=answer_days), reason=""), IdeaReturned(idea_id=self.id)

    def fall_due(self, *, who: Identity, day: date) -> tuple[Idea, Event]:
        """The answer deadline has passed without an answer. A deadline runs until the end of its day."""
        state = State(LIFE.step(self, "fall_due", who))
        if self.overdue or self.answer_by is None or day <= self.answer_by:
            raise Refused(NOT_NOW)
        return replace(self, state=state, overdue=True), IdeaOverdue(idea_id=self.id)

    def take_up(self, *, who: Identity, charter_id: UUID) -> tuple[Idea, Event]:
        """A group will work on it."""
        state = State(LIFE.step(self, "take_up", who))
        taken = replace(self._answered(state, ""), charter_id=charter_id)
        return taken, IdeaTakenUp(idea_id=self.id, author_id=self.author_id, charter_id=charter_id)

    def conclude(self, *, who: Identity, decision_id: UUID, outcome: str) -> tuple[Idea, Event]:
        """The body has decided on what the idea led to."""
        state = State(LIFE.step(self, "conclude", who))
        concluded = replace(self, state=state, decision_id=decision_id, outcome=outcome)
        return concluded, IdeaConcluded(idea_id=self.id, author_id=self.author_id, decision_id=decision_id, outcome=outcome)

    def _answered(self, state: State, reason: str) -> Idea:
        return replace(self, state=state, reason=reason, answer_by=None, overdue=False)


def submit(
    *, id: UUID, who: Identity, origin: Origin, title: str, text: str, departments: tuple[UUID, ...], now: datetime
) -> tuple[Idea, Event]:
    """A resident, a board member or an employee puts an idea to the association; where it comes from is kept for good."""
    if who.person_id is None or not (who.resident or who.mandates or who.employee):
        raise NotAllowed(NOT_ALLOWED)
    is_what_it_says = {
        Origin.RESIDENT: who.resident,
        Origin.DEPARTMENT_BOARD: bool(who.mandates),
        Origin.ORGANISATION_BOARD: bool(who.mandates),
        Origin.ADMINISTRATION: who.employee,
    }
    if not is_what_it_says[origin]:
        raise NotAllowed(NOT_YOUR_ORIGIN)
    idea = Idea(id=id, author_id=who.person_id, origin=origin, title=title, text=text, departments=departments, submitted_at=now)
    return idea, IdeaSubmitted(idea_id=id, author_id=who.person_id, origin=origin)


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused(REASON_NEEDED)
    return reason.strip()
