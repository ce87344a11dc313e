"""What people do with the proposal."""

from uuid import UUID

from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_NOW, Refused
from chassis.work import Work
from contracts.meetings import Recommendation
from services.meetings.rules import contribution, meeting, proposal
from services.meetings.rules.proposal import Proposal
from services.meetings.store import copies, tables
from services.meetings.store.tables import PROPOSALS


def new_id() -> UUID:
    """An id for a point that has none yet."""
    return uuid7()


def draft_proposal(work: Work, group_id: UUID, *, title: str, summary: str) -> Proposal:
    """Begin the group's one proposal."""
    circle = copies.circle(work, group_id)
    if proposal_of(work, group_id) is not None:
        raise Refused(NOT_NOW)
    return PROPOSALS.put(work, *proposal.draft(id=uuid7(), who=work.who, circle=circle, title=title, summary=summary))


def edit_proposal(
    work: Work,
    id: UUID,
    *,
    seen: int,
    title: str | None,
    summary: str | None,
    recommendations: tuple[Recommendation, ...] | None,
) -> Proposal:
    """Write something else. A contribution that fed a recommendation which is gone is open again: nothing is lost."""
    found = PROPOSALS.get(work, id)
    edited = found.edit(
        who=work.who,
        circle=copies.circle(work, found.group_id),
        seen=seen,
        title=found.title if title is None else title,
        summary=found.summary if summary is None else summary,
        recommendations=found.recommendations if recommendations is None else recommendations,
    )
    return PROPOSALS.put(work, *edited)


def ask_consent(work: Work, id: UUID) -> Proposal:
    """The members are asked."""
    found = PROPOSALS.get(work, id)
    return PROPOSALS.put(work, *found.ask_consent(who=work.who, circle=copies.circle(work, found.group_id)))


def consent_to_proposal(work: Work, id: UUID, *, dissent: str) -> Proposal:
    """A member answers."""
    return PROPOSALS.put(work, *PROPOSALS.get(work, id).consent(who=work.who, dissent=dissent))


def reopen_proposal(work: Work, id: UUID) -> Proposal:
    """A member wants the text changed after all."""
    return PROPOSALS.put(work, *PROPOSALS.get(work, id).reopen(who=work.who))


def submit_proposal(work: Work, id: UUID) -> Proposal:
    """Hand it to the commissioning body."""
    found = PROPOSALS.get(work, id)
    submitted = found.submit(
        who=work.who,
        circle=copies.circle(work, found.group_id),
        held=_held(work, found.group_id),
        open_contributions=_open_contributions(work, found),
    )
    return PROPOSALS.put(work, *submitted)


def proposal_of(work: Work, group_id: UUID) -> Proposal | None:
    """The group's one proposal, or none yet."""
    id = work.execute(select(tables.proposals.c.id).where(tables.proposals.c.group_id == group_id)).scalar()
    return PROPOSALS.see(work, id) if id else None


def _held(work: Work, group_id: UUID) -> int:
    mine = (tables.meetings.c.group_id == group_id, tables.meetings.c.state == meeting.State.HELD)
    return int(work.execute(select(func.count()).select_from(tables.meetings).where(*mine)).scalar() or 0)


def _open_contributions(work: Work, found: Proposal) -> tuple[UUID, ...]:
    """Those neither traced, answered nor withdrawn, and those that fed a recommendation which is no longer there."""
    points = {point.id for point in found.recommendations}
    table = tables.contributions
    rows = work.execute(select(table.c.id, table.c.state, table.c.recommendation_id).where(table.c.group_id == found.group_id))
    lost = [
        row.id
        for row in rows
        if row.state in contribution.OPEN or (row.state == "traced" and row.recommendation_id not in points)
    ]
    return tuple(lost)
