"""What can be asked about the proposal, its recommendations and its editions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.paging import after, number, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import Event, plain
from contracts.meetings import ProposalSubmitted
from services.meetings.rules import proposal as rule
from services.meetings.rules import recommendation as point_rule
from services.meetings.rules.circle import Circle
from services.meetings.rules.edition import Change, changes
from services.meetings.rules.proposal import HANDED_OVER, Proposal, State
from services.meetings.rules.recommendation import Recommendation
from services.meetings.store import copies
from services.meetings.store import proposal as kept
from services.meetings.store.proposal import Edition
from services.meetings.store.tables import PROPOSALS, RECOMMENDATIONS, contributions


def proposal(work: Work, id: UUID) -> dict[str, Any]:
    """The proposal: the group's own until it is submitted, everybody's from then on.

    When it was sent back, others see the edition that was handed over under `editions`.
    """
    found = PROPOSALS.see(work, id)
    circle = copies.circle(work, found.group_id)
    inside = _inside(work, found, circle)
    if not inside and found.state not in HANDED_OVER:
        raise NotFound(NOT_FOUND)
    points, feeds = kept.standing(work, id), _feeds(work, found.group_id)
    last = kept.edition(work, id, found.edition - 1)
    return {
        "id": found.id,
        "group_id": found.group_id,
        "title": found.title,
        "summary": found.summary,
        "questions": copies.group(work, found.group_id).questions,
        "recommendations": [_point(work, point, number, found, circle, feeds) for number, point in enumerate(points, start=1)],
        "roster": [member.person_id for member in found.roster] if inside else [],
        "consented": [given.person_id for given in found.consents] if inside else [],
        "dissents": list(found.dissents),
        "returned_because": found.returned_because,
        "changes": [_change(each) for each in changes(last.recommendations, [point.told for point in points])] if last else [],
        "edition": found.edition,
        "state": found.state,
        "version": found.version,
        "may": _moves(work, found, circle),
    }


def recommendation(work: Work, id: UUID) -> dict[str, Any]:
    """One recommendation that stands, under its own version."""
    point = RECOMMENDATIONS.see(work, id)
    found = PROPOSALS.see(work, point.proposal_id)
    circle = copies.circle(work, found.group_id)
    hidden = not _inside(work, found, circle) and found.state not in HANDED_OVER
    if hidden or point.state is not point_rule.State.STANDING:
        raise NotFound(NOT_FOUND)
    number = 1 + [each.id for each in kept.standing(work, found.id)].index(id)
    return _point(work, point, number, found, circle, _feeds(work, found.group_id))


def editions_of(work: Work, id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the editions that were handed over, newest first, and why each came back: read by all, for the body read them."""
    PROPOSALS.see(work, id)
    (older_than,) = after(cursor, number) or (None,)
    found = kept.handed_over(work, id, older_than=older_than, most=limit + 1)
    pairs = list(zip(found, [*found[1:], None], strict=True))
    return page(pairs, limit, lambda pair: (pair[0].edition,), lambda pair: _edition(*pair))


def as_they_stand(work: Work) -> Iterator[tuple[UUID, int, Event]]:
    """Every proposal that was handed over, in its newest edition, for whoever is told anew."""
    for found in PROPOSALS.all(work):
        said = kept.edition(work, found.id, found.edition) if found.state in HANDED_OVER else None
        if said is not None:
            told = ProposalSubmitted(
                proposal_id=found.id,
                group_id=found.group_id,
                charter_id=found.charter_id,
                body_id=found.body_id,
                edition=found.edition,
                title=said.title,
                summary=said.summary,
                recommendations=said.recommendations,
                dissents=said.dissents,
                members=tuple(member.person_id for member in found.roster),
            )
            yield found.id, found.version, told


def _inside(work: Work, found: Proposal, circle: Circle) -> bool:
    """Those who take part, and whoever was a member when consent was asked."""
    return circle.takes_part(work.who) or any(member.person_id == work.who.person_id for member in found.roster)


def _moves(work: Work, found: Proposal, circle: Circle) -> list[str]:
    writes = found.state is State.DRAFT and circle.writes(work.who) and not circle.closed
    return rule.open_to(found, circle, work.who) + (["write_recommendation"] if writes else [])


def _feeds(work: Work, group_id: UUID) -> dict[UUID, list[UUID]]:
    """Which contributions feed which recommendation."""
    feeds: dict[UUID, list[UUID]] = defaultdict(list)
    fed = (contributions.c.group_id == group_id, contributions.c.recommendation_id.is_not(None))
    asked = select(contributions.c.recommendation_id, contributions.c.id).where(*fed).order_by(contributions.c.id)
    for row in work.execute(asked):
        feeds[row.recommendation_id].append(row.id)
    return feeds


def _point(
    work: Work, point: Recommendation, number: int, found: Proposal, circle: Circle, feeds: dict[UUID, list[UUID]]
) -> dict[str, Any]:
    """A recommendation and its place among those that stand."""
    draft = found.state is State.DRAFT
    return {
        "id": point.id,
        "proposal_id": point.proposal_id,
        "group_id": point.group_id,
        "number": number,
        **asdict(point.wording),
        "fed_by": len(feeds[point.id]),
        "contributions": feeds[point.id],
        "version": point.version,
        "may": point_rule.open_to(point, circle, work.who, draft=draft),
    }


def _edition(found: Edition, before: Edition | None) -> dict[str, Any]:
    return {
        "edition": found.edition,
        "title": found.title,
        "summary": found.summary,
        "recommendations": plain.unstructure(found.recommendations),
        "dissents": found.dissents,
        "submitted_at": found.submitted_at,
        "returned_because": found.returned_because,
        "changes": [_change(each) for each in changes(before.recommendations, found.recommendations)] if before else [],
    }


def _change(found: Change) -> dict[str, Any]:
    return {
        "difference": found.difference,
        "before": found.before and plain.unstructure(found.before),
        "now": found.now and plain.unstructure(found.now),
    }
