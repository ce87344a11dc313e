"""The life of a meeting of the group.

planned --convene--> convened        facilitator, sponsor or secretary
convened --change--> convened        facilitator, sponsor or secretary
convened --hold--> held              facilitator, sponsor or secretary
planned --cancel--> cancelled        facilitator, sponsor or secretary, with a reason
convened --cancel--> cancelled       facilitator, sponsor or secretary, with a reason
held --miss_minutes--> held          the house, when the minutes are not public in time
planned --be_amended--> planned      the house, when the charter names another day or other leaders
convened --be_amended--> convened    the house, when the charter names other leaders; its day stands as convened
held --be_amended--> held            the house, the same
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.clock import day_of
from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import SeatCategory
from contracts.meetings import (
    MeetingAmended,
    MeetingCancelled,
    MeetingChanged,
    MeetingConvened,
    MeetingHeld,
    MeetingPlanned,
    MinutesOverdue,
)
from services.meetings.rules.circle import Circle, leads


class State(StrEnum):
    """Where a meeting is in its life. A cancelled one does not count as held."""

    PLANNED = "planned"
    CONVENED = "convened"
    HELD = "held"
    CANCELLED = "cancelled"


class ItemKind(StrEnum):
    """What an item on the agenda is for (B, D and O on Danish agendas)."""

    DECISION = "decision"
    DISCUSSION = "discussion"
    INFORMATION = "information"


TOO_SHORT_NOTICE = No(
    "too-short-notice", "Der skal indkaldes mindst {days} dage før.", "A meeting is convened at least {days} days ahead."
)
ENDS_BEFORE_START = No("ends-before-start", "Mødet skal slutte efter, at det begynder.", "The meeting must end after it begins.")
NOWHERE = No("meeting-nowhere", "Skriv et sted eller et link til mødet.", "Give a place or a link.")
TOO_MANY_MEETINGS = No(
    "too-many-meetings",
    "Kommissoriet giver højst {most} møder. Flere kræver en ændring af kommissoriet.",
    "The charter allows {most} meetings. More needs the charter amended.",
)
NOT_BEGUN = No("meeting-not-begun", "Mødet er ikke begyndt endnu.", "The meeting has not begun yet.")
NO_QUORUM = No(
    "no-quorum",
    "Der skal være mindst {needed} af gruppens medlemmer til stede, heraf mindst en beboer.",
    "At least {needed} of the members must be present, one of them a resident.",
)
NOT_A_MEMBER = No("present-not-a-member", "En af de fremmødte er ikke medlem af gruppen.", "One of those present is no member.")
REASON_NEEDED = No("reason-needed", "Skriv en begrundelse.", "Give a reason.")

LIFE = Life.drawn(__doc__, convene=leads, change=leads, hold=leads, cancel=leads, miss_minutes=the_house, be_amended=the_house)


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem:
    """What is to be talked about; of a closed item only the heading is public."""

    kind: ItemKind
    title: str
    closed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """When and where, and what about. `accessibility` says what helps people to take part: interpreter, child care, lift."""

    starts: datetime
    ends: datetime
    place: str = ""
    online_link: str = ""
    accessibility: str = ""
    agenda: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A meeting, first as a day in the charter's timetable. Its minutes are due by `minutes_by`."""

    id: UUID
    group_id: UUID
    facilitator_id: UUID
    sponsor_id: UUID
    day: date
    call: Call | None = None
    present: tuple[UUID, ...] = ()
    guests: int = 0
    minutes_by: date | None = None
    minutes_overdue: bool = False
    reason: str = ""
    state: State = State.PLANNED
    version: int = 0

    def convene(self, *, who: Identity, circle: Circle, call: Call, today: date, notice_days: int) -> tuple[Meeting, Event]:
        """Call the group together, early enough."""
        state = State(LIFE.step(self, "convene", who))
        circle.must_work()
        _check(call, today, notice_days)
        told = MeetingConvened(meeting_id=self.id, group_id=self.group_id, starts=call.starts, ends=call.ends, place=call.place)
        return replace(self, state=state, call=call, day=day_of(call.starts)), told

    def change(self, *, who: Identity, circle: Circle, call: Call, today: date) -> tuple[Meeting, Event]:
        """Another time or place; everybody is told again."""
        state = State(LIFE.step(self, "change", who))
        circle.must_work()
        _check(call, today, 0)
        told = MeetingChanged(meeting_id=self.id, group_id=self.group_id, starts=call.starts, ends=call.ends, place=call.place)
        return replace(self, state=state, call=call, day=day_of(call.starts)), told

    def hold(
        self, *, who: Identity, circle: Circle, present: tuple[UUID, ...], guests: int, now: datetime, minutes_days: int
    ) -> tuple[Meeting, Event]:
        """It took place: after it began, with at least half of the members and one resident (ours)."""
        state = State(LIFE.step(self, "hold", who))
        circle.must_work()
        if self.call is None or now < self.call.starts:
            raise Refused(NOT_BEGUN)
        _check_quorum(circle, present)
        held = replace(self, state=state, present=present, guests=guests, minutes_by=self.day + timedelta(days=minutes_days))
        return held, MeetingHeld(meeting_id=self.id, group_id=self.group_id, starts=self.call.starts, present=len(present))

    def cancel(self, *, who: Identity, reason: str) -> tuple[Meeting, Event]:
        """It is called off, and everybody is told why."""
        state = State(LIFE.step(self, "cancel", who))
        if not reason.strip():
            raise Refused(REASON_NEEDED)
        return replace(self, state=state, reason=reason.strip()), MeetingCancelled(meeting_id=self.id, group_id=self.group_id)

    def miss_minutes(self, *, who: Identity, day: date) -> tuple[Meeting, Event]:
        """Its minutes are late (almene afdelingsbestyrelser: within four weeks)."""
        state = State(LIFE.step(self, "miss_minutes", who))
        if self.minutes_overdue or self.minutes_by is None or day <= self.minutes_by:
            raise Refused(NOT_NOW)
        return replace(self, state=state, minutes_overdue=True), MinutesOverdue(meeting_id=self.id, group_id=self.group_id)

    def be_amended(self, *, who: Identity, day: date, facilitator_id: UUID, sponsor_id: UUID) -> tuple[Meeting, Event]:
        """The charter names another day, while the meeting is not convened, or others who lead."""
        state = State(LIFE.step(self, "be_amended", who))
        amended = replace(
            self,
            state=state,
            day=day if self.state is State.PLANNED else self.day,
            facilitator_id=facilitator_id,
            sponsor_id=sponsor_id,
        )
        if amended == self:
            raise Refused(NOT_NOW)
        return amended, MeetingAmended(meeting_id=self.id, group_id=self.group_id)


