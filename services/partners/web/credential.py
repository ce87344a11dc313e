"""How the world asks about credentials, and how the gateway asks what one opens."""

from typing import Any
from uuid import UUID

from chassis.answered import never_kept
from chassis.refusal import NOT_FOUND, NotFound
from chassis.shapes import Line, Shape, Whole
from chassis.web import Routes, who, work
from services.partners.actions import credential as actions
from services.partners.queries import grant as queries
from services.partners.web.shown.credential import CredentialMade, CredentialShown, Opened

routes = Routes("credentials", __name__, description="What a partner's program shows at the door")


class NewCredential(Shape):
    """What it is called, and for how many days it is good; a year when nothing is said."""

    name = Line(60, required=True)
    days = Whole(1, 730, load_default=None, allow_none=True)


class Shown(Shape):
    """The hash of a secret."""

    hash = Line(64, required=True)


@routes.post("/grants/<uuid:id>/credentials")
@routes.arguments(NewCredential)
@routes.response(201, CredentialMade)
@never_kept
def make_credential(new: dict[str, Any], id: UUID) -> Any:
    """Make one more. The secret is in this answer and nowhere else."""
    with work() as w:
        made, secret = actions.make(w, id, **new)
        return queries.credential(w, made.id) | {"secret": secret}


@routes.post("/credentials/<uuid:id>/revoke")
@routes.response(200, CredentialShown)
def revoke_credential(id: UUID) -> Any:
    """Let it open nothing any more."""
    with work() as w:
        return queries.credential(w, actions.revoke(w, id).id)


@routes.post("/opens")
@routes.arguments(Shown)
@routes.response(200, Opened)
def show_credential(shown: dict[str, Any]) -> Any:
    """What a credential opens; for the gateway."""
    if not who().house:
        raise NotFound(NOT_FOUND)
    with work() as w:
        known = actions.show(w, shown["hash"])
        return {"credential_id": known.credential_id, "grant_id": known.grant_id, "scopes": sorted(known.scopes)}
