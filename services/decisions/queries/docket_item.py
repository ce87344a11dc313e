"""What can be asked about the docket."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import after, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.decisions.queries.row import only
from services.decisions.queries.seen import on_my_docket, sees_docket
from services.decisions.rules import docket_item as item
from services.decisions.rules.ballot import entitled, needed
from services.decisions.store.copies import policy_of, roster_on
from services.decisions.store.tables import DOCKET, docket

OPEN = (item.State.LAID, item.State.UNDER_DECISION)
BRIEFLY = ("id", "matter", "title", "body_id", "charter_id", "group_id", "proposal_id", "edition", "laid_at", "due", "state")
IN_FULL = (*BRIEFLY, "version", "idea_id", "overdue", "outcome", "reason", "ballot", "decision_id")
OF_A_CHARTER = ("amendment_id", "changed", "why")


def docket_of(
    work: Work, *, body_id: UUID | None, state: item.State | None, due_by: date | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    """A page of what lies before the bodies that I sit in, newest first; staff see every body's.

    `due_by` asks for what is still to be decided on or before a day.
    """
    asked = select(docket).where(on_my_docket(work, docket.c.body_id))
    asked = asked.where(docket.c.body_id == body_id) if body_id else asked
    asked = asked.where(docket.c.state == state) if state else asked
    asked = asked.where(docket.c.due <= due_by, docket.c.state.in_(OPEN)) if due_by else asked
    if where := after(cursor):
        asked = asked.where(tuple_(docket.c.laid_at, docket.c.id) < tuple_(*where))
    rows = work.execute(asked.order_by(docket.c.laid_at.desc(), docket.c.id.desc()).limit(limit + 1)).all()
    return page(
        rows, limit, lambda row: (row.laid_at, row.id), lambda row: only(row, *BRIEFLY, "overdue", "outcome", "decision_id")
    )


def overdue(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of what a body should have decided by now and has not, oldest first. Everybody may see it."""
    late = select(docket).where(docket.c.overdue, docket.c.state.in_(OPEN))
    if where := after(cursor):
        late = late.where(tuple_(docket.c.laid_at, docket.c.id) > tuple_(*where))
    rows = work.execute(late.order_by(docket.c.laid_at, docket.c.id).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.laid_at, row.id), lambda row: only(row, *BRIEFLY))


def docket_item(work: Work, id: UUID) -> dict[str, Any]:
    """One matter with its frozen text, who sits in the body today, and what I can do with it."""
    row = work.execute(select(docket).where(docket.c.id == id)).one_or_none()
    if row is None or not sees_docket(work, row.body_id):
        raise NotFound(NOT_FOUND)
    found, members = DOCKET.made(row), roster_on(work, row.body_id, work.today)
    policy, base = policy_of(work), entitled(members, found.recused)
    return only(row, *IN_FULL, *OF_A_CHARTER) | {
        "text": row.charter or row.proposal,
        "members": row.members,
        "staff_recommendation": staff_recommendation_of(found),
        "roster": [{"person_id": sitting.person_id, "seat": sitting.seat} for sitting in members],
        "quorum": {"entitled": base, "needed": needed(policy, base), "needs_chair": policy.quorum_needs_chair},
        "recused": list(found.recused),
        "recusals": row.recusals,
        "may": item.LIFE.open_to(found, work.who),
    }


def staff_recommendation_of(found: item.DocketItem) -> dict[str, Any] | None:
    """What staff recommended beside the matter, and whether the body did so."""
    wrote = found.staff_recommendation
    if wrote is None:
        return None
    meeting_day = found.ballot.meeting_day if found.ballot else None
    return {
        "outcome": wrote.outcome,
        "text": wrote.text,
        "by": wrote.by,
        "written_on": wrote.written_on,
        "followed": wrote.followed(found.outcome, meeting_day),
    }
