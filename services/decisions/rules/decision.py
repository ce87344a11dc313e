"""The life of a decision: prepared is not published, and what is decided is never rewritten.

prepared --publish--> published             a secretary, or the body's chair or vice-chair
published --be_superseded--> superseded     the same, by publishing a later decision on the same proposal
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.decisions import DecisionPrepared, DecisionPublished, DecisionSuperseded, Outcome
from contracts.event import Event
from contracts.meetings import Recommendation
from services.decisions.rules.ballot import Ballot, speaks_for
from services.decisions.rules.docket_item import REASON_NEEDED, ProposalText


class State(StrEnum):
    """Where a decision is in its life."""

    PREPARED = "prepared"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


POINTS_DO_NOT_MATCH = No(
    "decision-points-do-not-match",
    "Hver anbefaling i løsningsforslaget skal have netop ét svar.",
    "Each recommendation of the proposal needs exactly one answer.",
)
POINTS_AGAINST_OUTCOME = No(
    "decision-points-against-outcome",
    "Svarene på de enkelte anbefalinger passer ikke til det samlede resultat.",
    "The answers to the recommendations do not fit the outcome as a whole.",
)
CHANGE_NEEDED = No(
    "decision-change-needed",
    "Skriv, hvad der er ændret i hver anbefaling, der er vedtaget med ændringer.",
    "Say what is changed in each recommendation that is adopted with changes.",
)
YES = {Outcome.ADOPTED, Outcome.ADOPTED_WITH_CHANGES}


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """What the body made of one recommendation."""

    recommendation_id: UUID
    outcome: Outcome
    change: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What the body said: one outcome, why, on which conditions, point by point, and a word to the members of the group."""

    outcome: Outcome
    reason: str
    conditions: tuple[str, ...] = ()
    message: str = ""
    points: tuple[Point, ...] = ()


def _speaks(decision: Decision, who: Identity) -> bool:
    return speaks_for(decision.body_id, who)


LIFE = Life.drawn(__doc__, publish=_speaks, be_superseded=_speaks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a body decided on a proposal. `double_roles`: members of the body who voted and had sat in the group; they may."""

    id: UUID
    docket_item_id: UUID
    body_id: UUID
    charter_id: UUID
    group_id: UUID
    proposal_id: UUID
    idea_id: UUID | None
    edition: int
    title: str
    proposal: ProposalText
    outcome: Outcome
    reason: str
    conditions: tuple[str, ...]
    message: str
    points: tuple[Point, ...]
    ballot: Ballot
    recused: tuple[UUID, ...]
    members: tuple[UUID, ...]
    double_roles: tuple[UUID, ...]
    staff_recommendation: str
    prepared_at: datetime
    published_at: datetime | None = None
    supersedes: UUID | None = None
    superseded_by: UUID | None = None
    state: State = State.PREPARED
    version: int = 0

    def publish(self, *, who: Identity, now: datetime, supersedes: UUID | None) -> tuple[Decision, Event]:
        """Everybody can read it; the group, the author of the idea and its endorsers are told."""
        state = State(LIFE.step(self, "publish", who))
        return replace(self, state=state, published_at=now, supersedes=supersedes), DecisionPublished(
            decision_id=self.id,
            charter_id=self.charter_id,
            group_id=self.group_id,
            proposal_id=self.proposal_id,
            outcome=self.outcome,
            reason=self.reason,
            members=self.members,
            idea_id=self.idea_id,
        )

    def be_superseded(self, *, who: Identity, by_decision_id: UUID) -> tuple[Decision, Event]:
        """A later decision stands in its place; this one stays as it was taken, and points to it."""
        state = State(LIFE.step(self, "be_superseded", who))
        told = DecisionSuperseded(decision_id=self.id, by_decision_id=by_decision_id)
        return replace(self, state=state, superseded_by=by_decision_id), told


def prepare(
    *,
    id: UUID,
    who: Identity,
    docket_item_id: UUID,
    body_id: UUID,
    charter_id: UUID,
    group_id: UUID,
    proposal_id: UUID,
    idea_id: UUID | None,
    edition: int,
    proposal: ProposalText,
    verdict: Verdict,
    ballot: Ballot,
    recused: tuple[UUID, ...],
    members: tuple[UUID, ...],
    staff_recommendation: str,
    now: datetime,
) -> tuple[Decision, Event]:
    """The decision as the body took it; it waits to be published."""
    if not speaks_for(body_id, who):
        raise NotAllowed(NOT_ALLOWED)
    _consistent(verdict, proposal.recommendations)
    decision = Decision(
        id=id,
        docket_item_id=docket_item_id,
        body_id=body_id,
        charter_id=charter_id,
        group_id=group_id,
        proposal_id=proposal_id,
        idea_id=idea_id,
        edition=edition,
        title=proposal.title,
        proposal=proposal,
        outcome=verdict.outcome,
        reason=verdict.reason.strip(),
        conditions=verdict.conditions,
        message=verdict.message,
        points=verdict.points,
        ballot=ballot,
        recused=recused,
        members=members,
        double_roles=tuple(person_id for person_id in ballot.present if person_id in members),
        staff_recommendation=staff_recommendation,
        prepared_at=now,
    )
    return decision, DecisionPrepared(decision_id=id, docket_item_id=docket_item_id)


def _consistent(verdict: Verdict, recommendations: tuple[Recommendation, ...]) -> None:
    if not verdict.reason.strip():
        raise Refused(REASON_NEEDED)
    if verdict.outcome is Outcome.RETURNED and not verdict.points:
        return
    if Counter(point.recommendation_id for point in verdict.points) != Counter(r.id for r in recommendations):
        raise Refused(POINTS_DO_NOT_MATCH)
    if not _agree(verdict.outcome, [point.outcome for point in verdict.points]):
        raise Refused(POINTS_AGAINST_OUTCOME)
    if any(point.outcome is Outcome.ADOPTED_WITH_CHANGES and not point.change.strip() for point in verdict.points):
        raise Refused(CHANGE_NEEDED)


def _agree(outcome: Outcome, points: list[Outcome]) -> bool:
    """Adopted and rejected speak for every point; with changes: some yes, and something that is not a plain yes."""
    if outcome is Outcome.ADOPTED_WITH_CHANGES:
        return any(point in YES for point in points) and any(point is not Outcome.ADOPTED for point in points)
    if outcome is Outcome.RETURNED:
        return Outcome.RETURNED in points
    return all(point is outcome for point in points)
