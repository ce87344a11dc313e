"""How the world asks about reviews."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import LongPageShape, PageShape
from chassis.shapes import Day, Shape, Text
from chassis.web import Routes, work
from services.decisions.actions import review as actions
from services.decisions.queries import review as queries
from services.decisions.web.shown.review import ReviewInList, ReviewShown

routes = Routes("reviews", __name__, description="What has come of a decision")


class NewReview(Shape):
    """When to look at it."""

    day = Day(required=True)


class Found(Shape):
    """What was found, and when to look again; no day: it is done."""

    found = Text(8000, required=True)
    next_day = Day(load_default=None, allow_none=True)


@routes.get("/reviews")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(ReviewShown))
def list_due_reviews(asked: dict[str, Any]) -> Any:
    """What has come round in the bodies that I sit in."""
    with work() as w:
        return queries.due_reviews(w, **asked)


@routes.get("/decisions/<uuid:id>/reviews")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(ReviewInList))
def list_reviews(asked: dict[str, Any], id: UUID) -> Any:
    """What was found, time after time."""
    with work() as w:
        return queries.reviews_of(w, id, **asked)


@routes.post("/decisions/<uuid:id>/reviews")
@routes.arguments(NewReview)
@routes.response(201, ReviewShown)
def plan_review(given: dict[str, Any], id: UUID) -> Any:
    """Choose a day to look at it."""
    with work() as w:
        made = actions.plan_review(w, id, **given)
        return queries.review(w, made.id)


@routes.get("/reviews/<uuid:id>")
@routes.response(200, ReviewShown)
def see_review(id: UUID) -> Any:
    """One review."""
    with work() as w:
        return queries.review(w, id)


@routes.post("/reviews/<uuid:id>/hold")
@routes.arguments(Found)
@routes.response(200, ReviewShown)
def hold_review(given: dict[str, Any], id: UUID) -> Any:
    """Write down what was found."""
    with work() as w:
        actions.hold_review(w, id, **given)
        return queries.review(w, id)
