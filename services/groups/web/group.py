"""How the world asks about groups: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.partners import open_to_partners
from chassis.shapes import Choice, Id, Shape, Yes
from chassis.web import Routes, work
from contracts.groups import Role
from services.groups.actions import group as actions
from services.groups.queries import group as queries
from services.groups.rules.group import State
from services.groups.web.reason import Reason
from services.groups.web.shown.group import GroupInList, GroupShown

routes = Routes("groups", __name__, description="Groups, from the first day to the last")

OUTSIDE = (
    "id",
    "charter_id",
    "body_id",
    "idea_id",
    "title",
    "background",
    "purpose",
    "state",
    "opened_at",
    "sign_up_until",
    "meetings",
    "handover",
    "decision_by",
    "vacant_roles",
    "selection",
    "targets",
    "one_per_household",
    "formed_on",
    "still_since",
    "proposal_id",
    "decision_id",
    "outcome",
    "seats",
    "last_met",
)
"""What a partner is given of a group: its task, dates and places, without persons."""


class GroupsAsked(PageShape):
    """Which groups: those in one state, or all."""

    state = Choice(State, load_default=None, allow_none=True)


class RoleLeft(Shape):
    """Which role somebody leaves."""

    role = Choice(Role, required=True)


class RoleNamed(RoleLeft):
    """Who is to hold a role; of a facilitator, whether they are employed or hired."""

    person_id = Id(required=True)
    employed = Yes(load_default=False)


@routes.get("/groups")
@routes.arguments(GroupsAsked, location="query")
@routes.response(200, page_of(GroupInList))
@open_to_partners("groups:read", *OUTSIDE)
def list_groups(asked: dict[str, Any]) -> Any:
    """The association's groups, newest first."""
    with work() as w:
        return queries.groups_in(w, **asked)


@routes.get("/groups/<uuid:id>")
@routes.response(200, GroupShown)
@open_to_partners("groups:read", *OUTSIDE)
def see_group(id: UUID) -> Any:
    """One group."""
    with work() as w:
        return queries.group(w, id)


@routes.post("/groups/<uuid:id>/close_sign_up")
@routes.response(200, GroupShown)
def close_sign_up(id: UUID) -> Any:
    """End the sign-up."""
    with work() as w:
        actions.close_sign_up(w, id)
        return queries.group(w, id)


@routes.post("/groups/<uuid:id>/form")
@routes.response(200, GroupShown)
def form_group(id: UUID) -> Any:
    """Form it of those who said yes."""
    with work() as w:
        actions.form_group(w, id)
        return queries.group(w, id)


@routes.post("/groups/<uuid:id>/dissolve")
@routes.arguments(Reason)
@routes.response(200, GroupShown)
def dissolve_group(given: dict[str, Any], id: UUID) -> Any:
    """Give it up before a decision."""
    with work() as w:
        actions.dissolve_group(w, id, **given)
        return queries.group(w, id)


@routes.post("/groups/<uuid:id>/vacate_role")
@routes.arguments(RoleLeft)
@routes.response(200, GroupShown)
def vacate_role(given: dict[str, Any], id: UUID) -> Any:
    """Leave the role of sponsor or facilitator."""
    with work() as w:
        actions.vacate_role(w, id, **given)
        return queries.group(w, id)


@routes.post("/groups/<uuid:id>/fill_role")
@routes.arguments(RoleNamed)
@routes.response(200, GroupShown)
def fill_role(given: dict[str, Any], id: UUID) -> Any:
    """Name another sponsor or facilitator."""
    with work() as w:
        actions.fill_role(w, id, **given)
        return queries.group(w, id)
