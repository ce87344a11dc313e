"""What is shown of a proposal, and of its editions."""

from chassis.answers import Answer, Choice, Id, Ids, May, Moment, Nested, Number, Several, Words, record
from contracts.meetings import Recommendation
from services.meetings.rules.edition import Difference
from services.meetings.rules.proposal import State
from services.meetings.web.shown.recommendation import RecommendationShown


class ChangeShown(Answer):
    """What became of a recommendation since the edition before."""

    difference = Choice(Difference)
    before = Nested(record(Recommendation), allow_none=True)
    now = Nested(record(Recommendation), allow_none=True)


class ProposalShown(Answer):
    """The proposal. Who consented the group knows; what was dissented everybody reads, without who."""

    id = Id()
    group_id = Id()
    title = Words()
    summary = Words()
    questions = Several(Words())
    recommendations = Several(Nested(RecommendationShown))
    roster = Ids()
    consented = Ids()
    dissents = Several(Words())
    returned_because = Words()
    changes = Several(Nested(ChangeShown))
    edition = Number()
    state = Choice(State)
    version = Number()
    may = May()


class EditionShown(Answer):
    """An edition that was handed over, and why it came back."""

    edition = Number()
    title = Words()
    summary = Words()
    recommendations = Several(Nested(record(Recommendation)))
    dissents = Several(Words())
    submitted_at = Moment()
    returned_because = Words(allow_none=True)
    changes = Several(Nested(ChangeShown))
