"""The life of a closing survey: when the decision is out, those who were in the group are asked how it was.

open --close--> closed    the house, when its last day is over
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from chassis.clock import day_of
from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_NOW, Refused
from contracts.circle import Circle, Whom
from contracts.decisions import Count, Reply, SurveyClosed, SurveyOpened
from contracts.event import Event

FEWEST = 5
"""With fewer answers than this nothing is shown, so that nobody is known by an answer (practice in resident surveys)."""


class State(StrEnum):
    """Where a survey is in its life."""

    OPEN = "open"
    CLOSED = "closed"


LIFE = Life.drawn(__doc__, close=the_house)


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """The questions to one group's members, once; `counts` are there when it is closed and enough have answered."""

    id: UUID
    group_id: UUID
    decision_id: UUID
    title: str
    members: tuple[UUID, ...]
    opened_at: datetime
    closes_on: date
    answered: int = 0
    counts: tuple[Count, ...] = ()
    state: State = State.OPEN
    version: int = 0

    def close(self, *, who: Identity, day: date, replies: tuple[Reply, ...]) -> tuple[Survey, Event]:
        """Its last day is over. Counts are shown from now on, not before: two counts a day apart would give one away."""
        state = State(LIFE.step(self, "close", who))
        if day <= self.closes_on:
            raise Refused(NOT_NOW)
        counts = counted(replies)
        closed = replace(self, state=state, answered=len(replies), counts=counts)
        return closed, SurveyClosed(
            survey_id=self.id, group_id=self.group_id, asked=len(self.members), answered=len(replies), counts=counts
        )


def id_of(group_id: UUID) -> UUID:
    """The closing survey of a group: the same id each time, so that a group is asked once."""
    return uuid5(group_id, "closing survey")


def open_survey(
    *, group_id: UUID, decision_id: UUID, title: str, members: tuple[UUID, ...], days: int, now: datetime
) -> tuple[Survey, Event]:
    """Those who handed the proposal over are asked, for so many days. Whoever publishes the decision opens it."""
    closes_on = day_of(now) + timedelta(days=days)
    survey = Survey(
        id=id_of(group_id),
        group_id=group_id,
        decision_id=decision_id,
        title=title,
        members=members,
        opened_at=now,
        closes_on=closes_on,
    )
    asked = (Circle(whom=Whom.MEMBERS, of=group_id),)
    return survey, SurveyOpened(
        survey_id=survey.id, group_id=group_id, decision_id=decision_id, closes_on=closes_on, circles=asked
    )


def counted(replies: Iterable[Reply]) -> tuple[Count, ...]:
    """How many gave each answer to each question; nothing when too few have answered."""
    given = list(replies)
    if len(given) < FEWEST:
        return ()
    return tuple(
        Count(question=field.name, answer=answer, number=number)
        for field in fields(Reply)
        for answer, number in sorted(Counter(_word(getattr(reply, field.name)) for reply in given).items())
    )


def _word(answer: object) -> str:
    return ("yes" if answer else "no") if isinstance(answer, bool) else str(answer)
