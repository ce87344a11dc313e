"""Pages for signing in by a one-time link, for being somebody, and for signing out."""

import re
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request

from gateway.pages import show
from gateway.pages.forms import FORMS
from gateway.pages.forms.form import actions
from gateway.store import newest_letters
from gateway.visit import COOKIE, gateway, visit

pages = Blueprint("sign_in", __name__)

EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,190}")
THIRTY_DAYS = 30 * 24 * 60 * 60
SUBJECT = "Dit link til {name}"
LETTER = """Hej

Her er dit link til at logge ind hos {name}:

{link}

Åbn linket, og tryk på "Log ind". Det kan bruges én gang og virker i 15 minutter.

Har du ikke bedt om at logge ind, kan du roligt se bort fra denne mail. Ingen kan logge ind uden linket.

Venlig hilsen
{name}
"""


@pages.get("/log-ind")
def ask() -> Response:
    """Where one asks for a link."""
    return show.page("sign_in.html", wanted=show.safe_path(request.args.get("til")), email="", errors={}, written=[])


@pages.post("/log-ind")
def send() -> Response:
    """A link is sent if the address is somebody's; the answer is the same if it is not."""
    email, wanted = request.form.get("email", "").strip(), show.safe_path(request.form.get("til"))
    if len(email) > 254 or not EMAIL.fullmatch(email):
        errors = {"email": "Skriv en mailadresse, fx anna@eksempel.dk."}
        return show.page("sign_in.html", status=422, wanted=wanted, email=email, errors=errors, written=[])
    door = visit().door
    persons = gateway().standing.persons_at(door.association_id, email)
    secret = gateway().auth.new_link(door.association_id, email, persons)
    if secret and persons:
        link = f"{visit().front}/log-ind/{secret}" + (f"?til={wanted}" if wanted != "/" else "")
        text = LETTER.format(name=door.name, link=link)
        gateway().mail.send(door.association_id, to=email, subject=SUBJECT.format(name=door.name), text=text)
    return show.page("link_sent.html", email=email)


@pages.get("/log-ind/<secret>")
def confirm(secret: str) -> Response:
    """What the link opens: one button. Mail scanners open links too, so this alone signs nobody in."""
    if not gateway().auth.whom(visit().door.association_id, secret):
        return show.page("link_old.html", status=410)
    return show.page("confirm.html", secret=secret, wanted=show.safe_path(request.args.get("til")), choices=[])


@pages.post("/log-ind/<secret>")
def enter(secret: str) -> Any:
    """The button is pressed: the link is used up and a session begins. Where several share an address, they choose first."""
    here, wanted = visit().door.association_id, show.safe_path(request.form.get("til"))
    whom = gateway().auth.whom(here, secret)
    if not whom:
        return show.page("link_old.html", status=410)
    chosen = _id(request.form.get("person")) or (whom[0] if len(whom) == 1 else None)
    if chosen is None:
        names = gateway().standing.names(here, whom)
        choices = [(str(id), names.get(str(id), "En person")) for id in whom]
        return show.page("confirm.html", secret=secret, wanted=wanted, choices=choices)
    who = gateway().standing.who(here, chosen)
    session = gateway().auth.sign_in(here, secret, chosen, employee=who is not None and who.employee)
    if session is None:
        return show.page("link_old.html", status=410)
    answer = redirect(show.at(wanted), 303)
    answer.set_cookie(
        COOKIE, session, max_age=THIRTY_DAYS, path=_path(), httponly=True, samesite="Lax", secure=gateway().settings.secure
    )
    return answer


@pages.post("/log-ud")
def leave() -> Any:
    """Sign out here."""
    if session := visit().session:
        gateway().auth.sign_out(visit().door.association_id, session)
    return _out()


@pages.post("/log-ud-alle-steder")
def leave_everywhere() -> Any:
    """Sign out on every device."""
    who = visit().must_be_known()
    if who.person_id:
        gateway().auth.sign_out_everywhere(who.association_id, who.person_id)
    return _out()


@pages.get("/mig")
def me() -> Response:
    """What we know of whoever is signed in."""
    visit().must_be_known()
    person = visit().get("/me")
    interest = visit().find("/interest") or {}
    return show.page(
        "me.html",
        person=person,
        mine=visit().items("/ideas/mine"),
        may=actions(FORMS, "me", person),
        interest=interest,
        wants=actions(FORMS, "interest", {**interest, "id": person["id"]}),
    )


@pages.get("/demo/post")
def letters() -> Response:
    """The letters that would have been sent, in a demonstration only."""
    if not gateway().settings.demo:
        abort(404)
    with gateway().auth.store.of(visit().door.association_id) as db:
        found = newest_letters(db, request.args.get("to"))
    return show.page("letters.html", letters=[_shown(letter) for letter in found])


def _shown(letter: Any) -> dict[str, Any]:
    """A letter with its link apart, so that it can be pressed."""
    link = re.search(r"/log-ind/[A-Za-z0-9_-]{20,}(\?til=\S*)?", letter.text)
    return {"to": letter.to, "subject": letter.subject, "text": letter.text, "at": letter.sent_at, "link": link and link[0]}


def _out() -> Any:
    answer = redirect(show.at("/log-ind"), 303)
    answer.delete_cookie(COOKIE, path=_path(), httponly=True, samesite="Lax", secure=gateway().settings.secure)
    return answer


def _path() -> str:
    return f"{request.script_root}/"


def _id(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None
