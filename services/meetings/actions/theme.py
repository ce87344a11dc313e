"""What people do with themes."""

from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.work import Work
from services.meetings.rules import theme
from services.meetings.rules.theme import Theme
from services.meetings.store import copies
from services.meetings.store.tables import THEMES


def name_theme(work: Work, group_id: UUID, *, name: str) -> Theme:
    """Open a theme."""
    return THEMES.put(work, *theme.name_theme(id=uuid7(), who=work.who, circle=copies.circle(work, group_id), name=name))


def rename_theme(work: Work, id: UUID, *, name: str) -> Theme:
    """It is called something else."""
    found = THEMES.get(work, id)
    return THEMES.put(work, *found.rename(who=work.who, circle=copies.circle(work, found.group_id), name=name))
