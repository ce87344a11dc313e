"""Pages for whoever sends letters on paper: which are to be sent, to whom, what they say, and that they are sent."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request

from gateway.pages import dates, letter_words, show
from gateway.pages.forms import FORMS
from gateway.pages.forms.form import actions
from gateway.pages.read import next_page
from gateway.visit import visit

pages = Blueprint("letters", __name__)

A_PAGE = 50
READ_AT = {
    "group_id": "/groups/{}",
    "meeting_id": "/meetings/{}",
    "date_poll_id": "/date_polls/{}",
    "minutes_id": "/minutes/{}",
    "proposal_id": "/proposals/{}",
    "idea_id": "/ideas/{}",
    "decision_id": "/decisions/{}",
    "task_id": "/tasks/{}",
    "charter_id": "/charters/{}",
    "contribution_id": "/contributions/{}",
}
"""Where a thing that a letter speaks of is read."""

NAMED_BY = ("group_id", "idea_id", "decision_id", "charter_id")
"""What tells in a list which matter a letter is about, the nearest first."""


@pages.get("/breve")
def to_send() -> Response:
    """What letters are to be sent about, the latest by their day first; and what they were sent about."""
    _must_send()
    done = request.args.get("vis") == "sendte"
    asked = {"state": "done" if done else "to_send"}
    found = visit().get("/notices", **asked, cursor=request.args.get("fra"))
    known: dict[str, Any] = {}
    for each in found["items"]:
        each["says"] = letter_words.of(each["kind"])
        each["matter"] = _title(each["links"], known)
    more = next_page("/breve", found, vis="sendte" if done else "")
    return show.page("letters_to_send.html", notices=found["items"], only_sent=done, more=more)


@pages.get("/breve/<uuid:id>")
def notice(id: UUID) -> Response:
    """The letters about one thing: to whom, and which are sent."""
    _must_send()
    found = visit().get(f"/notices/{id}")
    letters = visit().get(f"/notices/{id}/letters", limit=A_PAGE, cursor=request.args.get("fra"))
    visit().learn_names(letters)
    addresses = _addresses(letters["items"])
    for each in letters["items"]:
        whom = visit().name(each["person_id"])
        each["moves"] = actions(FORMS, "letter", each, back=f"/breve/{id}", whom=f"brevet til {whom}")
    return show.page(
        "letters_of_notice.html",
        notice=found,
        says=letter_words.of(found["kind"]),
        matter=_title(found["links"], {}),
        letters=letters["items"],
        addresses=addresses,
        may=actions(FORMS, "notice", found),
        more=next_page(f"/breve/{id}", letters),
    )


@pages.get("/breve/<uuid:id>/udskriv")
def printed(id: UUID) -> Response:
    """The letters as they are printed, a sheet each: those to be sent, or the one that is named."""
    _must_send()
    found = visit().get(f"/notices/{id}")
    one = request.args.get("brev")
    if one:
        letters, more = [visit().get(f"/letters/{one}")], None
    else:
        left = visit().get(f"/notices/{id}/letters", limit=A_PAGE, state="to_send", cursor=request.args.get("fra"))
        letters, more = left["items"], next_page(f"/breve/{id}/udskriv", left)
    links = found["links"]
    things: dict[str, Any] = {
        name.removesuffix("_id"): visit().find(path.format(links[name])) if name in links else None
        for name, path in READ_AT.items()
    }
    visit().learn_names(letters, {"person_id": str(visit().must_be_known().person_id)})
    return show.page(
        "letters_printed.html",
        notice=found,
        says=letter_words.of(found["kind"]),
        letters=letters,
        addresses=_addresses(letters),
        more=more,
        today=dates.today(),
        signed=visit().name(visit().must_be_known().person_id),
        **things,
    )


def sends_letters() -> bool:
    """Whether whoever is signed in sends letters."""
    return "secretary" in visit().must_be_known().duties


def _must_send() -> None:
    if not sends_letters():
        abort(404)


def _title(links: Mapping[str, str], known: dict[str, Any]) -> str:
    """What the matter is called; each thing is looked up once."""
    for name in NAMED_BY:
        if name in links:
            path = READ_AT[name].format(links[name])
            known[path] = known[path] if path in known else visit().find(path) or {}
            if known[path].get("title"):
                return str(known[path]["title"])
    return ""


def _addresses(letters: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Where the letters go, in one question."""
    ids = list(dict.fromkeys(each["person_id"] for each in letters))
    return dict(visit().ask("POST", "/addresses", {"ids": ids})["addresses"]) if ids else {}
