"""What is shown of a date poll."""

from chassis.answers import Answer, Choice, Day, Id, Ids, May, Moment, Nested, Number, Several
from services.meetings.rules.date_poll import Says, State


class SaidShown(Answer):
    """How a time suits somebody."""

    person_id = Id()
    says = Choice(Says)


class OptionShown(Answer):
    """A time that is asked about, and how it suits whom."""

    id = Id()
    starts = Moment()
    ends = Moment()
    yes = Number()
    if_need_be = Number()
    no = Number()
    says = Several(Nested(SaidShown))
    i_say = Choice(Says, allow_none=True)


class DatePollShown(Answer):
    """One date poll: each time, who has answered, and who has not."""

    id = Id()
    version = Number()
    meeting_id = Id()
    group_id = Id()
    state = Choice(State)
    answer_by = Day()
    options = Several(Nested(OptionShown))
    answered = Ids()
    silent = Ids()
    chosen = Id(allow_none=True)
    may = May()
