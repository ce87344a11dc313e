"""Pages to read: what goes on, and the public record of every idea, group and decision."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, g, redirect, request

from gateway.pages import dates, show, steps
from gateway.pages.forms import FORMS
from gateway.pages.forms.form import Action, actions
from gateway.pages.work import by_theme
from gateway.visit import gateway, visit

pages = Blueprint("read", __name__)

BEGUN_AT_WORK = ("name_theme", "word_understanding", "open_round", "note_act")
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
    waiting = _meeting_waits() + _waiting(at_work + open_groups)
    return show.page("front.html", open_groups=open_groups, at_work=at_work, ideas=ideas, decisions=decisions, waiting=waiting)


@pages.get("/was")
def statement() -> Any:
    """To the accessibility statement that each association makes for itself (webtilgængelighedsloven)."""
    url = visit().door.statement_url
    return redirect(url, 302) if url and url.startswith("https://") else show.page("statement.html")


@pages.get("/kommissorier")
def charters() -> Response:
    """The association's charters, newest first."""
    found = visit().get("/charters", cursor=request.args.get("fra"))
    return show.page("charters.html", found=found["items"], may_draft=may_draft(), more=next_page("/kommissorier", found))


@pages.get("/kommissorier/<uuid:id>")
def charter(id: UUID) -> Response:
    """One charter: what it says, and what it still lacks."""
    found = visit().get(f"/charters/{id}")
    visit().learn_names(found)
    group = visit().find(f"/groups/{found['group_id']}") if found.get("group_id") else None
    course = steps.of_group(group, **how_far(group)) if group else steps.of_charter(found)
    return show.page("charter.html", charter=found, group=group, course=course, may=_charter_moves(found))


@pages.get("/grupper")
def groups() -> Response:
    """The association's groups, newest first."""
    found = visit().get("/groups", cursor=request.args.get("fra"))
    return show.page("groups.html", found=found["items"], more=next_page("/grupper", found))


@pages.get("/grupper/<uuid:id>")
def group(id: UUID) -> Response:
    """One group: the public record of its course, from its charter to what was carried out."""
    found = visit().get(f"/groups/{id}")
    work = visit().find(f"/work/{id}") or {}
    decision = _decision_of(found)
    tasks = visit().find(f"/decisions/{decision['id']}/tasks") if decision else None
    brought = visit().every(f"/groups/{id}/contributions") if work else []
    visit().learn_names(found, work, brought)
    held = _held(work)
    return show.page(
        "group.html",
        group=found,
        work=work,
        decision=decision,
        tasks=(tasks or {}).get("items", []),
        course=steps.of_group(found, held=held[0], planned=held[1], decision=decision),
        may=moves("group", found, without=GIVING_OUT) + _my_seat(found),
        themes=by_theme(work, brought),
        work_may=_work_moves(str(id), work),
        works=bool(work.get("may")),
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
        more=next_page(back, came),
        may=moves("group", found, back=back, without=("apply", "dissolve"), query=f"?_back={back}") + _on_paper(found),
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
        may=moves("group", {**found, "may": drawn["may"]}, back=f"/grupper/{id}/lodtraekning"),
    )


@pages.get("/forslag/<uuid:id>")
def proposal(id: UUID) -> Response:
    """The group's proposal."""
    found = visit().get(f"/proposals/{id}")
    visit().learn_names(found)
    group = visit().find(f"/groups/{found['group_id']}")
    course = steps.of_group(group, **how_far(group)) if group else []
    brought = {each["id"]: each["text"] for each in visit().every(f"/groups/{found['group_id']}/contributions")}
    for point in found["recommendations"]:
        point["built_on"] = [brought[id] for id in point["contributions"] if id in brought]
        point["moves"] = moves("recommendation", point, whom=f"anbefaling {point['number']}")
    return show.page("proposal.html", proposal=found, group=group, course=course, may=moves("proposal", found))


def moves(thing: str, facts: dict[str, Any], **more: Any) -> list[Action]:
    """The buttons for what one can do with a thing."""
    return actions(FORMS, thing, facts, **more)


def _charter_moves(charter: dict[str, Any]) -> list[Action]:
    """It is laid before the board when nothing is missing; until then the page says what is."""
    return moves("charter", charter, without=("propose",) if charter["missing"] else ())


def next_page(path: str, found: dict[str, Any], **kept: Any) -> str | None:
    """Where the next page of a list is."""
    if not found.get("next_cursor"):
        return None
    return f"{path}?{urlencode({'fra': found['next_cursor']} | {name: value for name, value in kept.items() if value})}"


