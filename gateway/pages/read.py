"""Pages to read: what goes on, and the public record of every idea, group and decision."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, g, redirect, request

from gateway.pages import changes, show, steps
from gateway.pages.forms import FORMS
from gateway.pages.forms.form import Action, actions
from gateway.visit import gateway, visit

pages = Blueprint("read", __name__)

ANSWERS = {"applied": ("withdraw",), "reserve": ("withdraw",), "offered": ("accept", "decline"), "accepted": ("leave",)}
"""What somebody may say about their sign-up, by its state."""

GIVING_OUT = ("announce_draw", "try_draw", "hold_draw", "fill")
"""What is done where the group is composed, and not on its own page."""


@pages.get("/")
def front() -> Response:
    """What goes on now, and what waits for whoever is signed in; without a door, the doors."""
    if g.door is None:
        doors = gateway().standing.all_doors() if gateway().settings.demo else []
        return show.page("doors.html", doors=doors)
    if visit().who is None:
        return show.page("welcome.html")
    groups = visit().items("/groups", limit=20)
    decisions = visit().items("/decisions", limit=3)
    ideas = visit().items("/ideas", limit=4, state="published")
    open_groups = [group for group in groups if group["state"] == "recruiting"]
    at_work = [group for group in groups if group["state"] not in {"recruiting", "closed", "dissolved"}]
    waiting = _waiting(at_work + open_groups)
    return show.page("front.html", open_groups=open_groups, at_work=at_work, ideas=ideas, decisions=decisions, waiting=waiting)


@pages.get("/was")
def statement() -> Any:
    """To the accessibility statement that each association makes for itself (webtilgængelighedsloven)."""
    url = visit().door.statement_url
    return redirect(url, 302) if url and url.startswith("https://") else show.page("statement.html")


@pages.get("/ideer")
def ideas() -> Response:
    """The association's ideas, newest first."""
    state = request.args.get("tilstand") or None
    found = visit().get("/ideas", state=state, cursor=request.args.get("fra"))
    return show.page("ideas.html", found=found["items"], state=state, more=_more("/ideer", found, tilstand=state))


@pages.get("/ideer/<uuid:id>")
def idea(id: UUID) -> Response:
    """One idea: what it is about, who stands behind it, and what became of it."""
    found = visit().get(f"/ideas/{id}")
    visit().learn_names(found)
    charter = visit().find(f"/charters/{found['charter_id']}") if found.get("charter_id") else None
    group = visit().find(f"/groups/{charter['group_id']}") if charter and charter.get("group_id") else None
    course = steps.of_group(group, **_how_far(group)) if group else steps.of_idea(found)
    may = _moves("idea", found) + _taking_up(found)
    return show.page("idea.html", idea=found, group=group, course=course, may=may)


@pages.get("/kommissorier")
def charters() -> Response:
    """The association's charters, newest first."""
    found = visit().get("/charters", cursor=request.args.get("fra"))
    return show.page("charters.html", found=found["items"], may_draft=_may_draft(), more=_more("/kommissorier", found))


@pages.get("/kommissorier/<uuid:id>")
def charter(id: UUID) -> Response:
    """One charter: what it says, and what it still lacks."""
    found = visit().get(f"/charters/{id}")
    visit().learn_names(found)
    group = visit().find(f"/groups/{found['group_id']}") if found.get("group_id") else None
    course = steps.of_group(group, **_how_far(group)) if group else steps.of_charter(found)
    return show.page("charter.html", charter=found, group=group, course=course, may=_charter_moves(found))


@pages.get("/grupper")
def groups() -> Response:
    """The association's groups, newest first."""
    found = visit().get("/groups", cursor=request.args.get("fra"))
    return show.page("groups.html", found=found["items"], more=_more("/grupper", found))


