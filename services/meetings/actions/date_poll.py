"""What people do with date polls."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.work import Work
from services.meetings.rules import date_poll
from services.meetings.rules.date_poll import DatePoll, Says
from services.meetings.store import copies
from services.meetings.store.meeting import open_poll
from services.meetings.store.tables import DATE_POLLS, MEETINGS


def ask_for_dates(work: Work, meeting_id: UUID, *, starts: list[datetime], minutes: int, answer_by: date) -> DatePoll:
    """Ask the members which of these times suit them; all last as long. The meeting is taken, so that nobody convenes it now."""
    found = MEETINGS.get(work, meeting_id)
    asked = date_poll.ask(
        id=uuid7(),
        who=work.who,
        of=found,
        circle=copies.circle(work, found.group_id),
        options=tuple(date_poll.option(uuid7(), begins, minutes) for begins in starts),
        answer_by=answer_by,
        today=work.today,
        notice_days=copies.policy(work).notice_days,
        polling=open_poll(work, meeting_id) is not None,
    )
    return DATE_POLLS.put(work, *asked)


def answer_date_poll(work: Work, id: UUID, says: Mapping[UUID, Says]) -> DatePoll:
    """Say how each of the times suits."""
    found = DATE_POLLS.get(work, id)
    return DATE_POLLS.put(work, *found.answer(who=work.who, circle=copies.circle(work, found.group_id), says=says))


def decide_date_poll(work: Work, id: UUID, *, option_id: UUID) -> DatePoll:
    """One of the times becomes the meeting's. The meeting is taken first, as by whoever asks or convenes."""
    seen = DATE_POLLS.see(work, id)
    meeting = MEETINGS.get(work, seen.meeting_id)
    decided, told = DATE_POLLS.get(work, id).decide(
        who=work.who, option_id=option_id, today=work.today, notice_days=copies.policy(work).notice_days
    )
    kept = DATE_POLLS.put(work, decided, told)
    chosen = next(option for option in kept.options if option.id == kept.chosen)
    MEETINGS.put(work, *meeting.agree_on_time(who=work.who, starts=chosen.starts, ends=chosen.ends))
    return kept


def drop_date_poll(work: Work, id: UUID) -> DatePoll:
    """None of the times."""
    found = DATE_POLLS.get(work, id)
    return DATE_POLLS.put(work, *found.drop(who=work.who, circle=copies.circle(work, found.group_id)))
