"""Routes of meetings, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis.answers import page_of
from chassis.paging import LongPageShape
from chassis.partners import open_to_partners
from chassis.shapes import Choice, Day, Id, Line, Many, Moment, Nested, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from services.meetings.actions import meeting as actions
from services.meetings.queries import group
from services.meetings.queries import meeting as queries
from services.meetings.rules.meeting import AgendaItem, Call, ItemKind
from services.meetings.web.calendar import calendar_file
from services.meetings.web.shown.meeting import MeetingInList, MeetingShown, MyMeeting

routes = Routes("meeting", __name__, description="The group's meetings")

OUTSIDE = (
    "id",
    "group_id",
    "state",
    "day",
    "starts",
    "ends",
    "place",
    "online",
    "interpreter",
    "child_care",
    "accessibility",
    "edition",
    "guests",
    "minutes_by",
    "minutes_overdue",
    "minutes",
)
"""What a partner is given of a meeting: when and where, and whether it was held; not what is on its agenda."""


class AgendaShape(Shape):
    """An item on the agenda."""

    kind = Choice(ItemKind, load_default=ItemKind.DISCUSSION)
    title = Line(200, required=True)
    closed = Yes(load_default=False)


class CallShape(Shape):
    """When and where, what about, and what helps people to take part. What is not said stays as it was."""

    starts = Moment(load_default=None)
    ends = Moment(load_default=None)
    place = Line(200, least=0, load_default=None)
    online_link = Line(500, least=0, load_default=None)
    interpreter = Yes(load_default=None)
    child_care = Yes(load_default=None)
    accessibility = Text(1000, least=0, load_default=None)
    agenda = Many(Nested(AgendaShape), most=30, load_default=None)


class PreparedAgenda(Shape):
    """What is to be talked about."""

    agenda = Many(Nested(AgendaShape), most=30, required=True)


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
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(MeetingInList))
@open_to_partners("meetings:read", *OUTSIDE)
def list_meetings(asked: dict[str, Any], group_id: UUID) -> Any:
    """The group's meetings."""
    with work() as w:
        group.group_work(w, group_id)
        return queries.meetings_in(w, group_id, **asked)


@routes.post("/groups/<uuid:group_id>/meetings")
@routes.arguments(PlannedDay)
@routes.response(201, MeetingShown)
def plan_meeting(said: dict[str, Any], group_id: UUID) -> Any:
    """Lay out one more meeting."""
    with work() as w:
        return queries.meeting(w, actions.plan_meeting(w, group_id, **said).id)


@routes.get("/meetings/mine")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(MyMeeting))
def my_meetings(asked: dict[str, Any]) -> Any:
    """The meetings of my groups, the nearest first."""
    with work() as w:
        return queries.mine(w, **asked)


@routes.get("/meetings/<uuid:id>")
@routes.response(200, MeetingShown)
@open_to_partners("meetings:read", *OUTSIDE)
def see_meeting(id: UUID) -> Any:
    """One meeting."""
    with work() as w:
        return queries.meeting(w, id)


@routes.get("/meetings/<uuid:id>/calendar.ics")
@routes.response(200, content_type="text/calendar")
def meeting_as_file(id: UUID) -> Response:
    """One meeting as a calendar file."""
    with work() as w:
        return calendar_file(queries.calendar_file(w, id), name="moede.ics")


@routes.put("/meetings/<uuid:id>/agenda")
@routes.arguments(PreparedAgenda)
@routes.response(200, MeetingShown)
def prepare_agenda(said: dict[str, Any], id: UUID) -> Any:
    """Prepare what is to be talked about."""
    with work() as w:
        actions.prepare_agenda(w, id, _agenda(said["agenda"]) or ())
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/convene")
@routes.arguments(CallShape)
@routes.response(200, MeetingShown)
def convene_meeting(said: dict[str, Any], id: UUID) -> Any:
    """Call the group together."""
    with work() as w:
        actions.convene_meeting(w, id, _call(said))
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/change")
@routes.arguments(CallShape)
@routes.response(200, MeetingShown)
def change_meeting(said: dict[str, Any], id: UUID) -> Any:
    """Another time, place or agenda."""
    with work() as w:
        actions.change_meeting(w, id, _call(said))
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/hold")
@routes.arguments(Attendance)
@routes.response(200, MeetingShown)
def hold_meeting(said: dict[str, Any], id: UUID) -> Any:
    """It took place."""
    with work() as w:
        actions.hold_meeting(w, id, present=tuple(said["present"]), guests=said["guests"])
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/cancel")
@routes.arguments(CalledOff)
@routes.response(200, MeetingShown)
def cancel_meeting(said: dict[str, Any], id: UUID) -> Any:
    """Call it off."""
    with work() as w:
        actions.cancel_meeting(w, id, **said)
        return queries.meeting(w, id)


def _call(said: dict[str, Any]) -> Call:
    return Call(**(said | {"agenda": _agenda(said["agenda"])}))


def _agenda(said: list[dict[str, Any]] | None) -> tuple[AgendaItem, ...] | None:
    return None if said is None else tuple(AgendaItem(**item) for item in said)
