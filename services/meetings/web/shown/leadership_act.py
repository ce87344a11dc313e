"""What is shown of leadership acts, and of who has been heard."""

from chassis.answers import Answer, Choice, Id, Ids, Map, May, Moment, Nested, Number, Several, Words
from contracts.groups import SeatCategory
from contracts.meetings import Act
from services.meetings.rules.leadership_act import State
from services.meetings.web.shown.circle import MemberShown


class ActShown(Answer):
    """An act that the facilitator noted."""

    id = Id()
    version = Number()
    group_id = Id()
    act = Choice(Act)
    note = Words()
    noted_at = Moment()
    meeting_id = Id(allow_none=True)
    contributions = Ids()
    themes = Ids()
    state = Choice(State)
    may = May()


class Acts(Answer):
    """The newest acts, and how many there are of each kind."""

    items = Several(Nested(ActShown))
    next_cursor = Words(allow_none=True)
    counts = Map(values=Number())


class Heard(Answer):
    """Which members have brought nothing yet, and which capacities."""

    group_id = Id()
    members = Number()
    not_heard = Several(Nested(MemberShown))
    categories_not_heard = Several(Choice(SeatCategory))