@pages.get("/grupper/<uuid:id>")
def group(id: UUID) -> Response:
    """One group: the public record of its course, from its charter to what was carried out."""
    found = visit().get(f"/groups/{id}")
    work = visit().find(f"/work/{id}") or {}
    decision = _decision_of(found)
    tasks = visit().find(f"/decisions/{decision['id']}/tasks") if decision else None
    brought = visit().items(f"/groups/{id}/contributions") if work else []
    visit().learn_names(found, work, brought)
    for each in brought if found["state"] in {"formed", "active"} else []:
        each["moves"] = _moves("contribution", each, back=f"/grupper/{id}#bidrag", query=f"?gruppe={id}&_back=/grupper/{id}")
    held = _held(work)
    return show.page(
        "group.html",
        group=found,
        work=work,
        decision=decision,
        tasks=(tasks or {}).get("items", []),
        course=steps.of_group(found, held=held[0], planned=held[1], decision=decision),
        may=_moves("group", found, without=GIVING_OUT) + _my_seat(found),
        themes=_by_theme(work, brought),
        work_may=_work_moves(str(id), work),
        composes=_composes(found),
    )


@pages.get("/grupper/<uuid:id>/ansoegninger")
def sign_ups(id: UUID) -> Response:
    """Composing the group: who applied for which seat, and how many are left."""
    found = visit().get(f"/groups/{id}")
    came = visit().get(f"/groups/{id}/sign_ups", cursor=request.args.get("fra"))
    applied = came["items"]
    tried = visit().items(f"/groups/{id}/draw/tests", limit=3) if "try_draw" in found["may"] else []
    reserves = {each["sign_up_id"]: each["place"] for each in visit().items(f"/groups/{id}/reserves")}
    visit().learn_names(found, applied, [{"person_id": each["run_by"]} for each in tried])
    back = f"/grupper/{id}/ansoegninger"
    for each in applied:
        whom = visit().name(each["person_id"])
        each["moves"] = actions(FORMS, "sign_up", each, back=back, whom=whom, query=f"?_back={back}") + _answers(each, back, whom)
    return show.page(
        "sign_ups.html",
        group=found,
        applied=sorted(applied, key=lambda each: reserves.get(each["id"], 0)),
        reserves=reserves,
        tried=tried,
        more=_more(back, came),
        may=_moves("group", found, back=back, without=("apply", "dissolve"), query=f"?_back={back}") + _on_paper(found),
    )


@pages.get("/grupper/<uuid:id>/lodtraekning")
def draw(id: UUID) -> Response:
    """The draw of a group: what binds it, how the lots fell, and how to draw them again."""
    found = visit().get(f"/groups/{id}")
    drawn = visit().get(f"/groups/{id}/draw")
    visit().learn_names({"members": [each for each in (drawn["announced_by"], drawn.get("held_by")) if each]})
    entrants = {each["sign_up_id"]: each for each in drawn.get("entrants", [])}
    return show.page(
        "draw.html",
        group=found,
        draw=drawn,
        drawn=[entrants[each] for each in drawn.get("order", [])],
        mine=found.get("my_sign_up"),
        may=_moves("group", {**found, "may": drawn["may"]}, back=f"/grupper/{id}/lodtraekning"),
    )


@pages.get("/moeder/<uuid:id>")
def meeting(id: UUID) -> Response:
    """One meeting: when, where, what about, and who came."""
    found = visit().get(f"/meetings/{id}")
    visit().learn_names(found)
    group = visit().find(f"/groups/{found['group_id']}")
    return show.page("meeting.html", meeting=found, group=group, may=_moves("meeting", found))


@pages.get("/referater/<uuid:id>")
def minutes(id: UUID) -> Response:
    """The minutes of a meeting; whoever is not in the group reads the public version."""
    found = visit().get(f"/minutes/{id}")
    visit().learn_names(found)
    group = visit().find(f"/groups/{found['group_id']}")
    held = visit().find(f"/meetings/{found['meeting_id']}")
    return show.page("minutes.html", minutes=found, meeting=held, group=group, may=_moves("minutes", found))


