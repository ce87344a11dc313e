"""What can be asked about ideas: plain reads, straight from the tables."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select, tuple_

from chassis.identity import Duty
from chassis.paging import after, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.ideas.rules.endorsement import State as Endorsed
from services.ideas.rules.idea import LIFE, Idea, State
from services.ideas.store import IDEAS, breadth, endorsements, ideas, standing

PUBLIC = {State.PUBLISHED, State.PARKED, State.DECLINED, State.TAKEN_UP}


def ideas_in(work: Work, *, state: State | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of ideas, newest first, with how many stand behind each and whether I do."""
    asked = {state} if state else PUBLIC
    if not work.who.has(Duty.MODERATOR, Duty.SECRETARY):
        asked = asked & PUBLIC
    statement = _with_standing(work).where(ideas.c.state.in_(sorted(asked)))
    if where := after(cursor):
        statement = statement.where(tuple_(ideas.c.submitted_at, ideas.c.id) < tuple_(*where))
    rows = work.execute(statement.order_by(ideas.c.submitted_at.desc(), ideas.c.id.desc()).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.submitted_at, row.id), _shown)


def my_ideas(work: Work) -> list[dict[str, Any]]:
    """What I put to the association, in whatever state."""
    mine = _with_standing(work).where(ideas.c.author_id == work.who.person_id).order_by(ideas.c.submitted_at.desc()).limit(100)
    return [_shown(row) for row in work.execute(mine)]


def idea(work: Work, id: UUID) -> dict[str, Any]:
    """One idea, and what I can do with it. One that is not public is seen by its author and by moderators only."""
    row = work.execute(_with_standing(work).where(ideas.c.id == id)).one_or_none()
    if row is None or not _may_see(work, row):
        raise NotFound(NOT_FOUND)
    in_departments = select(breadth.c.department_id, breadth.c.endorsers).where(breadth.c.idea_id == id, breadth.c.endorsers > 0)
    found = IDEAS.made(row)
    return _shown(row) | {
        "by_department": [{"department_id": r.department_id, "endorsers": r.endorsers} for r in work.execute(in_departments)],
        "may": LIFE.open_to(found, work.who) + _endorsing(work, found, mine=row.mine),
    }


def _endorsing(work: Work, found: Idea, *, mine: str | None) -> list[str]:
    if mine == Endorsed.GIVEN:
        return ["withdraw_endorsement"]
    can = work.who.person_id and work.who.person_id != found.author_id and (work.who.resident or work.who.mandates)
    return ["endorse"] if can and found.state is State.PUBLISHED else []


def _may_see(work: Work, row: Any) -> bool:
    return row.state in PUBLIC or row.author_id == work.who.person_id or work.who.has(Duty.MODERATOR, Duty.SECRETARY)


def _with_standing(work: Work) -> Select[Any]:
    mine = and_(endorsements.c.person_id == work.who.person_id, endorsements.c.idea_id == ideas.c.id)
    return (
        select(ideas, func.coalesce(standing.c.endorsers, 0).label("endorsers"), endorsements.c.state.label("mine"))
        .outerjoin(standing, and_(standing.c.association_id == ideas.c.association_id, standing.c.idea_id == ideas.c.id))
        .outerjoin(endorsements, and_(endorsements.c.association_id == ideas.c.association_id, mine))
    )


def _shown(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "text": row.text,
        "origin": row.origin,
        "author_id": row.author_id,
        "departments": row.departments,
        "submitted_at": row.submitted_at,
        "state": row.state,
        "answer_by": row.answer_by,
        "overdue": row.overdue,
        "reason": row.reason,
        "charter_id": row.charter_id,
        "decision_id": row.decision_id,
        "outcome": row.outcome,
        "endorsers": row.endorsers,
        "endorsed_by_me": row.mine == Endorsed.GIVEN,
    }
