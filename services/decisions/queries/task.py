"""What can be asked about tasks, and how far a decision is carried out."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.decisions.queries.row import only
from services.decisions.queries.seen import readable_decision
from services.decisions.rules import task as planned
from services.decisions.store.tables import TASKS, tasks

MOST_TASKS = 500


def tasks_of(work: Work, decision_id: UUID) -> dict[str, Any]:
    """All tasks of a decision, the first due first. Whoever may read the decision may read how it is carried out."""
    readable_decision(work, decision_id)
    mine = select(tasks).where(tasks.c.decision_id == decision_id).order_by(tasks.c.due, tasks.c.id).limit(MOST_TASKS)
    return {
        "items": [_task_shown(work, row) for row in work.execute(mine)],
        "progress": progress_of(work, [decision_id]).get(decision_id),
    }


def task(work: Work, id: UUID) -> dict[str, Any]:
    """One task."""
    row = work.execute(select(tasks).where(tasks.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return _task_shown(work, row)


def progress_of(work: Work, decision_ids: list[UUID]) -> dict[UUID, int]:
    """How much is done in percent, by weight, of all that was not stopped; rounded down, so that 100 means all of it."""
    done = func.coalesce(func.sum(tasks.c.weight).filter(tasks.c.state == planned.State.DONE), 0)
    counted: Select[Any] = (
        select(tasks.c.decision_id, (100 * done / func.sum(tasks.c.weight)).label("percent"))
        .where(tasks.c.decision_id.in_(decision_ids), tasks.c.state != planned.State.STOPPED)
        .group_by(tasks.c.decision_id)
    )
    return {row.decision_id: int(row.percent) for row in work.execute(counted)}


def _task_shown(work: Work, row: Any) -> dict[str, Any]:
    late = row.due < work.today and row.state not in {planned.State.DONE, planned.State.STOPPED}
    shown = (
        "id",
        "decision_id",
        "title",
        "recommendation_id",
        "owner",
        "owner_id",
        "due",
        "weight",
        "departments",
        "state",
        "reason",
    )
    return only(row, *shown) | {"late": late, "may": planned.LIFE.open_to(TASKS.made(row), work.who)}
