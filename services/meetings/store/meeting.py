"""What more than one room asks about a group's meetings."""

from uuid import UUID

from sqlalchemy import func, select

from chassis.work import Work
from services.meetings.rules import date_poll, meeting
from services.meetings.store.tables import date_polls, meetings


def planned(work: Work, group_id: UUID) -> int:
    """How many meetings the group has, those that are called off not counted."""
    mine = (meetings.c.group_id == group_id, meetings.c.state != meeting.State.CANCELLED)
    return int(work.execute(select(func.count()).select_from(meetings).where(*mine)).scalar() or 0)


def open_poll(work: Work, meeting_id: UUID) -> UUID | None:
    """The date poll in which the members are asked about this meeting now, if there is one."""
    asked = select(date_polls.c.id).where(date_polls.c.meeting_id == meeting_id, date_polls.c.state == date_poll.State.OPEN)
    found: UUID | None = work.execute(asked).scalar()
    return found
