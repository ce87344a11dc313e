"""What people answer when they are called to a meeting."""

from uuid import UUID

from chassis.refusal import NOT_ALLOWED, NotAllowed
from chassis.work import Work
from services.meetings.rules import answer
from services.meetings.rules.answer import Answer
from services.meetings.store import copies
from services.meetings.store.tables import ANSWERS, MEETINGS


def accept(work: Work, meeting_id: UUID) -> Answer:
    """Come. The meeting is taken, so that it is not changed meanwhile and nobody answers twice at once."""
    of = MEETINGS.get(work, meeting_id)
    return ANSWERS.put(work, *_mine(work, meeting_id).accept(who=work.who, of=of, circle=copies.circle(work, of.group_id)))


def apologise(work: Work, meeting_id: UUID) -> Answer:
    """Send an apology."""
    of = MEETINGS.get(work, meeting_id)
    return ANSWERS.put(work, *_mine(work, meeting_id).apologise(who=work.who, of=of, circle=copies.circle(work, of.group_id)))


def _mine(work: Work, meeting_id: UUID) -> Answer:
    if work.who.person_id is None:
        raise NotAllowed(NOT_ALLOWED)
    mine = answer.answer_of(meeting_id, work.who.person_id)
    return ANSWERS.find(work, mine.id) or mine
