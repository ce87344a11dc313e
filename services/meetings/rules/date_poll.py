"""The life of a date poll: the members are asked which of some times suit them, before they are called to a meeting.

open --answer--> open          a member of the group, the facilitator or the sponsor
open --remind--> open          the house, once, those members who have not answered
open --decide--> decided       facilitator, sponsor or secretary, for one of the times
open --drop--> dropped         facilitator, sponsor or secretary, for none of them; the house, when the group is over
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.clock import day_of
from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_FOUND, NOT_NOW, No, NotAllowed, NotFound, Refused
from contracts.event import Event
from contracts.meetings import (
    DatePollAnswered,
    DatePollDecided,
    DatePollDropped,
    DatePollOpened,
    DatePollReminded,
    ProposedTime,
)
from services.meetings.rules.circle import MEMBERS_ONLY, Circle, leads, somebody
from services.meetings.rules.meeting import Meeting, check_length, check_notice
from services.meetings.rules.meeting import State as MeetingState


class State(StrEnum):
    """Whether the members are still asked."""

    OPEN = "open"
    DECIDED = "decided"
    DROPPED = "dropped"


class Says(StrEnum):
    """How a time suits somebody."""

    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


REMIND_BEFORE = timedelta(days=2)
"""How long before the last day for answers those who are missing are reminded (ours)."""

SAME_TIME_TWICE = No("same-time-twice", "Den samme tid står der to gange.", "The same time is there twice.")
ANSWER_DAY_PAST = No(
    "answer-day-past", "Sidste dag for svar skal ligge efter i dag.", "The last day for answers must come after today."
)
ANSWER_DAY_LATE = No(
    "answer-day-late",
    "Sidste dag for svar skal ligge så tidligt, at der kan indkaldes {days} dage før det første møde.",
    "The last day for answers must leave {days} days' notice before the first of the times.",
)
ANSWER_EVERY_TIME = No("answer-every-time", "Svar på alle tiderne.", "Answer each of the times.")
ALREADY_ASKED = No("date-poll-open-already", "Medlemmerne bliver allerede spurgt.", "The members are being asked already.")


def _leads_or_house(poll: DatePoll, who: Identity) -> bool:
    return who.house or leads(poll, who)


LIFE = Life.drawn(__doc__, answer=somebody, remind=the_house, decide=leads, drop=_leads_or_house)


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One of the times."""

    id: UUID
    starts: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What one person says to each of the times. `written_by` when staff wrote it down for them."""

    person_id: UUID
    says: dict[UUID, Says]
    written_by: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DatePoll:
    """A date poll of one meeting. Whoever has not answered is reminded once, `REMIND_BEFORE` the last day for answers."""

    id: UUID
    meeting_id: UUID
    group_id: UUID
    facilitator_id: UUID
    sponsor_id: UUID
    options: tuple[Option, ...]
    answer_by: date
    remind_on: date
    replies: tuple[Reply, ...] = ()
    reminded: bool = False
    chosen: UUID | None = None
    state: State = State.OPEN
    version: int = 0

    def answer(self, *, who: Identity, circle: Circle, says: Mapping[UUID, Says]) -> tuple[DatePoll, Event]:
        """Say of each of the times how it suits; the newest answer counts."""
        state = State(LIFE.step(self, "answer", who))
        circle.must_work()
        if who.person_id is None or who.person_id not in circle.everybody:
            raise NotAllowed(MEMBERS_ONLY)
        if set(says) != {option.id for option in self.options}:
            raise Refused(ANSWER_EVERY_TIME)
        others = tuple(reply for reply in self.replies if reply.person_id != who.person_id)
        mine = Reply(person_id=who.person_id, says=dict(says), written_by=who.act)
        told = DatePollAnswered(date_poll_id=self.id, group_id=self.group_id, person_id=who.person_id)
        return replace(self, state=state, replies=(*others, mine)), told

    def remind(self, *, who: Identity, circle: Circle, day: date) -> tuple[DatePoll, Event]:
        """The last day is near: those members who have not answered are reminded, nobody else, and never again."""
        state = State(LIFE.step(self, "remind", who))
        missing = silent(self, circle)
        if self.reminded or day < self.remind_on or not missing:
            raise Refused(NOT_NOW)
        told = DatePollReminded(
            date_poll_id=self.id, meeting_id=self.meeting_id, group_id=self.group_id, answer_by=self.answer_by, told=missing
        )
        return replace(self, state=state, reminded=True), told

    def decide(self, *, who: Identity, option_id: UUID, today: date, notice_days: int) -> tuple[DatePoll, Event]:
        """One of the times is chosen, while there is still time to call people to it."""
        state = State(LIFE.step(self, "decide", who))
        option = next((each for each in self.options if each.id == option_id), None)
        if option is None:
            raise NotFound(NOT_FOUND)
        check_notice(day_of(option.starts), today, notice_days)
        told = DatePollDecided(
            date_poll_id=self.id,
            meeting_id=self.meeting_id,
            group_id=self.group_id,
            starts=option.starts,
            ends=option.ends,
        )
        return replace(self, state=state, chosen=option.id), told

    def drop(self, *, who: Identity, circle: Circle) -> tuple[DatePoll, Event]:
        """None of the times is chosen. When the group is over, nobody needs to hear of it."""
        state = State(LIFE.step(self, "drop", who))
        told = () if circle.closed else circle.everybody
        dropped = DatePollDropped(date_poll_id=self.id, meeting_id=self.meeting_id, group_id=self.group_id, told=told)
        return replace(self, state=state), dropped


def ask(
    *,
    id: UUID,
    who: Identity,
    of: Meeting,
    circle: Circle,
    options: tuple[Option, ...],
    answer_by: date,
    today: date,
    notice_days: int,
    polling: bool,
) -> tuple[DatePoll, Event]:
    """Ask the members which of these times suit them. Of a meeting that was not convened, and one poll at a time."""
    if not leads(of, who):
        raise NotAllowed(NOT_ALLOWED)
    circle.must_work()
    if of.state is not MeetingState.PLANNED:
        raise Refused(NOT_NOW)
    if polling:
        raise Refused(ALREADY_ASKED)
    _check(options, answer_by, today, notice_days)
    made = DatePoll(
        id=id,
        meeting_id=of.id,
        group_id=of.group_id,
        facilitator_id=of.facilitator_id,
        sponsor_id=of.sponsor_id,
        options=tuple(sorted(options, key=lambda option: (option.starts, option.ends))),
        answer_by=answer_by,
        remind_on=max(answer_by - REMIND_BEFORE, today + timedelta(days=1)),
    )
    times = tuple(ProposedTime(starts=option.starts, ends=option.ends) for option in made.options)
    told = DatePollOpened(
        date_poll_id=id, meeting_id=of.id, group_id=of.group_id, answer_by=answer_by, times=times, told=circle.everybody
    )
    return made, told


def option(id: UUID, starts: datetime, minutes: int) -> Option:
    """A time that lasts so many minutes. Counted in UTC: a night in which summer time begins has an hour less on the wall."""
    begins = starts.astimezone(UTC)
    return Option(id=id, starts=begins, ends=begins + timedelta(minutes=minutes))


def silent(poll: DatePoll, circle: Circle) -> tuple[UUID, ...]:
    """The members who have not answered."""
    answered = {reply.person_id for reply in poll.replies}
    return tuple(member.person_id for member in circle.members if member.person_id not in answered)


def _check(options: tuple[Option, ...], answer_by: date, today: date, notice_days: int) -> None:
    for option in options:
        check_length(option.starts, option.ends)
    if len({option.starts for option in options}) < len(options):
        raise Refused(SAME_TIME_TWICE)
    if answer_by <= today:
        raise Refused(ANSWER_DAY_PAST)
    if answer_by + timedelta(days=notice_days) > min(day_of(option.starts) for option in options):
        raise Refused(ANSWER_DAY_LATE, days=notice_days)
