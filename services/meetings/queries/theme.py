"""What can be asked about themes."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings.queries.contribution import circle_now
from services.meetings.rules import theme as rule
from services.meetings.rules.contribution import State as ContributionState
from services.meetings.store.tables import THEMES, contributions, themes


def themes_of(work: Work, group_id: UUID) -> list[dict[str, Any]]:
    """The group's open themes in the order they were named, each with how many contributions and from which capacities."""
    circle = circle_now(work, group_id)
    mine = (themes.c.group_id == group_id, themes.c.state == rule.State.OPEN)
    found = [THEMES.made(row) for row in work.execute(select(themes).where(*mine).order_by(themes.c.id))]
    gathered = _categories(work, group_id)
    return [
        {
            "id": each.id,
            "group_id": group_id,
            "name": each.name,
            "contributions": len(gathered[each.id]),
            "categories": sorted(set(gathered[each.id])),
            "may": rule.open_to(each, circle, work.who),
        }
        for each in found
    ]


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
