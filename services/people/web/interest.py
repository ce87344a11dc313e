"""How the world asks about the interest list: routes, and the shapes of what comes in."""

from typing import Any

from marshmallow import post_load

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.shapes import Id, Line, Many, Shape
from chassis.web import Routes, work
from services.people import queries
from services.people.actions import interest
from services.people.rules.interest import Wish
from services.people.web.shown.interest import Interested, MyInterest

routes = Routes("interest", __name__, description="Who wants to hear of new groups")


class Wanted(Shape):
    """What I want to hear of; nothing named: all new groups."""

    topics = Many(Line(60), most=10, load_default=())
    departments = Many(Id(), most=50, load_default=())
    consent_note = Line(500, least=0, load_default="")

    @post_load
    def wish(self, given: dict[str, Any], **_: Any) -> Wish:
        """What somebody wants, as the rules know it."""
        return Wish(topics=tuple(given["topics"]), departments=tuple(given["departments"]), consent_note=given["consent_note"])


class InterestAsked(PageShape):
    """Which page of the interest list: all, or those who want to hear of a department."""

    department_id = Id(load_default=None, allow_none=True)


@routes.get("/interest")
@routes.response(200, MyInterest)
def see_interest() -> Any:
    """Whether I am on the interest list."""
    with work() as w:
        return queries.my_interest(w)


@routes.put("/interest")
@routes.arguments(Wanted)
@routes.response(200, MyInterest)
def join_interest_list(wish: Wish) -> Any:
    """Join the interest list, or say what I want to hear of."""
    with work() as w:
        interest.want(w, wish)
        return queries.my_interest(w)


@routes.post("/interest/leave")
@routes.response(200, MyInterest)
def leave_interest_list() -> Any:
    """Leave it."""
    with work() as w:
        interest.leave(w)
        return queries.my_interest(w)


@routes.get("/interest_list")
@routes.arguments(InterestAsked, location="query")
@routes.response(200, page_of(Interested))
def list_interested(asked: dict[str, Any]) -> Any:
    """Who wants to hear of new groups, for whoever invites them."""
    with work() as w:
        return queries.interest_list(w, **asked)
