"""The life of a meeting of the group.

planned --prepare_agenda--> planned      facilitator, sponsor or secretary
planned --agree_on_time--> planned       facilitator, sponsor or secretary, after a date poll
planned --convene--> convened            facilitator, sponsor or secretary
convened --change--> convened            facilitator, sponsor or secretary
convened --hold--> held                  facilitator, sponsor or secretary
planned --cancel--> cancelled            facilitator, sponsor or secretary, with a reason
convened --cancel--> cancelled           facilitator, sponsor or secretary, with a reason
planned --lapse--> cancelled             the house, when the group is over
convened --lapse--> cancelled            the house, when the group is over
held --miss_minutes--> held              the house, when the minutes are not public in time
planned --be_amended--> planned          the house, when the charter names another day or other leaders
convened --be_amended--> convened        the house, when the charter names other leaders; its day stands as convened
held --be_amended--> held                the house, the same
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.clock import day_of
from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import SeatCategory
from contracts.meetings import (
    AgendaPrepared,
    MeetingAmended,
    MeetingCancelled,
    MeetingChanged,
    MeetingConvened,
    MeetingHeld,
    MeetingPlanned,
    MeetingTimeAgreed,
    MinutesOverdue,
)
from services.meetings.rules.circle import GROUP_OVER, Circle, leads


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
TOO_LONG = No("meeting-too-long", "Et møde varer højst et døgn.", "A meeting lasts a day at most.")
NO_TIME = No("meeting-without-time", "Skriv, hvornår mødet begynder og slutter.", "Say when the meeting begins and ends.")
NOWHERE = No("meeting-nowhere", "Skriv et sted eller et link til mødet.", "Give a place or a link.")
NOTHING_CHANGED = No(
    "meeting-not-changed", "Der er ikke ændret noget, så ingen får besked.", "Nothing is different, so nobody is told."
)
POLL_OPEN = No(
    "date-poll-open",
    "Luk først afstemningen om, hvornår mødet skal være.",
    "Close the date poll of this meeting first.",
)
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

LONGEST = timedelta(days=1)

LIFE = Life.drawn(
    __doc__,
    prepare_agenda=leads,
    agree_on_time=leads,
    convene=leads,
    change=leads,
    hold=leads,
    cancel=leads,
    lapse=the_house,
    miss_minutes=the_house,
    be_amended=the_house,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem:
    """What is to be talked about; of a closed item only the heading is public."""

    kind: ItemKind
    title: str
    closed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """When and where, what about, and what helps people to take part. What is not said stays as it was."""

    starts: datetime | None = None
    ends: datetime | None = None
    place: str | None = None
    online_link: str | None = None
    interpreter: bool | None = None
    child_care: bool | None = None
    accessibility: str | None = None
    agenda: tuple[AgendaItem, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A meeting, first as a day in the charter's timetable.

    `edition` counts how often people were told when and where, the last time at `called_at`. Minutes are due by `minutes_by`.
    """

    id: UUID
    group_id: UUID
    facilitator_id: UUID
    sponsor_id: UUID
    day: date
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    online_link: str = ""
    interpreter: bool = False
    child_care: bool = False
    accessibility: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    edition: int = 0
    called_at: datetime | None = None
    present: tuple[UUID, ...] = ()
    guests: int = 0
    minutes_by: date | None = None
    minutes_overdue: bool = False
    reason: str = ""
    state: State = State.PLANNED
    version: int = 0

    def prepare_agenda(self, *, who: Identity, agenda: tuple[AgendaItem, ...]) -> tuple[Meeting, Event]:
        """What is to be talked about, before anybody is called."""
        state = State(LIFE.step(self, "prepare_agenda", who))
        return replace(self, state=state, agenda=agenda), AgendaPrepared(meeting_id=self.id, group_id=self.group_id)

    def agree_on_time(self, *, who: Identity, starts: datetime, ends: datetime) -> tuple[Meeting, Event]:
        """The time that the members' answers gave; the convening begins with it."""
        state = State(LIFE.step(self, "agree_on_time", who))
        agreed = replace(self, state=state, day=day_of(starts), starts=starts, ends=ends)
        return agreed, MeetingTimeAgreed(meeting_id=self.id, group_id=self.group_id, starts=starts, ends=ends)

    def convene(
        self, *, who: Identity, circle: Circle, call: Call, now: datetime, notice_days: int, polling: bool
    ) -> tuple[Meeting, Event]:
        """Call the group together, early enough, and not while it is still asked when."""
        state = State(LIFE.step(self, "convene", who))
        circle.must_work()
        if polling:
            raise Refused(POLL_OPEN)
        called = _called(self, call, now, notice_days)
        return replace(called, state=state), MeetingConvened(**_told(called, circle))

    def change(self, *, who: Identity, circle: Circle, call: Call, now: datetime) -> tuple[Meeting, Event]:
        """Another time, place or agenda; everybody is told again, and told what is different."""
        state = State(LIFE.step(self, "change", who))
        circle.must_work()
        called = _called(self, call, now, 0)
        changed = tuple(f.name for f in fields(Call) if getattr(called, f.name) != getattr(self, f.name))
        if not changed:
            raise Refused(NOTHING_CHANGED)
        return replace(called, state=state), MeetingChanged(**_told(called, circle), changed=changed)

    def hold(
        self, *, who: Identity, circle: Circle, present: tuple[UUID, ...], guests: int, now: datetime, minutes_days: int
    ) -> tuple[Meeting, Event]:
        """It took place: after it began, with at least half of the members and one resident (ours)."""
        state = State(LIFE.step(self, "hold", who))
        circle.must_work()
        if self.starts is None or now < self.starts:
            raise Refused(NOT_BEGUN)
        there = tuple(dict.fromkeys(present))
        _check_quorum(circle, there)
        held = replace(self, state=state, present=there, guests=guests, minutes_by=self.day + timedelta(days=minutes_days))
        return held, _held(held, self.starts, members=len(circle.members))

    def cancel(self, *, who: Identity, circle: Circle, reason: str, now: datetime) -> tuple[Meeting, Event]:
        """It is called off, and everybody is told why: also of a day in the timetable that nobody was called to yet."""
        state = State(LIFE.step(self, "cancel", who))
        if not reason.strip():
            raise Refused(REASON_NEEDED)
        off = replace(self, state=state, reason=reason.strip(), edition=self.edition + 1, called_at=now)
        return off, _off(off, circle.everybody)

    def lapse(self, *, who: Identity, circle: Circle, now: datetime) -> tuple[Meeting, Event]:
        """The group is over, and so it meets no more. Told to those who were called, for a day in a timetable binds nobody."""
        state = State(LIFE.step(self, "lapse", who))
        was_called = self.state is State.CONVENED
        off = replace(self, state=state, reason=GROUP_OVER.da, edition=self.edition + 1, called_at=now)
        return off, _off(off, circle.everybody if was_called else ())

    def miss_minutes(self, *, who: Identity, day: date) -> tuple[Meeting, Event]:
        """Its minutes are late (almene afdelingsbestyrelser: within four weeks)."""
        state = State(LIFE.step(self, "miss_minutes", who))
        if self.minutes_overdue or self.minutes_by is None or day <= self.minutes_by:
            raise Refused(NOT_NOW)
        told = MinutesOverdue(meeting_id=self.id, group_id=self.group_id, told=(self.facilitator_id, self.sponsor_id))
        return replace(self, state=state, minutes_overdue=True), told

    def be_amended(self, *, who: Identity, day: date, facilitator_id: UUID, sponsor_id: UUID) -> tuple[Meeting, Event]:
        """The charter names another day, while neither a time is agreed on nor anybody called, or others who lead."""
        state = State(LIFE.step(self, "be_amended", who))
        open_day = self.state is State.PLANNED and self.starts is None
        amended = replace(
            self, state=state, day=day if open_day else self.day, facilitator_id=facilitator_id, sponsor_id=sponsor_id
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


def check_notice(day: date, today: date, days: int) -> None:
    """Raises `Refused` for a day that is too near. Danish calendar days, so that summer time takes and gives none."""
    if day < today + timedelta(days=days):
        raise Refused(TOO_SHORT_NOTICE, days=days)


def check_length(starts: datetime, ends: datetime) -> None:
    """Raises `Refused` unless the meeting ends after it begins, and within a day."""
    lasts = ends.astimezone(UTC) - starts.astimezone(UTC)
    if lasts <= timedelta():
        raise Refused(ENDS_BEFORE_START)
    if lasts > LONGEST:
        raise Refused(TOO_LONG)


def _called(meeting: Meeting, call: Call, now: datetime, notice_days: int) -> Meeting:
    """The meeting as people are told of it now."""
    said = {f.name: value for f in fields(call) if (value := getattr(call, f.name)) is not None}
    called = replace(meeting, **said, edition=meeting.edition + 1, called_at=now)
    if called.starts is None or called.ends is None:
        raise Refused(NO_TIME)
    check_length(called.starts, called.ends)
    if not (called.place or called.online_link):
        raise Refused(NOWHERE)
    day = day_of(called.starts)
    check_notice(day, day_of(now), notice_days)
    return replace(called, day=day)


def _off(meeting: Meeting, told: tuple[UUID, ...]) -> Event:
    return MeetingCancelled(
        meeting_id=meeting.id, group_id=meeting.group_id, starts=meeting.starts, reason=meeting.reason, told=told
    )


def _told(meeting: Meeting, circle: Circle) -> dict[str, Any]:
    names = ("group_id", "starts", "ends", "place", "online_link", "interpreter", "child_care", "accessibility", "edition")
    said = {name: getattr(meeting, name) for name in names}
    return said | {
        "meeting_id": meeting.id,
        "agenda": tuple(item.title for item in meeting.agenda),
        "told": circle.everybody,
    }


def _check_quorum(circle: Circle, present: tuple[UUID, ...]) -> None:
    if not all(map(circle.has, present)):
        raise Refused(NOT_A_MEMBER)
    needed = max(1, -(-len(circle.members) // 2))
    residents = [m for m in circle.members if m.category is SeatCategory.RESIDENT and m.person_id in present]
    if len(present) < needed or not residents:
        raise Refused(NO_QUORUM, needed=needed)


def as_it_stands(meeting: Meeting) -> Event | None:
    """A meeting that was held, for whoever is told anew; how many members there were that day is not known any more."""
    return _held(meeting, meeting.starts) if meeting.state is State.HELD and meeting.starts else None


def _held(meeting: Meeting, starts: datetime, members: int = 0) -> Event:
    return MeetingHeld(
        meeting_id=meeting.id,
        group_id=meeting.group_id,
        starts=starts,
        ends=meeting.ends,
        present=len(meeting.present),
        guests=meeting.guests,
        members=members,
        attended=meeting.present,
    )
