"""What was answered to a survey."""

from uuid import UUID

from sqlalchemy import func, select

from chassis.work import Work
from contracts.decisions import Reply
from contracts.event import plain
from services.decisions.store.tables import survey_answers


def replies_to(work: Work, survey_id: UUID) -> tuple[Reply, ...]:
    """All replies, without who gave them: as many as a group has members."""
    rows = work.execute(select(survey_answers.c.reply).where(survey_answers.c.survey_id == survey_id)).scalars()
    return tuple(plain.structure(reply, Reply) for reply in rows)


def number_of_replies(work: Work, survey_id: UUID) -> int:
    """How many have answered so far."""
    return int(work.execute(select(func.count()).where(survey_answers.c.survey_id == survey_id)).scalar())
