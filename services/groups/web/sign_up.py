"""How the world asks about sign-ups and seats: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from marshmallow import post_load

from chassis.answers import items_of, page_of
from chassis.paging import MOST, PageShape
from chassis.shapes import Choice, Line, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from contracts.groups import SeatCategory
from services.groups.actions import sign_up as actions
from services.groups.queries import sign_up as queries
from services.groups.rules.sign_up import Application as Wanted
from services.groups.web.reason import Reason
from services.groups.web.shown.sign_up import Reserve, SignUpInList, SignUpShown

routes = Routes("sign_ups", __name__, description="Who signs up for a group, and who sits in it")


class Application(Shape):
    """For which seat somebody applies, and what they bring along."""

    category = Choice(SeatCategory, required=True)
    brings = Text(2000, least=0, load_default="")
    first_time = Yes(load_default=None, allow_none=True)
    address = Line(200, least=0, load_default="")
    consent_note = Text(500, least=0, load_default="")

    @post_load
    def application(self, given: dict[str, Any], **_: Any) -> Wanted:
        """What somebody wrote, as the rules know it."""
        return Wanted(**given)


class Consent(Shape):
    """How a person on paper said so, for staff who write it down."""

    consent_note = Text(500, least=0, load_default="")


class SignUpsAsked(PageShape):
    """Which page of sign-ups; as many as there may be at once, for they are read side by side."""

    limit = Whole(1, MOST, load_default=MOST)


@routes.post("/groups/<uuid:id>/apply")
@routes.arguments(Application)
@routes.response(201, SignUpShown)
def apply(says: Wanted, id: UUID) -> Any:
    """Sign up for it."""
    with work() as w:
        return queries.sign_up(w, actions.apply(w, id, says).id)


@routes.get("/groups/<uuid:id>/sign_ups")
@routes.arguments(SignUpsAsked, location="query")
@routes.response(200, page_of(SignUpInList))
def list_sign_ups(asked: dict[str, Any], id: UUID) -> Any:
    """Who has signed up for it."""
    with work() as w:
        return queries.sign_ups_of(w, id, **asked)


@routes.get("/groups/<uuid:id>/reserves")
@routes.response(200, items_of(Reserve))
def list_reserves(id: UUID) -> Any:
    """Its reserve lists, whoever is next first."""
    with work() as w:
        return queries.reserve_list(w, id)


@routes.post("/sign_ups/<uuid:id>/offer")
@routes.response(200, SignUpShown)
def offer_seat(id: UUID) -> Any:
    """Offer the person a seat."""
    with work() as w:
        actions.offer_seat(w, id)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/reserve")
@routes.response(200, SignUpShown)
def reserve_seat(id: UUID) -> Any:
    """Put the person on the reserve list."""
    with work() as w:
        actions.reserve_seat(w, id)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/not_select")
@routes.arguments(Reason)
@routes.response(200, SignUpShown)
def not_select(given: dict[str, Any], id: UUID) -> Any:
    """Give the person no seat."""
    with work() as w:
        actions.not_select(w, id, **given)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/accept")
@routes.arguments(Consent)
@routes.response(200, SignUpShown)
def accept_seat(given: dict[str, Any], id: UUID) -> Any:
    """Say yes to the seat. The answer says whether it was still there."""
    with work() as w:
        actions.accept_seat(w, id, **given)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/decline")
@routes.arguments(Consent)
@routes.response(200, SignUpShown)
def decline_seat(given: dict[str, Any], id: UUID) -> Any:
    """Say no to the seat."""
    with work() as w:
        actions.decline_seat(w, id, **given)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/withdraw")
@routes.arguments(Consent)
@routes.response(200, SignUpShown)
def withdraw_sign_up(given: dict[str, Any], id: UUID) -> Any:
    """Take the application back."""
    with work() as w:
        actions.withdraw_sign_up(w, id, **given)
        return queries.sign_up(w, id)


@routes.post("/sign_ups/<uuid:id>/leave")
@routes.arguments(Consent)
@routes.response(200, SignUpShown)
def leave_group(given: dict[str, Any], id: UUID) -> Any:
    """Leave the group."""
    with work() as w:
        actions.leave_group(w, id, **given)
        return queries.sign_up(w, id)
