"""What can be asked about draws: what was announced, what fell, and all that is needed to do it again."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_

from chassis.paging import after, page
from chassis.work import Work
from contracts.event import plain
from services.groups.rules import draw as rules
from services.groups.rules.draw import IN_TURN, LOTS, Draw, Pool, draw_of
from services.groups.rules.group import Group
from services.groups.rules.group import State as GroupState
from services.groups.rules.lot import Fallen, Terms, drawn_order
from services.groups.rules.wording import Selection
from services.groups.store.tables import DRAWS, GROUPS, draws, test_draws

COMPOSED_IN = {GroupState.RECRUITING, GroupState.SELECTING}


def draw(work: Work, group_id: UUID) -> dict[str, Any]:
    """A group's draw. The seed, who took part and how the lots fell are public once they are drawn, and not before."""
    group = GROUPS.see(work, group_id)
    found = DRAWS.see(work, draw_of(group_id))
    tests = select(func.count()).select_from(test_draws).where(test_draws.c.group_id == group_id)
    return _announced(found) | _held(found) | {"test_draws": work.execute(tests).scalar(), "may": open_to_me(work, group)}


def test_draws_of(work: Work, group_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of a group's test draws, newest first, with who ran them; for those who compose it."""
    group = GROUPS.see(work, group_id)
    rules.must_compose(work.who, group.body_id)
    asked = select(test_draws).where(test_draws.c.group_id == group_id)
    if where := after(cursor):
        asked = asked.where(tuple_(test_draws.c.run_at, test_draws.c.id) < tuple_(*where))
    rows = work.execute(asked.order_by(test_draws.c.run_at.desc(), test_draws.c.id.desc()).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.run_at, row.id), lambda row: test_draw(row._mapping))


def test_draw(row: Any) -> dict[str, Any]:
    """What a test draw says: how many there are, how many would get a seat, and which targets cannot be met."""
    terms, pool = plain.structure(row["terms"], Terms), plain.structure(row["pool"], Pool)
    fallen = plain.structure(row["fallen"], Fallen)
    return {
        "id": row["id"],
        "run_by": row["run_by"],
        "run_at": row["run_at"],
        "entrants": len(pool.entrants),
        "places": sum(plan.places for plan in terms.places),
        "selected": len(fallen.selected),
        "reserves": len(fallen.reserves),
        "shortfalls": [rules.spelled(short) for short in fallen.shortfalls],
    }


def glance(work: Work, group: Group) -> dict[str, Any] | None:
    """The draw as the group's page shows it, whoever and however many took part."""
    if group.selection not in LOTS:
        return None
    shown = select(draws.c.state, draws.c.commitment, draws.c.announced_at, draws.c.held_at)
    row = work.execute(shown.where(draws.c.id == draw_of(group.id))).one_or_none()
    return None if row is None else dict(row._mapping)


def open_to_me(work: Work, group: Group) -> list[str]:
    """What I may do now to have the seats given out as the charter says."""
    if group.selection not in IN_TURN or group.state not in COMPOSED_IN or not rules.composes(work.who, group.body_id):
        return []
    closed = group.state is GroupState.SELECTING
    if group.selection == Selection.FIRST_COME:
        return ["fill"] if closed else []
    there = glance(work, group)
    if there is None:
        return ["announce_draw", "try_draw"]
    held = there["state"] != rules.State.ANNOUNCED
    return [] if held else ["hold_draw", "try_draw"] if closed else ["try_draw"]


def _announced(found: Draw) -> dict[str, Any]:
    return {
        "id": found.id,
        "group_id": found.group_id,
        "method": found.method,
        "state": found.state,
        "commitment": found.commitment,
        "announced_by": found.announced_by,
        "announced_at": found.announced_at,
    }


def _held(found: Draw) -> dict[str, Any]:
    if found.terms is None or found.pool is None or found.fallen is None:
        return {}
    return {
        "seed": found.seed,
        "held_by": found.held_by,
        "held_at": found.held_at,
        "places": plain.unstructure(found.terms.places),
        "targets": plain.unstructure(found.terms.targets),
        "one_per_household": found.terms.one_per_household,
        **plain.unstructure(found.pool),
        "order": [one.sign_up_id for one in drawn_order(found.seed, found.pool.entrants)],
        "selected": found.fallen.selected,
        "reserves": found.fallen.reserves,
        "shortfalls": [rules.spelled(short) for short in found.fallen.shortfalls],
        "shortfall_reason": found.shortfall_reason,
    }
