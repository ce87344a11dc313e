"""The life of a decision: prepared is not published, and what is decided is never rewritten.

prepared --publish--> published             a secretary, or the body's chair or vice-chair
published --be_superseded--> superseded     the same, by publishing a later decision on the same proposal, or a correction
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.circle import Circle, Whom
from contracts.decisions import (
    DecisionCorrected,
    DecisionPrepared,
    DecisionPublished,
    DecisionSuperseded,
    Outcome,
    ReasonCode,
)
from contracts.event import Event
from services.decisions.rules.ballot import RECUSED_TOOK_PART, Ballot, speaks_for
from services.decisions.rules.docket_item import ProposalText
from services.decisions.rules.verdict import Point, Verdict, consistent


class State(StrEnum):
    """Where a decision is in its life."""

    PREPARED = "prepared"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


REVIEW_BEFORE_MEETING = No(
    "decision-review-before-meeting",
    "Opfølgningen skal ligge efter mødet, hvor beslutningen blev truffet.",
    "The review must be after the meeting at which the decision was taken.",
)
CORRECTION_NEEDS_WORDS = No(
    "correction-needs-words",
    "Skriv, hvad der er rettet, og hvorfor.",
    "Say what is corrected, and why.",
)
CORRECTION_CHANGES_OUTCOME = No(
    "correction-changes-outcome",
    "En rettelse ændrer ikke, hvad der blev besluttet. Skal det være anderledes, må organet beslutte igen.",
    "A correction does not change what was decided. For that, the body must decide again.",
)
NOTHING_CORRECTED = No("correction-of-nothing", "Der er ikke rettet noget.", "Nothing is corrected.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What was put right in an earlier record, and why."""

    what: str
    why: str


def _speaks(decision: Decision, who: Identity) -> bool:
    return speaks_for(decision.body_id, who)


