"""The life of a theme: contributions that belong together.

open --rename--> open    a member, the facilitator, the sponsor or a secretary
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import NotAllowed
from contracts.event import Event
from contracts.meetings import ThemeNamed, ThemeRenamed
from services.meetings.rules.circle import MEMBERS_ONLY, Circle, somebody


class State(StrEnum):
    """A theme is open."""

    OPEN = "open"


LIFE = Life.drawn(__doc__, rename=somebody)


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """A name to gather contributions under."""

    id: UUID
    group_id: UUID
    name: str
    state: State = State.OPEN
    version: int = 0

    def rename(self, *, who: Identity, circle: Circle, name: str) -> tuple[Theme, Event]:
        """It is called something else."""
        state = State(LIFE.step(self, "rename", who))
        _takes_part(circle, who)
        return replace(self, state=state, name=name), ThemeRenamed(theme_id=self.id, group_id=self.group_id)


def name_theme(*, id: UUID, who: Identity, circle: Circle, name: str) -> tuple[Theme, Event]:
    """Open a theme."""
    _takes_part(circle, who)
    circle.must_work()
    return Theme(id=id, group_id=circle.group_id, name=name), ThemeNamed(theme_id=id, group_id=circle.group_id)


def _takes_part(circle: Circle, who: Identity) -> None:
    if not circle.takes_part(who):
        raise NotAllowed(MEMBERS_ONLY)
