"""What can be asked about charters: plain reads, straight from the tables."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select, tuple_

from chassis.identity import Duty
from chassis.paging import after, page
from chassis.problems import language
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.groups.rules import charter as rules
from services.groups.rules.charter import Charter, State
from services.groups.rules.wording import Lack, missing
from services.groups.store import copies
from services.groups.store.tables import CHARTERS, charters

EDITABLE = {State.DRAFT, State.RETURNED}


def charters_in(work: Work, *, state: State | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of charters, newest first; drafts are for those who write them."""
    statement = _charters_i_see(work)
    if state:
        statement = statement.where(charters.c.state == state)
    if where := after(cursor):
        statement = statement.where(tuple_(charters.c.drafted_at, charters.c.id) < tuple_(*where))
    rows = work.execute(statement.order_by(charters.c.drafted_at.desc(), charters.c.id.desc()).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.drafted_at, row.id), lambda row: _charter(CHARTERS.made(row)))


def charter(work: Work, id: UUID) -> dict[str, Any]:
    """One charter: all that it says, what it lacks, and what I can do with it."""
    row = work.execute(_charters_i_see(work).where(charters.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    found = CHARTERS.made(row)
    return _charter(found) | {
        "missing": [_said(lack) for lack in _lacks(work, found)],
        "may": rules.LIFE.open_to(found, work.who),
    }


def _charters_i_see(work: Work) -> Select[Any]:
    if work.who.has(Duty.SECRETARY):
        return select(charters)
    mine = [mandate.body_id for mandate in work.who.mandates]
    public = charters.c.state != State.DRAFT
    return select(charters).where(or_(public, charters.c.drafted_by == work.who.person_id, charters.c.body_id.in_(mine)))


def _lacks(work: Work, found: Charter) -> list[Lack]:
    if found.state not in EDITABLE:
        return []
    members = copies.voting_members(work, found.body_id, on=work.today)
    return missing(found.wording, policy=copies.policy(work).policy, members=members, today=work.today)


def _said(lack: Lack) -> dict[str, str]:
    sentence = lack.no.da if language() == "da" else lack.no.en
    return {"field": lack.field, "slug": lack.no.slug, "says": sentence.format_map(lack.facts)}


def _charter(found: Charter) -> dict[str, Any]:
    return {
        "id": found.id,
        "body_id": found.body_id,
        "idea_id": found.idea_id,
        "department_ids": found.department_ids,
        "drafted_by": found.drafted_by,
        "drafted_at": found.drafted_at,
        "state": found.state,
        "edition": found.edition,
        "reason": found.reason,
        "policy_version": found.policy_version,
        "meetings_min": found.meetings_min,
        "meetings_max": found.meetings_max,
        "group_id": found.group_id if found.state is State.IN_FORCE else None,
        **plain.unstructure(found.wording),
    }
