"""What people do with what is on a docket, with decisions and with tasks: one function for each thing."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.decisions import Outcome
from contracts.people import BodyKind
from services.decisions.rules import decision, task
from services.decisions.rules.ballot import Ballot
from services.decisions.rules.decision import Decision, Verdict
from services.decisions.rules.docket_item import DocketItem
from services.decisions.rules.task import Approval, Task
from services.decisions.store import DECISIONS, DOCKET, TASKS, bodies, decisions, departments, policy_of, roster_on


def present_matter(work: Work, id: UUID, *, staff_recommendation: str) -> DocketItem:
    """The matter is laid open to the body."""
    presented, told = DOCKET.get(work, id).present(who=work.who, staff_recommendation=staff_recommendation)
    return DOCKET.put(work, presented, told)


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
        staff_recommendation=item.staff_recommendation,
        now=work.now,
    )
    return DECISIONS.put(work, made, told)


def publish_decision(work: Work, id: UUID) -> Decision:
    """Everybody can read the decision; an earlier one on the same proposal stands back for it."""
    waiting = DECISIONS.get(work, id)
    earlier_id = _stands_before(work, waiting)
    published, told = waiting.publish(who=work.who, now=work.now, supersedes=earlier_id)
    if earlier_id is not None:
        earlier, news = DECISIONS.get(work, earlier_id).be_superseded(who=work.who, by_decision_id=id)
        DECISIONS.put(work, earlier, news)
    return DECISIONS.put(work, published, told)


def plan_task(
    work: Work,
    decision_id: UUID,
    *,
    recommendation_id: UUID | None,
    title: str,
    owner: str,
    owner_id: UUID | None,
    due: date,
    weight: int,
    departments: tuple[UUID, ...],
) -> Task:
    """Somebody is to carry out a part of what was decided."""
    decided = DECISIONS.see(work, decision_id)
    asked = {recommendation.id: recommendation for recommendation in decided.proposal.recommendations}
    if recommendation_id is not None and recommendation_id not in asked:
        raise NotFound(NOT_FOUND)
    for department_id in departments:
        _must_know(work, department_id)
    planned, told = task.plan(
        id=uuid7(),
        who=work.who,
        decision_id=decision_id,
        body_id=decided.body_id,
        published=decided.state is not decision.State.PREPARED,
        recommendation=asked[recommendation_id] if recommendation_id else None,
        title=title,
        owner=owner,
        owner_id=owner_id,
        due=due,
        weight=weight,
        departments=departments,
    )
    return TASKS.put(work, planned, told)


def start_task(work: Work, id: UUID) -> Task:
    """The work begins."""
    started, told = TASKS.get(work, id).start(who=work.who)
    return TASKS.put(work, started, told)


def block_task(work: Work, id: UUID, *, department_id: UUID) -> Task:
    """One more department's meeting must approve first."""
    found = TASKS.get(work, id)
    _must_know(work, department_id)
    blocked, told = found.block(who=work.who, department_id=department_id)
    return TASKS.put(work, blocked, told)


def record_approval(work: Work, id: UUID, *, answer: Approval) -> Task:
    """A department meeting has answered, yes or no."""
    found = TASKS.get(work, id)
    move = found.approve if answer.approved else found.await_more
    answered, told = move(who=work.who, answer=answer, today=work.today)
    return TASKS.put(work, answered, told)


def finish_task(work: Work, id: UUID) -> Task:
    """It is carried out."""
    finished, told = TASKS.get(work, id).finish(who=work.who)
    return TASKS.put(work, finished, told)


def stop_task(work: Work, id: UUID, *, reason: str) -> Task:
    """It will not be carried out."""
    stopped, told = TASKS.get(work, id).stop(who=work.who, reason=reason)
    return TASKS.put(work, stopped, told)


def _stands_before(work: Work, later: Decision) -> UUID | None:
    earlier = (decisions.c.proposal_id == later.proposal_id, decisions.c.edition < later.edition)
    published = select(decisions.c.id).where(*earlier, decisions.c.state == decision.State.PUBLISHED)
    found: UUID | None = work.execute(published.order_by(decisions.c.edition.desc())).scalars().first()
    return found


def _must_know(work: Work, department_id: UUID) -> None:
    still_there = (departments.c.department_id == department_id, ~departments.c.closed)
    if work.execute(select(departments.c.name).where(*still_there)).scalar() is None:
        raise NotFound(NOT_FOUND)
