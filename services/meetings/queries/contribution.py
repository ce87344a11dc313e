"""What can be asked about contributions."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings.queries.proposal import HANDED_OVER, proposal_of
from services.meetings.rules import contribution as rule
from services.meetings.rules.contribution import Contribution
from services.meetings.store import copies
from services.meetings.store.tables import CONTRIBUTIONS, contributions


def contributions_of(work: Work, group_id: UUID) -> list[dict[str, Any]]:
    """What was brought: the group sees who brought it; others see it without the giver once the proposal is submitted."""
    inside = copies.circle(work, group_id).takes_part(work.who)
    proposal = proposal_of(work, group_id)
    if not inside and (proposal is None or proposal.state not in HANDED_OVER):
        return []
    rows = work.execute(
        select(contributions).where(contributions.c.group_id == group_id).order_by(contributions.c.given_at, contributions.c.id)
    )
    return [_contribution(work, CONTRIBUTIONS.made(row), inside=inside) for row in rows]


def contribution(work: Work, id: UUID) -> dict[str, Any]:
    """One contribution, for those who take part."""
    found = CONTRIBUTIONS.see(work, id)
    if not copies.circle(work, found.group_id).takes_part(work.who):
        raise NotFound(NOT_FOUND)
    return _contribution(work, found, inside=True)


def _contribution(work: Work, found: Contribution, *, inside: bool) -> dict[str, Any]:
    return {
        "id": found.id,
        "kind": found.kind,
        "text": found.text,
        "given_at": found.given_at,
        "given_by": found.given_by if inside else None,
        "meeting_id": found.meeting_id,
        "theme_id": found.theme_id,
        "recommendation_id": found.recommendation_id,
        "reason": found.reason,
        "state": found.state,
        "may": rule.LIFE.open_to(found, work.who),
    }
