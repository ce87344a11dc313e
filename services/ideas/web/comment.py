"""Routes of comments: reading, writing, hiding, taking back."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.shapes import Shape, Text
from chassis.web import Routes, work
from services.ideas.actions import comment as actions
from services.ideas.queries import comment as queries
from services.ideas.web.idea import Reason
from services.ideas.web.shown.comment import CommentShown

routes = Routes("comments", __name__, description="What is said about an idea")


class NewComment(Shape):
    """What somebody says."""

    text = Text(2000, required=True)


@routes.get("/ideas/<uuid:id>/comments")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(CommentShown))
def list_comments(asked: dict[str, Any], id: UUID) -> Any:
    """What is said about it, oldest first."""
    with work() as w:
        return queries.comments_on(w, id, **asked)


@routes.post("/ideas/<uuid:id>/comments")
@routes.arguments(NewComment)
@routes.response(201, CommentShown)
def write_comment(new: dict[str, Any], id: UUID) -> Any:
    """Say something about it."""
    with work() as w:
        made = actions.write_comment(w, id, **new)
        return queries.comment(w, made.id)


@routes.get("/comments/<uuid:id>")
@routes.response(200, CommentShown)
def see_comment(id: UUID) -> Any:
    """One comment."""
    with work() as w:
        return queries.comment(w, id)


@routes.post("/comments/<uuid:id>/hide")
@routes.arguments(Reason)
@routes.response(200, CommentShown)
def hide_comment(given: dict[str, Any], id: UUID) -> Any:
    """Take it out of sight."""
    with work() as w:
        actions.hide_comment(w, id, **given)
        return queries.comment(w, id)


@routes.post("/comments/<uuid:id>/show")
@routes.response(200, CommentShown)
def show_comment(id: UUID) -> Any:
    """Let everybody read it again."""
    with work() as w:
        actions.show_comment(w, id)
        return queries.comment(w, id)


@routes.post("/comments/<uuid:id>/withdraw")
@routes.response(200, CommentShown)
def withdraw_comment(id: UUID) -> Any:
    """Take it back."""
    with work() as w:
        actions.withdraw_comment(w, id)
        return queries.comment(w, id)
