"""Routes of an endorsement: giving it, and taking it back."""

from typing import Any
from uuid import UUID

from chassis.web import Routes, work
from services.ideas.actions import endorsement as actions
from services.ideas.queries import idea as queries
from services.ideas.web.shown.idea import IdeaShown, NoLongerEndorsed

routes = Routes("endorsements", __name__, description="Who stands behind an idea")


@routes.post("/ideas/<uuid:id>/endorse")
@routes.response(200, IdeaShown)
def endorse_idea(id: UUID) -> Any:
    """Stand behind it."""
    with work() as w:
        actions.endorse_idea(w, id)
        return queries.idea(w, id)


@routes.post("/ideas/<uuid:id>/withdraw_endorsement")
@routes.response(200, NoLongerEndorsed)
def withdraw_endorsement(id: UUID) -> Any:
    """No longer stand behind it."""
    with work() as w:
        actions.withdraw_endorsement(w, id)
        return {"id": id, "endorsed_by_me": False}
