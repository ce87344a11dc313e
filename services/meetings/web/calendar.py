"""Routes of a person's calendar: its secret address, and what the house reads behind it."""

from typing import Any

from flask import Response, request

from chassis.answered import never_kept
from chassis.refusal import NOT_FOUND, NotFound
from chassis.web import Routes, who, work
from services.meetings.actions import calendar as actions
from services.meetings.queries import calendar as queries
from services.meetings.web.shown.calendar import CalendarOpened, CalendarShown

routes = Routes("calendar", __name__, description="When my groups meet")


@routes.get("/calendar")
@routes.response(200, CalendarShown)
def see_calendar() -> Any:
    """Whether my calendar has a secret address."""
    with work() as w:
        return queries.my_calendar(w)


@routes.post("/calendar/open")
@routes.response(200, CalendarOpened)
@never_kept
def open_calendar() -> Any:
    """A new secret address, told this once; an older one is no good any more."""
    with work() as w:
        secret = actions.open_calendar(w)
        return queries.my_calendar(w) | {"secret": secret}


@routes.post("/calendar/close")
@routes.response(200, CalendarShown)
def close_calendar() -> Any:
    """No address any more."""
    with work() as w:
        actions.close_calendar(w)
        return queries.my_calendar(w)


@routes.get("/calendars/<hash>")
@routes.response(200, content_type="text/calendar")
def calendar_behind(hash: str) -> Response:
    """The calendar behind a secret, which the gateway has hashed; for the house alone."""
    if not who().house:
        raise NotFound(NOT_FOUND)
    with work() as w:
        return calendar_file(queries.calendar_behind(w, hash), name="moeder.ics")


def calendar_file(content: bytes, *, name: str) -> Response:
    """A calendar file; a caller that has it already is told so."""
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.add_etag()
    answer.make_conditional(request)
    return answer
