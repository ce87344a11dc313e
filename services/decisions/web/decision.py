"""How the world asks about decisions."""

from typing import Any
from uuid import UUID

from chassis.paging import PageShape
from chassis.shapes import Choice, Id
from chassis.web import Routes, work
from services.decisions.actions import decision as actions
from services.decisions.queries import decision as queries
from services.decisions.rules.decision import State as DecisionState

routes = Routes("decisions", __name__, description="What bodies decided")


class DecisionsAsked(PageShape):
    """Which decisions: those in one state, or about one group's proposal, or all that I may read."""

    state = Choice(DecisionState, load_default=None, allow_none=True)
    group_id = Id(load_default=None, allow_none=True)


@routes.get("/decisions")
@routes.arguments(DecisionsAsked, location="query")
@routes.response(200)
def list_decisions(asked: dict[str, Any]) -> Any:
    """The association's decisions, newest first."""
    with work() as w:
        return queries.decisions_in(w, **asked)


@routes.get("/decisions/<uuid:id>")
@routes.response(200)
def see_decision(id: UUID) -> Any:
    """One decision."""
    with work() as w:
        return queries.decision(w, id)


@routes.post("/decisions/<uuid:id>/publish")
@routes.response(200)
def publish_decision(id: UUID) -> Any:
    """Let everybody read it."""
    with work() as w:
        actions.publish_decision(w, id)
        return queries.decision(w, id)
