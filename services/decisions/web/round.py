"""How the world asks about rounds."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.shapes import Id, Line, Shape
from chassis.web import Routes, work
from services.decisions.actions import round as actions
from services.decisions.queries import round as queries
from services.decisions.web.shown.round import RoundInList, RoundShown

routes = Routes("rounds", __name__, description="Decisions that are published together")


class NewRound(Shape):
    """What it is called, such as the evening it belongs to."""

    title = Line(200, required=True)


class DecisionNamed(Shape):
    """A decision."""

    decision_id = Id(required=True)


@routes.get("/rounds")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(RoundInList))
def list_rounds(asked: dict[str, Any]) -> Any:
    """The rounds, newest first."""
    with work() as w:
        return queries.rounds_of(w, **asked)


@routes.post("/rounds")
@routes.arguments(NewRound)
@routes.response(201, RoundShown)
def open_round(new: dict[str, Any]) -> Any:
    """Begin to gather."""
    with work() as w:
        made = actions.open_round(w, **new)
        return queries.round(w, made.id)


@routes.get("/rounds/<uuid:id>")
@routes.response(200, RoundShown)
def see_round(id: UUID) -> Any:
    """One round: whom it will reach, or how far it has come."""
    with work() as w:
        return queries.round(w, id)


@routes.post("/rounds/<uuid:id>/gather")
@routes.arguments(DecisionNamed)
@routes.response(200, RoundShown)
def gather_decision(given: dict[str, Any], id: UUID) -> Any:
    """Put a prepared decision into it."""
    with work() as w:
        actions.gather_decision(w, id, **given)
        return queries.round(w, id)


@routes.post("/rounds/<uuid:id>/leave_out")
@routes.arguments(DecisionNamed)
@routes.response(200, RoundShown)
def leave_out_decision(given: dict[str, Any], id: UUID) -> Any:
    """Take one out again."""
    with work() as w:
        actions.leave_out_decision(w, id, **given)
        return queries.round(w, id)


@routes.post("/rounds/<uuid:id>/publish")
@routes.response(200, RoundShown)
def publish_round(id: UUID) -> Any:
    """Publish it, or go on where it stopped: each decision in a transaction of its own, so that what is out stays out."""
    with work() as w:
        waiting = actions.begin_round(w, id)
    for decision_id in waiting:
        with work() as w:
            actions.publish_next(w, id, decision_id)
    with work() as w:
        actions.finish_round(w, id)
        return queries.round(w, id)


@routes.post("/rounds/<uuid:id>/give_up")
@routes.response(200, RoundShown)
def give_up_round(id: UUID) -> Any:
    """Drop it before anything is published."""
    with work() as w:
        actions.give_up_round(w, id)
        return queries.round(w, id)
