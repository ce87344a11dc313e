"""How the world asks about grants: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from marshmallow import post_load

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.shapes import Choice, Line, Many, Shape
from chassis.web import Routes, work
from contracts.partners import Scope
from services.partners.actions import grant as actions
from services.partners.queries import grant as queries
from services.partners.web.shown.grant import GrantInList, GrantShown

routes = Routes("grants", __name__, description="Whom the association lets in with a program, and to what")


class Granted(Shape):
    """What a partner may hear and read: kinds of events (`idea.published`, or `idea.*`), and scopes of the API."""

    kinds = Many(Line(60), most=200, load_default=())
    scopes = Many(Choice(Scope), most=20, load_default=())

    @post_load
    def as_the_rules_know_it(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Lists as tuples."""
        return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


class NewGrant(Granted):
    """The same, and what the partner is called."""

    name = Line(100, required=True)


@routes.get("/grants")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(GrantInList))
def list_grants(asked: dict[str, Any]) -> Any:
    """Whom the association lets in, and whom it let in once."""
    with work() as w:
        return queries.grants_in(w, **asked)


@routes.post("/grants")
@routes.arguments(NewGrant)
@routes.response(201, GrantShown)
def give_grant(new: dict[str, Any]) -> Any:
    """Let a partner in."""
    with work() as w:
        return queries.grant(w, actions.give(w, **new).id)


@routes.get("/grants/<uuid:id>")
@routes.response(200, GrantShown)
def see_grant(id: UUID) -> Any:
    """One grant."""
    with work() as w:
        return queries.grant(w, id)


@routes.put("/grants/<uuid:id>")
@routes.arguments(Granted)
@routes.response(200, GrantShown)
def change_grant(given: dict[str, Any], id: UUID) -> Any:
    """Let the partner hear and read more, or less."""
    with work() as w:
        actions.change(w, id, **given)
        return queries.grant(w, id)


@routes.post("/grants/<uuid:id>/test")
@routes.response(200, GrantShown)
def test_grant(id: UUID) -> Any:
    """Send a test event."""
    with work() as w:
        actions.test(w, id)
        return queries.grant(w, id)


@routes.post("/grants/<uuid:id>/revoke")
@routes.response(200, GrantShown)
def revoke_grant(id: UUID) -> Any:
    """Let the partner in no more."""
    with work() as w:
        actions.revoke(w, id)
        return queries.grant(w, id)
