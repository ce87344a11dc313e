"""What people do with what lies on a docket."""

from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.decisions import Outcome
from contracts.people import BodyKind
from services.decisions.rules import decision
from services.decisions.rules.ballot import Ballot
from services.decisions.rules.decision import Decision
from services.decisions.rules.docket_item import DocketItem
from services.decisions.rules.verdict import Verdict
from services.decisions.store.copies import policy_of, roster_on
from services.decisions.store.tables import DECISIONS, DOCKET, bodies


def present_matter(work: Work, id: UUID) -> DocketItem:
    """The matter is laid open to the body."""
    presented, told = DOCKET.get(work, id).present(who=work.who)
    return DOCKET.put(work, presented, told)


def recommend(work: Work, id: UUID, *, outcome: Outcome, text: str) -> DocketItem:
    """Staff say what they recommend the body to decide."""
    recommended, told = DOCKET.get(work, id).recommend(who=work.who, outcome=outcome, text=text, today=work.today)
    return DOCKET.put(work, recommended, told)


def recuse_member(work: Work, id: UUID, *, person_id: UUID | None, reason: str) -> DocketItem:
    """A member takes no part in the matter; whoever names nobody means themself."""
    item = DOCKET.get(work, id)
    member_id = person_id or work.who.person_id
    if member_id is None:
        raise NotFound(NOT_FOUND)
    sits = any(sitting.person_id == member_id for sitting in roster_on(work, item.body_id, work.today))
    recused, told = item.recuse(who=work.who, person_id=member_id, sits=sits, reason=reason)
    return DOCKET.put(work, recused, told)


def take_over_matter(work: Work, id: UUID) -> DocketItem:
    """The organisation board decides where a department has no board."""
    item = DOCKET.get(work, id)
    kind = work.execute(select(bodies.c.body).where(bodies.c.body_id == item.body_id)).scalar()
    board_id = work.execute(select(bodies.c.body_id).where(bodies.c.body == BodyKind.ORGANISATION_BOARD)).scalars().first()
    if board_id is None:
        raise NotFound(NOT_FOUND)
    sits = any(sitting.voting for sitting in roster_on(work, item.body_id, work.today))
    vacant = kind == BodyKind.DEPARTMENT_BOARD and not sits
    taken, told = item.take_over(who=work.who, vacant=vacant, organisation_board_id=board_id)
    return DOCKET.put(work, taken, told)


def decide_charter(work: Work, id: UUID, *, outcome: Outcome, ballot: Ballot, reason: str) -> DocketItem:
    """The body decides on a charter."""
    item = DOCKET.get(work, id)
    decided, told = item.decide_charter(
        who=work.who,
        outcome=outcome,
        ballot=ballot,
        members=roster_on(work, item.body_id, ballot.meeting_day),
        policy=policy_of(work),
        today=work.today,
        reason=reason,
    )
    return DOCKET.put(work, decided, told)


def decide_proposal(work: Work, id: UUID, *, ballot: Ballot, verdict: Verdict) -> Decision:
    """The body decides on a proposal; its decision is prepared, and waits to be published."""
    item = DOCKET.get(work, id)
    decided, told = item.decide_proposal(
        who=work.who,
        decision_id=uuid7(),
        outcome=verdict.outcome,
        ballot=ballot,
        members=roster_on(work, item.body_id, ballot.meeting_day),
        policy=policy_of(work),
        today=work.today,
    )
    DOCKET.put(work, decided, told)
    return _prepare(work, decided, verdict)


def _prepare(work: Work, item: DocketItem, verdict: Verdict) -> Decision:
    assert item.decision_id and item.group_id and item.proposal_id and item.proposal and item.ballot  # noqa: S101  what is decided has them all
    made, told = decision.prepare(
        id=item.decision_id,
        who=work.who,
        docket_item_id=item.id,
        body_id=item.body_id,
        charter_id=item.charter_id,
        group_id=item.group_id,
        proposal_id=item.proposal_id,
        idea_id=item.idea_id,
        edition=item.edition,
        proposal=item.proposal,
        verdict=verdict,
        ballot=item.ballot,
        recused=item.recused,
        members=item.members,
        now=work.now,
    )
    return DECISIONS.put(work, made, told)
