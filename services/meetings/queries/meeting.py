"""What can be asked about meetings."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.work import Work
from contracts.event import plain
from services.meetings.rules import meeting as rule
from services.meetings.rules.circle import leads
from services.meetings.rules.meeting import Meeting
from services.meetings.store import copies
from services.meetings.store.tables import MEETINGS, meetings, minutes


def meetings_of(work: Work, group_id: UUID) -> list[dict[str, Any]]:
    """The group's meetings, in the order of their days."""
    rows = work.execute(select(meetings).where(meetings.c.group_id == group_id).order_by(meetings.c.day, meetings.c.id)).all()
    written = select(minutes.c.meeting_id, minutes.c.id, minutes.c.state).where(minutes.c.group_id == group_id)
    about = {row.meeting_id: row for row in work.execute(written)}
    return [_meeting(work, MEETINGS.made(row), about.get(row.id)) for row in rows]


def meeting(work: Work, id: UUID) -> dict[str, Any]:
    """One meeting."""
    found = MEETINGS.see(work, id)
    written = select(minutes.c.id, minutes.c.state).where(minutes.c.meeting_id == id)
    circle = copies.circle(work, found.group_id)
    return _meeting(work, found, work.execute(written).one_or_none()) | {"members": plain.unstructure(circle.members)}


def _meeting(work: Work, found: Meeting, written: Any) -> dict[str, Any]:
    call = plain.unstructure(found.call) if found.call else {}
    may = rule.LIFE.open_to(found, work.who)
    if found.state is rule.State.HELD and written is None and leads(found, work.who):
        may.append("draft_minutes")
    return {
        "id": found.id,
        "group_id": found.group_id,
        "state": found.state,
        "day": found.day,
        **{name: call.get(name) for name in ("starts", "ends", "place", "online_link", "accessibility")},
        "agenda": call.get("agenda", []),
        "present": found.present,
        "guests": found.guests,
        "minutes_by": found.minutes_by,
        "minutes_overdue": found.minutes_overdue,
        "minutes": written and {"id": written.id, "state": written.state},
        "reason": found.reason,
        "may": may,
    }
