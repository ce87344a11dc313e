"""What is shown of an amendment."""

from chassis.answers import Choice, Id, May, Moment, Nested, Number, Several, Words
from services.groups.rules.amendment import State
from services.groups.web.shown.charter import DifferenceShown, LackShown, Text


class AmendmentShown(Text):
    """One amendment: what the charter would say, what of it is new, and what it lacks."""

    id = Id()
    version = Number()
    charter_id = Id()
    group_id = Id()
    body_id = Id()
    edition = Number()
    why = Words()
    state = Choice(State)
    reason = Words()
    drafted_at = Moment()
    changed = Several(Words())
    changes = Several(Nested(DifferenceShown))
    missing = Several(Nested(LackShown))
    hints = Several(Nested(LackShown))
    may = May()
