"""What is shown of a theme."""

from chassis.answers import Answer, Choice, Id, May, Number, Several, Words
from contracts.groups import SeatCategory
from services.meetings.rules.theme import State


class ThemeInList(Answer):
    """An open theme, with how many contributions and from which capacities."""

    id = Id()
    group_id = Id()
    name = Words()
    contributions = Number()
    categories = Several(Choice(SeatCategory))
    may = May()


class ThemeShown(Answer):
    """One theme; once merged, the one that it went into."""

    id = Id()
    version = Number()
    group_id = Id()
    name = Words()
    state = Choice(State)
    into_id = Id(allow_none=True)
    may = May()
