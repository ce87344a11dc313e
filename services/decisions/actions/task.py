"""What people do with tasks."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.decisions.rules import decision, task
from services.decisions.rules.task import Approval, Task
from services.decisions.store.tables import DECISIONS, TASKS, departments


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
        decision_id=decided.original_id,
        body_id=decided.body_id,
        published=decided.state is not decision.State.PREPARED,
        recommendation=asked[recommendation_id] if recommendation_id else None,
        title=title,
        owner=owner,
        owner_id=owner_id,
        due=due,
        weight=weight,
        departments=departments,
        circles=decided.circles,
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


def revise_task(work: Work, id: UUID, *, title: str, owner: str, owner_id: UUID | None, due: date, weight: int) -> Task:
    """It is put differently."""
    revised, told = TASKS.get(work, id).revise(who=work.who, title=title, owner=owner, owner_id=owner_id, due=due, weight=weight)
    return TASKS.put(work, revised, told)


def report_on_task(work: Work, id: UUID, *, percent: int, note: str) -> Task:
    """It has come so far."""
    reported, told = TASKS.get(work, id).report(who=work.who, percent=percent, note=note)
    return TASKS.put(work, reported, told)


def finish_task(work: Work, id: UUID) -> Task:
    """It is carried out."""
    finished, told = TASKS.get(work, id).finish(who=work.who)
    return TASKS.put(work, finished, told)


def stop_task(work: Work, id: UUID, *, reason: str) -> Task:
    """It will not be carried out."""
    stopped, told = TASKS.get(work, id).stop(who=work.who, reason=reason)
    return TASKS.put(work, stopped, told)


def _must_know(work: Work, department_id: UUID) -> None:
    still_there = (departments.c.department_id == department_id, ~departments.c.closed)
    if work.execute(select(departments.c.name).where(*still_there)).scalar() is None:
        raise NotFound(NOT_FOUND)
