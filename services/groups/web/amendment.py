"""How the world asks about amendments of a charter: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.shapes import Text
from chassis.web import Routes, work
from services.groups.actions import amendment as actions
from services.groups.queries import amendment as queries
from services.groups.web.says import Says
from services.groups.web.shown.amendment import AmendmentShown

routes = Routes("amendments", __name__, description="How a charter in force is amended")


class AmendmentSays(Says):
    """What the charter would say, and why it is to be amended."""

    why = Text(500, least=0)
    more_meetings_reason = Text(300, least=0)


@routes.post("/charters/<uuid:id>/amend")
@routes.response(201, AmendmentShown)
def draft_amendment(id: UUID) -> Any:
    """Begin an amendment of the charter in force."""
    with work() as w:
        return queries.amendment(w, actions.draft_amendment(w, id).id)


@routes.get("/amendments/<uuid:id>")
@routes.response(200, AmendmentShown)
def see_amendment(id: UUID) -> Any:
    """One amendment."""
    with work() as w:
        return queries.amendment(w, id)


@routes.put("/amendments/<uuid:id>")
@routes.arguments(AmendmentSays)
@routes.response(200, AmendmentShown)
def edit_amendment(says: dict[str, Any], id: UUID) -> Any:
    """Write in it."""
    with work() as w:
        actions.edit_amendment(w, id, says, why=says.pop("why", None))
        return queries.amendment(w, id)


@routes.post("/amendments/<uuid:id>/propose")
@routes.response(200, AmendmentShown)
def propose_amendment(id: UUID) -> Any:
    """Lay it before the body."""
    with work() as w:
        actions.propose_amendment(w, id)
        return queries.amendment(w, id)


@routes.post("/amendments/<uuid:id>/withdraw")
@routes.response(200, AmendmentShown)
def withdraw_amendment(id: UUID) -> Any:
    """Give it up."""
    with work() as w:
        actions.withdraw_amendment(w, id)
        return queries.amendment(w, id)
