"""What can be asked about meetings. When and where they meet everybody may know; how to join online, those who take part."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from chassis.paging import after, day, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.meetings import files
from services.meetings.queries import answer as answers
from services.meetings.rules import meeting as rule
from services.meetings.rules.circle import Circle, leads
from services.meetings.rules.meeting import Meeting, State
from services.meetings.store import copies
from services.meetings.store.tables import MEETINGS, date_polls, groups, meetings, minutes, seats

LOOK_BACK = timedelta(days=30)


def meetings_in(work: Work, group_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the group's meetings, in the order of their days."""
    rows = work.execute(_from(_in_order(meetings.c.group_id == group_id), cursor).limit(limit + 1)).all()
    return page(_shown(work, group_id, rows), limit, lambda each: (each["day"], each["id"]), lambda each: each)


def meetings_of(work: Work, group_id: UUID) -> list[dict[str, Any]]:
    """All of the group's meetings, in the order of their days."""
    return _shown(work, group_id, work.execute(_in_order(meetings.c.group_id == group_id)).all())


def _in_order(*which: Any) -> Select[Any]:
    return select(meetings).where(*which).order_by(meetings.c.day, meetings.c.id)


def _from(asked: Select[Any], cursor: str | None) -> Select[Any]:
    where = after(cursor, day, UUID)
    return asked.where(tuple_(meetings.c.day, meetings.c.id) > tuple_(*where)) if where else asked


def _shown(work: Work, group_id: UUID, rows: Sequence[Any]) -> list[dict[str, Any]]:
    circle = copies.circle(work, group_id)
    written = select(minutes.c.meeting_id, minutes.c.id, minutes.c.state).where(minutes.c.group_id == group_id)
    about = {row.meeting_id: row for row in work.execute(written)}
    asked = _asked(work, date_polls.c.group_id == group_id)
    return [_meeting(work, MEETINGS.made(row), circle, about.get(row.id), asked.get(row.id)) for row in rows]


def meeting(work: Work, id: UUID) -> dict[str, Any]:
    """One meeting, and for those who take part, who comes."""
    found = MEETINGS.see(work, id)
    circle = copies.circle(work, found.group_id)
    written = work.execute(select(minutes.c.meeting_id, minutes.c.id, minutes.c.state).where(minutes.c.meeting_id == id))
    asked = _asked(work, date_polls.c.meeting_id == id).get(id)
    shown = _meeting(work, found, circle, written.one_or_none(), asked)
    given = answers.to_meeting(work, found, circle)
    mine = next((each["state"] for each in given if each["person_id"] == work.who.person_id), None)
    return shown | {
        "members": plain.unstructure(circle.members),
        "answers": given if circle.takes_part(work.who) else [],
        "my_answer": mine,
        "may": shown["may"] + _may_answer(found, mine),
    }


def mine(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the meetings of the groups that I sit in or lead, from a month ago on, the nearest first."""
    me = work.who.person_id
    near = _in_order(meetings.c.group_id.in_(my_groups(me)), meetings.c.day >= work.today - LOOK_BACK)
    rows = work.execute(_from(near, cursor).limit(limit + 1)).all()
    found = [MEETINGS.made(row) for row in rows]
    titles = titles_of(work, {each.group_id for each in found})
    asked = _asked(work, date_polls.c.meeting_id.in_([each.id for each in found]))
    answered = answers.of_person(work, me, found)
    shown = [_mine(each, titles[each.group_id], answered.get(each.id), asked.get(each.id), me) for each in found]
    return page(shown, limit, lambda each: (each["day"], each["id"]), lambda each: each)


def calendar_file(work: Work, id: UUID) -> bytes:
    """A meeting that people were called to, as a calendar file, for those who take part."""
    found = MEETINGS.see(work, id)
    if found.called_at is None or found.starts is None or not copies.circle(work, found.group_id).takes_part(work.who):
        raise NotFound(NOT_FOUND)
    return files.of_meeting(found, copies.group(work, found.group_id).title)


def my_groups(person_id: UUID | None) -> Any:
    """The groups that somebody sits in or leads, as a subquery."""
    sits = select(seats.c.group_id).where(seats.c.person_id == person_id, ~seats.c.has_left, seats.c.category.is_not(None))
    facilitates = select(groups.c.group_id).where(groups.c.facilitator_id == person_id)
    return sits.union(facilitates, select(groups.c.group_id).where(groups.c.sponsor_id == person_id))


def titles_of(work: Work, group_ids: set[UUID]) -> dict[UUID, str]:
    """What some groups are called."""
    named = select(groups.c.group_id, groups.c.title).where(groups.c.group_id.in_(sorted(group_ids)))
    return {row.group_id: row.title for row in work.execute(named)}


def _asked(work: Work, where: Any) -> dict[UUID, Any]:
    """The open date polls, by their meeting."""
    open_ones = select(date_polls.c.id, date_polls.c.meeting_id, date_polls.c.answer_by, date_polls.c.replies)
    return {row.meeting_id: row for row in work.execute(open_ones.where(where, date_polls.c.state == "open"))}


def _answered(asked: Any, me: UUID | None) -> bool:
    return any(reply["person_id"] == str(me) for reply in asked.replies)


def _meeting(work: Work, found: Meeting, circle: Circle, written: Any, asked: Any) -> dict[str, Any]:
    inside = circle.takes_part(work.who)
    return {
        "id": found.id,
        "group_id": found.group_id,
        "state": found.state,
        "day": found.day,
        "starts": found.starts,
        "ends": found.ends,
        "place": found.place,
        "online": bool(found.online_link),
        "online_link": found.online_link if inside else "",
        "interpreter": found.interpreter,
        "child_care": found.child_care,
        "accessibility": found.accessibility,
        "agenda": plain.unstructure(found.agenda),
        "edition": found.edition,
        "present": found.present,
        "guests": found.guests,
        "minutes_by": found.minutes_by,
        "minutes_overdue": found.minutes_overdue,
        "minutes": written and {"id": written.id, "state": written.state},
        "date_poll": {"id": asked.id, "answer_by": asked.answer_by} if asked and inside else None,
        "has_calendar_file": inside and found.called_at is not None and found.starts is not None,
        "reason": found.reason,
        "version": found.version,
        "may": _may(work, found, written, asked),
    }


def _may(work: Work, found: Meeting, written: Any, asked: Any) -> list[str]:
    may = rule.LIFE.open_to(found, work.who)
    if found.state is State.HELD and written is None and leads(found, work.who):
        may.append("draft_minutes")
    if asked:
        return [verb for verb in may if verb != "convene"]
    if found.state is State.PLANNED and leads(found, work.who):
        may.append("ask_for_dates")
    return [verb for verb in may if verb != "agree_on_time"]


def _may_answer(found: Meeting, mine: str | None) -> list[str]:
    if found.state is not State.CONVENED or mine is None:
        return []
    return [verb for verb, state in (("accept", "coming"), ("apologise", "apology")) if mine != state]


def _mine(found: Meeting, title: str, answer: str | None, asked: Any, me: UUID | None) -> dict[str, Any]:
    return {
        "id": found.id,
        "group_id": found.group_id,
        "title": title,
        "state": found.state,
        "day": found.day,
        "starts": found.starts,
        "ends": found.ends,
        "place": found.place,
        "online": bool(found.online_link),
        "my_answer": answer,
        "date_poll": asked and {"id": asked.id, "answer_by": asked.answer_by, "answered": _answered(asked, me)},
    }