def plan(*, id: UUID, who: Identity, circle: Circle, day: date, planned: int) -> tuple[Meeting, Event]:
    """A day in the timetable; `planned` counts those there are and that are not cancelled."""
    if not (who.house or leads(circle, who)):
        raise NotAllowed(NOT_ALLOWED)
    if planned >= circle.most:
        raise Refused(TOO_MANY_MEETINGS, most=circle.most)
    made = Meeting(id=id, group_id=circle.group_id, facilitator_id=circle.facilitator_id, sponsor_id=circle.sponsor_id, day=day)
    return made, MeetingPlanned(meeting_id=id, group_id=circle.group_id)


def _check(call: Call, today: date, notice_days: int) -> None:
    if call.ends <= call.starts:
        raise Refused(ENDS_BEFORE_START)
    if not (call.place or call.online_link):
        raise Refused(NOWHERE)
    if day_of(call.starts) < today + timedelta(days=notice_days):
        raise Refused(TOO_SHORT_NOTICE, days=notice_days)


def _check_quorum(circle: Circle, present: tuple[UUID, ...]) -> None:
    if not all(map(circle.has, present)):
        raise Refused(NOT_A_MEMBER)
    needed = max(1, -(-len(circle.members) // 2))
    residents = [m for m in circle.members if m.category is SeatCategory.RESIDENT and m.person_id in present]
    if len(set(present)) < needed or not residents:
        raise Refused(NO_QUORUM, needed=needed)
