"""Routes of minutes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.partners import open_to_partners
from chassis.shapes import Line, Many, Nested, Shape, Text, Yes
from chassis.web import Routes, work
from services.meetings.actions import minutes as actions
from services.meetings.queries import minutes as queries
from services.meetings.rules.minutes import Redaction
from services.meetings.rules.public import Item
from services.meetings.web.shown.minutes import MinutesShown, RevisionShown

routes = Routes("minutes", __name__, description="Minutes of the group's meetings")

OUTSIDE = ("id", "meeting_id", "group_id", "state", "items", "revisions")
OUTSIDE_REVISION = ("minutes_id", "meeting_id", "group_id", "number", "at", "changed", "hash", "public", "before")
"""What a partner is given of published minutes: the public version."""


class ItemShape(Shape):
    """An item of the minutes."""

    title = Line(200, required=True)
    text = Text(10_000, least=0, load_default="")
    closed = Yes(load_default=False)
    public_title = Line(200, load_default=None, allow_none=True)
    public_text = Text(10_000, least=0, load_default=None, allow_none=True)


class MinutesShape(Shape):
    """What the minutes say."""

    items = Many(Nested(ItemShape), most=50, required=True)


class RedactionShape(Shape):
    """What everybody may read of one item; what is not said is as the group reads it."""

    closed = Yes(load_default=False)
    title = Line(200, load_default=None, allow_none=True)
    text = Text(10_000, least=0, load_default=None, allow_none=True)


class Redactions(Shape):
    """What everybody may read, item by item."""

    items = Many(Nested(RedactionShape), most=50, required=True)


class Correction(Shape):
    """What the minutes say now, and what that puts right."""

    items = Many(Nested(ItemShape), most=50, required=True)
    changed = Text(500, required=True)


class Remark(Shape):
    """What somebody remarks."""

    text = Text(2000, required=True)


@routes.post("/meetings/<uuid:id>/minutes")
@routes.arguments(MinutesShape)
@routes.response(201, MinutesShown)
def draft_minutes(said: dict[str, Any], id: UUID) -> Any:
    """Begin its minutes."""
    with work() as w:
        return queries.minutes_of(w, actions.draft_minutes(w, id, _items(said)).id)


@routes.get("/minutes/<uuid:id>")
@routes.response(200, MinutesShown)
@open_to_partners("meetings:read", *OUTSIDE)
def see_minutes(id: UUID) -> Any:
    """The minutes of a meeting."""
    with work() as w:
        return queries.minutes_of(w, id)


@routes.put("/minutes/<uuid:id>")
@routes.arguments(MinutesShape)
@routes.response(200, MinutesShown)
def edit_minutes(said: dict[str, Any], id: UUID) -> Any:
    """Let them say something else."""
    with work() as w:
        actions.edit_minutes(w, id, _items(said))
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/send_for_comments")
@routes.response(200, MinutesShown)
def send_minutes_for_comments(id: UUID) -> Any:
    """Let the members remark on them."""
    with work() as w:
        actions.send_minutes_for_comments(w, id)
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/comment")
@routes.arguments(Remark)
@routes.response(200, MinutesShown)
def comment_on_minutes(said: dict[str, Any], id: UUID) -> Any:
    """Remark on them."""
    with work() as w:
        actions.comment_on_minutes(w, id, **said)
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/approve")
@routes.response(200, MinutesShown)
def approve_minutes(id: UUID) -> Any:
    """Let them stand."""
    with work() as w:
        actions.approve_minutes(w, id)
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/redact")
@routes.arguments(Redactions)
@routes.response(200, MinutesShown)
def redact_minutes(said: dict[str, Any], id: UUID) -> Any:
    """Set apart what everybody may read."""
    with work() as w:
        actions.redact_minutes(w, id, tuple(Redaction(**item) for item in said["items"]))
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/publish")
@routes.response(200, MinutesShown)
def publish_minutes(id: UUID) -> Any:
    """Let everybody read them."""
    with work() as w:
        actions.publish_minutes(w, id)
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/correct")
@routes.arguments(Correction)
@routes.response(200, MinutesShown)
def correct_minutes(said: dict[str, Any], id: UUID) -> Any:
    """Put a mistake right, in a new revision."""
    with work() as w:
        actions.correct_minutes(w, id, items=_items(said), changed=said["changed"])
        return queries.minutes_of(w, id)


@routes.get("/minutes/<uuid:id>/revisions/<int:number>")
@routes.response(200, RevisionShown)
@open_to_partners("meetings:read", *OUTSIDE_REVISION)
def see_revision(id: UUID, number: int) -> Any:
    """One published state of the minutes."""
    with work() as w:
        return queries.revision_of(w, id, number)


def _items(said: dict[str, Any]) -> tuple[Item, ...]:
    return tuple(Item(**item) for item in said["items"])
