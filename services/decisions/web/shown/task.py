"""What is shown of a task."""

from chassis.answers import Answer, Choice, Day, Id, May, Nested, Number, Several, Words, Yes, record
from services.decisions.rules.task import Approval, State


class TaskShown(Answer):
    """A task, and the departments whose meeting it waits for."""

    id = Id()
    version = Number()
    decision_id = Id()
    title = Words()
    recommendation_id = Id(allow_none=True)
    owner = Words()
    owner_id = Id(allow_none=True)
    due = Day()
    weight = Number()
    departments = Several(Nested(record(Approval)))
    state = Choice(State)
    percent = Number()
    note = Words()
    overdue = Yes()
    reason = Words()
    late = Yes()
    may = May()


class Tasks(Answer):
    """All tasks of a decision, and how far it is carried out, in percent."""

    items = Several(Nested(TaskShown))
    next_cursor = Words(allow_none=True)
    progress = Number(allow_none=True)