@pages.get("/forslag/<uuid:id>")
def proposal(id: UUID) -> Response:
    """The group's proposal."""
    found = visit().get(f"/proposals/{id}")
    visit().learn_names(found)
    group = visit().find(f"/groups/{found['group_id']}")
    course = steps.of_group(group, **_how_far(group)) if group else []
    return show.page("proposal.html", proposal=found, group=group, course=course, may=_moves("proposal", found))


@pages.get("/dagsorden")
def docket() -> Response:
    """What lies before the bodies that I sit in."""
    found = visit().get("/docket", cursor=request.args.get("fra"))
    late = visit().items("/overdue")
    return show.page("docket.html", found=found["items"], late=late, more=_more("/dagsorden", found))


@pages.get("/dagsorden/<uuid:id>")
def docket_item(id: UUID) -> Response:
    """One matter, its text as it was laid before the body, and who sits there."""
    found = visit().get(f"/docket/{id}")
    amending = visit().find(f"/amendments/{found['amendment_id']}") if found.get("amendment_id") else None
    visit().learn_names(found, amending)
    differ = changes.in_words(visit(), amending["changes"]) if amending else []
    return show.page("docket_item.html", item=found, changes=differ, may=_moves("docket", found))


@pages.get("/beslutninger")
def decisions() -> Response:
    """The association's decisions, newest first."""
    found = visit().get("/decisions", cursor=request.args.get("fra"))
    return show.page("decisions.html", found=found["items"], more=_more("/beslutninger", found))


@pages.get("/beslutninger/<uuid:id>")
def decision(id: UUID) -> Response:
    """One decision with its reasons, and how far it is carried out."""
    found = visit().get(f"/decisions/{id}")
    tasks = visit().items(f"/decisions/{id}/tasks")
    group = visit().find(f"/groups/{found['group_id']}")
    visit().learn_names(found, tasks)
    for task in tasks:
        task["moves"] = _moves("task", task, whom=task["title"], without=() if task["departments"] else ("approve",))
    course = steps.of_group(group, decision=found, **_meetings_of(found["group_id"])) if group else []
    texts = {each["id"]: each["text"] for each in found["proposal"].get("recommendations", [])}
    return show.page("decision.html", decision=found, tasks=tasks, texts=texts, course=course, may=_moves("decision", found))


def _moves(thing: str, facts: dict[str, Any], **more: Any) -> list[Action]:
    return actions(FORMS, thing, facts, **more)


def _charter_moves(charter: dict[str, Any]) -> list[Action]:
    """It is laid before the board when nothing is missing; until then the page says what is."""
    return _moves("charter", charter, without=("propose",) if charter["missing"] else ())


def _more(path: str, found: dict[str, Any], **kept: Any) -> str | None:
    """Where the next page of a list is."""
    if not found.get("next_cursor"):
        return None
    return f"{path}?{urlencode({'fra': found['next_cursor']} | {name: value for name, value in kept.items() if value})}"


