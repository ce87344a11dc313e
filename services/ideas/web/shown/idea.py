"""What is shown of an idea: in a list, and by itself."""

from chassis.answers import Answer, Choice, Day, Id, Ids, May, Moment, Nested, Number, Several, Words, Yes
from contracts.decisions import Outcome
from services.ideas.rules.idea import State
from services.ideas.rules.origin import Origin


class IdeaInList(Answer):
    """An idea in a list. No departments: it concerns them all."""

    id = Id()
    title = Words()
    text = Words()
    origin = Choice(Origin)
    author_id = Id()
    departments = Ids()
    submitted_at = Moment(allow_none=True)
    state = Choice(State)
    answer_by = Day(allow_none=True)
    overdue = Yes()
    reason = Words()
    merged_into = Id(allow_none=True)
    charter_id = Id(allow_none=True)
    decision_id = Id(allow_none=True)
    outcome = Choice(Outcome, allow_none=True)
    endorsers = Number()
    in_departments = Number()
    endorsed_by_me = Yes()


class MyIdea(IdeaInList):
    """One of my own, drafts too."""

    written_at = Moment()


class Breadth(Answer):
    """How many stand behind it in a department."""

    department_id = Id()
    endorsers = Number()


class Titled(Answer):
    """An idea by its title."""

    id = Id()
    title = Words()


class IdeaShown(MyIdea):
    """One idea, and what whoever asks may do with it. `part_of` is the idea that it goes on as part of."""

    version = Number()
    by_department = Several(Nested(Breadth))
    written_down_by = Id(allow_none=True)
    part_of = Nested(Titled, allow_none=True)
    merged_in = Several(Nested(Titled))
    comments_closed = Yes()
    may = May()


class IdeaGone(Answer):
    """A draft that is deleted."""

    id = Id()


class NoLongerEndorsed(Answer):
    """An idea that I no longer stand behind."""

    id = Id()
    endorsed_by_me = Yes()


class InCircle(Answer):
    """Somebody who is to be told of what becomes of it, and why."""

    person_id = Id()
    why = Several(Words())