def _work_moves(group_id: str, work: dict[str, Any]) -> list[Action]:
    """What is begun from the group's own page; the rest is begun where the group works."""
    return actions(FORMS, "work", {**work, "id": group_id}, without=BEGUN_AT_WORK)


def _my_seat(group: dict[str, Any]) -> list[Action]:
    mine = group.get("my_sign_up")
    return moves("sign_up", mine, back=f"/grupper/{group['id']}") if mine else []


def _on_paper(group: dict[str, Any]) -> list[Action]:
    """Staff write an application down for somebody on paper: no move of their own, so its service does not name it."""
    if group["state"] != "recruiting" or not visit().must_be_known().duties:
        return []
    return moves("paper", {"id": group["id"], "may": ["apply"]})


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


def how_far(group: dict[str, Any]) -> dict[str, Any]:
    """How many meetings a group has held, and what the body decided."""
    return {**meetings_of(group["id"]), "decision": _decision_of(group)}


def meetings_of(group_id: str) -> dict[str, int]:
    """How many meetings a group has held, and how many it has planned."""
    held, planned = _held(visit().find(f"/work/{group_id}") or {})
    return {"held": held, "planned": planned}


def _held(work: dict[str, Any]) -> tuple[int, int]:
    meetings = [meeting for meeting in work.get("meetings", []) if meeting["state"] != "cancelled"]
    return sum(meeting["state"] == "held" for meeting in meetings), len(meetings)


def may_draft() -> bool:
    """Whether whoever is signed in writes charters."""
    who = visit().must_be_known()
    return bool(who.duties or any(mandate.voting for mandate in who.mandates))


def _waiting(groups: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What waits for whoever is signed in: offers to answer, consents to give, matters on the docket."""
    who, wanted = visit().must_be_known(), _ideas_waiting() + _letters_waiting()
    for each in groups:
        if each["state"] in {"selecting", "recruiting", "formed", "active"}:
            wanted += _waits_in(visit().find(f"/groups/{each['id']}") or {})
    wanted += [
        {"path": f"/spoergeskemaer/{asked['id']}", "title": asked["title"], "says": "Fortæl, hvordan det var at være med"}
        for asked in visit().every("/surveys")
        if not asked["answered_by_me"]
    ]
    if who.mandates or who.duties:
        wanted += [
            {"path": f"/beslutninger/{due['decision_id']}", "title": due["title"], "says": "Skal følges op nu"}
            for due in visit().items("/reviews", limit=20)
        ]
        wanted += [
            {"path": f"/dagsorden/{item['id']}", "title": item["title"], "says": "Ligger på bestyrelsens dagsorden"}
            for item in visit().items("/docket", limit=20)
            if item["state"] != "decided"
        ]
    return wanted


def _ideas_waiting() -> list[dict[str, str]]:
    """For moderators: that somebody waits to see their idea published."""
    moderates = not visit().must_be_known().duties.isdisjoint({"moderator", "secretary"})
    first = visit().items("/ideas", state="submitted", sort="oldest", limit=1) if moderates else []
    return [{"path": "/ideer/gennemsyn", "title": each["title"], "says": "Venter på at blive offentliggjort"} for each in first]


def _letters_waiting() -> list[dict[str, str]]:
    """For a secretary: that letters on paper wait to be sent, and by when the first."""
    sends = "secretary" in visit().must_be_known().duties
    first = visit().items("/notices", limit=1) if sends else []
    return [
        {"path": "/breve", "title": "Breve på papir", "says": f"Skal sendes senest {dates.day(each['send_by'])}"}
        for each in first
    ]


def _meeting_waits() -> list[dict[str, str]]:
    """Dates to answer, and meetings to say yes or no to."""
    mine, wanted = visit().every("/meetings/mine"), []
    for each in mine:
        asked = each.get("date_poll")
        if asked and not asked["answered"]:
            says = f"Hvornår kan du mødes? Svar senest {dates.day(asked['answer_by'])}"
            wanted.append({"path": f"/datoer/{asked['id']}", "title": each["title"], "says": says})
        elif each["state"] == "convened" and each["my_answer"] == "open":
            says = f"Kommer du til mødet {dates.moment(each['starts'])}?"
            wanted.append({"path": f"/moeder/{each['id']}", "title": each["title"], "says": says})
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
        rounds = [each for each in visit().every(f"/groups/{group['id']}/anonymous_rounds") if "answer" in each["may"]]
        says = "Svar anonymt på et spørgsmål fra facilitatoren"
        return [{"path": f"{path}/arbejde#runder", "title": group["title"], "says": says} for _ in rounds[:1]]
    return []
