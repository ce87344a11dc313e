"""The life of an answer to a convening: somebody comes, or sends an apology, and may think better of it.

open --accept--> coming              the one who was called
open --apologise--> apology          the one who was called
coming --accept--> coming            the one who was called, to another time
coming --apologise--> apology        the one who was called
apology --accept--> coming           the one who was called
apology --apologise--> apology       the one who was called, to another time
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import NOT_NOW, NotAllowed, Refused
from contracts.event import Event
from contracts.meetings import AnswerGiven
from services.meetings.rules.circle import MEMBERS_ONLY, Circle
from services.meetings.rules.meeting import Meeting
from services.meetings.rules.meeting import State as MeetingState


class State(StrEnum):
    """What somebody answered. Before the first time, and to a time that is not any more, nothing."""

    OPEN = "open"
    COMING = "coming"
    APOLOGY = "apology"


def _called(answer: Answer, who: Identity) -> bool:
    return answer.person_id == who.person_id


LIFE = Life.drawn(__doc__, accept=_called, apologise=_called)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What one person answered to one meeting as it was to begin, `called_to`; `written_by` when staff wrote it down for them."""

    id: UUID
    meeting_id: UUID
    person_id: UUID
    called_to: datetime | None = None
    written_by: UUID | None = None
    state: State = State.OPEN
    version: int = 0

    def accept(self, *, who: Identity, of: Meeting, circle: Circle) -> tuple[Answer, Event]:
        """Come."""
        state = State(LIFE.step(self, "accept", who))
        return _given(self, who, of, circle, state)

    def apologise(self, *, who: Identity, of: Meeting, circle: Circle) -> tuple[Answer, Event]:
        """Send an apology (afbud)."""
        state = State(LIFE.step(self, "apologise", who))
        return _given(self, who, of, circle, state)


def answer_of(meeting_id: UUID, person_id: UUID) -> Answer:
    """The answer that a person would give: the same id each time, so that there is never a second."""
    return Answer(id=uuid5(meeting_id, str(person_id)), meeting_id=meeting_id, person_id=person_id)


def standing(answer: Answer | None, starts: datetime | None) -> State:
    """What the answer is worth: one that was given to another time is none (ours)."""
    return State.OPEN if answer is None or answer.called_to != starts else answer.state


def _given(answer: Answer, who: Identity, of: Meeting, circle: Circle, state: State) -> tuple[Answer, Event]:
    if answer.person_id not in circle.everybody:
        raise NotAllowed(MEMBERS_ONLY)
    if of.state is not MeetingState.CONVENED or (answer.state is state and answer.called_to == of.starts):
        raise Refused(NOT_NOW)
    told = AnswerGiven(meeting_id=of.id, group_id=of.group_id, person_id=answer.person_id, coming=state is State.COMING)
    return replace(answer, state=state, called_to=of.starts, written_by=who.act), told
