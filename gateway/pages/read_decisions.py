"""Pages to read about what boards decide: the docket, decisions and what has come of them, rounds, closing surveys."""

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request

from chassis import clock
from gateway.pages import changes, show, steps, words
from gateway.pages.read import meetings_of, moves, next_page
from gateway.visit import visit

pages = Blueprint("read_decisions", __name__)
SOON = timedelta(days=30)


@pages.get("/dagsorden")
def docket() -> Response:
    """What lies before the bodies that I sit in: all of it, one body's, in one state, or what is to be decided soon."""
    state, body = request.args.get("tilstand") or None, request.args.get("organ") or None
    soon = clock.day_of(clock.now()) + SOON if state == "snart" else None
    wanted = {"state": None if soon else state, "due_by": soon and soon.isoformat(), "body_id": body}
    found = visit().get("/docket", cursor=request.args.get("fra"), **wanted)
    late = visit().items("/overdue")
    return show.page(
        "docket.html",
        found=found["items"],
        late=late,
        state=state,
        body=body,
        bodies=_my_bodies(),
        secretary=_secretary(),
        more=next_page("/dagsorden", found, tilstand=state, organ=body),
    )


@pages.get("/dagsorden/<uuid:id>")
def docket_item(id: UUID) -> Response:
    """One matter, its text as it was laid before the body, what staff recommend, and who sits there."""
    found = visit().get(f"/docket/{id}")
    amending = visit().find(f"/amendments/{found['amendment_id']}") if found.get("amendment_id") else None
    visit().learn_names(found, amending)
    differ = changes.in_words(visit(), amending["changes"]) if amending else []
    return show.page("docket_item.html", item=found, changes=differ, may=moves("docket", found))


@pages.get("/beslutninger")
def decisions() -> Response:
    """The association's decisions, newest first."""
    found = visit().get("/decisions", cursor=request.args.get("fra"))
    return show.page("decisions.html", found=found["items"], more=next_page("/beslutninger", found))


@pages.get("/beslutninger/<uuid:id>")
def decision(id: UUID) -> Response:
    """One decision with its reasons, how far each recommendation is carried out, and what was found when it was looked at."""
    found, here = visit().get(f"/decisions/{id}"), f"/beslutninger/{id}"
    tasks, reviews = visit().every(f"/decisions/{id}/tasks"), visit().every(f"/decisions/{id}/reviews")
    group = visit().find(f"/groups/{found['group_id']}")
    visit().learn_names(found, tasks)
    for task in tasks:
        task["moves"] = moves("task", task, back=here, whom=task["title"], without=() if task["departments"] else ("approve",))
    for review in reviews:
        review["moves"] = moves("review", review, back=here)
    course = steps.of_group(group, decision=found, **meetings_of(found["group_id"])) if group else []
    return show.page(
        "decision.html",
        decision=found,
        points=_points(found, tasks),
        loose=[task for task in tasks if not task["recommendation_id"]],
        reviews=reviews,
        course=course,
        may=moves("decision", found),
    )


@pages.get("/offentliggoerelser")
def rounds() -> Response:
    """Decisions that are published together: the rounds, newest first."""
    found = visit().get("/rounds", cursor=request.args.get("fra"))
    more = next_page("/offentliggoerelser", found)
    return show.page("rounds.html", found=found["items"], more=more, secretary=_secretary())


@pages.get("/offentliggoerelser/<uuid:id>")
def publishing(id: UUID) -> Response:
    """One round: what is in it, whom it will reach, and how far it has come."""
    found = visit().get(f"/rounds/{id}")
    reach = [words.reached(each["whom"], each["circles"], each["people"]) for each in found["reach"]]
    return show.page("round.html", round=found, reach=reach, may=moves("round", found))


@pages.get("/spoergeskemaer/<uuid:id>")
def survey(id: UUID) -> Response:
    """One closing survey: the way to the questions, or how the answers fell."""
    found = visit().get(f"/surveys/{id}")
    counts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in found["counts"]:
        counts[each["question"]].append(each)
    return show.page("survey.html", survey=found, counts=counts, may=moves("survey", found))


def _points(found: dict[str, Any], tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each recommendation with what the body made of it, how far it has come, and its tasks."""
    texts = {each["id"]: each["text"] for each in found["proposal"].get("recommendations", [])}
    far = found["progress_by_recommendation"]
    return [
        {
            **point,
            "text": texts.get(point["recommendation_id"], ""),
            "progress": far.get(point["recommendation_id"]),
            "tasks": [task for task in tasks if task["recommendation_id"] == point["recommendation_id"]],
        }
        for point in found["points"]
    ]


def _my_bodies() -> list[tuple[str, str]]:
    """The boards whose docket one may read, by name."""
    who = visit().must_be_known()
    mine = {str(mandate.body_id) for mandate in who.mandates}
    boards = [(id, str(body["name"])) for id, body in visit().bodies.items() if str(body.get("kind", "")).endswith("_board")]
    return sorted((pair for pair in boards if who.employee or who.duties or pair[0] in mine), key=lambda pair: pair[1])


def _secretary() -> bool:
    return "secretary" in visit().must_be_known().duties
