"""How the world asks about ideas: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.paging import PageShape
from chassis.shapes import Choice, Id, Line, Many, Shape, Text
from chassis.web import Routes, work
from services.ideas import actions, queries
from services.ideas.rules.idea import Origin, State

routes = Routes("ideas", __name__, description="Ideas and who stands behind them")


class NewIdea(Shape):
    """What somebody puts to the association. No departments: it concerns them all."""

    title = Line(120, required=True)
    text = Text(5000, required=True)
    origin = Choice(Origin, load_default=Origin.RESIDENT)
    departments = Many(Id(), most=200, load_default=[])


class Reason(Shape):
    """Why."""

    reason = Text(2000, required=True)


class IdeasAsked(PageShape):
    """Which ideas: those in one state, or all that are public."""

    state = Choice(State, load_default=None, allow_none=True)


@routes.get("/ideas")
@routes.arguments(IdeasAsked, location="query")
@routes.response(200)
def list_ideas(asked: dict[str, Any]) -> Any:
    """The association's ideas, newest first."""
    with work() as w:
        return queries.ideas_in(w, **asked)


@routes.get("/ideas/mine")
@routes.response(200)
def list_my_ideas() -> Any:
    """What I put to the association."""
    with work() as w:
        return {"items": queries.my_ideas(w)}


@routes.post("/ideas")
@routes.arguments(NewIdea)
@routes.response(201)
def submit_idea(new: dict[str, Any]) -> Any:
    """Put an idea to the association."""
    with work() as w:
        made = actions.submit_idea(
            w, title=new["title"], text=new["text"], origin=new["origin"], concerns=tuple(new["departments"])
        )
        return queries.idea(w, made.id)


@routes.get("/ideas/<uuid:id>")
@routes.response(200)
def see_idea(id: UUID) -> Any:
    """One idea."""
    with work() as w:
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/publish")
@routes.response(200)
def publish_idea(id: UUID) -> Any:
    """Let everybody read and endorse it."""
    with work() as w:
        actions.publish_idea(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/reject")
@routes.arguments(Reason)
@routes.response(200)
def reject_idea(given: dict[str, Any], id: UUID) -> Any:
    """Do not publish it."""
    with work() as w:
        actions.reject_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/withdraw")
@routes.response(200)
def withdraw_idea(id: UUID) -> Any:
    """Take it back."""
    with work() as w:
        actions.withdraw_idea(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/decline")
@routes.arguments(Reason)
@routes.response(200)
def decline_idea(given: dict[str, Any], id: UUID) -> Any:
    """Answer no."""
    with work() as w:
        actions.decline_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/park")
@routes.arguments(Reason)
@routes.response(200)
def park_idea(given: dict[str, Any], id: UUID) -> Any:
    """Let it wait."""
    with work() as w:
        actions.park_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/resume")
@routes.response(200)
def resume_idea(id: UUID) -> Any:
    """Open a parked idea again."""
    with work() as w:
        actions.resume_idea(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/endorse")
@routes.response(200)
def endorse_idea(id: UUID) -> Any:
    """Stand behind it."""
    with work() as w:
        actions.endorse_idea(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/withdraw_endorsement")
@routes.response(200)
def withdraw_endorsement(id: UUID) -> Any:
    """No longer stand behind it."""
    with work() as w:
        actions.withdraw_endorsement(w, id)
        return queries.idea(w, id)
