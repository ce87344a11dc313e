"""One page for every form: shown, taken, and given back as it was written when the answer is no."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, redirect, request

from gateway.pages import apart, posted, show, words
from gateway.pages.forms import FORMS
from gateway.pages.forms.form import READ, Form, page_of
from gateway.pages.posted import Field
from gateway.visit import SaidNo, visit

pages = Blueprint("forms", __name__)

A_KEY = re.compile(r"[0-9a-f]{32}")
A_VERSION = re.compile(r"[1-9]\d{0,8}")
IN_OTHER_WORDS = {
    "key-used-already": "Du har allerede sendt denne side én gang, med noget andet i. Vil du også sende det her, så send igen.",
}
"""What is said otherwise on a page than to a program."""

NEW = {
    "/kommissorier/ny": ("charter", "draft", "/kommissorier"),
    "/offentliggoerelser/ny": ("round", "open", "/offentliggoerelser"),
}
"""Pages for beginning something: which form, and where one came from."""


@pages.get("/goer/<thing>/<uuid:id>/<verb>")
def ask(thing: str, id: UUID, verb: str) -> Any:
    """The form, with what is there already."""
    form, facts = _form(thing, verb), _facts(thing, str(id))
    if form.press:
        return redirect(show.at(page_of(thing, facts)), 303)
    return shown(form, facts, posted.start(form.fields, visit(), facts))


@pages.post("/goer/<thing>/<uuid:id>/<verb>")
def take(thing: str, id: UUID, verb: str) -> Any:
    """Do it, or show what was written and what is wrong with it."""
    form = _form(thing, verb)
    facts = _facts(thing, str(id)) if form.fields else {"id": str(id)}
    return taken(form, facts)


@pages.get("/kommissorier/ny")
@pages.get("/offentliggoerelser/ny")
def ask_new() -> Response:
    """The form for something that is not there yet."""
    form, facts = _new()
    return shown(form, facts, posted.start(form.fields, visit(), facts))


@pages.post("/kommissorier/ny")
@pages.post("/offentliggoerelser/ny")
def take_new() -> Any:
    """Begin it."""
    return taken(*_new())


def _new() -> tuple[Form, dict[str, Any]]:
    visit().must_be_known()
    thing, verb, back = NEW[request.path]
    return FORMS[(thing, verb)], {"args": request.args, "back": back}


def _form(thing: str, verb: str) -> Form:
    visit().must_be_known()
    form = FORMS.get((thing, verb))
    if form is None:
        abort(404)
    return form


def _facts(thing: str, id: str) -> dict[str, Any]:
    read = visit().get(READ[thing].format(id=id)) if thing in READ else {}
    facts = {"group_id": request.args.get("gruppe"), **read, "id": id, "args": request.args}
    visit().learn_names(read)
    return facts


def taken(form: Form, facts: dict[str, Any], *, template: str = "form.html") -> Any:
    """Do what the form is for, or show what was written and what is wrong with it."""
    values = posted.read(form.fields, request.form)
    if more := request.form.get("_more"):
        return shown(form, facts, values, roomy=more)
    wanted = {**posted.body(form.fields, values), **(form.fixed or {})}
    key = None if form.traceless else _marked("_key", A_KEY)
    whom = wanted.pop(form.acts_for, "") if form.acts_for else None
    try:
        answer = visit().ask(
            form.method, form.path.format_map(facts), wanted, key=key, acts_for=whom, seen=_marked("_version", A_VERSION)
        )
    except SaidNo as no:
        if form.press or no.status == 404:
            raise
        seen = apart.seen_now(form.fields, values, no.problem)
        return shown(form, facts, seen, status=no.status, problem=no.problem, template=template)
    back = request.form.get("_back")
    went = show.safe_path(back) if back else _next(form, facts, answer)
    path, hash, anchor = went.partition("#")
    joined = f"{path}{'&' if '?' in path else '?'}gjort={form.thing}.{form.verb}{hash}{anchor}"
    return redirect(show.at(joined), 303)


def _marked(name: str, as_ours: re.Pattern[str]) -> str | None:
    """A mark that the page put into its form; None where somebody else wrote something there."""
    found = request.form.get(name, "")
    return found if as_ours.fullmatch(found) else None


def _version(form: Form, facts: Mapping[str, Any], problem: Mapping[str, Any] | None) -> str:
    """The version that whoever writes has seen: what stands now, once both have been shown. Only where something is replaced."""
    if form.method != "PUT" or any(f.kind == "version" for f in form.fields):
        return ""
    shown_now = (problem or {}).get("facts", {}).get("version") if (problem or {}).get("status") == 412 else None
    return str(shown_now or _marked("_version", A_VERSION) or facts.get("version") or "")


def _next(form: Form, facts: Mapping[str, Any], answer: Any) -> str:
    """Where one goes afterwards: to the thing that came of it, or was changed."""
    made = answer if isinstance(answer, dict) else {}
    if form.thing == "work" and (form.thing, form.verb) not in LEADS_TO:
        return page_of("work", facts)
    return page_of(LEADS_TO.get((form.thing, form.verb), form.thing), {**facts, **made})


LEADS_TO = {
    ("idea", "discard"): "my_ideas",
    ("idea", "comment"): "comment",
    ("group", "apply"): "sign_up",
    ("charter", "amend"): "amendment",
    ("charter", "keep_as_template"): "template",
    ("shared_template", "copy"): "template",
    ("template", "discard"): "templates",
    ("paper", "apply"): "paper_answer",
    ("decision", "plan_task"): "task",
    ("decision", "plan_review"): "review",
    ("work", "draft_proposal"): "proposal",
    ("proposal", "write_recommendation"): "recommendation",
    ("work", "plan_meeting"): "meeting",
    ("meeting", "draft_minutes"): "minutes",
    ("meeting", "ask_for_dates"): "date_poll",
}
"""Where what comes of a form is another thing than the one it was about."""


def shown(
    form: Form,
    facts: dict[str, Any],
    values: Mapping[str, Any],
    *,
    status: int = 200,
    problem: Mapping[str, Any] | None = None,
    roomy: str = "",
    template: str = "form.html",
    **more: Any,
) -> Response:
    """The form, with what is written in it and what is wrong with that."""
    found = _wrong(form.fields, problem or {})
    visit().learn_names(values)
    return show.page(
        template,
        status=status,
        form=form,
        thing=facts,
        subject=facts.get("title"),
        values=values,
        errors={each["id"]: each["says"] for each in found if each["id"]},
        summary=found,
        trouble=_trouble(problem),
        apart=apart.differences(form.fields, values, problem or {}, visit(), facts),
        unmet=(problem or {}).get("facts", {}).get("targets", []),
        action=request.full_path.rstrip("?"),
        back=show.safe_path(_came_from(form, facts)),
        given_back=request.values.get("_back"),
        key=uuid4().hex,
        version=_version(form, facts, problem),
        spare=lambda field_id: posted.EMPTY_ROWS * (2 if field_id == roomy else 1),
        **more,
    )


def _came_from(form: Form, facts: Mapping[str, Any]) -> str:
    return request.values.get("_back") or facts.get("back") or page_of(form.thing, facts)


def _trouble(problem: Mapping[str, Any] | None) -> str | None:
    """The sentence on top: the rule's own words, or that there is something to put right."""
    if not problem:
        return None
    if problem.get("slug") in IN_OTHER_WORDS:
        return IN_OTHER_WORDS[problem["slug"]]
    return None if problem.get("fields") else str(problem.get("title") or "Det kan ikke lade sig gøre.")


def _wrong(fields: Sequence[Field], problem: Mapping[str, Any]) -> list[dict[str, str]]:
    """What is wrong, field by field, each with the place on the page where it can be put right."""
    return [_located(fields, each) for each in problem.get("fields", [])]


def _located(fields: Sequence[Field], wrong: Mapping[str, str]) -> dict[str, str]:
    says = words.FIELD_SAYS.get(wrong["slug"], wrong["says"])
    steps, at, label = wrong["field"].split("."), "", ""
    while steps:
        here = next((f for f in fields if f.name == steps[0]), None)
        if here is None:
            break
        label, at = f"{label}, {here.label.lower()}" if label else here.label, f"{at}-{here.name}" if at else here.name
        steps = steps[1:]
        if here.kind == "rows" and steps and steps[0].isdigit():
            at, label, fields, steps = f"{at}-{steps[0]}", f"{here.row_label} {int(steps[0]) + 1}", here.rows, steps[1:]
            if not steps:
                at = f"{at}-{here.only}" if here.only else here.name
        else:
            break
    return {"id": at, "label": label, "says": says}
