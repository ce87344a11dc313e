"""Routes of an idea: writing, reading, moderating, answering, merging."""

from typing import Any
from uuid import UUID

from chassis.answers import items_of, page_of
from chassis.paging import PageShape
from chassis.partners import open_to_partners
from chassis.shapes import Choice, Id, Line, Many, Shape, Text
from chassis.web import Routes, work
from services.ideas.actions import idea as actions
from services.ideas.queries import idea as queries
from services.ideas.queries.listing import Sort, ideas_in
from services.ideas.rules.idea import State
from services.ideas.rules.origin import Origin
from services.ideas.web.shown.idea import IdeaGone, IdeaInList, IdeaShown, InCircle, MyIdea

routes = Routes("ideas", __name__, description="Ideas and what becomes of them")

OUTSIDE = (
    "id",
    "title",
    "text",
    "origin",
    "departments",
    "submitted_at",
    "state",
    "answer_by",
    "overdue",
    "reason",
    "merged_into",
    "charter_id",
    "decision_id",
    "outcome",
    "endorsers",
    "in_departments",
)
"""What a partner is given of an idea: all that everybody reads, without persons."""


class NewIdea(Shape):
    """What somebody puts to the association. No departments: it concerns them all."""

    title = Line(120, required=True)
    text = Text(5000, required=True)
    origin = Choice(Origin, load_default=Origin.RESIDENT)
    departments = Many(Id(), most=200, load_default=[])


class Draft(Shape):
    """What somebody has written so far."""

    title = Line(120, least=0, load_default="")
    text = Text(5000, least=0, load_default="")
    departments = Many(Id(), most=200, load_default=[])


class NewDraft(Draft):
    """The same, and where the idea comes from, which is decided once."""

    origin = Choice(Origin, load_default=Origin.RESIDENT)


class Reason(Shape):
    """Why."""

    reason = Text(2000, required=True)


class PerhapsReason(Shape):
    """Why, if anybody has seen it."""

    reason = Text(2000, least=0, load_default="")


class Merge(Reason):
    """What it goes on as part of, and why."""

    into_id = Id(required=True)


class IdeasAsked(PageShape):
    """Which ideas, and what the list begins with. `department`: those that concern it, or concern them all."""

    state = Choice(State, load_default=None, allow_none=True)
    origin = Choice(Origin, load_default=None, allow_none=True)
    department = Id(load_default=None, allow_none=True)
    q = Line(200, least=0, load_default="")
    sort = Choice(Sort, load_default=Sort.NEWEST)


class SimilarAsked(Shape):
    """The beginning of what somebody is writing; `besides` is the idea that it is written in."""

    text = Text(1000, least=0, load_default="")
    besides = Id(load_default=None, allow_none=True)


@routes.get("/ideas")
@routes.arguments(IdeasAsked, location="query")
@routes.response(200, page_of(IdeaInList))
@open_to_partners("ideas:read", *OUTSIDE)
def list_ideas(asked: dict[str, Any]) -> Any:
    """The association's ideas: the newest, or the most pressing."""
    with work() as w:
        return ideas_in(w, **asked)


@routes.get("/ideas/mine")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(MyIdea))
def list_my_ideas(asked: dict[str, Any]) -> Any:
    """What I have written, drafts and all."""
    with work() as w:
        return queries.my_ideas(w, **asked)


@routes.get("/ideas/similar")
@routes.arguments(SimilarAsked, location="query")
@routes.response(200, items_of(IdeaInList))
def list_similar_ideas(asked: dict[str, Any]) -> Any:
    """Ideas like what somebody is writing."""
    with work() as w:
        return queries.similar(w, **asked)


@routes.post("/ideas")
@routes.arguments(NewIdea)
@routes.response(201, IdeaShown)
def write_and_submit_idea(new: dict[str, Any]) -> Any:
    """Put an idea to the association."""
    with work() as w:
        made = actions.write_and_submit_idea(w, **new | {"departments": tuple(new["departments"])})
        return queries.idea(w, made.id)


