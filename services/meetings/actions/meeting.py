"""What people do with meetings."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from chassis.work import Work
from services.meetings.rules import meeting
from services.meetings.rules.meeting import Call, Meeting
from services.meetings.store import copies
from services.meetings.store.tables import MEETINGS, meetings


def plan_meeting(work: Work, group_id: UUID, *, day: Any) -> Meeting:
    """One more day in the timetable, within what the charter allows."""
    circle = copies.circle(work, group_id)
    circle.must_work()
    return MEETINGS.put(work, *meeting.plan(id=uuid7(), who=work.who, circle=circle, day=day, planned=_planned(work, group_id)))


def convene_meeting(work: Work, id: UUID, call: Call) -> Meeting:
    """The group is called together."""
    found = MEETINGS.get(work, id)
    days = copies.policy(work).notice_days
    convened = found.convene(
        who=work.who, circle=copies.circle(work, found.group_id), call=call, today=work.today, notice_days=days
    )
    return MEETINGS.put(work, *convened)


def change_meeting(work: Work, id: UUID, call: Call) -> Meeting:
    """Another time or place."""
    found = MEETINGS.get(work, id)
    return MEETINGS.put(
        work, *found.change(who=work.who, circle=copies.circle(work, found.group_id), call=call, today=work.today)
    )


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
    """It is called off."""
    return MEETINGS.put(work, *MEETINGS.get(work, id).cancel(who=work.who, reason=reason))


def _planned(work: Work, group_id: UUID) -> int:
    mine = (meetings.c.group_id == group_id, meetings.c.state != meeting.State.CANCELLED)
    return int(work.execute(select(func.count()).select_from(meetings).where(*mine)).scalar() or 0)
