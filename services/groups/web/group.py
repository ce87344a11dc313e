"""How the world asks about groups: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.paging import PageShape
from chassis.shapes import Choice
from chassis.web import Routes, work
from services.groups.actions import group as actions
from services.groups.queries import group as queries
from services.groups.rules.group import State
from services.groups.web.reason import Reason

routes = Routes("groups", __name__, description="Groups, from the first day to the last")


class GroupsAsked(PageShape):
    """Which groups: those in one state, or all."""

    state = Choice(State, load_default=None, allow_none=True)


@routes.get("/groups")
@routes.arguments(GroupsAsked, location="query")
@routes.response(200)
def list_groups(asked: dict[str, Any]) -> Any:
    """The association's groups, newest first."""
    with work() as w:
        return queries.groups_in(w, **asked)


@routes.get("/groups/<uuid:id>")
@routes.response(200)
def see_group(id: UUID) -> Any:
    """One group."""
    with work() as w:
        return queries.group(w, id)


@routes.post("/groups/<uuid:id>/close_sign_up")
@routes.response(200)
def close_sign_up(id: UUID) -> Any:
    """End the sign-up."""
    with work() as w:
        actions.close_sign_up(w, id)
        return queries.group(w, id)


@routes.post("/groups/<uuid:id>/form")
@routes.response(200)
def form_group(id: UUID) -> Any:
    """Form it of those who said yes."""
    with work() as w:
        actions.form_group(w, id)
        return queries.group(w, id)


@routes.post("/groups/<uuid:id>/dissolve")
@routes.arguments(Reason)
@routes.response(200)
def dissolve_group(given: dict[str, Any], id: UUID) -> Any:
    """Give it up before a decision."""
    with work() as w:
        actions.dissolve_group(w, id, **given)
        return queries.group(w, id)
