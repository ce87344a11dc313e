"""Routes of answers to a convening."""

from typing import Any
from uuid import UUID

from chassis.web import Routes, work
from services.meetings.actions import answer as actions
from services.meetings.queries import meeting as queries
from services.meetings.web.shown.meeting import MeetingShown

routes = Routes("answer", __name__, description="Who comes to a meeting")


@routes.post("/meetings/<uuid:id>/accept")
@routes.response(200, MeetingShown)
def accept(id: UUID) -> Any:
    """Say that one comes."""
    with work() as w:
        actions.accept(w, id)
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/apologise")
@routes.response(200, MeetingShown)
def apologise(id: UUID) -> Any:
    """Send an apology."""
    with work() as w:
        actions.apologise(w, id)
        return queries.meeting(w, id)