def _by_theme(work: dict[str, Any], brought: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The contributions under their themes; those without one first, for they wait."""
    given = [each for each in brought if each["state"] != "withdrawn"]
    loose = [each for each in given if not each.get("theme_id")]
    themes = [
        (theme["name"], [each for each in given if each.get("theme_id") == theme["id"]]) for theme in work.get("themes", [])
    ]
    return ([("Uden tema", loose)] if loose else []) + themes


def _work_moves(group_id: str, work: dict[str, Any]) -> list[Action]:
    return actions(FORMS, "work", {**work, "id": group_id})


def _my_seat(group: dict[str, Any]) -> list[Action]:
    mine = group.get("my_sign_up")
    return _moves("sign_up", mine, back=f"/grupper/{group['id']}") if mine else []


def _on_paper(group: dict[str, Any]) -> list[Action]:
    """Staff write an application down for somebody on paper: no move of their own, so its service does not name it."""
    if group["state"] != "recruiting" or not visit().must_be_known().duties:
        return []
    return _moves("paper", {"id": group["id"], "may": ["apply"]})


def _answers(sign_up: dict[str, Any], back: str, whom: str) -> list[Action]:
    """What staff may write down for somebody who signed up on paper."""
    on_paper = any(said["move"] == "apply" for said in sign_up["consents"])
    if not on_paper or not visit().must_be_known().duties:
        return []
    query = f"?_back={back}&person={sign_up['person_id']}"
    return actions(FORMS, "paper_answer", {**sign_up, "may": ANSWERS.get(sign_up["state"], ())}, whom=whom, query=query)


def _composes(group: dict[str, Any]) -> bool:
    """Whether whoever is signed in reads all sign-ups: who composes, and the facilitator."""
    who = visit().must_be_known()
    in_body = any(str(mandate.body_id) == group["body_id"] for mandate in who.mandates)
    return bool(in_body or who.duties or str(who.person_id) == group.get("facilitator_id"))


def _decision_of(group: dict[str, Any]) -> dict[str, Any] | None:
    """The newest decision on the group's proposal that one may read."""
    if not group.get("proposal_id") and not group.get("decision_id"):
        return None
    return next(iter(visit().items("/decisions", group_id=group["id"], limit=1)), None)


def _how_far(group: dict[str, Any]) -> dict[str, Any]:
    return {**_meetings_of(group["id"]), "decision": _decision_of(group)}


def _meetings_of(group_id: str) -> dict[str, int]:
    held, planned = _held(visit().find(f"/work/{group_id}") or {})
    return {"held": held, "planned": planned}


def _held(work: dict[str, Any]) -> tuple[int, int]:
    meetings = [meeting for meeting in work.get("meetings", []) if meeting["state"] != "cancelled"]
    return sum(meeting["state"] == "held" for meeting in meetings), len(meetings)


def _may_draft() -> bool:
    who = visit().must_be_known()
    return bool(who.duties or any(mandate.voting for mandate in who.mandates))


def _taking_up(idea: dict[str, Any]) -> list[Action]:
    """An idea grows into a charter: not a move of the idea's, so its service does not name it."""
    if idea["state"] not in {"published", "parked"} or not _may_draft():
        return []
    return [Action(label="Skriv et kommissorium", path=f"/kommissorier/ny?ide={idea['id']}", press=False, tone="", key="")]


def _waiting(groups: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What waits for whoever is signed in: offers to answer, consents to give, matters on the docket."""
    who, wanted = visit().must_be_known(), []
    for each in groups:
        if each["state"] in {"selecting", "recruiting", "formed", "active"}:
            wanted += _waits_in(visit().find(f"/groups/{each['id']}") or {})
    if who.mandates or who.duties:
        wanted += [
            {"path": f"/dagsorden/{item['id']}", "title": item["title"], "says": "Ligger på bestyrelsens dagsorden"}
            for item in visit().items("/docket", limit=20)
            if item["state"] != "decided"
        ]
    return wanted


def _waits_in(group: dict[str, Any]) -> list[dict[str, str]]:
    me = str(visit().must_be_known().person_id)
    path, mine = f"/grupper/{group['id']}" if group else "", group.get("my_sign_up") or {}
    if mine.get("state") == "offered":
        return [{"path": path, "title": group["title"], "says": "Du er tilbudt en plads. Sig ja eller nej tak"}]
    if group.get("state") == "active" and any(member["person_id"] == me for member in group.get("members", [])):
        work = visit().find(f"/work/{group['id']}") or {}
        draft = work.get("proposal") or {}
        proposal = visit().find(f"/proposals/{draft['id']}") if draft.get("state") == "group_consent" else None
        if proposal and "consent" in proposal["may"]:
            return [{"path": f"/forslag/{proposal['id']}", "title": group["title"], "says": "Godkend gruppens løsningsforslag"}]
    return []
