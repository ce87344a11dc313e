"""What people do with a decision."""

from uuid import UUID

from sqlalchemy import select

from chassis.work import Work
from services.decisions.rules import decision
from services.decisions.rules.decision import Decision
from services.decisions.store.tables import DECISIONS, decisions


def publish_decision(work: Work, id: UUID) -> Decision:
    """Everybody can read the decision; an earlier one on the same proposal stands back for it."""
    waiting = DECISIONS.get(work, id)
    earlier_id = _stands_before(work, waiting)
    published, told = waiting.publish(who=work.who, now=work.now, supersedes=earlier_id)
    if earlier_id is not None:
        earlier, news = DECISIONS.get(work, earlier_id).be_superseded(who=work.who, by_decision_id=id)
        DECISIONS.put(work, earlier, news)
    return DECISIONS.put(work, published, told)


def _stands_before(work: Work, later: Decision) -> UUID | None:
    earlier = (decisions.c.proposal_id == later.proposal_id, decisions.c.edition < later.edition)
    published = select(decisions.c.id).where(*earlier, decisions.c.state == decision.State.PUBLISHED)
    found: UUID | None = work.execute(published.order_by(decisions.c.edition.desc())).scalars().first()
    return found
