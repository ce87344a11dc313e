"""What is shown of an anonymous round."""

from chassis.answers import Answer, Choice, Day, Id, May, Number, Several, Words
from services.meetings.rules.anonymous_round import State


class RoundShown(Answer):
    """A round. What was said is shown when it is closed; who said it, never."""

    id = Id()
    group_id = Id()
    question = Words()
    opened_on = Day()
    state = Choice(State)
    count = Number()
    fewest = Number()
    answers = Several(Words())
    may = May()
