"""How the world asks about the docket."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.shapes import Choice, Day, Id, Many, Nested, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from contracts.decisions import Outcome, ReasonCode
from services.decisions.actions import docket_item as actions
from services.decisions.queries import docket_item as queries
from services.decisions.rules.ballot import Ballot
from services.decisions.rules.docket_item import State as DocketState
from services.decisions.rules.verdict import Point, Verdict
from services.decisions.web.shown.docket_item import MatterBriefly, MatterInList, MatterShown

routes = Routes("docket", __name__, description="What lies before a body")
MOST_VOTES = 1000


class DocketAsked(PageShape):
    """Which matters: those before one body, or in one state, or to be decided by a day, or all that I may see."""

    body_id = Id(load_default=None, allow_none=True)
    state = Choice(DocketState, load_default=None, allow_none=True)
    due_by = Day(load_default=None, allow_none=True)


class RecommendationShape(Shape):
    """What staff recommend the body to decide, and why."""

    outcome = Choice(Outcome, required=True)
    text = Text(8000, required=True)


class Recusing(Shape):
    """Who takes no part; nobody named: whoever asks. The reason is theirs to give."""

    person_id = Id(load_default=None, allow_none=True)
    reason = Text(2000, load_default="")


class BallotShape(Shape):
    """When the body decided, who was there, and how they voted."""

    outcome = Choice(Outcome, required=True)
    meeting_day = Day(required=True)
    chair_id = Id(required=True)
    present = Many(Id(), least=1, most=200, required=True)
    alternates = Many(Id(), most=200, load_default=[])
    votes_for = Whole(0, MOST_VOTES, required=True)
    votes_against = Whole(0, MOST_VOTES, required=True)
    abstained = Whole(0, MOST_VOTES, required=True)
    chair_votes_for = Yes(load_default=None, allow_none=True)


class CharterDecision(BallotShape):
    """What the body makes of a charter."""

    reason = Text(8000, load_default="")


class PointShape(Shape):
    """What the body makes of one recommendation."""

    recommendation_id = Id(required=True)
    outcome = Choice(Outcome, required=True)
    change = Text(4000, load_default="")
    reason = Text(4000, load_default="")
    code = Choice(ReasonCode, load_default=None, allow_none=True)


class ProposalDecision(BallotShape):
    """What the body makes of a proposal, as a whole and point by point.

    The reason and the two messages travel in one letter, so together they are not longer than it can hold.
    """

    reason = Text(6000, required=True)
    codes = Many(Choice(ReasonCode), least=1, most=10, required=True)
    conditions = Many(Text(2000), most=50, load_default=[])
    message = Text(2000, load_default="")
    message_to_proposer = Text(2000, load_default="")
    points = Many(Nested(PointShape), most=200, load_default=[])
    review_on = Day(load_default=None, allow_none=True)


@routes.get("/docket")
@routes.arguments(DocketAsked, location="query")
@routes.response(200, page_of(MatterInList))
def list_docket(asked: dict[str, Any]) -> Any:
    """What lies before the bodies that I sit in."""
    with work() as w:
        return queries.docket_of(w, **asked)


@routes.get("/overdue")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(MatterBriefly))
def list_overdue(asked: dict[str, Any]) -> Any:
    """What should have been decided by now."""
    with work() as w:
        return queries.overdue(w, **asked)


@routes.get("/docket/<uuid:id>")
@routes.response(200, MatterShown)
def see_docket_item(id: UUID) -> Any:
    """One matter."""
    with work() as w:
        return queries.docket_item(w, id)


@routes.post("/docket/<uuid:id>/present")
@routes.response(200, MatterShown)
def present_matter(id: UUID) -> Any:
    """Lay it open to the body."""
    with work() as w:
        actions.present_matter(w, id)
        return queries.docket_item(w, id)


@routes.post("/docket/<uuid:id>/recommend")
@routes.arguments(RecommendationShape)
@routes.response(200, MatterShown)
def recommend(given: dict[str, Any], id: UUID) -> Any:
    """Write what the administration recommends."""
    with work() as w:
        actions.recommend(w, id, **given)
        return queries.docket_item(w, id)


@routes.post("/docket/<uuid:id>/recuse")
@routes.arguments(Recusing)
@routes.response(200, MatterShown)
def recuse_member(given: dict[str, Any], id: UUID) -> Any:
    """Take no part in it."""
    with work() as w:
        actions.recuse_member(w, id, **given)
        return queries.docket_item(w, id)


@routes.post("/docket/<uuid:id>/take_over")
@routes.response(200, MatterShown)
def take_over_matter(id: UUID) -> Any:
    """Let the organisation board decide where a department has no board."""
    with work() as w:
        actions.take_over_matter(w, id)
        return queries.docket_item(w, id)


@routes.post("/docket/<uuid:id>/decide_charter")
@routes.arguments(CharterDecision)
@routes.response(200, MatterShown)
def decide_charter(given: dict[str, Any], id: UUID) -> Any:
    """Adopt, return or reject a charter."""
    with work() as w:
        actions.decide_charter(w, id, outcome=given["outcome"], ballot=_ballot(given), reason=given["reason"])
        return queries.docket_item(w, id)


@routes.post("/docket/<uuid:id>/decide_proposal")
@routes.arguments(ProposalDecision)
@routes.response(200, MatterShown)
def decide_proposal(given: dict[str, Any], id: UUID) -> Any:
    """Decide on a proposal; the decision is prepared, not yet published."""
    with work() as w:
        actions.decide_proposal(w, id, ballot=_ballot(given), verdict=_verdict(given))
        return queries.docket_item(w, id)


def _ballot(given: dict[str, Any]) -> Ballot:
    plain = ("meeting_day", "chair_id", "votes_for", "votes_against", "abstained", "chair_votes_for")
    facts = {name: given[name] for name in plain}
    return Ballot(present=tuple(given["present"]), alternates=tuple(given["alternates"]), **facts)


def _verdict(given: dict[str, Any]) -> Verdict:
    return Verdict(
        outcome=given["outcome"],
        reason=given["reason"],
        codes=tuple(given["codes"]),
        conditions=tuple(given["conditions"]),
        message=given["message"],
        message_to_proposer=given["message_to_proposer"],
        review_on=given["review_on"],
        points=tuple(Point(**point) for point in given["points"]),
    )
