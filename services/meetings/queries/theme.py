"""What can be asked about themes."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from chassis.paging import after, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings.queries.contribution import circle_now
from services.meetings.rules import theme as rule
from services.meetings.rules.contribution import State as ContributionState
from services.meetings.rules.theme import Theme
from services.meetings.store.tables import THEMES, contributions, themes


def themes_in(work: Work, group_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the group's open themes in the order they were named."""
    where = after(cursor, UUID)
    rows = work.execute(_open_ones(group_id, where[0] if where else None).limit(limit + 1)).all()
    shown = _counted(work, group_id)
    return page(rows, limit, lambda row: (row.id,), lambda row: shown(THEMES.made(row)))


def themes_of(work: Work, group_id: UUID) -> list[dict[str, Any]]:
    """The group's open themes in the order they were named, each with how many contributions and from which capacities."""
    shown = _counted(work, group_id)
    return [shown(THEMES.made(row)) for row in work.execute(_open_ones(group_id)).all()]


def _open_ones(group_id: UUID, after_it: UUID | None = None) -> Select[Any]:
    mine = select(themes).where(themes.c.group_id == group_id, themes.c.state == rule.State.OPEN)
    return (mine if after_it is None else mine.where(themes.c.id > after_it)).order_by(themes.c.id)


def _counted(work: Work, group_id: UUID) -> Callable[[Theme], dict[str, Any]]:
    circle, gathered = circle_now(work, group_id), _categories(work, group_id)
    return lambda each: {
        "id": each.id,
        "group_id": group_id,
        "name": each.name,
        "contributions": len(gathered[each.id]),
        "categories": sorted(set(gathered[each.id])),
        "may": rule.open_to(each, circle, work.who),
    }


def theme(work: Work, id: UUID) -> dict[str, Any]:
    """One theme, for those who take part."""
    found = THEMES.see(work, id)
    circle = circle_now(work, found.group_id)
    if not circle.takes_part(work.who):
        raise NotFound(NOT_FOUND)
    return {
        "id": found.id,
        "group_id": found.group_id,
        "name": found.name,
        "state": found.state,
        "into_id": found.into_id,
        "version": found.version,
        "may": rule.open_to(found, circle, work.who),
    }


def _categories(work: Work, group_id: UUID) -> dict[UUID, list[str]]:
    """Of each theme, the capacities that its contributions were given in, one for each."""
    gathered: dict[UUID, list[str]] = defaultdict(list)
    mine = (contributions.c.group_id == group_id, contributions.c.state != ContributionState.WITHDRAWN)
    for row in work.execute(select(contributions.c.theme_id, contributions.c.category).where(*mine)):
        gathered[row.theme_id].append(row.category)
    return gathered
