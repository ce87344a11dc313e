"""How the world asks about a group's work: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.shapes import Choice, Day, Id, Line, Many, Moment, Nested, Shape, Text, Whole, Yes
from chassis.web import Routes, work
from contracts.meetings import CostClass, Recommendation, RentEffect
from services.meetings import actions, queries
from services.meetings.rules.contribution import Kind
from services.meetings.rules.meeting import AgendaItem, Call, ItemKind
from services.meetings.rules.minutes import Item

routes = Routes("meetings", __name__, description="Meetings, minutes, contributions and the proposal")


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


class Reason(Shape):
    """Why."""

    reason = Text(2000, required=True)


class PlannedDay(Shape):
    """A day for a meeting."""

    day = Day(required=True)


class ItemShape(Shape):
    """An item of the minutes."""

    title = Line(200, required=True)
    text = Text(10_000, least=0, load_default="")
    closed = Yes(load_default=False)


class MinutesShape(Shape):
    """What the minutes say."""

    items = Many(Nested(ItemShape), most=50, required=True)


class Remark(Shape):
    """What somebody remarks."""

    text = Text(2000, required=True)


class NewContribution(Shape):
    """What somebody brings."""

    kind = Choice(Kind, required=True)
    text = Text(2000, required=True)
    meeting_id = Id(load_default=None, allow_none=True)


class Gathered(Shape):
    """The theme it belongs to."""

    theme_id = Id(required=True)


class Traced(Shape):
    """The recommendation it feeds."""

    recommendation_id = Id(required=True)


class Named(Shape):
    """What a theme is called."""

    name = Line(100, required=True)


class NewProposal(Shape):
    """What the proposal is called, and in short what it says."""

    title = Line(120, required=True)
    summary = Text(3000, least=0, load_default="")


class RecommendationShape(Shape):
    """One point of the proposal. `question` counts the charter's questions from 0."""

    id = Id(load_default=None, allow_none=True)
    text = Text(2000, required=True)
    responsible = Line(200, required=True)
    cost = Choice(CostClass, required=True)
    rent = Choice(RentEffect, required=True)
    question = Whole(0, 100, required=True)
    first_step = Text(1000, least=0, load_default="")
    needs_department_meeting = Yes(load_default=False)


class Edited(Shape):
    """What the proposal says now, and which version was seen when writing it."""

    version = Whole(1, required=True)
    title = Line(120, load_default=None)
    summary = Text(3000, least=0, load_default=None)
    recommendations = Many(Nested(RecommendationShape), most=20, load_default=None)


class Answer(Shape):
    """Consent; with a dissent, if there is one."""

    dissent = Text(3000, least=0, load_default="")


def _call(said: dict[str, Any]) -> Call:
    return Call(**(said | {"agenda": tuple(AgendaItem(**item) for item in said["agenda"])}))


def _items(said: dict[str, Any]) -> tuple[Item, ...]:
    return tuple(Item(**item) for item in said["items"])


def _points(said: list[dict[str, Any]] | None) -> tuple[Recommendation, ...] | None:
    return None if said is None else tuple(Recommendation(**(point | {"id": point["id"] or actions.new_id()})) for point in said)


@routes.get("/groups/<uuid:group_id>")
@routes.response(200)
def see_group_work(group_id: UUID) -> Any:
    """All that a group has done so far."""
    with work() as w:
        return queries.group_work(w, group_id)


@routes.get("/groups/<uuid:group_id>/meetings")
@routes.response(200)
def list_meetings(group_id: UUID) -> Any:
    """The group's meetings."""
    with work() as w:
        queries.group_work(w, group_id)
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
@routes.arguments(Reason)
@routes.response(200)
def cancel_meeting(said: dict[str, Any], id: UUID) -> Any:
    """Call it off."""
    with work() as w:
        actions.cancel_meeting(w, id, **said)
        return queries.meeting(w, id)


@routes.post("/meetings/<uuid:id>/minutes")
@routes.arguments(MinutesShape)
@routes.response(201)
def draft_minutes(said: dict[str, Any], id: UUID) -> Any:
    """Begin its minutes."""
    with work() as w:
        return queries.minutes_of(w, actions.draft_minutes(w, id, _items(said)).id)


@routes.get("/minutes/<uuid:id>")
@routes.response(200)
def see_minutes(id: UUID) -> Any:
    """The minutes of a meeting."""
    with work() as w:
        return queries.minutes_of(w, id)


@routes.put("/minutes/<uuid:id>")
@routes.arguments(MinutesShape)
@routes.response(200)
def edit_minutes(said: dict[str, Any], id: UUID) -> Any:
    """Let them say something else."""
    with work() as w:
        actions.edit_minutes(w, id, _items(said))
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/send_for_comments")
@routes.response(200)
def send_minutes_for_comments(id: UUID) -> Any:
    """Let the members remark on them."""
    with work() as w:
        actions.send_minutes_for_comments(w, id)
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/comment")
@routes.arguments(Remark)
@routes.response(200)
def comment_on_minutes(said: dict[str, Any], id: UUID) -> Any:
    """Remark on them."""
    with work() as w:
        actions.comment_on_minutes(w, id, **said)
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/approve")
@routes.response(200)
def approve_minutes(id: UUID) -> Any:
    """Let them stand."""
    with work() as w:
        actions.approve_minutes(w, id)
        return queries.minutes_of(w, id)