@routes.post("/ideas/drafts")
@routes.arguments(NewDraft)
@routes.response(201, IdeaShown)
def draft_idea(new: dict[str, Any]) -> Any:
    """Begin to write one, for yourself."""
    with work() as w:
        made = actions.draft_idea(w, **new | {"departments": tuple(new["departments"])})
        return queries.idea(w, made.id)


@routes.get("/ideas/<uuid:id>")
@routes.response(200, IdeaShown)
@open_to_partners("ideas:read", *OUTSIDE)
def see_idea(id: UUID) -> Any:
    """One idea."""
    with work() as w:
        return queries.idea(w, id)


@routes.put("/ideas/<uuid:id>")
@routes.arguments(Draft)
@routes.response(200, IdeaShown)
def edit_idea(said: dict[str, Any], id: UUID) -> Any:
    """Go on writing a draft."""
    with work() as w:
        actions.edit_idea(w, id, **said | {"departments": tuple(said["departments"])})
        return queries.idea(w, id)


@routes.get("/ideas/<uuid:id>/circle")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(InCircle))
def list_circle(asked: dict[str, Any], id: UUID) -> Any:
    """Who is to be told of what becomes of it."""
    with work() as w:
        return queries.circle(w, id, **asked)


@routes.post("/ideas/<uuid:id>/submit")
@routes.response(200, IdeaShown)
def submit_idea(id: UUID) -> Any:
    """Put a draft to the association."""
    with work() as w:
        actions.submit_idea(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/discard")
@routes.response(200, IdeaGone)
def discard_idea(id: UUID) -> Any:
    """Delete a draft."""
    with work() as w:
        return {"id": actions.discard_idea(w, id).id}


@routes.post("/ideas/<uuid:id>/publish")
@routes.response(200, IdeaShown)
def publish_idea(id: UUID) -> Any:
    """Let everybody read and endorse it."""
    with work() as w:
        actions.publish_idea(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/reject")
@routes.arguments(Reason)
@routes.response(200, IdeaShown)
def reject_idea(given: dict[str, Any], id: UUID) -> Any:
    """Do not publish it."""
    with work() as w:
        actions.reject_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/hide")
@routes.arguments(Reason)
@routes.response(200, IdeaShown)
def hide_idea(given: dict[str, Any], id: UUID) -> Any:
    """Take it out of sight again."""
    with work() as w:
        actions.hide_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/show")
@routes.response(200, IdeaShown)
def show_idea(id: UUID) -> Any:
    """Let everybody read it again."""
    with work() as w:
        actions.show_idea(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/withdraw")
@routes.arguments(PerhapsReason)
@routes.response(200, IdeaShown)
def withdraw_idea(given: dict[str, Any], id: UUID) -> Any:
    """Take it back."""
    with work() as w:
        actions.withdraw_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/take_up")
@routes.arguments(Reason)
@routes.response(200, IdeaShown)
def take_up_idea(given: dict[str, Any], id: UUID) -> Any:
    """Answer that the association will work on it."""
    with work() as w:
        actions.take_up_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/decline")
@routes.arguments(Reason)
@routes.response(200, IdeaShown)
def decline_idea(given: dict[str, Any], id: UUID) -> Any:
    """Answer no."""
    with work() as w:
        actions.decline_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/park")
@routes.arguments(Reason)
@routes.response(200, IdeaShown)
def park_idea(given: dict[str, Any], id: UUID) -> Any:
    """Let it wait."""
    with work() as w:
        actions.park_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/resume")
@routes.response(200, IdeaShown)
def resume_idea(id: UUID) -> Any:
    """Open a parked idea again."""
    with work() as w:
        actions.resume_idea(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/merge")
@routes.arguments(Merge)
@routes.response(200, IdeaShown)
def merge_idea(given: dict[str, Any], id: UUID) -> Any:
    """Let it go on as part of another."""
    with work() as w:
        actions.merge_idea(w, id, **given)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/close_comments")
@routes.response(200, IdeaShown)
def close_comments(id: UUID) -> Any:
    """End the conversation about it."""
    with work() as w:
        actions.close_comments(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/open_comments")
@routes.response(200, IdeaShown)
def open_comments(id: UUID) -> Any:
    """Let people talk about it again."""
    with work() as w:
        actions.open_comments(w, id)
        return queries.idea(w, id)
