"""Pages of ideas: lists, one idea with what is said about it, writing one, and what waits for a moderator."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, request

from gateway.pages import form_page, posted, show, steps
from gateway.pages.forms import FORMS
from gateway.pages.forms.choices import departments
from gateway.pages.forms.form import Action, actions
from gateway.pages.read import how_far, may_draft, next_page
from gateway.visit import SaidNo, visit

pages = Blueprint("ideas", __name__)

MODERATES = {"moderator", "secretary"}
MODERATING = ("publish", "reject", "hide", "show", "merge", "close_comments", "open_comments")
ASKED = {"tilstand": "state", "sorter": "sort", "afdeling": "department", "kilde": "origin", "q": "q"}
"""What can be asked of the list, as the address says it and as the API does."""

BEGINNING = 500
"""How much of what somebody writes is enough to find what is like it."""


@pages.get("/ideer")
def ideas() -> Response:
    """The association's ideas, sorted and sifted as one likes."""
    asked = {name: request.args.get(name, "").strip() for name in ASKED}
    found = visit().get("/ideas", **{ASKED[name]: said or None for name, said in asked.items()}, cursor=request.args.get("fra"))
    return show.page(
        "ideas.html",
        found=found["items"],
        asked=asked,
        to=lambda **changed: _to(asked | changed),
        departments=departments(visit(), None),
        more=next_page("/ideer", found, **asked),
        moderates=moderates(),
    )


@pages.get("/ideer/mest-presserende")
def most_pressing() -> Response:
    """The open ideas that most stand behind, and those that come from most departments."""
    lists = {sort: visit().get("/ideas", state="published", sort=sort, limit=10)["items"] for sort in ("endorsers", "breadth")}
    behind = {sort: [each for each in found if each["endorsers"]] for sort, found in lists.items()}
    return show.page("most_pressing.html", lists=behind)


@pages.get("/ideer/mine")
def mine() -> Response:
    """What I have written, drafts and all."""
    visit().must_be_known()
    found = visit().get("/ideas/mine", cursor=request.args.get("fra"))
    return show.page("my_ideas.html", found=found["items"], more=next_page("/ideer/mine", found))


@pages.get("/ideer/gennemsyn")
def queue() -> Response:
    """What waits to be published, oldest first, and what is hidden."""
    if not moderates():
        abort(404)
    waiting = visit().get("/ideas", state="submitted", sort="oldest", cursor=request.args.get("fra"))
    hidden = visit().items("/ideas", state="hidden")
    visit().learn_names(waiting, hidden)
    for each in waiting["items"]:
        each["moves"] = _in_queue({**each, "may": ["publish", "reject"]})
    for each in hidden:
        each["moves"] = _in_queue({**each, "may": ["show"]})
    return show.page("queue.html", waiting=waiting["items"], hidden=hidden, more=next_page("/ideer/gennemsyn", waiting))


@pages.get("/ideer/<uuid:id>")
def idea(id: UUID) -> Response:
    """One idea: what it is about, who stands behind it, what is said about it, and what became of it."""
    found = visit().get(f"/ideas/{id}")
    said = visit().find(f"/ideas/{id}/comments", cursor=request.args.get("fra")) or {"items": []}
    visit().learn_names(found, said)
    for each in said["items"]:
        name = visit().name(each["author_id"])
        each["moves"] = actions(FORMS, "comment", each, back=f"/ideer/{id}#kommentarer", whom=f"kommentaren fra {name}")
    charter = visit().find(f"/charters/{found['charter_id']}") if found.get("charter_id") else None
    group = visit().find(f"/groups/{charter['group_id']}") if charter and charter.get("group_id") else None
    alike = like(f"{found['title']} {found['text']}", besides=found["id"]) if {"submit", "merge"} & set(found["may"]) else []
    return show.page(
        "idea.html",
        idea=found,
        group=group,
        course=steps.of_group(group, **how_far(group)) if group else steps.of_idea(found),
        may=actions(FORMS, "idea", found, without=(*MODERATING, "comment")) + _taking_up(found),
        moderating=actions(FORMS, "idea", {**found, "may": [verb for verb in found["may"] if verb in MODERATING]}),
        alike=alike,
        comments=said["items"],
        more=next_page(f"/ideer/{id}", said),
        key=uuid4().hex,
        comment=FORMS[("idea", "comment")] if "comment" in found["may"] else None,
    )


@pages.get("/ideer/ny")
def ask_new() -> Response:
    """The form for an idea."""
    form, facts = _new()
    return form_page.shown(form, facts, posted.start(form.fields, visit(), facts), template="new_idea.html")


@pages.post("/ideer/ny")
def take_new() -> Any:
    """Send it, or keep it as a draft; but first show what is like it, so that neighbours find each other."""
    form, facts = _new()
    if "_draft" in request.form:
        return form_page.taken(FORMS[("idea", "draft")], facts, template="new_idea.html")
    values = posted.read(form.fields, request.form)
    asks, whole = "_like" in request.form, values["title"].strip() and values["text"].strip()
    alike = like(f"{values['title']} {values['text']}") if asks or (whole and "_seen" not in request.form) else []
    if asks or alike:
        return form_page.shown(form, facts, values, template="new_idea.html", alike=alike, looked=True)
    return form_page.taken(form, facts, template="new_idea.html")


def moderates() -> bool:
    """Whether whoever is signed in moderates."""
    return not visit().must_be_known().duties.isdisjoint(MODERATES)


def like(text: str, besides: str | None = None) -> list[dict[str, Any]]:
    """Ideas like what is written; none where it says something that may not be sent at all."""
    try:
        return list(visit().get("/ideas/similar", text=text[:BEGINNING], besides=besides)["items"])
    except SaidNo:
        return []


def _new() -> Any:
    visit().must_be_known()
    return FORMS[("idea", "write")], {"args": request.args, "back": "/ideer"}


def _to(asked: dict[str, str]) -> str:
    """Where the same list is, asked for differently."""
    said = urlencode({name: value for name, value in asked.items() if value})
    return show.at(f"/ideer?{said}" if said else "/ideer")


def _in_queue(facts: dict[str, Any]) -> list[Action]:
    back = "/ideer/gennemsyn"
    return actions(FORMS, "idea", facts, back=back, whom=facts["title"], query=f"?_back={back}")


def _taking_up(found: dict[str, Any]) -> list[Action]:
    """An idea grows into a charter: not a move of the idea's, so its service does not name it."""
    if found["state"] not in {"published", "parked", "taken_up"} or found.get("charter_id") or not may_draft():
        return []
    return [Action(label="Skriv et kommissorium", path=f"/kommissorier/ny?ide={found['id']}", press=False, tone="", key="")]
