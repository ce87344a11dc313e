"""Routes of meetings, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.shapes import Choice, Day, Id, Line, Many, Moment, Nested, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from services.meetings.actions import meeting as actions
from services.meetings.queries import group
from services.meetings.queries import meeting as queries
from services.meetings.rules.meeting import AgendaItem, Call, ItemKind

routes = Routes("meeting", __name__, description="The group's meetings")


class AgendaShape(Shape):
    """An item on the agenda."""

    kind = Choice(ItemKind, load_default=ItemKind.DISCUSSION)
    title = Line(200, required=True)
    closed = Yes(load_default=False)


class CallShape(Shape):
    """When and where."""

    starts = Moment(required=True)
    ends = Moment(required=True)
    place = Line(200, least=0, load_default="")
    online_link = Line(500, least=0, load_default="")
    accessibility = Text(1000, least=0, load_default="")
    agenda = Many(Nested(AgendaShape), most=30, load_default=[])


class Attendance(Shape):
    """Who was there."""

    present = Many(Id(), most=100, required=True)
    guests = Whole(0, 500, load_default=0)


class CalledOff(Shape):
    """Why it is called off."""

    reason = Text(2000, required=True)


class PlannedDay(Shape):
    """A day for a meeting."""

    day = Day(required=True)


@routes.get("/groups/<uuid:group_id>/meetings")
@routes.response(200)
def list_meetings(group_id: UUID) -> Any:
    """The group's meetings."""
    with work() as w:
        group.group_work(w, group_id)
        return {"items": queries.meetings_of(w, group_id)}


@routes.post("/groups/<uuid:group_id>/meetings")
@routes.arguments(PlannedDay)
@routes.response(201)
def plan_meeting(said: dict[str, Any], group_id: UUID) -> Any:
    """Lay out one more meeting."""
    with work() as w:
        return queries.meeting(w, actions.plan_meeting(w, group_id, **said).id)


@routes.get("/meetings/<uuid:id>")
@routes.response(200)
def see_meeting(id: UUID) -> Any:
    """One meeting."""
    with work() as w:
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/convene")
@routes.arguments(CallShape)
@routes.response(200)
def convene_meeting(said: dict[str, Any], id: UUID) -> Any:
    """Call the group together."""
    with work() as w:
        actions.convene_meeting(w, id, _call(said))
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/change")
@routes.arguments(CallShape)
@routes.response(200)
def change_meeting(said: dict[str, Any], id: UUID) -> Any:
    """Another time or place."""
    with work() as w:
        actions.change_meeting(w, id, _call(said))
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/hold")
@routes.arguments(Attendance)
@routes.response(200)
def hold_meeting(said: dict[str, Any], id: UUID) -> Any:
    """It took place."""
    with work() as w:
        actions.hold_meeting(w, id, present=tuple(said["present"]), guests=said["guests"])
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/cancel")
@routes.arguments(CalledOff)
@routes.response(200)
def cancel_meeting(said: dict[str, Any], id: UUID) -> Any:
    """Call it off."""
    with work() as w:
        actions.cancel_meeting(w, id, **said)
        return queries.meeting(w, id)


def _call(said: dict[str, Any]) -> Call:
    return Call(**(said | {"agenda": tuple(AgendaItem(**item) for item in said["agenda"])}))
