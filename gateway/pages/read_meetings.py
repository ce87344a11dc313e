"""Pages to read about meetings: mine, one of them, when we can meet, the minutes and their revisions."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort

from gateway import proxy
from gateway.pages import dates, show
from gateway.pages.forms import FORMS
from gateway.pages.forms.form import Action, actions
from gateway.visit import visit

pages = Blueprint("read_meetings", __name__)

ANSWERS = ("accept", "apologise")


@pages.get("/moeder")
def mine() -> Response:
    """The meetings of my groups: those to come, and those of the last month."""
    found = visit().every("/meetings/mine")
    today = dates.today()
    to_come = [each for each in found if each["day"] >= today and each["state"] != "held"]
    return show.page("my_meetings.html", to_come=to_come, gone=[each for each in reversed(found) if each not in to_come])


@pages.get("/moeder/<uuid:id>")
def meeting(id: UUID) -> Response:
    """One meeting: when, where, what about, who comes and who came."""
    found = visit().get(f"/meetings/{id}")
    visit().learn_names(found)
    group = visit().find(f"/groups/{found['group_id']}")
    by_answer = {
        state: [each["person_id"] for each in found["answers"] if each["state"] == state]
        for state in ("coming", "apology", "open")
    }
    return show.page(
        "meeting.html",
        meeting=found,
        group=group,
        by_answer=by_answer,
        answering=_moves("meeting", found, only=ANSWERS),
        may=_moves("meeting", found, without=ANSWERS),
    )


@pages.get("/moeder/<uuid:id>.ics")
def meeting_as_file(id: UUID) -> Response:
    """One meeting as a calendar file."""
    answer = visit().send("GET", f"/meetings/{id}/calendar.ics", headers={})
    if answer is None or answer.status_code != 200:
        abort(404)
    return proxy.let_out(answer)


@pages.get("/datoer/<uuid:id>")
def date_poll(id: UUID) -> Response:
    """When we can meet: each day with its times, how they suit the others, and what I say."""
    found = visit().get(f"/date_polls/{id}")
    visit().learn_names(found)
    group = visit().find(f"/groups/{found['group_id']}")
    best = _best(found["options"])
    days = groupby(enumerate(found["options"]), key=lambda pair: dates.weekday(pair[1]["starts"]))
    return show.page(
        "date_poll.html",
        poll=found,
        group=group,
        best=best,
        days=[(day, list(times)) for day, times in days],
        answers="answer" in found["may"],
        may=_moves("date_poll", found, only=("drop",)),
    )


@pages.get("/referater/<uuid:id>")
def minutes(id: UUID) -> Response:
    """The minutes of a meeting; whoever is not in the group reads the public version."""
    found = visit().get(f"/minutes/{id}")
    visit().learn_names(found)
    group = visit().find(f"/groups/{found['group_id']}")
    held = visit().find(f"/meetings/{found['meeting_id']}")
    return show.page("minutes.html", minutes=found, meeting=held, group=group, may=_moves("minutes", found))


@pages.get("/referater/<uuid:id>/udgaver/<int:number>")
def revision(id: UUID, number: int) -> Response:
    """The minutes as they once were published."""
    found = visit().get(f"/minutes/{id}/revisions/{number}")
    held = visit().find(f"/meetings/{found['meeting_id']}")
    return show.page("revision.html", minutes=found, meeting=held)


def _moves(thing: str, facts: dict[str, Any], *, only: Iterable[str] = (), without: Iterable[str] = ()) -> list[Action]:
    chosen = {**facts, "may": [verb for verb in facts["may"] if verb in only]} if only else facts
    return actions(FORMS, thing, chosen, without=tuple(without))


def _best(options: list[dict[str, Any]]) -> set[str]:
    """The times that suit most: first those who can, then those who can if need be."""
    suits = {each["id"]: (each["yes"] + each["if_need_be"], each["yes"]) for each in options}
    most = max(suits.values(), default=(0, 0))
    return {id for id, how in suits.items() if how == most and how[0]}
