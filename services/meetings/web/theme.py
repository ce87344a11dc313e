"""Routes of themes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import LongPageShape
from chassis.shapes import Id, Line, Shape
from chassis.web import Routes, work
from services.meetings.actions import theme as actions
from services.meetings.queries import theme as queries
from services.meetings.web.shown.theme import ThemeInList, ThemeShown

routes = Routes("theme", __name__, description="Themes that contributions are gathered under")


class Named(Shape):
    """What a theme is called."""

    name = Line(100, required=True)


class Merged(Shape):
    """The theme that it is merged into."""

    into_theme_id = Id(required=True)


@routes.get("/groups/<uuid:group_id>/themes")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(ThemeInList))
def list_themes(asked: dict[str, Any], group_id: UUID) -> Any:
    """The group's themes."""
    with work() as w:
        return queries.themes_in(w, group_id, **asked)


@routes.get("/themes/<uuid:id>")
@routes.response(200, ThemeShown)
def see_theme(id: UUID) -> Any:
    """One theme."""
    with work() as w:
        return queries.theme(w, id)


@routes.post("/groups/<uuid:group_id>/themes")
@routes.arguments(Named)
@routes.response(201, ThemeShown)
def name_theme(said: dict[str, Any], group_id: UUID) -> Any:
    """Open a theme."""
    with work() as w:
        return queries.theme(w, actions.name_theme(w, group_id, **said).id)


@routes.post("/themes/<uuid:id>/rename")
@routes.arguments(Named)
@routes.response(200, ThemeShown)
def rename_theme(said: dict[str, Any], id: UUID) -> Any:
    """Call it something else."""
    with work() as w:
        actions.rename_theme(w, id, **said)
        return queries.theme(w, id)


@routes.post("/themes/<uuid:id>/merge")
@routes.arguments(Merged)
@routes.response(200, ThemeShown)
def merge_theme(said: dict[str, Any], id: UUID) -> Any:
    """Merge it into another, with all that was gathered under it."""
    with work() as w:
        actions.merge_theme(w, id, into=said["into_theme_id"])
        return queries.theme(w, id)
