"""What can be asked about tasks, and how far a decision is carried out."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from chassis.paging import after, day, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.decisions.queries.row import only
from services.decisions.queries.seen import readable_decision
from services.decisions.rules import task as planned
from services.decisions.rules.progress import Sums, progress
from services.decisions.store.tables import TASKS, tasks

OVER = (planned.State.DONE, planned.State.STOPPED)


def tasks_of(work: Work, decision_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of a decision's tasks, the first due first. Whoever may read the decision may read how it is carried out."""
    original_id = readable_decision(work, decision_id).original_id
    mine = select(tasks).where(tasks.c.decision_id == original_id)
    if where := after(cursor, day, UUID):
        mine = mine.where(tuple_(tasks.c.due, tasks.c.id) > tuple_(*where))
    rows = work.execute(mine.order_by(tasks.c.due, tasks.c.id).limit(limit + 1)).all()
    shown = page(rows, limit, lambda row: (row.due, row.id), lambda row: _task_shown(work, row))
    return shown | {"progress": progress_of(work, [original_id]).get(original_id)}


def task(work: Work, id: UUID) -> dict[str, Any]:
    """One task."""
    row = work.execute(select(tasks).where(tasks.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return _task_shown(work, row)


def progress_of(work: Work, decision_ids: list[UUID]) -> dict[UUID, int | None]:
    """How far these decisions are carried out, in percent, by the weight of their tasks."""
    counted = _sums(tasks.c.decision_id).where(tasks.c.decision_id.in_(decision_ids))
    return {row.of: progress(_summed(row)) for row in work.execute(counted)}


def progress_by_recommendation(work: Work, decision_id: UUID) -> dict[str, int | None]:
    """The same for each recommendation that somebody works on."""
    with_one = (tasks.c.decision_id == decision_id, tasks.c.recommendation_id.is_not(None))
    return {str(row.of): progress(_summed(row)) for row in work.execute(_sums(tasks.c.recommendation_id).where(*with_one))}


def late_tasks_of(work: Work, decision_ids: list[UUID]) -> dict[UUID, int]:
    """How many tasks of these decisions should have been carried out by now."""
    late = (tasks.c.decision_id.in_(decision_ids), tasks.c.state.not_in(OVER), tasks.c.due < work.today)
    counted = select(tasks.c.decision_id, func.count().label("late")).where(*late).group_by(tasks.c.decision_id)
    return {row.decision_id: row.late for row in work.execute(counted)}


def _sums(by: ColumnElement[Any]) -> Select[Any]:
    return (
        select(
            by.label("of"),
            func.sum(tasks.c.weight * tasks.c.percent).label("weighted"),
            func.sum(tasks.c.weight).label("weight"),
            func.sum(tasks.c.percent).label("percent"),
            func.count().label("tasks"),
        )
        .where(tasks.c.state != planned.State.STOPPED)
        .group_by(by)
    )


def _summed(row: Any) -> Sums:
    return Sums(weighted=row.weighted, weight=row.weight, percent=row.percent, count=row.tasks)


def _task_shown(work: Work, row: Any) -> dict[str, Any]:
    late = row.due < work.today and row.state not in OVER
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
        "percent",
        "note",
        "overdue",
        "reason",
        "version",
    )
    return only(row, *shown) | {"late": late, "may": planned.LIFE.open_to(TASKS.made(row), work.who)}
