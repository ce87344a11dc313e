"""Routes of the proposal, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import LongPageShape
from chassis.partners import open_to_partners
from chassis.seen import Version
from chassis.shapes import Line, Shape, Text
from chassis.web import Routes, work
from services.meetings.actions import proposal as actions
from services.meetings.queries import proposal as queries
from services.meetings.web.shown.proposal import EditionShown, ProposalShown

routes = Routes("proposal", __name__, description="The group's proposal")

OUTSIDE = ("id", "group_id", "title", "summary", "questions", "recommendations", "edition", "state")
"""What a partner is given of a proposal that was handed over; not who consented, nor who dissented and why."""


class NewProposal(Shape):
    """What the proposal is called, and in short what it says."""

    title = Line(120, required=True)
    summary = Text(3000, least=0, load_default="")


class Edited(Shape):
    """What the proposal is called now, and which version was seen when writing it."""

    version = Version()
    title = Line(120, load_default=None)
    summary = Text(3000, least=0, load_default=None)


class Answer(Shape):
    """Consent; with a dissent, if there is one."""

    dissent = Text(3000, least=0, load_default="")


@routes.post("/groups/<uuid:group_id>/proposal")
@routes.arguments(NewProposal)
@routes.response(201, ProposalShown)
def draft_proposal(said: dict[str, Any], group_id: UUID) -> Any:
    """Begin the group's proposal."""
    with work() as w:
        return queries.proposal(w, actions.draft_proposal(w, group_id, **said).id)


@routes.get("/proposals/<uuid:id>")
@routes.response(200, ProposalShown)
@open_to_partners("meetings:read", *OUTSIDE)
def see_proposal(id: UUID) -> Any:
    """The proposal."""
    with work() as w:
        return queries.proposal(w, id)


@routes.get("/proposals/<uuid:id>/editions")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(EditionShown))
def list_editions(asked: dict[str, Any], id: UUID) -> Any:
    """Every edition that was handed over, and why it came back."""
    with work() as w:
        return queries.editions_of(w, id, **asked)


@routes.put("/proposals/<uuid:id>")
@routes.arguments(Edited)
@routes.response(200, ProposalShown)
def edit_proposal(said: dict[str, Any], id: UUID) -> Any:
    """Let it be called something else; the version that was seen goes along."""
    with work() as w:
        actions.edit_proposal(w, id, seen=said["version"], title=said["title"], summary=said["summary"])
        return queries.proposal(w, id)


@routes.post("/proposals/<uuid:id>/ask_consent")
@routes.response(200, ProposalShown)
def ask_consent(id: UUID) -> Any:
    """Ask the members."""
    with work() as w:
        actions.ask_consent(w, id)
        return queries.proposal(w, id)


@routes.post("/proposals/<uuid:id>/consent")
@routes.arguments(Answer)
@routes.response(200, ProposalShown)
def consent_to_proposal(said: dict[str, Any], id: UUID) -> Any:
    """Answer."""
    with work() as w:
        actions.consent_to_proposal(w, id, **said)
        return queries.proposal(w, id)


@routes.post("/proposals/<uuid:id>/reopen")
@routes.response(200, ProposalShown)
def reopen_proposal(id: UUID) -> Any:
    """Change the text after all."""
    with work() as w:
        actions.reopen_proposal(w, id)
        return queries.proposal(w, id)


@routes.post("/proposals/<uuid:id>/submit")
@routes.response(200, ProposalShown)
def submit_proposal(id: UUID) -> Any:
    """Hand it to the commissioning body."""
    with work() as w:
        actions.submit_proposal(w, id)
        return queries.proposal(w, id)
