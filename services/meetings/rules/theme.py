"""The life of a theme: contributions that belong together.

open --rename--> open      a member, the facilitator, the sponsor or a secretary
open --merge--> merged     the facilitator, the sponsor or a secretary, into another
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, NOT_FOUND, No, NotAllowed, NotFound, Refused
from contracts.event import Event
from contracts.meetings import ThemeMerged, ThemeNamed, ThemeRenamed
from services.meetings.rules.circle import Circle, leads, somebody


class State(StrEnum):
    """A theme is open, or has been merged into another."""

    OPEN = "open"
    MERGED = "merged"


INTO_ITSELF = No("theme-into-itself", "Et tema kan ikke lægges sammen med sig selv.", "A theme cannot be merged into itself.")

LIFE = Life.drawn(__doc__, rename=somebody, merge=somebody)


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """A name to gather contributions under. `into_id` is the theme that it was merged into."""

    id: UUID
    group_id: UUID
    name: str
    into_id: UUID | None = None
    state: State = State.OPEN
    version: int = 0

    def rename(self, *, who: Identity, circle: Circle, name: str) -> tuple[Theme, Event]:
        """It is called something else."""
        state = State(LIFE.step(self, "rename", who))
        circle.must_include(who)
        circle.must_still_gather()
        return replace(self, state=state, name=name), ThemeRenamed(theme_id=self.id, group_id=self.group_id)

    def merge(self, *, who: Identity, circle: Circle, into: UUID, open: bool) -> tuple[Theme, Event]:
        """It turned out to be about the same as another; `open` says whether that one is an open theme of the same group."""
        state = State(LIFE.step(self, "merge", who))
        if not leads(circle, who):
            raise NotAllowed(NOT_ALLOWED)
        circle.must_still_gather()
        if not open:
            raise NotFound(NOT_FOUND)
        if into == self.id:
            raise Refused(INTO_ITSELF)
        told = ThemeMerged(theme_id=self.id, group_id=self.group_id, into_theme_id=into)
        return replace(self, state=state, into_id=into), told


def name_theme(*, id: UUID, who: Identity, circle: Circle, name: str) -> tuple[Theme, Event]:
    """Open a theme."""
    circle.must_include(who)
    circle.must_still_gather()
    return Theme(id=id, group_id=circle.group_id, name=name), ThemeNamed(theme_id=id, group_id=circle.group_id)


def open_to(found: Theme, circle: Circle, who: Identity) -> list[str]:
    """What somebody can do with it now."""
    if circle.closed or circle.handed_over:
        return []
    can = {"rename": circle.takes_part(who), "merge": leads(circle, who)}
    return [verb for verb in LIFE.open_to(found, who) if can[verb]]
