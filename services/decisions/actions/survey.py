"""What a member does with the closing survey."""

from uuid import UUID

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.decisions import Reply
from services.decisions.rules import survey, survey_answer
from services.decisions.rules.survey_answer import State, SurveyAnswer
from services.decisions.store.tables import SURVEY_ANSWERS, SURVEYS


def answer_survey(work: Work, id: UUID, *, reply: Reply, research: bool) -> SurveyAnswer:
    """A member answers, or answers differently; whoever closes the survey waits until that is written down."""
    asked = SURVEYS.get(work, id)
    if work.who.person_id is None:
        raise NotFound(NOT_FOUND)
    mine = survey_answer.of(id, asked.group_id, work.who.person_id)
    mine = SURVEY_ANSWERS.find(work, mine.id) or mine
    answer = mine.give if mine.state is State.BLANK else mine.change
    answered, told = answer(
        who=work.who,
        asked=work.who.person_id in asked.members,
        open=asked.state is survey.State.OPEN and work.today <= asked.closes_on,
        reply=reply,
        research=research,
    )
    return SURVEY_ANSWERS.put(work, answered, told)
