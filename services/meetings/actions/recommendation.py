"""What people do with the recommendations of a proposal. Two who write different ones never wait for each other's text."""

from uuid import UUID

from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from chassis.work import Work
from services.meetings.rules import recommendation as rule
from services.meetings.rules.proposal import Proposal
from services.meetings.rules.proposal import State as ProposalState
from services.meetings.rules.recommendation import Recommendation, Wording
from services.meetings.store import copies
from services.meetings.store import proposal as kept
from services.meetings.store.tables import (
    CONTRIBUTIONS,
    PROPOSALS,
    RECOMMENDATIONS,
    contributions,
    recommendations,
)


def write_recommendation(work: Work, proposal_id: UUID, *, wording: Wording) -> Recommendation:
    """One more point. The proposal is held, so that two who write at once get different numbers."""
    found = PROPOSALS.get(work, proposal_id)
    standing, last = _numbers(work, proposal_id)
    written = rule.write(
        id=uuid7(),
        who=work.who,
        circle=copies.circle(work, found.group_id),
        proposal_id=proposal_id,
        draft=found.state is ProposalState.DRAFT,
        standing=standing,
        number=last + 1,
        wording=wording,
    )
    return RECOMMENDATIONS.put(work, *written)


def edit_recommendation(work: Work, id: UUID, *, seen: int, wording: Wording) -> Recommendation:
    """Say it otherwise."""
    of = _proposal_of(work, id)
    circle, draft = copies.circle(work, of.group_id), of.state is ProposalState.DRAFT
    found = RECOMMENDATIONS.get(work, id)
    return RECOMMENDATIONS.put(work, *found.edit(who=work.who, circle=circle, draft=draft, seen=seen, wording=wording))


def take_out_recommendation(work: Work, id: UUID, *, seen: int) -> Recommendation:
    """It is no longer proposed. What fed it waits again: nothing is lost."""
    of = _proposal_of(work, id)
    circle, draft = copies.circle(work, of.group_id), of.state is ProposalState.DRAFT
    found = RECOMMENDATIONS.get(work, id)
    taken_out = RECOMMENDATIONS.put(work, *found.take_out(who=work.who, circle=circle, draft=draft, seen=seen))
    _let_go(work, id)
    return taken_out


def _proposal_of(work: Work, id: UUID) -> Proposal:
    """The proposal that a recommendation stands in, held so that consent cannot be asked while it is being written."""
    return kept.held_still(work, RECOMMENDATIONS.see(work, id).proposal_id)


def _numbers(work: Work, proposal_id: UUID) -> tuple[int, int]:
    """How many recommendations stand, and the highest number ever given."""
    stand = func.count().filter(recommendations.c.state == rule.State.STANDING)
    asked = select(stand, func.coalesce(func.max(recommendations.c.number), 0))
    row = work.execute(asked.where(recommendations.c.proposal_id == proposal_id)).one()
    return int(row[0]), int(row[1])


def _let_go(work: Work, id: UUID) -> None:
    fed = select(contributions.c.id).where(contributions.c.recommendation_id == id).order_by(contributions.c.id)
    for each in work.execute(fed).scalars().all():
        CONTRIBUTIONS.put(work, *CONTRIBUTIONS.get(work, each).let_go(who=work.who))
