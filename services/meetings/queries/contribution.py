"""What can be asked about contributions."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import EMPTY, after, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings.rules import contribution as rule
from services.meetings.rules.circle import Circle
from services.meetings.rules.contribution import Contribution
from services.meetings.rules.proposal import HANDED_OVER
from services.meetings.store import copies
from services.meetings.store import proposal as kept
from services.meetings.store.tables import CONTRIBUTIONS, contributions


def contributions_of(work: Work, group_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of what was brought, oldest first: the group sees who brought it; others see it without the giver once the proposal
    is submitted.
    """
    circle = circle_now(work, group_id)
    inside = circle.takes_part(work.who)
    if not inside and not circle.handed_over:
        return EMPTY
    asked = select(contributions).where(contributions.c.group_id == group_id)
    asked = asked if inside else asked.where(contributions.c.state != rule.State.WITHDRAWN)
    if where := after(cursor):
        asked = asked.where(tuple_(contributions.c.given_at, contributions.c.id) > tuple_(*where))
    rows = work.execute(asked.order_by(contributions.c.given_at, contributions.c.id).limit(limit + 1)).all()
    return page(
        rows,
        limit,
        lambda row: (row.given_at, row.id),
        lambda row: _contribution(work, CONTRIBUTIONS.made(row), circle, inside=inside),
    )


def contribution(work: Work, id: UUID) -> dict[str, Any]:
    """One contribution, for those who take part."""
    found = CONTRIBUTIONS.see(work, id)
    circle = circle_now(work, found.group_id)
    if not circle.takes_part(work.who):
        raise NotFound(NOT_FOUND)
    return _contribution(work, found, circle, inside=True)


def circle_now(work: Work, group_id: UUID) -> Circle:
    """The group, with whether the body has its proposal; to look at, not to act on."""
    proposal = kept.of_group(work, group_id)
    return replace(copies.circle(work, group_id), handed_over=proposal is not None and proposal.state in HANDED_OVER)


def _contribution(work: Work, found: Contribution, circle: Circle, *, inside: bool) -> dict[str, Any]:
    return {
        "id": found.id,
        "group_id": found.group_id,
        "kind": found.kind,
        "text": found.text,
        "given_at": found.given_at,
        "given_by": found.given_by if inside else None,
        "category": found.category if inside else None,
        "written_down": inside and found.written_by is not None,
        "meeting_id": found.meeting_id,
        "theme_id": found.theme_id,
        "recommendation_id": found.recommendation_id,
        "reason": found.reason,
        "state": found.state,
        "version": found.version,
        "may": rule.open_to(found, circle, work.who) if inside else [],
    }
