"""Routes of all that a group has done."""

from typing import Any
from uuid import UUID

from chassis.web import Routes, work
from services.meetings.queries import figures, group, leadership_act
from services.meetings.web.shown.group import Figures, GroupWork
from services.meetings.web.shown.leadership_act import Heard

routes = Routes("group", __name__, description="All that a group has done")


@routes.get("/groups/<uuid:group_id>")
@routes.response(200, GroupWork)
def see_group_work(group_id: UUID) -> Any:
    """All that a group has done so far."""
    with work() as w:
        return group.group_work(w, group_id)


@routes.get("/groups/<uuid:group_id>/figures")
@routes.response(200, Figures)
def see_figures(group_id: UUID) -> Any:
    """How far the group brings different wishes together, in figures."""
    with work() as w:
        return figures.figures_of(w, group_id)


@routes.get("/groups/<uuid:group_id>/heard")
@routes.response(200, Heard)
def see_heard(group_id: UUID) -> Any:
    """Who has not been heard yet, for those who lead the group."""
    with work() as w:
        return leadership_act.heard(w, group_id)
