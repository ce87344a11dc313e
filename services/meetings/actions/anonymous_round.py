"""What people do with anonymous rounds."""

from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.work import Work
from services.meetings.rules import anonymous_round as rule
from services.meetings.rules.anonymous_round import AnonymousRound
from services.meetings.store import copies
from services.meetings.store.tables import ANONYMOUS_ROUNDS


def open_round(work: Work, group_id: UUID, *, question: str) -> AnonymousRound:
    """The facilitator asks."""
    circle = copies.gathering(work, group_id)
    return ANONYMOUS_ROUNDS.put(
        work, *rule.open_round(id=uuid7(), who=work.who, circle=circle, question=question, today=work.today)
    )


def answer_round(work: Work, id: UUID, *, text: str) -> AnonymousRound:
    """A member answers."""
    found = ANONYMOUS_ROUNDS.get(work, id)
    return ANONYMOUS_ROUNDS.put(work, *found.answer(who=work.who, circle=copies.circle(work, found.group_id), text=text))


def close_round(work: Work, id: UUID) -> AnonymousRound:
    """No more answers."""
    found = ANONYMOUS_ROUNDS.get(work, id)
    return ANONYMOUS_ROUNDS.put(work, *found.close(who=work.who, circle=copies.circle(work, found.group_id)))
