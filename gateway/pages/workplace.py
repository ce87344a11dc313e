"""Pages for employees of several associations: choosing the one to act in; and for an association to read what employees did."""

import re
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, request
from marshmallow import ValidationError

from chassis.paging import after, page
from gateway.pages import show
from gateway.pages.read import next_page
from gateway.pages.sign_in import THIRTY_DAYS
from gateway.standing import Door
from gateway.store import newest_acts
from gateway.visit import COOKIE, gateway, visit

pages = Blueprint("workplace", __name__)

AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
READERS = {"secretary", "administrator"}
A_PAGE = 50


@pages.get("/skift")
def choose() -> Response:
    """The associations in which whoever is signed in is employed, and which of them they act in now."""
    _, others = _workplaces()
    return show.page("workplaces.html", others=others)


@pages.post("/skift")
def change() -> Any:
    """Act in another one from now on, and no longer here."""
    address, others = _workplaces()
    there = next((door for door in others if door.slug == request.form.get("til")), None)
    if there is None:
        abort(404)
    me = _employee_at(there, address)
    front = gateway().settings.public_url.rstrip("/")
    if me is None or not request.script_root:  # another host keeps no cookie of ours: one signs in there
        return redirect(f"{front}/{there.slug}/log-ind", 303)
    session = gateway().auth.move(there.association_id, address, me)
    if here := visit().session:
        gateway().auth.sign_out(visit().door.association_id, here)
    answer = redirect(f"/{there.slug}/", 303)
    secure = gateway().settings.secure
    answer.delete_cookie(COOKIE, path=f"{request.script_root}/", httponly=True, samesite="Lax", secure=secure)
    answer.set_cookie(COOKIE, session, max_age=THIRTY_DAYS, path=f"/{there.slug}/", httponly=True, samesite="Lax", secure=secure)
    return answer


@pages.get("/handlinger")
def acts() -> Response:
    """What employees did here, newest first, for a secretary or an administrator of the association."""
    who = visit().must_be_known()
    if who.duties.isdisjoint(READERS):
        abort(404)
    try:
        before = after(request.args.get("fra"))
    except ValidationError:
        abort(404)
    with gateway().auth.store.of(who.association_id) as db:
        rows = newest_acts(db, A_PAGE + 1, before)
    found = page(rows, A_PAGE, lambda row: (row.at, row.id), _act)
    visit().learn_names({"members": [each[key] for each in found["items"] for key in ("person_id", "acts_for") if each[key]]})
    return show.page("acts.html", acts=found["items"], more=next_page("/handlinger", found))


def _workplaces() -> tuple[str, list[Door]]:
    """The address of whoever is signed in as an employee, and the other associations where it is employed too."""
    who = visit().must_be_known()
    if not who.employee:
        abort(404)
    address = str(visit().get("/me")["email"])
    found = gateway().standing.workplaces(address) if address else []
    return address, [door for door in found if door.association_id != who.association_id]


def _employee_at(door: Door, address: str) -> UUID | None:
    """The one employee whom the address belongs to there; None when it is nobody's, or not only theirs."""
    there = door.association_id
    known = [(id, gateway().standing.who(there, id)) for id in gateway().standing.persons_at(there, address)]
    employed = [id for id, who in known if who is not None and who.employee]
    return employed[0] if len(employed) == 1 else None


def _act(row: Any) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("method", "roles", "at", "answered")}
    ids = {
        name: str(value) if value else None for name in ("person_id", "acts_for", "request_id") for value in [getattr(row, name)]
    }
    return said | ids | {"route": AN_ID.sub("…", row.route)}
