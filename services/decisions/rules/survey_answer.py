"""The life of an answer to the closing survey: one for each member, who may change it until the survey closes.

blank --give--> given       a member of the group, while the survey is open
given --change--> given     the same member, while the survey is open
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import No, NotAllowed, Refused
from contracts.decisions import Reply, SurveyAnswerChanged, SurveyAnswered
from contracts.event import Event


class State(StrEnum):
    """Whether the member has answered."""

    BLANK = "blank"
    GIVEN = "given"


NOT_ASKED = No("survey-not-asked", "Kun gruppens medlemmer bliver spurgt.", "Only members of the group are asked.")
CLOSED = No("survey-closed", "Spørgeskemaet er lukket.", "The survey is closed.")


def _member(answer: SurveyAnswer, who: Identity) -> bool:
    return who.person_id == answer.person_id


LIFE = Life.drawn(__doc__, give=_member, change=_member)


@dataclass(frozen=True, kw_only=True, slots=True)
class SurveyAnswer:
    """What one member answered. `research` is a consent of its own, given with the answer and taken back with it.

    `taken_by` is the member of staff who wrote it down for somebody who answers on paper.
    """

    id: UUID
    survey_id: UUID
    group_id: UUID
    person_id: UUID
    reply: Reply | None = None
    research: bool = False
    taken_by: UUID | None = None
    state: State = State.BLANK
    version: int = 0

    def give(self, *, who: Identity, asked: bool, open: bool, reply: Reply, research: bool) -> tuple[SurveyAnswer, Event]:
        """Answer for the first time."""
        state = State(LIFE.step(self, "give", who))
        answered = self._written(who, state, asked, open, reply, research)
        return answered, SurveyAnswered(
            answer_id=self.id, survey_id=self.survey_id, group_id=self.group_id, **answered.for_research
        )

    def change(self, *, who: Identity, asked: bool, open: bool, reply: Reply, research: bool) -> tuple[SurveyAnswer, Event]:
        """Answer differently."""
        state = State(LIFE.step(self, "change", who))
        answered = self._written(who, state, asked, open, reply, research)
        return answered, SurveyAnswerChanged(
            answer_id=self.id, survey_id=self.survey_id, group_id=self.group_id, **answered.for_research
        )

    @property
    def for_research(self) -> dict[str, Any]:
        """Who answered what, for research alone and with consent alone."""
        return {"person_id": self.person_id, "reply": self.reply} if self.research else {}

    def _written(self, who: Identity, state: State, asked: bool, open: bool, reply: Reply, research: bool) -> SurveyAnswer:
        if not asked:
            raise NotAllowed(NOT_ASKED)
        if not open:
            raise Refused(CLOSED)
        return replace(self, state=state, reply=reply, research=research, taken_by=who.act)


def of(survey_id: UUID, group_id: UUID, person_id: UUID) -> SurveyAnswer:
    """The answer that a person would give: the same id each time, so that there is never a second."""
    return SurveyAnswer(id=uuid5(survey_id, str(person_id)), survey_id=survey_id, group_id=group_id, person_id=person_id)