LIFE = Life.drawn(__doc__, publish=_speaks, be_superseded=_speaks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a body decided on a proposal. `double_roles`: members of the body who voted and had sat in the group; they may.

    `original_id` is the first record of the same decision: itself, unless this one corrects another. Tasks and reviews
    belong to that.
    """

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
    codes: tuple[ReasonCode, ...]
    conditions: tuple[str, ...]
    message: str
    message_to_proposer: str
    points: tuple[Point, ...]
    review_on: date | None
    ballot: Ballot
    recused: tuple[UUID, ...]
    members: tuple[UUID, ...]
    double_roles: tuple[UUID, ...]
    prepared_at: datetime
    original_id: UUID
    corrects: UUID | None = None
    correction: Correction | None = None
    published_at: datetime | None = None
    supersedes: UUID | None = None
    superseded_by: UUID | None = None
    state: State = State.PREPARED
    version: int = 0

    @property
    def circles(self) -> tuple[Circle, ...]:
        """Everybody who is to be told: who had the idea and who endorsed it, who applied and got no seat, group and board."""
        idea = [Circle(whom=whom, of=self.idea_id) for whom in (Whom.AUTHOR, Whom.ENDORSERS) if self.idea_id]
        group = [Circle(whom=whom, of=self.group_id) for whom in (Whom.NOT_SELECTED, Whom.MEMBERS)]
        return (*idea, *group, Circle(whom=Whom.BOARD, of=self.body_id))

    def publish(self, *, who: Identity, now: datetime, supersedes: UUID | None) -> tuple[Decision, Event]:
        """Everybody can read it, and everybody whom it concerns is told."""
        state = State(LIFE.step(self, "publish", who))
        published = replace(self, state=state, published_at=now, supersedes=supersedes)
        return published, self._correcting() if self.corrects else self._deciding()

    def be_superseded(self, *, who: Identity, by_decision_id: UUID) -> tuple[Decision, Event]:
        """A later decision stands in its place; this one stays as it was taken, and points to it."""
        state = State(LIFE.step(self, "be_superseded", who))
        told = DecisionSuperseded(decision_id=self.id, by_decision_id=by_decision_id)
        return replace(self, state=state, superseded_by=by_decision_id), told

    def _deciding(self) -> Event:
        return DecisionPublished(
            decision_id=self.id,
            charter_id=self.charter_id,
            group_id=self.group_id,
            proposal_id=self.proposal_id,
            outcome=self.outcome,
            reason=self.reason,
            members=self.members,
            idea_id=self.idea_id,
            codes=self.codes,
            message=self.message,
            message_to_proposer=self.message_to_proposer,
            circles=self.circles,
        )

    def _correcting(self) -> Event:
        assert self.corrects  # noqa: S101  only a correction asks
        return DecisionCorrected(
            decision_id=self.id,
            corrects=self.corrects,
            group_id=self.group_id,
            proposal_id=self.proposal_id,
            outcome=self.outcome,
            circles=self.circles,
        )


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
    now: datetime,
) -> tuple[Decision, Event]:
    """The decision as the body took it; it waits to be published."""
    if not speaks_for(body_id, who):
        raise NotAllowed(NOT_ALLOWED)
    consistent(verdict, proposal.recommendations)
    if verdict.review_on is not None and verdict.review_on <= ballot.meeting_day:
        raise Refused(REVIEW_BEFORE_MEETING)
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
        **_said(verdict),
        ballot=ballot,
        recused=recused,
        members=members,
        double_roles=tuple(person_id for person_id in ballot.present if person_id in members),
        prepared_at=now,
        original_id=id,
    )
    return decision, DecisionPrepared(decision_id=id, docket_item_id=docket_item_id)


def correct(
    decision: Decision, *, id: UUID, who: Identity, verdict: Verdict, ballot: Ballot, correction: Correction, now: datetime
) -> tuple[Decision, Event]:
    """A new record puts a slip of the pen right; it waits to be published, and until then the earlier one stands alone."""
    if not speaks_for(decision.body_id, who):
        raise NotAllowed(NOT_ALLOWED)
    if who.person_id in decision.recused:
        raise Refused(RECUSED_TOOK_PART)
    if decision.state is not State.PUBLISHED:
        raise Refused(NOT_NOW)
    if not correction.what.strip() or not correction.why.strip():
        raise Refused(CORRECTION_NEEDS_WORDS)
    consistent(verdict, decision.proposal.recommendations)
    if _decided(verdict.outcome, verdict.points) != _decided(decision.outcome, decision.points):
        raise Refused(CORRECTION_CHANGES_OUTCOME)
    right = replace(decision, ballot=ballot, **_said(verdict))
    if right == decision:
        raise Refused(NOTHING_CORRECTED)
    told = DecisionPrepared(decision_id=id, docket_item_id=decision.docket_item_id)
    return replace(
        right,
        id=id,
        corrects=decision.id,
        correction=correction,
        prepared_at=now,
        published_at=None,
        supersedes=None,
        state=State.PREPARED,
        version=0,
    ), told


def _said(verdict: Verdict) -> dict[str, Any]:
    """The words of it, as they are kept."""
    return {
        "outcome": verdict.outcome,
        "reason": verdict.reason.strip(),
        "codes": tuple(dict.fromkeys(verdict.codes)),
        "conditions": verdict.conditions,
        "message": verdict.message,
        "message_to_proposer": verdict.message_to_proposer,
        "points": verdict.points,
        "review_on": verdict.review_on,
    }


def _decided(outcome: Outcome, points: tuple[Point, ...]) -> tuple[Outcome, dict[UUID, Outcome]]:
    return outcome, {point.recommendation_id: point.outcome for point in points}


def as_it_stands(decision: Decision) -> Event | None:
    """A published decision, for whoever is told anew; a correction is told with what it corrects."""
    return decision._deciding() if decision.state is not State.PREPARED and not decision.corrects else None
