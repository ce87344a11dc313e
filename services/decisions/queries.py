"""What can be asked about the docket, decisions and tasks: plain reads, straight from the tables."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true, tuple_

from chassis.identity import Duty
from chassis.paging import after, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.decisions.rules import decision as decided
from services.decisions.rules import docket_item as item
from services.decisions.rules import task as planned
from services.decisions.rules.ballot import entitled, needed, speaks_for
from services.decisions.store import DECISIONS, DOCKET, TASKS, decisions, docket, policy_of, roster_on, tasks

OPEN = (item.State.LAID, item.State.UNDER_DECISION)
CARRIED_OUT = {"adopted", "adopted_with_changes"}
MOST_TASKS = 500
BRIEFLY = ("id", "matter", "title", "body_id", "charter_id", "group_id", "proposal_id", "edition", "laid_at", "due", "state")
IN_FULL = (*BRIEFLY, "idea_id", "overdue", "outcome", "reason", "ballot", "staff_recommendation", "decision_id")
OF_A_CHARTER = ("amendment_id", "changed", "why")
DECISION_BRIEFLY = (
    "id",
    "title",
    "state",
    "outcome",
    "reason",
    "body_id",
    "charter_id",
    "group_id",
    "proposal_id",
    "idea_id",
    "edition",
    "prepared_at",
    "published_at",
)
DECISION_IN_FULL = (
    *DECISION_BRIEFLY,
    "docket_item_id",
    "proposal",
    "conditions",
    "message",
    "points",
    "ballot",
    "recused",
    "double_roles",
    "staff_recommendation",
    "supersedes",
    "superseded_by",
)


def docket_of(work: Work, *, body_id: UUID | None, state: item.State | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of what lies before the bodies that I sit in, newest first; a secretary sees every body's."""
    asked = select(docket).where(_before_me(work, docket.c.body_id))
    asked = asked.where(docket.c.body_id == body_id) if body_id else asked
    asked = asked.where(docket.c.state == state) if state else asked
    if where := after(cursor):
        asked = asked.where(tuple_(docket.c.laid_at, docket.c.id) < tuple_(*where))
    rows = work.execute(asked.order_by(docket.c.laid_at.desc(), docket.c.id.desc()).limit(limit + 1)).all()
    return page(
        rows, limit, lambda row: (row.laid_at, row.id), lambda row: _only(row, *BRIEFLY, "overdue", "outcome", "decision_id")
    )


def overdue(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of what a body should have decided by now and has not, oldest first. Everybody may see it."""
    late = select(docket).where(docket.c.overdue, docket.c.state.in_(OPEN))
    if where := after(cursor):
        late = late.where(tuple_(docket.c.laid_at, docket.c.id) > tuple_(*where))
    rows = work.execute(late.order_by(docket.c.laid_at, docket.c.id).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.laid_at, row.id), lambda row: _only(row, *BRIEFLY))


def docket_item(work: Work, id: UUID) -> dict[str, Any]:
    """One matter with its frozen text, who sits in the body today, and what I can do with it."""
    row = work.execute(select(docket).where(docket.c.id == id)).one_or_none()
    if row is None or not _sees_docket(work, row.body_id):
        raise NotFound(NOT_FOUND)
    found, members = DOCKET.made(row), roster_on(work, row.body_id, work.today)
    policy, base = policy_of(work), entitled(members, found.recused)
    return _only(row, *IN_FULL, *OF_A_CHARTER) | {
        "text": row.charter or row.proposal,
        "members": row.members,
        "roster": [{"person_id": sitting.person_id, "seat": sitting.seat} for sitting in members],
        "quorum": {"entitled": base, "needed": needed(policy, base), "needs_chair": policy.quorum_needs_chair},
        "recused": list(found.recused),
        "recusals": row.recusals,
        "may": item.LIFE.open_to(found, work.who),
    }


def decisions_in(
    work: Work, *, state: decided.State | None, group_id: UUID | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    """A page of decisions, newest first, each with how far it is carried out."""
    asked = select(decisions).where(_readable(work))
    asked = asked.where(decisions.c.state == state) if state else asked
    asked = asked.where(decisions.c.group_id == group_id) if group_id else asked
    if where := after(cursor):
        asked = asked.where(tuple_(decisions.c.prepared_at, decisions.c.id) < tuple_(*where))
    rows = work.execute(asked.order_by(decisions.c.prepared_at.desc(), decisions.c.id.desc()).limit(limit + 1)).all()
    done = _progress(work, [row.id for row in rows])

    def brief(row: Any) -> dict[str, Any]:
        return _only(row, *DECISION_BRIEFLY) | {"progress": done.get(row.id)}

    return page(rows, limit, lambda row: (row.prepared_at, row.id), brief)


def decision(work: Work, id: UUID) -> dict[str, Any]:
    """One decision, how far it is carried out, and what I can do with it. Until it is published the body alone sees it."""
    row = _decision(work, id)
    found = DECISIONS.made(row)
    with_task = set(work.execute(select(tasks.c.recommendation_id).where(tasks.c.decision_id == id)).scalars())
    to_carry_out = [point.recommendation_id for point in found.points if point.outcome in CARRIED_OUT]
    return _only(row, *DECISION_IN_FULL) | {
        "progress": _progress(work, [id]).get(id),
        "recommendations_without_task": [wanted for wanted in to_carry_out if wanted not in with_task],
        "may": [move for move in decided.LIFE.open_to(found, work.who) if move == "publish"] + _planning(work, found),
    }


def tasks_of(work: Work, decision_id: UUID) -> dict[str, Any]:
    """All tasks of a decision, the first due first. Whoever may read the decision may read how it is carried out."""
    _decision(work, decision_id)
    mine = select(tasks).where(tasks.c.decision_id == decision_id).order_by(tasks.c.due, tasks.c.id).limit(MOST_TASKS)
    return {
        "items": [_task_shown(work, row) for row in work.execute(mine)],
        "progress": _progress(work, [decision_id]).get(decision_id),
    }


def task(work: Work, id: UUID) -> dict[str, Any]:
    """One task."""
    row = work.execute(select(tasks).where(tasks.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return _task_shown(work, row)


def _planning(work: Work, found: decided.Decision) -> list[str]:
    can = found.state is not decided.State.PREPARED and speaks_for(found.body_id, work.who)
    return ["plan_task"] if can else []


def _decision(work: Work, id: UUID) -> Any:
    row = work.execute(select(decisions).where(decisions.c.id == id, _readable(work))).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return row


def _readable(work: Work) -> ColumnElement[bool]:
    return or_(decisions.c.state != decided.State.PREPARED, _before_me(work, decisions.c.body_id))


def _before_me(work: Work, body_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """An alternate sees what lies before the body too, so as to be able to stand in."""
    return true() if work.who.has(Duty.SECRETARY) else body_id.in_([mandate.body_id for mandate in work.who.mandates])


def _sees_docket(work: Work, body_id: UUID) -> bool:
    return work.who.has(Duty.SECRETARY) or any(mandate.body_id == body_id for mandate in work.who.mandates)


def _progress(work: Work, decision_ids: list[UUID]) -> dict[UUID, int]:
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
    return _only(row, *shown) | {"late": late, "may": planned.LIFE.open_to(TASKS.made(row), work.who)}


def _only(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
