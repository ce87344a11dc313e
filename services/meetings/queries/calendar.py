"""What can be asked about calendars: by the person whether there is one, by the house what is in it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings import files
from services.meetings.queries.meeting import my_groups, titles_of
from services.meetings.rules.meeting import Meeting
from services.meetings.store.tables import CALENDARS, MEETINGS, calendars, meetings

MOST = 200
NAME = "Møder i opgavegrupper"


def my_calendar(work: Work) -> dict[str, Any]:
    """Whether my calendar has an address. What it is was told once, and is not known any more."""
    found = CALENDARS.find(work, work.who.person_id) if work.who.person_id else None
    return {"open": found is not None and found.hash is not None, "opened_at": found and found.opened_at}


def calendar_behind(work: Work, hash: str) -> bytes:
    """The calendar whose secret has this hash: the meetings that the person was called to, newest last."""
    person_id = work.execute(select(calendars.c.person_id).where(calendars.c.hash == hash)).scalar()
    if person_id is None:
        raise NotFound(NOT_FOUND)
    return files.of_person(person_id, NAME, _called(work, person_id))


def _called(work: Work, person_id: UUID) -> list[tuple[Meeting, str]]:
    mine = (meetings.c.group_id.in_(my_groups(person_id)), meetings.c.called_at.is_not(None), meetings.c.starts.is_not(None))
    rows = work.execute(select(meetings).where(*mine).order_by(meetings.c.day.desc(), meetings.c.id).limit(MOST)).all()
    found = [MEETINGS.made(row) for row in reversed(rows)]
    titles = titles_of(work, {each.group_id for each in found})
    return [(each, titles[each.group_id]) for each in found]
