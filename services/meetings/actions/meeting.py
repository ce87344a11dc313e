"""What people do with meetings."""

from datetime import date
from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.work import Work
from services.meetings.actions.date_poll import drop_date_poll
from services.meetings.rules import meeting
from services.meetings.rules.meeting import AgendaItem, Call, Meeting
from services.meetings.store import copies
from services.meetings.store.meeting import open_poll, planned
from services.meetings.store.tables import MEETINGS


def plan_meeting(work: Work, group_id: UUID, *, day: date) -> Meeting:
    """One more day in the timetable, within what the charter allows."""
    circle = copies.circle(work, group_id)
    circle.must_work()
    return MEETINGS.put(work, *meeting.plan(id=uuid7(), who=work.who, circle=circle, day=day, planned=planned(work, group_id)))


def prepare_agenda(work: Work, id: UUID, agenda: tuple[AgendaItem, ...]) -> Meeting:
    """What is to be talked about, before anybody is called."""
    return MEETINGS.put(work, *MEETINGS.get(work, id).prepare_agenda(who=work.who, agenda=agenda))


def convene_meeting(work: Work, id: UUID, call: Call) -> Meeting:
    """The group is called together."""
    found = MEETINGS.get(work, id)
    convened = found.convene(
        who=work.who,
        circle=copies.circle(work, found.group_id),
        call=call,
        now=work.now,
        notice_days=copies.policy(work).notice_days,
        polling=open_poll(work, id) is not None,
    )
    return MEETINGS.put(work, *convened)


def change_meeting(work: Work, id: UUID, call: Call) -> Meeting:
    """Another time, place or agenda."""
    found = MEETINGS.get(work, id)
    return MEETINGS.put(work, *found.change(who=work.who, circle=copies.circle(work, found.group_id), call=call, now=work.now))


def hold_meeting(work: Work, id: UUID, *, present: tuple[UUID, ...], guests: int) -> Meeting:
    """It took place."""
    found = MEETINGS.get(work, id)
    held = found.hold(
        who=work.who,
        circle=copies.circle(work, found.group_id),
        present=present,
        guests=guests,
        now=work.now,
        minutes_days=copies.policy(work).minutes_days,
    )
    return MEETINGS.put(work, *held)


def cancel_meeting(work: Work, id: UUID, *, reason: str) -> Meeting:
    """It is called off; nobody is asked any more when it should be."""
    found = MEETINGS.get(work, id)
    circle = copies.circle(work, found.group_id)
    cancelled = found.cancel(who=work.who, circle=circle, reason=reason, now=work.now)
    if asked := open_poll(work, id):
        drop_date_poll(work, asked)
    return MEETINGS.put(work, *cancelled)