@routes.post("/minutes/<uuid:id>/publish")
@routes.response(200)
def publish_minutes(id: UUID) -> Any:
    """Let everybody read them."""
    with work() as w:
        actions.publish_minutes(w, id)
        return queries.minutes_of(w, id)


@routes.get("/groups/<uuid:group_id>/contributions")
@routes.response(200)
def list_contributions(group_id: UUID) -> Any:
    """What was brought to the group."""
    with work() as w:
        return {"items": queries.contributions_of(w, group_id)}


@routes.post("/groups/<uuid:group_id>/contributions")
@routes.arguments(NewContribution)
@routes.response(201)
def give_contribution(said: dict[str, Any], group_id: UUID) -> Any:
    """Bring something."""
    with work() as w:
        return queries.contribution(w, actions.give_contribution(w, group_id, **said).id)


@routes.get("/contributions/<uuid:id>")
@routes.response(200)
def see_contribution(id: UUID) -> Any:
    """One contribution."""
    with work() as w:
        return queries.contribution(w, id)


@routes.post("/contributions/<uuid:id>/gather")
@routes.arguments(Gathered)
@routes.response(200)
def gather_contribution(said: dict[str, Any], id: UUID) -> Any:
    """Put it under a theme."""
    with work() as w:
        actions.gather_contribution(w, id, **said)
        return queries.contribution(w, id)


@routes.post("/contributions/<uuid:id>/trace")
@routes.arguments(Traced)
@routes.response(200)
def trace_contribution(said: dict[str, Any], id: UUID) -> Any:
    """Say which recommendation it feeds."""
    with work() as w:
        actions.trace_contribution(w, id, **said)
        return queries.contribution(w, id)


@routes.post("/contributions/<uuid:id>/answer")
@routes.arguments(Reason)
@routes.response(200)
def answer_contribution(said: dict[str, Any], id: UUID) -> Any:
    """Say why it is not taken in."""
    with work() as w:
        actions.answer_contribution(w, id, **said)
        return queries.contribution(w, id)


@routes.post("/contributions/<uuid:id>/withdraw")
@routes.response(200)
def withdraw_contribution(id: UUID) -> Any:
    """Take it back."""
    with work() as w:
        actions.withdraw_contribution(w, id)
        return queries.contribution(w, id)


@routes.post("/groups/<uuid:group_id>/themes")
@routes.arguments(Named)
@routes.response(201)
def name_theme(said: dict[str, Any], group_id: UUID) -> Any:
    """Open a theme."""
    with work() as w:
        made = actions.name_theme(w, group_id, **said)
        return {"id": made.id, "name": made.name}


@routes.post("/themes/<uuid:id>/rename")
@routes.arguments(Named)
@routes.response(200)
def rename_theme(said: dict[str, Any], id: UUID) -> Any:
    """Call it something else."""
    with work() as w:
        made = actions.rename_theme(w, id, **said)
        return {"id": made.id, "name": made.name}


@routes.post("/groups/<uuid:group_id>/proposal")
@routes.arguments(NewProposal)
@routes.response(201)
def draft_proposal(said: dict[str, Any], group_id: UUID) -> Any:
    """Begin the group's proposal."""
    with work() as w:
        return queries.proposal(w, actions.draft_proposal(w, group_id, **said).id)


@routes.get("/proposals/<uuid:id>")
@routes.response(200)
def see_proposal(id: UUID) -> Any:
    """The proposal."""
    with work() as w:
        return queries.proposal(w, id)


@routes.put("/proposals/<uuid:id>")
@routes.arguments(Edited)
@routes.response(200)
def edit_proposal(said: dict[str, Any], id: UUID) -> Any:
    """Let it say something else; the version that was seen goes along."""
    with work() as w:
        points = _points(said["recommendations"])
        actions.edit_proposal(w, id, seen=said["version"], title=said["title"], summary=said["summary"], recommendations=points)
        return queries.proposal(w, id)


@routes.post("/proposals/<uuid:id>/ask_consent")
@routes.response(200)
def ask_consent(id: UUID) -> Any:
    """Ask the members."""
    with work() as w:
        actions.ask_consent(w, id)
        return queries.proposal(w, id)


@routes.post("/proposals/<uuid:id>/consent")
@routes.arguments(Answer)
@routes.response(200)
def consent_to_proposal(said: dict[str, Any], id: UUID) -> Any:
    """Answer."""
    with work() as w:
        actions.consent_to_proposal(w, id, **said)
        return queries.proposal(w, id)


@routes.post("/proposals/<uuid:id>/reopen")
@routes.response(200)
def reopen_proposal(id: UUID) -> Any:
    """Change the text after all."""
    with work() as w:
        actions.reopen_proposal(w, id)
        return queries.proposal(w, id)


@routes.post("/proposals/<uuid:id>/submit")
@routes.response(200)
def submit_proposal(id: UUID) -> Any:
    """Hand it to the commissioning body."""
    with work() as w:
        actions.submit_proposal(w, id)
        return queries.proposal(w, id)
