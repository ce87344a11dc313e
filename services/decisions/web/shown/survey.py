"""What is shown of a closing survey."""

from chassis.answers import Answer, Choice, Day, Id, May, Moment, Nested, Number, Several, Words, Yes, record
from contracts.decisions import Count, Reply
from services.decisions.rules.survey import State


class SurveyBriefly(Answer):
    """A survey."""

    id = Id()
    group_id = Id()
    decision_id = Id()
    title = Words()
    opened_at = Moment()
    closes_on = Day()
    state = Choice(State)


class MySurvey(SurveyBriefly):
    """A survey that asks me."""

    answered_by_me = Yes()


class MyReply(Answer):
    """What I answered, and whether research may use it."""

    reply = Nested(record(Reply), allow_none=True)
    research = Yes()


class SurveyShown(SurveyBriefly):
    """One survey. Counts are shown when it is closed and enough have answered."""

    version = Number()
    asked = Number()
    answered = Number()
    counts = Several(Nested(record(Count)))
    fewest = Number()
    mine = Nested(MyReply, allow_none=True)
    may = May()
