"""What can be asked about leadership acts, and about who has and who has not been heard: for those who lead the group."""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_

from chassis.paging import after, page
from chassis.refusal import NOT_ALLOWED, NotAllowed
from chassis.work import Work
from contracts.meetings import Act
from services.meetings.rules import leadership_act as rule
from services.meetings.rules.circle import Circle, leads
from services.meetings.rules.contribution import State as ContributionState
from services.meetings.rules.leadership_act import LeadershipAct, State
from services.meetings.store import copies
from services.meetings.store.tables import LEADERSHIP_ACTS, contributions, leadership_acts


def acts_of(work: Work, group_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the acts, newest first, and how many there are of each kind."""
    circle = _led(work, group_id)
    mine = (leadership_acts.c.group_id == group_id, leadership_acts.c.state == State.NOTED)
    newest = select(leadership_acts).where(*mine).order_by(leadership_acts.c.noted_at.desc(), leadership_acts.c.id.desc())
    if where := after(cursor):
        newest = newest.where(tuple_(leadership_acts.c.noted_at, leadership_acts.c.id) < tuple_(*where))
    rows = work.execute(newest.limit(limit + 1)).all()
    shown = page(rows, limit, lambda row: (row.noted_at, row.id), lambda row: _act(work, LEADERSHIP_ACTS.made(row), circle))
    return shown | {"counts": counts_of(work, group_id)}


def act(work: Work, id: UUID) -> dict[str, Any]:
    """One act."""
    found = LEADERSHIP_ACTS.see(work, id)
    return _act(work, found, _led(work, found.group_id))


def counts_of(work: Work, group_id: UUID) -> dict[str, int]:
    """How many acts of each of the ten kinds."""
    mine = (leadership_acts.c.group_id == group_id, leadership_acts.c.state == State.NOTED)
    rows = work.execute(select(leadership_acts.c.act, func.count()).where(*mine).group_by(leadership_acts.c.act))
    found = Counter({row[0]: row[1] for row in rows})
    return {each.value: found[each.value] for each in Act}


def heard(work: Work, group_id: UUID) -> dict[str, Any]:
    """Which members have brought nothing yet, and which capacities: to draw them in. Nobody is counted or ranked."""
    circle = _led(work, group_id)
    given = select(contributions.c.given_by).where(
        contributions.c.group_id == group_id, contributions.c.state != ContributionState.WITHDRAWN
    )
    brought = set(work.execute(given.distinct()).scalars())
    silent = [member for member in circle.members if member.person_id not in brought]
    present = {member.category for member in circle.members}
    spoken_for = {member.category for member in circle.members if member.person_id in brought}
    return {
        "group_id": group_id,
        "members": len(circle.members),
        "not_heard": [{"person_id": member.person_id, "category": member.category} for member in silent],
        "categories_not_heard": sorted(present - spoken_for),
    }


def _led(work: Work, group_id: UUID) -> Circle:
    circle = copies.circle(work, group_id)
    if not leads(circle, work.who):
        raise NotAllowed(NOT_ALLOWED)
    return circle


def _act(work: Work, found: LeadershipAct, circle: Circle) -> dict[str, Any]:
    return {
        "id": found.id,
        "group_id": found.group_id,
        "act": found.act,
        "note": found.note,
        "noted_at": found.noted_at,
        "meeting_id": found.meeting_id,
        "contributions": found.contributions,
        "themes": found.themes,
        "state": found.state,
        "version": found.version,
        "may": rule.open_to(found, circle, work.who),
    }
