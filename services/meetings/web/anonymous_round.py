"""Routes of anonymous rounds, and the shapes of what comes in. What is answered is never given back or logged.

No `Idempotency-Key` is ever kept for an answer: a key with a fingerprint of the request would say who said what. None is
needed either, for nobody answers twice.
"""

from typing import Any
from uuid import UUID

from chassis.answered import never_kept
from chassis.answers import page_of
from chassis.paging import LongPageShape
from chassis.shapes import Shape, Text
from chassis.web import Routes, work
from services.meetings.actions import anonymous_round as actions
from services.meetings.queries import anonymous_round as queries
from services.meetings.web.shown.anonymous_round import RoundShown

routes = Routes("anonymous_round", __name__, description="Questions that are answered without a name")


class Question(Shape):
    """What is asked."""

    question = Text(500, required=True)


class Said(Shape):
    """What somebody answers."""

    text = Text(2000, required=True)


@routes.get("/groups/<uuid:group_id>/anonymous_rounds")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(RoundShown))
def list_rounds(asked: dict[str, Any], group_id: UUID) -> Any:
    """The group's rounds."""
    with work() as w:
        return queries.rounds_of(w, group_id, **asked)


@routes.post("/groups/<uuid:group_id>/anonymous_rounds")
@routes.arguments(Question)
@routes.response(201, RoundShown)
def open_round(said: dict[str, Any], group_id: UUID) -> Any:
    """Ask the group."""
    with work() as w:
        return queries.round_of(w, actions.open_round(w, group_id, **said).id)


@routes.get("/anonymous_rounds/<uuid:id>")
@routes.response(200, RoundShown)
def see_round(id: UUID) -> Any:
    """One round."""
    with work() as w:
        return queries.round_of(w, id)


@routes.post("/anonymous_rounds/<uuid:id>/answer")
@routes.arguments(Said)
@routes.response(200, RoundShown)
@never_kept
def answer_round(said: dict[str, Any], id: UUID) -> Any:
    """Answer, once, and without a name."""
    with work() as w:
        actions.answer_round(w, id, **said)
        return queries.round_of(w, id)


@routes.post("/anonymous_rounds/<uuid:id>/close")
@routes.response(200, RoundShown)
def close_round(id: UUID) -> Any:
    """Take no more answers, and show what was said."""
    with work() as w:
        actions.close_round(w, id)
        return queries.round_of(w, id)
