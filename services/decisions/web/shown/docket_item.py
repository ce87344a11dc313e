"""What is shown of a matter: in a list, and by itself with its frozen text."""

from chassis.answers import Answer, Choice, Day, Id, Ids, May, Moment, Nested, Number, OneOf, Several, Words, Yes, record
from contracts.decisions import Outcome
from contracts.groups import CharterText
from services.decisions.rules.ballot import Ballot, Sitting
from services.decisions.rules.docket_item import Matter, ProposalText, Recusal, State


class MatterBriefly(Answer):
    """A matter that lies before a body."""

    id = Id()
    matter = Choice(Matter)
    title = Words()
    body_id = Id()
    charter_id = Id()
    group_id = Id(allow_none=True)
    proposal_id = Id(allow_none=True)
    edition = Number()
    laid_at = Moment()
    due = Day()
    state = Choice(State)


class MatterInList(MatterBriefly):
    """The same, and what became of it."""

    overdue = Yes()
    outcome = Choice(Outcome, allow_none=True)
    decision_id = Id(allow_none=True)


class StaffRecommendationShown(Answer):
    """What staff recommended, and whether the body did so."""

    outcome = Choice(Outcome)
    text = Words()
    by = Id()
    written_on = Day()
    followed = Yes(allow_none=True)


class Quorum(Answer):
    """How many there must be for the body to decide."""

    entitled = Number()
    needed = Number()
    needs_chair = Yes()


class MatterShown(MatterInList):
    """One matter with its frozen text, and who sits in the body today."""

    version = Number()
    idea_id = Id(allow_none=True)
    reason = Words()
    ballot = Nested(record(Ballot), allow_none=True)
    amendment_id = Id(allow_none=True)
    changed = Several(Words())
    why = Words()
    text = OneOf(record(CharterText), record(ProposalText), allow_none=True)
    members = Ids()
    staff_recommendation = Nested(StaffRecommendationShown, allow_none=True)
    roster = Several(Nested(record(Sitting)))
    quorum = Nested(Quorum)
    recused = Ids()
    recusals = Several(Nested(record(Recusal)))
    may = May()
