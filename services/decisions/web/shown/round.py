"""What is shown of a round of decisions."""

from chassis.answers import Answer, Choice, Id, May, Moment, Nested, Number, Several, Words, Yes
from contracts.circle import Whom
from contracts.decisions import Outcome
from services.decisions.rules.round import State


class Far(Answer):
    """How far it has come."""

    published = Number()
    of = Number()
    refused = Number()


class RoundInList(Answer):
    """A round in a list."""

    id = Id()
    title = Words()
    opened_at = Moment()
    state = Choice(State)
    progress = Nested(Far)


class RefusalShown(Answer):
    """Why a decision could not be published."""

    slug = Words()
    da = Words()
    en = Words()


class EntryShown(Answer):
    """A decision in it."""

    decision_id = Id()
    title = Words()
    outcome = Choice(Outcome)
    body_id = Id()
    group_id = Id()
    corrects = Id(allow_none=True)
    published = Yes()
    refused = Nested(RefusalShown, allow_none=True)


class Reach(Answer):
    """How many circles of a kind will be told; how many people, where it is known here."""

    whom = Choice(Whom)
    circles = Number()
    people = Number(allow_none=True)


class RoundShown(RoundInList):
    """One round: its decisions, and whom they will reach."""

    version = Number()
    decisions = Several(Nested(EntryShown))
    reach = Several(Nested(Reach))
    may = May()
