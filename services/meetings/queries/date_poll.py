"""What can be asked about date polls: only by those who take part."""

from collections import Counter
from typing import Any
from uuid import UUID

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings.rules import date_poll as rule
from services.meetings.rules.circle import Circle
from services.meetings.rules.date_poll import DatePoll, Option, Says, silent
from services.meetings.store import copies
from services.meetings.store.tables import DATE_POLLS


def date_poll(work: Work, id: UUID) -> dict[str, Any]:
    """One date poll: each time with how it suits whom, and who has not answered. Whoever has left is not counted."""
    found = DATE_POLLS.see(work, id)
    circle = copies.circle(work, found.group_id)
    if not circle.takes_part(work.who):
        raise NotFound(NOT_FOUND)
    called = work.who.person_id in circle.everybody
    return {
        "id": found.id,
        "meeting_id": found.meeting_id,
        "group_id": found.group_id,
        "state": found.state,
        "answer_by": found.answer_by,
        "options": [_option(found, option, circle, work.who.person_id) for option in found.options],
        "answered": [reply.person_id for reply in found.replies if reply.person_id in circle.everybody],
        "silent": silent(found, circle),
        "chosen": found.chosen,
        "version": found.version,
        "may": [verb for verb in rule.LIFE.open_to(found, work.who) if verb != "answer" or called],
    }


def _option(poll: DatePoll, option: Option, circle: Circle, me: UUID | None) -> dict[str, Any]:
    says = {reply.person_id: reply.says[option.id] for reply in poll.replies if reply.person_id in circle.everybody}
    count = Counter(says.values())
    return {
        "id": option.id,
        "starts": option.starts,
        "ends": option.ends,
        **{each.value: count[each] for each in Says},
        "says": [{"person_id": person_id, "says": said} for person_id, said in says.items()],
        "i_say": says.get(me) if me else None,
    }
