"""Routes of the recommendations of a proposal, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.seen import Version
from chassis.shapes import Choice, Line, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from contracts.meetings import CostClass, RentEffect
from services.meetings.actions import recommendation as actions
from services.meetings.queries import proposal as queries
from services.meetings.rules.recommendation import Wording
from services.meetings.web.shown.proposal import ProposalShown
from services.meetings.web.shown.recommendation import RecommendationShown

routes = Routes("recommendation", __name__, description="The points of the group's proposal")


class WordingShape(Shape):
    """One point of the proposal. `question` counts the charter's questions from 0."""

    text = Text(2000, required=True)
    responsible = Line(200, required=True)
    cost = Choice(CostClass, required=True)
    rent = Choice(RentEffect, required=True)
    question = Whole(0, 100, required=True)
    first_step = Text(1000, least=0, load_default="")
    needs_department_meeting = Yes(load_default=False)


class RewordedPoint(WordingShape):
    """The same, and which version was seen when writing it."""

    version = Version()


class Seen(Shape):
    """Which version was seen."""

    version = Version()


@routes.post("/proposals/<uuid:proposal_id>/recommendations")
@routes.arguments(WordingShape)
@routes.response(201, RecommendationShown)
def write_recommendation(said: dict[str, Any], proposal_id: UUID) -> Any:
    """Write one more recommendation."""
    with work() as w:
        return queries.recommendation(w, actions.write_recommendation(w, proposal_id, wording=Wording(**said)).id)


@routes.get("/recommendations/<uuid:id>")
@routes.response(200, RecommendationShown)
def see_recommendation(id: UUID) -> Any:
    """One recommendation."""
    with work() as w:
        return queries.recommendation(w, id)


@routes.put("/recommendations/<uuid:id>")
@routes.arguments(RewordedPoint)
@routes.response(200, RecommendationShown)
def edit_recommendation(said: dict[str, Any], id: UUID) -> Any:
    """Let it say something else; the version that was seen goes along."""
    with work() as w:
        actions.edit_recommendation(w, id, seen=said.pop("version"), wording=Wording(**said))
        return queries.recommendation(w, id)


@routes.post("/recommendations/<uuid:id>/take_out")
@routes.arguments(Seen)
@routes.response(200, ProposalShown)
def take_out_recommendation(said: dict[str, Any], id: UUID) -> Any:
    """Take it out of the proposal; the version that was seen goes along."""
    with work() as w:
        taken_out = actions.take_out_recommendation(w, id, seen=said["version"])
        return queries.proposal(w, taken_out.proposal_id)
