"""How the world asks about draws: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.shapes import Shape, Text
from chassis.web import Routes, work
from services.groups.actions import draw as actions
from services.groups.queries import draw as queries
from services.groups.queries import group as groups
from services.groups.web.shown.draw import DrawShown, DrawTried
from services.groups.web.shown.group import GroupShown

routes = Routes("draws", __name__, description="How the seats of a group are given out where nobody chooses")


class Shortfall(Shape):
    """Why lots are drawn although a target cannot be met."""

    shortfall_reason = Text(1000, least=0, load_default="")


@routes.get("/groups/<uuid:id>/draw")
@routes.response(200, DrawShown)
def see_draw(id: UUID) -> Any:
    """Its draw; once the lots are drawn, all that is needed to do it again."""
    with work() as w:
        return queries.draw(w, id)


@routes.post("/groups/<uuid:id>/draw/announce")
@routes.response(201, DrawShown)
def announce_draw(id: UUID) -> Any:
    """Announce that lots will be drawn, and publish the hash of the seed."""
    with work() as w:
        actions.announce(w, id)
        return queries.draw(w, id)


@routes.post("/groups/<uuid:id>/draw/hold")
@routes.arguments(Shortfall)
@routes.response(200, DrawShown)
def hold_draw(given: dict[str, Any], id: UUID) -> Any:
    """Draw the lots."""
    with work() as w:
        actions.hold(w, id, **given)
        return queries.draw(w, id)


@routes.post("/groups/<uuid:id>/draw/try")
@routes.response(200, DrawTried)
def try_draw(id: UUID) -> Any:
    """Try out how the lots might fall; nobody is told."""
    with work() as w:
        return queries.test_draw(actions.try_out(w, id))


@routes.get("/groups/<uuid:id>/draw/tests")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(DrawTried))
def list_test_draws(asked: dict[str, Any], id: UUID) -> Any:
    """Who tried it out, when, and what came of it."""
    with work() as w:
        return queries.test_draws_of(w, id, **asked)


@routes.post("/groups/<uuid:id>/fill")
@routes.response(200, GroupShown)
def fill_seats(id: UUID) -> Any:
    """Give the seats to whoever applied first."""
    with work() as w:
        actions.fill(w, id)
        return groups.group(w, id)
