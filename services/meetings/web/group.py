"""Routes of all that a group has done."""

from typing import Any
from uuid import UUID

from chassis.web import Routes, work
from services.meetings.queries import group

routes = Routes("group", __name__, description="All that a group has done")


@routes.get("/groups/<uuid:group_id>")
@routes.response(200)
def see_group_work(group_id: UUID) -> Any:
    """All that a group has done so far."""
    with work() as w:
        return group.group_work(w, group_id)
