"""Routes of date polls, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.shapes import Choice, Day, Id, Many, Moment, Nested, Shape, Whole
from chassis.web import Routes, work
from services.meetings.actions import date_poll as actions
from services.meetings.queries import date_poll as queries
from services.meetings.rules.date_poll import Says
from services.meetings.web.shown.date_poll import DatePollShown

routes = Routes("date_poll", __name__, description="When the members can meet")


class NewDatePoll(Shape):
    """The times that the members are asked about, each as long, and the last day for answers."""

    starts = Many(Moment(), least=2, most=30, required=True)
    minutes = Whole(15, 720, required=True)
    answer_by = Day(required=True)


class SaysShape(Shape):
    """How one of the times suits."""

    option_id = Id(required=True)
    says = Choice(Says, required=True)


class Answers(Shape):
    """How each of the times suits."""

    answers = Many(Nested(SaysShape), least=1, most=30, required=True)


class Chosen(Shape):
    """The time that is chosen."""

    option_id = Id(required=True)


@routes.post("/meetings/<uuid:id>/date_poll")
@routes.arguments(NewDatePoll)
@routes.response(201, DatePollShown)
def ask_for_dates(said: dict[str, Any], id: UUID) -> Any:
    """Ask the members which of some times suit them."""
    with work() as w:
        return queries.date_poll(w, actions.ask_for_dates(w, id, **said).id)


@routes.get("/date_polls/<uuid:id>")
@routes.response(200, DatePollShown)
def see_date_poll(id: UUID) -> Any:
    """One date poll."""
    with work() as w:
        return queries.date_poll(w, id)


@routes.post("/date_polls/<uuid:id>/answer")
@routes.arguments(Answers)
@routes.response(200, DatePollShown)
def answer_date_poll(said: dict[str, Any], id: UUID) -> Any:
    """Say how each of the times suits."""
    with work() as w:
        actions.answer_date_poll(w, id, {each["option_id"]: each["says"] for each in said["answers"]})
        return queries.date_poll(w, id)


@routes.post("/date_polls/<uuid:id>/decide")
@routes.arguments(Chosen)
@routes.response(200, DatePollShown)
def decide_date_poll(said: dict[str, Any], id: UUID) -> Any:
    """Choose one of the times."""
    with work() as w:
        actions.decide_date_poll(w, id, **said)
        return queries.date_poll(w, id)


@routes.post("/date_polls/<uuid:id>/drop")
@routes.response(200, DatePollShown)
def drop_date_poll(id: UUID) -> Any:
    """Choose none of the times."""
    with work() as w:
        actions.drop_date_poll(w, id)
        return queries.date_poll(w, id)
