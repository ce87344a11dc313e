"""Routes of contributions, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import LongPageShape
from chassis.shapes import Choice, Id, Shape, Text
from chassis.web import Routes, work
from services.meetings.actions import contribution as actions
from services.meetings.queries import contribution as queries
from services.meetings.rules.contribution import Kind
from services.meetings.web.shown.contribution import ContributionShown

routes = Routes("contribution", __name__, description="What the members bring")


class NewContribution(Shape):
    """What somebody brings."""

    kind = Choice(Kind, required=True)
    text = Text(2000, required=True)
    meeting_id = Id(load_default=None, allow_none=True)


class Reworded(Shape):
    """What somebody says instead."""

    kind = Choice(Kind, required=True)
    text = Text(2000, required=True)


class Gathered(Shape):
    """The theme it belongs to."""

    theme_id = Id(required=True)


class Traced(Shape):
    """The recommendation it feeds."""

    recommendation_id = Id(required=True)


class Reason(Shape):
    """Why."""

    reason = Text(2000, required=True)


@routes.get("/groups/<uuid:group_id>/contributions")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(ContributionShown))
def list_contributions(asked: dict[str, Any], group_id: UUID) -> Any:
    """What was brought to the group."""
    with work() as w:
        return queries.contributions_of(w, group_id, **asked)


@routes.post("/groups/<uuid:group_id>/contributions")
@routes.arguments(NewContribution)
@routes.response(201, ContributionShown)
def give_contribution(said: dict[str, Any], group_id: UUID) -> Any:
    """Bring something."""
    with work() as w:
        return queries.contribution(w, actions.give_contribution(w, group_id, **said).id)


@routes.get("/contributions/<uuid:id>")
@routes.response(200, ContributionShown)
def see_contribution(id: UUID) -> Any:
    """One contribution."""
    with work() as w:
        return queries.contribution(w, id)


@routes.put("/contributions/<uuid:id>")
@routes.arguments(Reworded)
@routes.response(200, ContributionShown)
def edit_contribution(said: dict[str, Any], id: UUID) -> Any:
    """Say it otherwise."""
    with work() as w:
        actions.edit_contribution(w, id, **said)
        return queries.contribution(w, id)


@routes.post("/contributions/<uuid:id>/gather")
@routes.arguments(Gathered)
@routes.response(200, ContributionShown)
def gather_contribution(said: dict[str, Any], id: UUID) -> Any:
    """Put it under a theme."""
    with work() as w:
        actions.gather_contribution(w, id, **said)
        return queries.contribution(w, id)


@routes.post("/contributions/<uuid:id>/trace")
@routes.arguments(Traced)
@routes.response(200, ContributionShown)
def trace_contribution(said: dict[str, Any], id: UUID) -> Any:
    """Say which recommendation it feeds."""
    with work() as w:
        actions.trace_contribution(w, id, **said)
        return queries.contribution(w, id)


@routes.post("/contributions/<uuid:id>/answer")
@routes.arguments(Reason)
@routes.response(200, ContributionShown)
def answer_contribution(said: dict[str, Any], id: UUID) -> Any:
    """Say why it is not taken in."""
    with work() as w:
        actions.answer_contribution(w, id, **said)
        return queries.contribution(w, id)


@routes.post("/contributions/<uuid:id>/withdraw")
@routes.response(200, ContributionShown)
def withdraw_contribution(id: UUID) -> Any:
    """Take it back."""
    with work() as w:
        actions.withdraw_contribution(w, id)
        return queries.contribution(w, id)
