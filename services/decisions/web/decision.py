"""How the world asks about decisions."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.partners import open_to_partners
from chassis.shapes import Choice, Id, Many, Nested, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from contracts.decisions import ReasonCode
from services.decisions.actions import decision as actions
from services.decisions.queries import decision as queries
from services.decisions.rules.decision import State as DecisionState
from services.decisions.web.shown.decision import DecisionInList, DecisionShown

routes = Routes("decisions", __name__, description="What bodies decided")

OUTSIDE = (
    "id",
    "title",
    "state",
    "outcome",
    "reason",
    "body_id",
    "charter_id",
    "group_id",
    "proposal_id",
    "idea_id",
    "edition",
    "published_at",
    "original_id",
    "corrects",
    "codes",
    "conditions",
    "points",
    "review_on",
    "correction",
    "supersedes",
    "superseded_by",
    "later",
    "progress",
    "progress_by_recommendation",
    "late_tasks",
)
"""What a partner is given of a decision: the outcome and its reasons; not who was there, who voted how, or who is written to."""


class DecisionsAsked(PageShape):
    """Which decisions: those in one state, or about one group's proposal, or all that I may read."""

    state = Choice(DecisionState, load_default=None, allow_none=True)
    group_id = Id(load_default=None, allow_none=True)


class PointPutRight(Shape):
    """What is to be read about one recommendation instead."""

    recommendation_id = Id(required=True)
    change = Text(4000, least=0)
    reason = Text(4000, least=0)
    code = Choice(ReasonCode, allow_none=True)


class CorrectionShape(Shape):
    """What is corrected and why, and what is to be read instead; what is not named stays as it is."""

    what = Text(2000, required=True)
    why = Text(2000, required=True)
    reason = Text(6000)
    codes = Many(Choice(ReasonCode), least=1, most=10)
    conditions = Many(Text(2000), most=50)
    message = Text(2000, least=0)
    message_to_proposer = Text(2000, least=0)
    points = Many(Nested(PointPutRight), most=200)
    votes_for = Whole(0, 1000)
    votes_against = Whole(0, 1000)
    abstained = Whole(0, 1000)
    chair_votes_for = Yes(allow_none=True)


@routes.get("/decisions")
@routes.arguments(DecisionsAsked, location="query")
@routes.response(200, page_of(DecisionInList))
@open_to_partners("decisions:read", *OUTSIDE)
def list_decisions(asked: dict[str, Any]) -> Any:
    """The association's decisions, newest first."""
    with work() as w:
        return queries.decisions_in(w, **asked)


@routes.get("/decisions/<uuid:id>")
@routes.response(200, DecisionShown)
@open_to_partners("decisions:read", *OUTSIDE)
def see_decision(id: UUID) -> Any:
    """One decision."""
    with work() as w:
        return queries.decision(w, id)


@routes.post("/decisions/<uuid:id>/publish")
@routes.response(200, DecisionShown)
def publish_decision(id: UUID) -> Any:
    """Let everybody read it."""
    with work() as w:
        actions.publish_decision(w, id)
        return queries.decision(w, id)


@routes.post("/decisions/<uuid:id>/correct")
@routes.arguments(CorrectionShape)
@routes.response(201, DecisionShown)
def correct_decision(given: dict[str, Any], id: UUID) -> Any:
    """Prepare a new record that puts a slip of the pen right."""
    what, why = given.pop("what"), given.pop("why")
    with work() as w:
        made = actions.correct_decision(w, id, what=what, why=why, changed=given)
        return queries.decision(w, made.id)
