"""The proposal as the others need it: the group's one, its recommendations in order, its editions as they were handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts import meetings as told
from contracts.event import plain
from services.meetings.rules.proposal import Proposal
from services.meetings.rules.recommendation import Recommendation, State
from services.meetings.store.tables import PROPOSALS, RECOMMENDATIONS, editions, proposals, recommendations


@dataclass(frozen=True)
class Edition:
    """What the proposal said when it was handed over, and why it came back, if it did."""

    edition: int
    title: str
    summary: str
    recommendations: tuple[told.Recommendation, ...]
    dissents: tuple[str, ...]
    submitted_at: datetime
    returned_because: str | None


def of_group(work: Work, group_id: UUID) -> Proposal | None:
    """The group's one proposal, or none yet."""
    row = work.execute(select(proposals).where(proposals.c.group_id == group_id)).one_or_none()
    return None if row is None else PROPOSALS.made(row)


def held_still(work: Work, id: UUID) -> Proposal:
    """A proposal that nobody asks consent for or hands over until the work is done; several may hold it so. Raises `NotFound`."""
    row = work.execute(select(proposals).where(proposals.c.id == id).with_for_update(read=True)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return PROPOSALS.made(row)


def standing(work: Work, proposal_id: UUID) -> list[Recommendation]:
    """Its recommendations, in their order."""
    mine = (recommendations.c.proposal_id == proposal_id, recommendations.c.state == State.STANDING)
    rows = work.execute(select(recommendations).where(*mine).order_by(recommendations.c.number, recommendations.c.id))
    return [RECOMMENDATIONS.made(row) for row in rows]


def freeze(work: Work, found: Proposal, points: Sequence[told.Recommendation]) -> None:
    """Keep what is handed over as it is: the next edition does not change it."""
    row = {
        "association_id": work.who.association_id,
        "proposal_id": found.id,
        "edition": found.edition,
        "title": found.title,
        "summary": found.summary,
        "recommendations": plain.unstructure(points),
        "dissents": list(found.dissents),
        "submitted_at": work.now,
    }
    work.execute(insert(editions), row)


def note_returned(work: Work, proposal_id: UUID, edition: int, reason: str) -> None:
    """Keep with an edition why the body sent it back."""
    which = (editions.c.proposal_id == proposal_id, editions.c.edition == edition)
    work.execute(update(editions).where(*which).values(returned_because=reason))


def handed_over(work: Work, proposal_id: UUID, *, older_than: int | None, most: int) -> list[Edition]:
    """The editions that were handed over, the newest first."""
    mine = select(editions).where(editions.c.proposal_id == proposal_id)
    mine = mine if older_than is None else mine.where(editions.c.edition < older_than)
    return [_edition(row) for row in work.execute(mine.order_by(editions.c.edition.desc()).limit(most))]


def edition(work: Work, proposal_id: UUID, number: int) -> Edition | None:
    """One of them."""
    which = (editions.c.proposal_id == proposal_id, editions.c.edition == number)
    row = work.execute(select(editions).where(*which)).one_or_none()
    return None if row is None else _edition(row)


def _edition(row: Any) -> Edition:
    return Edition(
        edition=row.edition,
        title=row.title,
        summary=row.summary,
        recommendations=plain.structure(row.recommendations, tuple[told.Recommendation, ...]),
        dissents=tuple(row.dissents),
        submitted_at=row.submitted_at,
        returned_because=row.returned_because,
    )
