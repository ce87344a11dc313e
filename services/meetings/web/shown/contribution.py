"""What is shown of a contribution."""

from chassis.answers import Answer, Choice, Id, May, Moment, Number, Words, Yes
from contracts.groups import SeatCategory
from services.meetings.rules.contribution import Kind, State


class ContributionShown(Answer):
    """A contribution. Who gave it the group knows; others see it without."""

    id = Id()
    group_id = Id()
    kind = Choice(Kind)
    text = Words()
    given_at = Moment()
    given_by = Id(allow_none=True)
    category = Choice(SeatCategory, allow_none=True)
    written_down = Yes()
    meeting_id = Id(allow_none=True)
    theme_id = Id(allow_none=True)
    recommendation_id = Id(allow_none=True)
    reason = Words()
    state = Choice(State)
    version = Number()
    may = May()
