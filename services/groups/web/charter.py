"""How the world asks about charters: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from marshmallow import post_load

from chassis.paging import PageShape
from chassis.shapes import Choice, Day, Id, Line, Many, Nested, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from contracts.groups import SeatCategory, SeatPlan, Target
from services.groups.actions import charter as actions
from services.groups.queries import charter as queries
from services.groups.rules.charter import State
from services.groups.rules.wording import Selection

routes = Routes("charters", __name__, description="Charters: what a group is asked to do")


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
    department_id = Id(allow_none=True, load_default=None)

    @post_load
    def plan(self, given: dict[str, Any], **_: Any) -> SeatPlan:
        """The places as the charter says them."""
        return SeatPlan(**given)


class Targets(Shape):
    """At least how many of the seats go to whom."""

    places = Whole(1, 50, required=True)
    category = Choice(SeatCategory, allow_none=True, load_default=None)
    department_id = Id(allow_none=True, load_default=None)
    first_timers = Yes(load_default=False)

    @post_load
    def target(self, given: dict[str, Any], **_: Any) -> Target:
        """The target as the charter says it."""
        return Target(**given)


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
    targets = Many(Nested(Targets), most=10)
    selection = Choice(Selection)
    one_per_household = Yes()
    budget_kroner = Whole(0, allow_none=True)
    minority_reason = Text(1000, least=0)

    @post_load
    def frozen(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Lists as tuples, as a frozen value wants them."""
        return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


class ChartersAsked(PageShape):
    """Which charters: those in one state, or all that one may see."""

    state = Choice(State, load_default=None, allow_none=True)


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
