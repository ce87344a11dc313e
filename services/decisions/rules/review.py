"""The life of a review: on its day it comes round by itself that somebody looks at what has come of a decision.

awaited --fall_due--> due     the house, when the day has come
awaited --hold--> held        a secretary, or the body's chair or vice-chair
due --hold--> held            the same
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.circle import Circle, Whom
from contracts.decisions import ReviewDue, ReviewHeld, ReviewPlanned
from contracts.event import Event
from services.decisions.rules.ballot import speaks_for


class State(StrEnum):
    """Where a review is in its life."""

    AWAITED = "awaited"
    DUE = "due"
    HELD = "held"


NOT_PUBLISHED = No(
    "review-decision-not-published",
    "Beslutningen skal være offentliggjort, før der kan følges op på den.",
    "The decision must be published before it can be reviewed.",
)
FOUND_NEEDED = No("review-found-needed", "Skriv, hvad I fandt.", "Say what was found.")
DAY_PAST = No("review-day-past", "Dagen skal ligge i fremtiden.", "The day must lie in the future.")
ALREADY_PLANNED = No("review-already-planned", "Der er allerede en opfølgning den dag.", "There is a review on that day already.")


def _leads(review: Review, who: Identity) -> bool:
    return speaks_for(review.body_id, who)


LIFE = Life.drawn(__doc__, fall_due=the_house, hold=_leads)


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """A day on which to look at what has come of a decision, and what was found then.

    `circles` are those who were told of the decision; the group and the board among them are called to look at it.
    """

    id: UUID
    decision_id: UUID
    body_id: UUID
    day: date
    circles: tuple[Circle, ...] = ()
    found: str = ""
    held_on: date | None = None
    next_day: date | None = None
    state: State = State.AWAITED
    version: int = 0

    def fall_due(self, *, who: Identity, day: date) -> tuple[Review, Event]:
        """The day has come: the board and those who were in the group are to be called to it."""
        state = State(LIFE.step(self, "fall_due", who))
        if day < self.day:
            raise Refused(NOT_NOW)
        called = tuple(circle for circle in self.circles if circle.whom in {Whom.BOARD, Whom.MEMBERS})
        told = ReviewDue(review_id=self.id, decision_id=self.decision_id, day=self.day, circles=called)
        return replace(self, state=state), told

    def hold(self, *, who: Identity, found: str, next_day: date | None, today: date) -> tuple[Review, Event]:
        """What was found is written down for everybody to read; there is a next time, or it is done."""
        state = State(LIFE.step(self, "hold", who))
        if not found.strip():
            raise Refused(FOUND_NEEDED)
        if next_day is not None and next_day <= today:
            raise Refused(DAY_PAST)
        held = replace(self, state=state, found=found.strip(), held_on=today, next_day=next_day)
        told = ReviewHeld(review_id=self.id, decision_id=self.decision_id, next_day=next_day, circles=self.circles)
        return held, told


def id_of(decision_id: UUID, day: date) -> UUID:
    """The review of a decision on a day: the same id each time, so that it is planned once."""
    return uuid5(decision_id, f"review {day}")


def plan(
    *, who: Identity, decision_id: UUID, body_id: UUID, published: bool, day: date, taken: bool, circles: tuple[Circle, ...]
) -> tuple[Review, Event]:
    """A day to look at what has come of it. A day that is past by now comes round at once."""
    if not speaks_for(body_id, who):
        raise NotAllowed(NOT_ALLOWED)
    if not published:
        raise Refused(NOT_PUBLISHED)
    if taken:
        raise Refused(ALREADY_PLANNED)
    review = Review(id=id_of(decision_id, day), decision_id=decision_id, body_id=body_id, day=day, circles=circles)
    return review, ReviewPlanned(review_id=review.id, decision_id=decision_id, day=day)
