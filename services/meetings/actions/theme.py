"""What people do with themes."""

from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from chassis.work import Work
from services.meetings.rules import theme
from services.meetings.rules.circle import Circle
from services.meetings.rules.contribution import State as ContributionState
from services.meetings.rules.theme import State, Theme
from services.meetings.store import copies
from services.meetings.store.tables import CONTRIBUTIONS, THEMES, contributions


def name_theme(work: Work, group_id: UUID, *, name: str) -> Theme:
    """Open a theme."""
    return THEMES.put(work, *theme.name_theme(id=uuid7(), who=work.who, circle=copies.gathering(work, group_id), name=name))


def rename_theme(work: Work, id: UUID, *, name: str) -> Theme:
    """It is called something else."""
    found = THEMES.get(work, id)
    return THEMES.put(work, *found.rename(who=work.who, circle=copies.gathering(work, found.group_id), name=name))


def merge_theme(work: Work, id: UUID, *, into: UUID) -> Theme:
    """It is merged into another, and what was gathered under it moves along."""
    circle = copies.gathering(work, THEMES.see(work, id).group_id)
    for each in sorted({id, into}):  # always in this order, so that two who merge at once do not wait for each other
        THEMES.get(work, each)
    found, other = THEMES.get(work, id), THEMES.get(work, into)
    known = other.group_id == found.group_id and other.state is State.OPEN
    merged = THEMES.put(work, *found.merge(who=work.who, circle=circle, into=into, open=known))
    _move(work, circle, id, into)
    return merged


def _move(work: Work, circle: Circle, id: UUID, into: UUID) -> None:
    gathered = (contributions.c.theme_id == id, contributions.c.state != ContributionState.WITHDRAWN)
    for each in work.execute(select(contributions.c.id).where(*gathered).order_by(contributions.c.id)).scalars().all():
        CONTRIBUTIONS.put(work, *CONTRIBUTIONS.get(work, each).gather(who=work.who, circle=circle, theme_id=into))
