"""What can be asked about answers to a convening."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.work import Work
from services.meetings.rules.answer import Answer, standing
from services.meetings.rules.circle import Circle
from services.meetings.rules.meeting import Meeting, State
from services.meetings.store.tables import ANSWERS, answers

CALLED = {State.CONVENED, State.HELD}


def to_meeting(work: Work, found: Meeting, circle: Circle) -> list[dict[str, Any]]:
    """Who comes, who sent an apology and who has not answered. The facilitator, who calls the others, is asked nothing."""
    if found.state not in CALLED:
        return []
    given = _given(work, answers.c.meeting_id == found.id)
    by_person = {each.person_id: each for each in given}
    asked = (id for id in circle.everybody if id != circle.facilitator_id or circle.has(id))
    return [{"person_id": id, "state": standing(by_person.get(id), found.starts)} for id in asked]


def of_person(work: Work, person_id: UUID | None, meetings: Sequence[Meeting]) -> dict[UUID, str]:
    """What one person answered, by meeting; nothing where nobody was called."""
    called = {each.id: each for each in meetings if each.state in CALLED and each.facilitator_id != person_id}
    given = _given(work, (answers.c.person_id == person_id) & answers.c.meeting_id.in_(list(called)))
    by_meeting = {each.meeting_id: each for each in given}
    return {id: standing(by_meeting.get(id), found.starts) for id, found in called.items()}


def _given(work: Work, where: Any) -> list[Answer]:
    return [ANSWERS.made(row) for row in work.execute(select(answers).where(where))]
