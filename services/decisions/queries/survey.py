"""What can be asked about closing surveys: the questions that wait for me, and the counts when it is over."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import after, day, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.decisions.queries.row import only
from services.decisions.rules import survey as asking
from services.decisions.rules import survey_answer
from services.decisions.rules.survey import Survey
from services.decisions.rules.survey_answer import SurveyAnswer
from services.decisions.store.replies import number_of_replies
from services.decisions.store.tables import SURVEY_ANSWERS, SURVEYS, surveys


def my_surveys(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the open surveys that ask me, the first to close first, each with whether I have answered."""
    mine = surveys.c.members.contains([str(work.who.person_id)])
    asked = select(surveys).where(surveys.c.state == asking.State.OPEN, surveys.c.closes_on >= work.today, mine)
    if where := after(cursor, day, UUID):
        asked = asked.where(tuple_(surveys.c.closes_on, surveys.c.id) > tuple_(*where))
    rows = work.execute(asked.order_by(surveys.c.closes_on, surveys.c.id).limit(limit + 1)).all()
    return page(
        rows,
        limit,
        lambda row: (row.closes_on, row.id),
        lambda row: _briefly(row) | {"answered_by_me": _mine(work, SURVEYS.made(row)) is not None},
    )


def survey(work: Work, id: UUID) -> dict[str, Any]:
    """One survey. Counts are shown when it is closed and at least five have answered; my own answer is shown to me alone."""
    row = work.execute(select(surveys).where(surveys.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    found, mine = SURVEYS.made(row), _mine(work, SURVEYS.made(row))
    open_now = found.state is asking.State.OPEN and work.today <= found.closes_on
    return _briefly(row) | {
        "version": found.version,
        "asked": len(found.members),
        "answered": number_of_replies(work, id),
        "counts": found.counts,
        "fewest": asking.FEWEST,
        "mine": {"reply": mine.reply, "research": mine.research} if mine else None,
        "may": ["answer"] if open_now and work.who.person_id in found.members else [],
    }


def _briefly(row: Any) -> dict[str, Any]:
    return only(row, "id", "group_id", "decision_id", "title", "opened_at", "closes_on", "state")


def _mine(work: Work, found: Survey) -> SurveyAnswer | None:
    if work.who.person_id not in found.members or work.who.person_id is None:
        return None
    rows = SURVEY_ANSWERS.table
    mine = survey_answer.of(found.id, found.group_id, work.who.person_id).id
    row = work.execute(select(rows).where(rows.c.id == mine)).one_or_none()
    return SURVEY_ANSWERS.made(row) if row else None
