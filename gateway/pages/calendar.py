"""A person's meetings in their own calendar: the page where its secret address is made, and the address itself."""

import re
from hashlib import sha256

from flask import Blueprint, Response, abort, request

from chassis.identity import Identity
from gateway import proxy
from gateway.pages import show
from gateway.services import Away
from gateway.standing import inside
from gateway.visit import gateway, visit

pages = Blueprint("calendar", __name__)

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
ETAGS = re.compile(r"[\x21-\x7e ]{1,500}")


@pages.get("/kalender")
def calendar() -> Response:
    """Whether my calendar has an address, and how to get one."""
    return show.page("calendar.html", calendar=visit().get("/calendar"), address=None)


@pages.post("/kalender/aaben")
def open_calendar() -> Response:
    """A new address. It is shown on this page and never again, so one is not led on from here."""
    made = visit().ask("POST", "/calendar/open")
    return show.page("calendar.html", calendar=made, address=f"{visit().front}/kalender/{made['secret']}.ics")


@pages.post("/kalender/luk")
def close_calendar() -> Response:
    """No address any more."""
    visit().ask("POST", "/calendar/close")
    return Response(status=303, headers={"Location": show.at("/kalender?gjort=calendar.close")})


@pages.get("/kalender/<secret>.ics")
def follow(secret: str) -> Response:
    """The calendar behind a secret. A calendar program signs in nowhere; meetings is asked with the hash of what it knows."""
    if not SECRET.fullmatch(secret):
        abort(404)
    house = Identity(association_id=visit().door.association_id)
    headers = inside(gateway().standing.token(house, "meetings"))
    if ETAGS.fullmatch(had := request.headers.get("If-None-Match", "")):
        headers["If-None-Match"] = had
    answer = gateway().services.ask("meetings", "GET", f"/calendars/{sha256(secret.encode()).hexdigest()}", headers=headers)
    if answer.status_code >= 400:
        answer.close()
        if answer.status_code >= 500:
            raise Away("meetings")
        abort(404)
    made = proxy.let_out(answer)
    made.headers["Cache-Control"] = "private, no-cache"
    made.headers["X-Robots-Tag"] = "noindex"
    return made
