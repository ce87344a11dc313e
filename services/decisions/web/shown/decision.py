"""What is shown of a decision: in a list, and by itself."""

from chassis.answers import Answer, Choice, Day, Id, Ids, Map, May, Moment, Nested, Number, Several, Words, Yes, record
from contracts.decisions import Outcome, ReasonCode
from services.decisions.rules.ballot import Ballot
from services.decisions.rules.decision import Correction, State
from services.decisions.rules.docket_item import ProposalText
from services.decisions.rules.verdict import Point
from services.decisions.web.shown.docket_item import StaffRecommendationShown


class DecisionBriefly(Answer):
    """What a body decided; how far it is carried out, in percent: null where there is nothing to carry out."""

    id = Id()
    title = Words()
    state = Choice(State)
    outcome = Choice(Outcome)
    reason = Words()
    body_id = Id()
    charter_id = Id()
    group_id = Id()
    proposal_id = Id()
    idea_id = Id(allow_none=True)
    edition = Number()
    prepared_at = Moment()
    published_at = Moment(allow_none=True)
    original_id = Id()
    corrects = Id(allow_none=True)
    progress = Number(allow_none=True)


class DecisionInList(DecisionBriefly):
    """A decision in a list."""

    late_tasks = Number()


class Later(Answer):
    """What stands in its place now, and whether that puts it right or decides anew."""

    id = Id()
    corrects = Yes()
    correction = Nested(record(Correction), allow_none=True)


class DecisionShown(DecisionBriefly):
    """One decision whole."""

    version = Number()
    docket_item_id = Id()
    proposal = Nested(record(ProposalText))
    codes = Several(Choice(ReasonCode))
    conditions = Several(Words())
    message = Words()
    message_to_proposer = Words()
    points = Several(Nested(record(Point)))
    review_on = Day(allow_none=True)
    ballot = Nested(record(Ballot))
    recused = Ids()
    double_roles = Ids()
    correction = Nested(record(Correction), allow_none=True)
    supersedes = Id(allow_none=True)
    superseded_by = Id(allow_none=True)
    staff_recommendation = Nested(StaffRecommendationShown, allow_none=True)
    later = Nested(Later, allow_none=True)
    progress_by_recommendation = Map(values=Number(allow_none=True))
    recommendations_without_task = Ids()
    survey_id = Id(allow_none=True)
    may = May()
