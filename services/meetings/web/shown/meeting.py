"""What is shown of a meeting: among the group's, among my own, and by itself."""

from chassis.answers import Answer, Choice, Day, Id, Ids, May, Moment, Nested, Number, Several, Words, Yes, record
from services.meetings.rules.answer import State as AnswerState
from services.meetings.rules.meeting import AgendaItem, State
from services.meetings.rules.minutes import State as MinutesState
from services.meetings.web.shown.circle import MemberShown


class MinutesGlanced(Answer):
    """Its minutes, and how far they have come."""

    id = Id()
    state = Choice(MinutesState)


class DatePollGlanced(Answer):
    """The open date poll about it."""

    id = Id()
    answer_by = Day()


class MyDatePoll(DatePollGlanced):
    """The same, and whether I have answered."""

    answered = Yes()


class MeetingInList(Answer):
    """A meeting. How to join online is shown to those who take part."""

    id = Id()
    version = Number()
    group_id = Id()
    state = Choice(State)
    day = Day()
    starts = Moment(allow_none=True)
    ends = Moment(allow_none=True)
    place = Words()
    online = Yes()
    online_link = Words()
    interpreter = Yes()
    child_care = Yes()
    accessibility = Words()
    agenda = Several(Nested(record(AgendaItem)))
    edition = Number()
    present = Ids()
    guests = Number()
    minutes_by = Day(allow_none=True)
    minutes_overdue = Yes()
    minutes = Nested(MinutesGlanced, allow_none=True)
    date_poll = Nested(DatePollGlanced, allow_none=True)
    has_calendar_file = Yes()
    reason = Words()
    may = May()


class AnswerShown(Answer):
    """Whether somebody comes."""

    person_id = Id()
    state = Choice(AnswerState)


class MeetingShown(MeetingInList):
    """One meeting, and for those who take part, who comes."""

    members = Several(Nested(MemberShown))
    answers = Several(Nested(AnswerShown))
    my_answer = Choice(AnswerState, allow_none=True)


class MyMeeting(Answer):
    """A meeting of a group that I sit in or lead."""

    id = Id()
    group_id = Id()
    title = Words()
    state = Choice(State)
    day = Day()
    starts = Moment(allow_none=True)
    ends = Moment(allow_none=True)
    place = Words()
    online = Yes()
    my_answer = Choice(AnswerState, allow_none=True)
    date_poll = Nested(MyDatePoll, allow_none=True)
