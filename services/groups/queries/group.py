"""What can be asked about groups: plain reads, straight from the tables."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import after, page
from chassis.work import Work
from contracts.event import plain
from contracts.groups import Role
from services.groups.queries import draw
from services.groups.queries.sign_up import mine_in, open_to_me
from services.groups.rules import group as rules
from services.groups.rules import sign_up
from services.groups.rules.group import Group, State, holder
from services.groups.store.tables import GROUPS, groups, last_met, seats, sign_ups


def groups_in(work: Work, *, state: State | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of groups, newest first."""
    statement = select(groups)
    if state:
        statement = statement.where(groups.c.state == state)
    if where := after(cursor):
        statement = statement.where(tuple_(groups.c.opened_at, groups.c.id) < tuple_(*where))
    rows = work.execute(statement.order_by(groups.c.opened_at.desc(), groups.c.id.desc()).limit(limit + 1)).all()
    places = _places(work, [row.id for row in rows])
    return page(rows, limit, lambda row: (row.opened_at, row.id), lambda row: _group(GROUPS.made(row), places[row.id]))


def group(work: Work, id: UUID) -> dict[str, Any]:
    """One group: its task and dates, its places and members, my own sign-up, and what I can do."""
    found = GROUPS.see(work, id)
    met = work.execute(select(last_met.c.day).where(last_met.c.group_id == id)).scalar()
    return _group(found, _places(work, [id])[id]) | {
        "members": _members(work, id),
        "last_met": met,
        "my_sign_up": mine_in(work, found),
        "draw": draw.glance(work, found),
        "may": _moves(work, found) + open_to_me(work, found) + draw.open_to_me(work, found),
    }


def _moves(work: Work, found: Group) -> list[str]:
    """What I can do with it: a role is filled while it is vacant, and left by who holds it or by who composes."""
    held = [role for role in Role if holder(found, role)]
    fits = {"fill_role": len(held) < len(Role), "vacate_role": bool(held)}
    return [move for move in rules.LIFE.open_to(found, work.who) if fits.get(move, True)]


def _group(found: Group, places: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": found.id,
        "charter_id": found.charter_id,
        "body_id": found.body_id,
        "idea_id": found.idea_id,
        "title": found.title,
        "background": found.background,
        "purpose": found.purpose,
        "state": found.state,
        "reason": found.reason,
        "sponsor_id": found.sponsor_id,
        "facilitator_id": found.facilitator_id,
        "opened_at": found.opened_at,
        "sign_up_until": found.sign_up_until,
        "meetings": found.meetings,
        "handover": found.handover,
        "decision_by": found.decision_by,
        "vacant_roles": [role for role in Role if holder(found, role) is None and not found.over],
        "selection": found.selection,
        "targets": plain.unstructure(found.targets),
        "one_per_household": found.one_per_household,
        "formed_on": found.formed_on,
        "still_since": found.still_since,
        "proposal_id": found.proposal_id,
        "decision_id": found.decision_id,
        "outcome": found.outcome,
        "version": found.version,
        "seats": places,
    }


def _places(work: Work, ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in work.execute(select(seats).where(seats.c.group_id.in_(ids)).order_by(seats.c.category)):
        found[row.group_id].append({"category": row.category, "places": row.places, "taken": row.taken})
    return found


def _members(work: Work, group_id: UUID) -> list[dict[str, Any]]:
    accepted = (sign_ups.c.group_id == group_id, sign_ups.c.state == sign_up.State.ACCEPTED)
    rows = work.execute(select(sign_ups.c.person_id, sign_ups.c.category).where(*accepted).order_by(sign_ups.c.applied_at))
    return [{"person_id": row.person_id, "category": row.category} for row in rows]
