"""How a page is made: its frame, its words, and the pages that say no."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

from flask import Flask, Response, g, render_template, request
from markupsafe import Markup, escape

from chassis.closed import SUSPENDED
from gateway.pages import changes, dates, words
from gateway.pages.posted import Field, room_for_more, visible
from gateway.visit import gateway, visit

HERE = Path(__file__).parent
PICKED_DAY = re.compile(r"\d{4}-\d\d-\d\d")
PICKED_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
CODED = re.compile(r"[a-z_]+|[0-9a-f-]{32,36}|\d+")
"""What a form sends of its own: words of a list, ids, versions."""

STYLE = sha256((HERE / "static" / "style.css").read_bytes()).hexdigest()[:12]


def prepare(app: Flask) -> None:
    """Teach the templates our dates and words."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=dates.day, weekday=dates.weekday, time=dates.time, moment=dates.moment, paragraphs=paragraphs, visible=visible
    )
    app.jinja_env.filters["kroner"] = kroner
    app.jinja_env.globals.update(word=words.word, said=words.said, style=STYLE, at=at, hours=dates.hours)
    app.jinja_env.globals.update(room_for_more=room_for_more, shows_as_picked=shows_as_picked, in_order=in_order)
    app.jinja_env.globals.update(said_target=changes.target, new_key=lambda: uuid4().hex)


def page(template: str, *, status: int = 200, **facts: Any) -> Response:
    """A page of the association whose door this is."""
    known = g.get("door") is not None
    here = visit() if known else None
    frame = {
        "door": g.get("door"),
        "me": _me() if known and status != 503 else None,
        "demo": gateway().settings.demo,
        "visit": here,
        "here": request.path,
        "done": words.DONE.get(request.args.get("gjort", "")),
    }
    return Response(render_template(template, **frame, **facts), status, content_type="text/html; charset=utf-8")


def at(path: str) -> str:
    """A path of this association as a link: in front of it stands its slug, unless it has a host name of its own."""
    return f"{request.script_root}{path}"


def paragraphs(text: str | None) -> Markup:
    """What somebody wrote, with its paragraphs and line breaks."""
    parts = [part for part in visible(text or "").replace("\r\n", "\n").split("\n\n") if part.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.split("\n"))) for part in parts
    )


def kroner(amount: int | None) -> str:
    """`150.000 kr.`."""
    return "" if amount is None else f"{amount:,} kr.".replace(",", ".")


def in_order(seats: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The seats of a group, residents first."""
    order = list(words.WORDS["category"])
    return sorted(seats, key=lambda seat: order.index(seat["category"]) if seat["category"] in order else len(order))


def shows_as_picked(f: Field, value: str) -> bool:
    """Whether a date picker can hold the value; what it cannot hold is shown as it was written."""
    return (
        not value or (f.kind == "day" and PICKED_DAY.fullmatch(value) is not None) or PICKED_MOMENT.fullmatch(value) is not None
    )


def no(status: int, sentence: str) -> Response:
    """A page that says no, and where to go from there."""
    came_from = urlsplit(request.referrer or "")
    back = came_from.path if came_from.netloc == request.host and came_from.path != request.full_path.rstrip("?") else None
    title = words.NO_TITLES.get(status, "Det gik ikke")
    return page("no.html", status=status, sentence=sentence, title=title, back=back)


def too_many(sentence: str) -> Response:
    """Somebody asks too fast; what was written is given back, and can be sent again as it was."""
    sent = list(request.form.items(multi=True)) if request.method == "POST" else []
    written = [text for text in _written() if not CODED.fullmatch(text)]
    again = {"sent": sent, "action": request.full_path.rstrip("?")} if sent else None
    return page("no.html", status=429, sentence=sentence, title=words.NO_TITLES[429], back=None, written=written, again=again)


def suspended() -> Response:
    """The association is closed for a while: its name, why, and no way further in."""
    name = g.door.name
    g.door = None
    return page("no.html", status=403, sentence=SUSPENDED.da, title=f"{name} er sat på pause", back=None)


def no_such_association() -> Response:
    """Nobody lives at this address."""
    g.door = None
    return no(404, "Der er ingen boligforening på denne adresse. Se efter i brevet eller på opslaget, hvor du fandt den.")


def sign_in_first() -> Response:
    """Whoever is not signed in is asked to; what was written is given back."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return page("sign_in.html", status=401, wanted=wanted, written=_written(), email="", errors={})


def _written() -> list[str]:
    """What was filled in, as far as somebody can have written it: the marks that pages put into their forms are left out."""
    sent = request.form.items(multi=True) if request.method == "POST" else ()
    return [value for name, value in sent if len(value) > 1 and not name.startswith("_")]


def safe_path(wanted: str | None) -> str:
    """A path within this association; the front page for anything else."""
    plain = wanted and wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return quote(wanted, safe="/?&=-_.~%+#") if plain and wanted else "/"


def _me() -> Any:
    """Who is signed in, as far as the frame needs to know."""
    try:
        return visit().who
    except Exception:  # noqa: BLE001  a page that says no must come out even when nobody can be asked
        return None
