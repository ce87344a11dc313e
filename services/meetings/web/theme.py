"""Routes of themes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.shapes import Line, Shape
from chassis.web import Routes, work
from services.meetings.actions import theme as actions

routes = Routes("theme", __name__, description="Themes that contributions are gathered under")


class Named(Shape):
    """What a theme is called."""

    name = Line(100, required=True)


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
