"""How the world asks about charters, groups and sign-ups: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from marshmallow import post_load

from chassis.paging import MOST, PageShape
from chassis.shapes import Choice, Day, Id, Line, Many, Nested, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from contracts.groups import SeatCategory, SeatPlan
from services.groups import actions, queries
from services.groups.rules.charter import State as CharterState
from services.groups.rules.group import State as GroupState
from services.groups.rules.wording import Selection

routes = Routes("groups", __name__, description="Charters, groups, and who sits in them")


class NewCharter(Shape):
    """The beginning of a charter. No departments: all of them, or a department board's own."""

    title = Line(120, required=True)
    body_id = Id(required=True)
    idea_id = Id(load_default=None, allow_none=True)
    department_ids = Many(Id(), most=200, load_default=None, allow_none=True)


class Seats(Shape):
    """How many places of a category."""

    category = Choice(SeatCategory, required=True)
    places = Whole(1, 50, required=True)

    @post_load
    def plan(self, given: dict[str, Any], **_: Any) -> SeatPlan:
        """The places as the charter says them."""
        return SeatPlan(**given)


class Says(Shape):
    """What a charter says; a field that is not sent stays as it is. Together it fits into one letter, whatever is written."""

    title = Line(120)
    background = Text(4000, least=0)
    purpose = Text(2000, least=0)
    frames = Text(2000, least=0)
    questions = Many(Text(300), most=10)
    not_up_for_change = Text(2000, least=0)
    seats = Many(Nested(Seats), most=10)
    sign_up_until = Day(allow_none=True)
    meetings = Many(Day(), most=12)
    handover = Day(allow_none=True)
    decision_by = Day(allow_none=True)
    sponsor_id = Id(allow_none=True)
    facilitator_id = Id(allow_none=True)
    facilitator_employed = Yes()
    selection = Choice(Selection)
    budget_kroner = Whole(0, allow_none=True)
    minority_reason = Text(1000, least=0)

    @post_load
    def frozen(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Lists as tuples, as a frozen value wants them."""
        return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


class Application(Shape):
    """For which seat somebody applies, and what they bring along."""

    category = Choice(SeatCategory, required=True)
    brings = Text(2000, least=0, load_default="")
    first_time = Yes(load_default=None, allow_none=True)


class Reason(Shape):
    """Why."""

    reason = Text(2000, required=True)


class Consent(Shape):
    """How a person on paper said yes."""

    consent_note = Text(500, least=0, load_default="")


class ChartersAsked(PageShape):
    """Which charters: those in one state, or all that one may see."""

    state = Choice(CharterState, load_default=None, allow_none=True)


class GroupsAsked(PageShape):
    """Which groups: those in one state, or all."""

    state = Choice(GroupState, load_default=None, allow_none=True)


class SignUpsAsked(PageShape):
    """Which page of sign-ups; as many as there may be at once, for they are read side by side."""

    limit = Whole(1, MOST, load_default=MOST)


@routes.post("/charters")
@routes.arguments(NewCharter)
@routes.response(201)
def draft_charter(new: dict[str, Any]) -> Any:
    """Begin to write a charter."""
    departments = new.pop("department_ids")
    with work() as w:
        made = actions.draft_charter(w, **new, department_ids=None if departments is None else tuple(departments))
        return queries.charter(w, made.id)


@routes.get("/charters")
@routes.arguments(ChartersAsked, location="query")
@routes.response(200)
def list_charters(asked: dict[str, Any]) -> Any:
    """The association's charters, newest first."""
    with work() as w:
        return queries.charters_in(w, **asked)


@routes.get("/charters/<uuid:id>")
@routes.response(200)
def see_charter(id: UUID) -> Any:
    """One charter."""
    with work() as w:
        return queries.charter(w, id)


@routes.put("/charters/<uuid:id>")
@routes.arguments(Says)
@routes.response(200)
def edit_charter(says: dict[str, Any], id: UUID) -> Any:
    """Write in it."""
    with work() as w:
        actions.edit_charter(w, id, says)
        return queries.charter(w, id)


@routes.post("/charters/<uuid:id>/propose")
@routes.response(200)
def propose_charter(id: UUID) -> Any:
    """Lay it before its body."""
    with work() as w:
        actions.propose_charter(w, id)
        return queries.charter(w, id)


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


@routes.post("/groups/<uuid:id>/apply")
@routes.arguments(Application)
@routes.response(201)
def apply(given: dict[str, Any], id: UUID) -> Any:
    """Sign up for it."""
    with work() as w:
        return queries.sign_up(w, actions.apply(w, id, **given).id)


@routes.get("/groups/<uuid:id>/sign_ups")
@routes.arguments(SignUpsAsked, location="query")
@routes.response(200)
def list_sign_ups(asked: dict[str, Any], id: UUID) -> Any:
    """Who has signed up for it."""
    with work() as w:
        return queries.sign_ups_of(w, id, **asked)


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


@routes.post("/sign_ups/<uuid:id>/offer")
@routes.response(200)
def offer_seat(id: UUID) -> Any:
    """Offer the person a seat."""
    with work() as w:
        actions.offer_seat(w, id)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/reserve")
@routes.response(200)
def reserve_seat(id: UUID) -> Any:
    """Put the person on the reserve list."""
    with work() as w:
        actions.reserve_seat(w, id)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/not_select")
@routes.arguments(Reason)
@routes.response(200)
def not_select(given: dict[str, Any], id: UUID) -> Any:
    """Give the person no seat."""
    with work() as w:
        actions.not_select(w, id, **given)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/accept")
@routes.arguments(Consent)
@routes.response(200)
def accept_seat(given: dict[str, Any], id: UUID) -> Any:
    """Say yes to the seat. The answer says whether it was still there."""
    with work() as w:
        actions.accept_seat(w, id, **given)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/decline")
@routes.response(200)
def decline_seat(id: UUID) -> Any:
    """Say no to the seat."""
    with work() as w:
        actions.decline_seat(w, id)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/withdraw")
@routes.response(200)
def withdraw_sign_up(id: UUID) -> Any:
    """Take the application back."""
    with work() as w:
        actions.withdraw_sign_up(w, id)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/leave")
@routes.response(200)
def leave_group(id: UUID) -> Any:
    """Leave the group."""
    with work() as w:
        actions.leave_group(w, id)
        return queries.sign_up(w, id)
