"""What can be asked about anonymous rounds. Who answered is shown to nobody, and what was said only when it is closed."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.paging import EMPTY, after, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings.rules import anonymous_round as rule
from services.meetings.rules.anonymous_round import AnonymousRound
from services.meetings.rules.circle import Circle
from services.meetings.store import copies
from services.meetings.store.tables import ANONYMOUS_ROUNDS, anonymous_rounds


def rounds_of(work: Work, group_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the group's rounds, newest first; the group's own."""
    circle = copies.circle(work, group_id)
    if not circle.takes_part(work.who):
        return EMPTY
    asked = select(anonymous_rounds).where(anonymous_rounds.c.group_id == group_id).order_by(anonymous_rounds.c.id.desc())
    if where := after(cursor, UUID):
        asked = asked.where(anonymous_rounds.c.id < where[0])
    rows = work.execute(asked.limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.id,), lambda row: _round(work, ANONYMOUS_ROUNDS.made(row), circle))


def round_of(work: Work, id: UUID) -> dict[str, Any]:
    """One round."""
    found = ANONYMOUS_ROUNDS.see(work, id)
    circle = copies.circle(work, found.group_id)
    if not circle.takes_part(work.who):
        raise NotFound(NOT_FOUND)
    return _round(work, found, circle)


def _round(work: Work, found: AnonymousRound, circle: Circle) -> dict[str, Any]:
    return {
        "id": found.id,
        "group_id": found.group_id,
        "question": found.question,
        "opened_on": found.opened_on,
        "state": found.state,
        "count": found.count,
        "fewest": rule.FEWEST,
        "answers": found.shown,
        "may": rule.open_to(found, circle, work.who),
    }
