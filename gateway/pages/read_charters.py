"""Pages to read about charters: their editions, an amendment under way, and the templates they are begun from."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, request

from gateway.pages import changes, show
from gateway.pages.forms import FORMS
from gateway.pages.forms.form import Action, actions
from gateway.visit import visit

pages = Blueprint("read_charters", __name__)


@pages.get("/kommissorier/<uuid:id>/udgaver")
def editions(id: UUID) -> Response:
    """Every edition that was laid before the board, and what changed from the one before."""
    charter = visit().get(f"/charters/{id}")
    found = visit().every(f"/charters/{id}/editions")
    visit().learn_names(found)
    for newer, older in zip(found, [*found[1:], None], strict=True):
        differ = changes.between(older["text"], newer["text"], newer["changed"]) if older else []
        newer["changes"] = changes.in_words(visit(), differ)
    return show.page("charter_editions.html", charter=charter, editions=found)


@pages.get("/aendringer/<uuid:id>")
def amendment(id: UUID) -> Response:
    """An amendment: why, what would be different, and what it still lacks."""
    found = visit().get(f"/amendments/{id}")
    visit().learn_names(found)
    charter = visit().find(f"/charters/{found['charter_id']}")
    visit().learn_names(*({"person_id": each[side]} for each in found["changes"] for side in ("was", "now") if _is_person(each)))
    said = changes.in_words(visit(), found["changes"])
    may = actions(FORMS, "amendment", found, without=() if found["why"] and not found["missing"] and said else ("propose",))
    return show.page("amendment.html", amendment=found, charter=charter, changes=said, may=may)


@pages.get("/skabeloner")
def templates() -> Response:
    """The association's templates, and those that others share."""
    own = visit().get("/templates", cursor=request.args.get("fra"), limit=50)
    shared = visit().get("/shared_templates", cursor=request.args.get("delt"), limit=20)
    more = {name: _more(name, found) for name, found in (("fra", own), ("delt", shared))}
    return show.page("templates.html", own=own["items"], shared=shared["items"], more=more)


@pages.get("/skabeloner/<uuid:id>")
def template(id: UUID) -> Response:
    """One of the association's templates."""
    found = visit().get(f"/templates/{id}")
    begin = [Action(label="Begynd et kommissorium", path=f"/kommissorier/ny?skabelon={id}", press=False, tone="", key="")]
    may = (begin if "begin" in found["may"] else []) + actions(FORMS, "template", found)
    return show.page("template.html", kept=found, may=may)


@pages.get("/skabeloner/delte/<uuid:id>")
def shared_template(id: UUID) -> Response:
    """A template that another association shares."""
    found = visit().get(f"/shared_templates/{id}")
    return show.page("template.html", kept=found, may=actions(FORMS, "shared_template", found))


def _is_person(change: dict[str, Any]) -> bool:
    return change["field"] in changes.PEOPLE


def _more(name: str, found: dict[str, Any]) -> str | None:
    return f"/skabeloner?{urlencode({name: found['next_cursor']})}" if found.get("next_cursor") else None
