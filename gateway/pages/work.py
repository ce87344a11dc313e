"""Pages of a group's work: what was brought, what the group agrees on, what it asks itself, and whether everybody is heard."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response

from gateway.pages import show
from gateway.pages.forms import FORMS
from gateway.pages.forms.form import Action, actions
from gateway.pages.forms.leadership_acts import PRESS
from gateway.pages.words import WORDS
from gateway.visit import visit

pages = Blueprint("work", __name__)

BEGINNINGS = ("plan_meeting", "draft_proposal", "note_act", "word_understanding", "open_round")
"""What is begun elsewhere on the pages, not among the buttons on top."""


@pages.get("/grupper/<uuid:id>/arbejde")
def board(id: UUID) -> Response:
    """The contributions by theme, the shared understanding, and the anonymous rounds."""
    work = visit().get(f"/work/{id}")
    group = visit().find(f"/groups/{id}")
    brought = visit().every(f"/groups/{id}/contributions")
    understanding = visit().find(f"/groups/{id}/shared_understanding")
    rounds = visit().every(f"/groups/{id}/anonymous_rounds")
    visit().learn_names(work, brought)
    back, points = f"/grupper/{id}/arbejde", _points(work)
    for each in brought:
        each["feeds"] = points.get(each["recommendation_id"])
        each["moves"] = actions(FORMS, "contribution", each, back=f"{back}#b-{each['id']}", query=f"?gruppe={id}&_back={back}")
    for each in rounds:
        each["moves"] = actions(FORMS, "anonymous_round", each, back=f"{back}#runder")
    facts = {**work, "id": str(id)}
    return show.page(
        "work.html",
        group=group,
        work=work,
        group_id=id,
        themes=by_theme(work, brought),
        understanding=understanding,
        understanding_may=_understanding_may(understanding, str(id)),
        rounds=rounds,
        key=uuid4().hex,
        may=actions(FORMS, "work", facts, back=back, query=f"?_back={back}", without=BEGINNINGS),
        begin_understanding=_one(facts, "word_understanding", back),
        begin_round=_one(facts, "open_round", f"{back}#runder"),
    )


@pages.get("/grupper/<uuid:id>/hoert")
def heard(id: UUID) -> Response:
    """Is everybody heard? For those who lead the group: whom to draw in, and what was done to bring people together."""
    seen = visit().get(f"/groups/{id}/heard")
    acts = visit().get(f"/groups/{id}/leadership_acts")
    work = visit().find(f"/work/{id}") or {}
    figures = visit().find(f"/work/{id}/figures")
    visit().learn_names(seen)
    back = f"/grupper/{id}/hoert"
    for each in acts["items"]:
        each["moves"] = actions(FORMS, "act", each, back=f"{back}#noteret")
    noting = "note_act" in work.get("may", ())
    presses = {"id": str(id), "may": [f"{PRESS}{act}" for act in WORDS["act"]] if noting else []}
    return show.page(
        "heard.html",
        group_id=id,
        title=work.get("title"),
        heard=seen,
        acts=acts,
        figures=figures,
        presses=actions(FORMS, "work", presses, back=f"{back}#handlinger"),
        with_note=_one({**work, "id": str(id)}, "note_act", back),
    )


@pages.get("/forslag/<uuid:id>/udgaver")
def editions(id: UUID) -> Response:
    """What the proposal said each time it was handed over, why it came back, and what was changed."""
    found = visit().every(f"/proposals/{id}/editions")
    return show.page("editions.html", editions=found, proposal_id=id)


def by_theme(work: dict[str, Any], brought: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The contributions under their themes; those without one first, for they wait."""
    given = [each for each in brought if each["state"] != "withdrawn"]
    loose = [each for each in given if not each.get("theme_id")]
    group_id = work.get("group_id")
    back = f"/grupper/{group_id}/arbejde"
    themes = [
        (
            theme | {"moves": actions(FORMS, "theme", theme, query=f"?gruppe={group_id}&_back={back}")},
            [each for each in given if each.get("theme_id") == theme["id"]],
        )
        for theme in work.get("themes", [])
    ]
    return ([({"name": "Uden tema", "moves": []}, loose)] if loose else []) + themes


def _points(work: dict[str, Any]) -> dict[str, int]:
    """The place of each recommendation in the proposal, as far as there is one."""
    proposal = visit().find(f"/proposals/{work['proposal']['id']}") if work.get("proposal") else None
    return {point["id"]: point["number"] for point in (proposal or {}).get("recommendations", [])}


def _understanding_may(found: dict[str, Any] | None, group_id: str) -> list[Action]:
    """Rewording is a form of its own; agreeing is five buttons."""
    if not found:
        return []
    return actions(FORMS, "understanding", {**found, "id": group_id}, without=("agree",))


def _one(work: dict[str, Any], verb: str, back: str) -> list[Action]:
    """One of the things that can be begun, where it can."""
    found = {**work, "may": [verb] if verb in work.get("may", ()) else []}
    path, _, _ = back.partition("#")
    return actions(FORMS, "work", found, back=back, query=f"?_back={path}")
