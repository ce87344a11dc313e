"""What a body says about a proposal: an outcome, its reasons, point by point; and whether it all agrees with itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.refusal import No, Refused
from contracts.decisions import Outcome, ReasonCode
from contracts.meetings import Recommendation
from services.decisions.rules.docket_item import REASON_NEEDED

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
CODE_NEEDED = No(
    "decision-code-needed",
    "Vælg mindst én grund, så begrundelser kan tælles.",
    "Choose at least one reason, so that reasons can be counted.",
)
CODE_AGAINST_OUTCOME = No(
    "decision-code-against-outcome",
    "Grundene passer ikke til resultatet: et ja har grunde, der taler for, og et nej har grunde, der taler imod.",
    "The reasons do not fit the outcome: a yes has reasons for it, and a no has reasons against it.",
)
YES = {Outcome.ADOPTED, Outcome.ADOPTED_WITH_CHANGES}
FOR = {ReasonCode.NEED, ReasonCode.READY, ReasonCode.WITHIN_FRAME}
AGAINST = set(ReasonCode) - FOR


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """What the body made of one recommendation."""

    recommendation_id: UUID
    outcome: Outcome
    change: str = ""
    reason: str = ""
    code: ReasonCode | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What the body said: one outcome, why, on which conditions, point by point, and when to look at what came of it.

    `message` is a word to those who took part in the group, `message_to_proposer` one to whoever had the idea.
    """

    outcome: Outcome
    reason: str
    codes: tuple[ReasonCode, ...] = ()
    conditions: tuple[str, ...] = ()
    message: str = ""
    message_to_proposer: str = ""
    points: tuple[Point, ...] = ()
    review_on: date | None = None


def consistent(verdict: Verdict, recommendations: tuple[Recommendation, ...]) -> None:
    """Refuse a verdict without reasons, or one whose parts say different things."""
    if not verdict.reason.strip():
        raise Refused(REASON_NEEDED)
    if not verdict.codes:
        raise Refused(CODE_NEEDED)
    _coded(verdict.outcome, verdict.codes)
    if verdict.outcome is Outcome.RETURNED and not verdict.points:
        return
    if Counter(point.recommendation_id for point in verdict.points) != Counter(r.id for r in recommendations):
        raise Refused(POINTS_DO_NOT_MATCH)
    if not _agree(verdict.outcome, [point.outcome for point in verdict.points]):
        raise Refused(POINTS_AGAINST_OUTCOME)
    if any(point.outcome is Outcome.ADOPTED_WITH_CHANGES and not point.change.strip() for point in verdict.points):
        raise Refused(CHANGE_NEEDED)
    for point in verdict.points:
        _coded(point.outcome, [point.code] if point.code else [])


def _agree(outcome: Outcome, points: list[Outcome]) -> bool:
    """Adopted and rejected speak for every point; with changes: some yes, and something that is not a plain yes."""
    if outcome is Outcome.ADOPTED_WITH_CHANGES:
        return any(point in YES for point in points) and any(point is not Outcome.ADOPTED for point in points)
    if outcome is Outcome.RETURNED:
        return Outcome.RETURNED in points
    return all(point is outcome for point in points)


def _coded(outcome: Outcome, codes: Iterable[ReasonCode]) -> None:
    """A yes has no reasons against it, a no has none for it; what is adopted with changes may have both."""
    wrong = {Outcome.ADOPTED: AGAINST, Outcome.ADOPTED_WITH_CHANGES: set()}.get(outcome, FOR)
    if wrong & set(codes):
        raise Refused(CODE_AGAINST_OUTCOME)
