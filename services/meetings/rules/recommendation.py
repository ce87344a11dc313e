"""The life of a recommendation: one point of the proposal, written under its own version, so that nobody overwrites another.

standing --edit--> standing          a member or the facilitator, while the proposal is a draft
standing --take_out--> taken_out     a member or the facilitator, while the proposal is a draft
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import CHANGED_MEANWHILE, NOT_NOW, No, Refused
from contracts.event import Event
from contracts.meetings import (
    CostClass,
    RecommendationEdited,
    RecommendationTakenOut,
    RecommendationWritten,
    RentEffect,
)
from contracts.meetings import Recommendation as Text
from services.meetings.rules.circle import Circle, somebody

MOST = 20
"""A proposal has at most so many: it is to be read, and decided on point by point."""


class State(StrEnum):
    """It stands in the proposal, or was taken out."""

    STANDING = "standing"
    TAKEN_OUT = "taken_out"


TOO_MANY = No(
    "too-many-recommendations",
    "Et løsningsforslag har højst {most} anbefalinger.",
    "A proposal has at most {most} recommendations.",
)

LIFE = Life.drawn(__doc__, edit=somebody, take_out=somebody)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What a recommendation says. `question` counts the charter's questions from 0."""

    text: str
    responsible: str
    cost: CostClass
    rent: RentEffect
    question: int
    first_step: str = ""
    needs_department_meeting: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """One point of the proposal; `number` is its place in it."""

    id: UUID
    group_id: UUID
    proposal_id: UUID
    number: int
    wording: Wording
    state: State = State.STANDING
    version: int = 0

    @property
    def told(self) -> Text:
        """As the body reads it."""
        return Text(id=self.id, **asdict(self.wording))

    def edit(self, *, who: Identity, circle: Circle, draft: bool, seen: int, wording: Wording) -> tuple[Recommendation, Event]:
        """Say it otherwise. Whoever saw an older version overwrites nothing, and gets back what stands and what they wrote."""
        state = State(LIFE.step(self, "edit", who))
        _may_write(circle, who, draft=draft)
        if seen != self.version:
            raise Refused(CHANGED_MEANWHILE, version=self.version, now=asdict(self.wording), yours=asdict(wording))
        told = RecommendationEdited(recommendation_id=self.id, proposal_id=self.proposal_id, group_id=self.group_id)
        return replace(self, state=state, wording=wording), told

    def take_out(self, *, who: Identity, circle: Circle, draft: bool, seen: int) -> tuple[Recommendation, Event]:
        """It is no longer proposed; what fed it waits again. Whoever saw an older version takes nothing out unread."""
        state = State(LIFE.step(self, "take_out", who))
        _may_write(circle, who, draft=draft)
        if seen != self.version:
            raise Refused(CHANGED_MEANWHILE, version=self.version, now=asdict(self.wording))
        told = RecommendationTakenOut(recommendation_id=self.id, proposal_id=self.proposal_id, group_id=self.group_id)
        return replace(self, state=state), told


def write(
    *, id: UUID, who: Identity, circle: Circle, proposal_id: UUID, draft: bool, standing: int, number: int, wording: Wording
) -> tuple[Recommendation, Event]:
    """One more point; `standing` counts those that the proposal has."""
    _may_write(circle, who, draft=draft)
    if standing >= MOST:
        raise Refused(TOO_MANY, most=MOST)
    made = Recommendation(id=id, group_id=circle.group_id, proposal_id=proposal_id, number=number, wording=wording)
    return made, RecommendationWritten(recommendation_id=id, proposal_id=proposal_id, group_id=circle.group_id)


def open_to(found: Recommendation, circle: Circle, who: Identity, *, draft: bool) -> list[str]:
    """What somebody can do with it now."""
    return LIFE.open_to(found, who) if draft and circle.writes(who) and not circle.closed else []


def _may_write(circle: Circle, who: Identity, *, draft: bool) -> None:
    circle.must_write(who)
    circle.must_work()
    if not draft:
        raise Refused(NOT_NOW)
