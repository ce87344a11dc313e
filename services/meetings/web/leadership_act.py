"""Routes of leadership acts, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.paging import LongPageShape
from chassis.shapes import Choice, Id, Many, Shape, Text
from chassis.web import Routes, work
from contracts.meetings import Act
from services.meetings.actions import leadership_act as actions
from services.meetings.queries import leadership_act as queries
from services.meetings.rules.leadership_act import About
from services.meetings.web.shown.leadership_act import Acts, ActShown

routes = Routes("leadership_act", __name__, description="What the facilitator does to bring different wishes together")


class NewAct(Shape):
    """Which act; what it was about, and a note, if one likes."""

    act = Choice(Act, required=True)
    note = Text(1000, least=0, load_default="")
    meeting_id = Id(load_default=None, allow_none=True)
    contributions = Many(Id(), most=50, load_default=[])
    themes = Many(Id(), most=50, load_default=[])


@routes.get("/groups/<uuid:group_id>/leadership_acts")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, Acts)
def list_acts(asked: dict[str, Any], group_id: UUID) -> Any:
    """The newest acts and how many of each kind, for those who lead the group."""
    with work() as w:
        return queries.acts_of(w, group_id, **asked)


@routes.post("/groups/<uuid:group_id>/leadership_acts")
@routes.arguments(NewAct)
@routes.response(201, ActShown)
def note_act(said: dict[str, Any], group_id: UUID) -> Any:
    """Note an act."""
    about = About(meeting_id=said["meeting_id"], contributions=tuple(said["contributions"]), themes=tuple(said["themes"]))
    with work() as w:
        return queries.act(w, actions.note_act(w, group_id, act=said["act"], note=said["note"], about=about).id)


@routes.post("/leadership_acts/<uuid:id>/take_back")
@routes.response(200, ActShown)
def take_back_act(id: UUID) -> Any:
    """It was a slip."""
    with work() as w:
        actions.take_back_act(w, id)
        return queries.act(w, id)
