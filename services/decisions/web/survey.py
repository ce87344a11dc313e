"""How the world asks about closing surveys."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import LongPageShape
from chassis.shapes import Choice, Shape, Whole, Yes
from chassis.web import Routes, work
from contracts.decisions import Reply, WouldStand
from services.decisions.actions import survey as actions
from services.decisions.queries import survey as queries
from services.decisions.web.shown.survey import MySurvey, SurveyShown

routes = Routes("surveys", __name__, description="How it was to take part")


class SurveyReply(Shape):
    """Five scales from 1 to 5, two questions, and a consent of its own to research. Nothing to write in free words."""

    heard = Whole(1, 5, required=True)
    influence = Whole(1, 5, required=True)
    trust_board = Whole(1, 5, required=True)
    fairness = Whole(1, 5, required=True)
    ownership = Whole(1, 5, required=True)
    would_recommend = Yes(required=True)
    would_stand = Choice(WouldStand, required=True)
    research = Yes(load_default=False)


@routes.get("/surveys")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(MySurvey))
def list_my_surveys(asked: dict[str, Any]) -> Any:
    """The surveys that ask me."""
    with work() as w:
        return queries.my_surveys(w, **asked)


@routes.get("/surveys/<uuid:id>")
@routes.response(200, SurveyShown)
def see_survey(id: UUID) -> Any:
    """One survey."""
    with work() as w:
        return queries.survey(w, id)


@routes.post("/surveys/<uuid:id>/answer")
@routes.arguments(SurveyReply)
@routes.response(200, SurveyShown)
def answer_survey(given: dict[str, Any], id: UUID) -> Any:
    """Answer, or answer differently."""
    research = given.pop("research")
    with work() as w:
        actions.answer_survey(w, id, reply=Reply(**given), research=research)
        return queries.survey(w, id)
