"""Routes of the group's shared understanding, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.seen import Version
from chassis.shapes import Shape, Text, Whole
from chassis.web import Routes, work
from services.meetings.actions import shared_understanding as actions
from services.meetings.queries import shared_understanding as queries
from services.meetings.web.shown.shared_understanding import UnderstandingShown

routes = Routes("shared_understanding", __name__, description="The group's one sentence about the problem")


class Worded(Shape):
    """The sentence."""

    text = Text(600, required=True)


class RewordedSentence(Shape):
    """Other words, and which edition was read."""

    text = Text(600, required=True)
    edition = Version()


class Level(Shape):
    """How far one agrees, and to which edition."""

    level = Whole(1, 5, required=True)
    edition = Version()


@routes.get("/groups/<uuid:group_id>/shared_understanding")
@routes.response(200, UnderstandingShown)
def see_understanding(group_id: UUID) -> Any:
    """The sentence, how far the members agree, and how it was worded before."""
    with work() as w:
        return queries.understanding(w, group_id)


@routes.post("/groups/<uuid:group_id>/shared_understanding")
@routes.arguments(Worded)
@routes.response(201, UnderstandingShown)
def word_understanding(said: dict[str, Any], group_id: UUID) -> Any:
    """Put it into words."""
    with work() as w:
        actions.word_understanding(w, group_id, **said)
        return queries.understanding(w, group_id)


@routes.put("/groups/<uuid:group_id>/shared_understanding")
@routes.arguments(RewordedSentence)
@routes.response(200, UnderstandingShown)
def reword_understanding(said: dict[str, Any], group_id: UUID) -> Any:
    """Put it into other words."""
    with work() as w:
        actions.reword_understanding(w, group_id, seen=said["edition"], text=said["text"])
        return queries.understanding(w, group_id)


@routes.post("/groups/<uuid:group_id>/shared_understanding/agree")
@routes.arguments(Level)
@routes.response(200, UnderstandingShown)
def agree_to_understanding(said: dict[str, Any], group_id: UUID) -> Any:
    """Say how far one agrees."""
    with work() as w:
        actions.agree_to_understanding(w, group_id, seen=said["edition"], level=said["level"])
        return queries.understanding(w, group_id)
