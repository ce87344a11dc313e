"""The life of a leadership act: what the facilitator did to bring different wishes together, noted with one click.

noted --take_back--> taken_back    the facilitator, who clicked wrong
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from contracts.event import Event
from contracts.meetings import Act, LeadershipActNoted, LeadershipActTakenBack
from services.meetings.rules.circle import Circle, somebody


class State(StrEnum):
    """It counts, or it was a slip."""

    NOTED = "noted"
    TAKEN_BACK = "taken_back"


LIFE = Life.drawn(__doc__, take_back=somebody)


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadershipAct:
    """One act, with what it was about: a meeting, contributions, themes."""

    id: UUID
    group_id: UUID
    act: Act
    noted_at: datetime
    note: str = ""
    meeting_id: UUID | None = None
    contributions: tuple[UUID, ...] = ()
    themes: tuple[UUID, ...] = ()
    state: State = State.NOTED
    version: int = 0

    def take_back(self, *, who: Identity, circle: Circle) -> tuple[LeadershipAct, Event]:
        """It was a slip and does not count."""
        state = State(LIFE.step(self, "take_back", who))
        circle.must_facilitate(who)
        circle.must_work()
        told = LeadershipActTakenBack(leadership_act_id=self.id, group_id=self.group_id, act=self.act)
        return replace(self, state=state), told


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What an act was about."""

    meeting_id: UUID | None = None
    contributions: tuple[UUID, ...] = ()
    themes: tuple[UUID, ...] = ()


def note_act(
    *, id: UUID, who: Identity, circle: Circle, act: Act, note: str, about: About, now: datetime
) -> tuple[LeadershipAct, Event]:
    """The facilitator notes what they did."""
    circle.must_facilitate(who)
    circle.must_work()
    noted = LeadershipAct(
        id=id,
        group_id=circle.group_id,
        act=act,
        noted_at=now,
        note=note,
        meeting_id=about.meeting_id,
        contributions=about.contributions,
        themes=about.themes,
    )
    told = LeadershipActNoted(leadership_act_id=id, group_id=circle.group_id, act=act, meeting_id=about.meeting_id)
    return noted, told


def open_to(found: LeadershipAct, circle: Circle, who: Identity) -> list[str]:
    """What somebody can do with it now."""
    return LIFE.open_to(found, who) if circle.facilitates(who) and not circle.closed else []
