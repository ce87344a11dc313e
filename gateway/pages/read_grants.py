"""Pages about integrations: whom the association lets in with a program, to what, and with which keys."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request

from gateway.pages import form_page, posted, show
from gateway.pages.forms import FORMS
from gateway.pages.forms.form import actions
from gateway.pages.forms.grants import KEY, said
from gateway.pages.read import next_page
from gateway.visit import SaidNo, visit

pages = Blueprint("grants", __name__)


@pages.get("/integrationer")
def grants() -> Response:
    """All of them, the newest first."""
    found = visit().get("/grants", cursor=request.args.get("fra"))
    return show.page("grants.html", found=found["items"], more=next_page("/integrationer", found))


@pages.get("/integrationer/ny")
def ask_new() -> Response:
    """The form for letting one in."""
    visit().get("/grants", limit=1)  # whoever may not is told so before they write anything
    form = FORMS[("grant", "give")]
    return form_page.shown(form, _new(), posted.start(form.fields, visit(), {}))


@pages.post("/integrationer/ny")
def take_new() -> Any:
    """Let it in."""
    return form_page.taken(FORMS[("grant", "give")], _new())


@pages.get("/integrationer/<uuid:id>")
def grant(id: UUID) -> Response:
    """One integration: what it hears and reads, its keys, and who did what."""
    found, here = visit().get(f"/grants/{id}"), f"/integrationer/{id}"
    visit().learn_names(found)
    for key in found["credentials"]:
        key["moves"] = actions(FORMS, "credential", key, back=here, whom=key["name"])
    hears = [said(kind) for kind in found["kinds"]]
    return show.page("grant.html", grant=found, hears=hears, may=actions(FORMS, "grant", found, back=here), front=visit().front)


@pages.get("/integrationer/<uuid:id>/noegle")
def ask_key(id: UUID) -> Response:
    """The form for a new key."""
    return form_page.shown(KEY, _of(id), posted.start(KEY.fields, visit(), {}))


@pages.post("/integrationer/<uuid:id>/noegle")
def make_key(id: UUID) -> Response:
    """A new key. Its secret is shown on this page and never again, so one is not led on from here."""
    values = posted.read(KEY.fields, request.form)
    try:
        made = visit().ask(KEY.method, KEY.path.format(id=id), posted.body(KEY.fields, values))
    except SaidNo as no:
        if no.status == 404:
            raise
        return form_page.shown(KEY, _of(id), values, status=no.status, problem=no.problem)
    return show.page("secret.html", key=made, grant=_of(id), front=visit().front)


def _of(id: UUID) -> dict[str, Any]:
    found = visit().get(f"/grants/{id}")
    return {**found, "title": found["name"], "args": request.args, "back": f"/integrationer/{id}"}


def _new() -> dict[str, Any]:
    visit().must_be_known()
    return {"args": request.args, "back": "/integrationer"}
