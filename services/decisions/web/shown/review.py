"""What is shown of a review."""

from chassis.answers import Answer, Choice, Day, Id, May, Number, Words
from services.decisions.rules.review import State


class ReviewInList(Answer):
    """A review of a decision."""

    id = Id()
    version = Number()
    decision_id = Id()
    body_id = Id()
    day = Day()
    state = Choice(State)
    found = Words()
    held_on = Day(allow_none=True)
    next_day = Day(allow_none=True)
    may = May()


class ReviewShown(ReviewInList):
    """The same, with the name of what is looked at."""

    title = Words()
