"""How the gateway is put together: which door a request comes to, what it meets there, and what every answer carries."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, jsonify, redirect, request
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from chassis import problems, telemetry
from chassis.closed import SUSPENDED, Closed
from chassis.pool import pool
from chassis.refusal import No, Refused
from chassis.watch import Watched, name_route
from gateway import proxy, said_outside
from gateway.auth import Auth
from gateway.limits import TOO_MANY, Counted, Counter
from gateway.limits import say as say_what_is_left
from gateway.mail import Mail
from gateway.map import PREFIX
from gateway.origin import is_ours
from gateway.pages import (
    api,
    calendar,
    form_page,
    ideas,
    letters,
    read,
    read_charters,
    read_decisions,
    read_grants,
    read_meetings,
    show,
    sign_in,
    work,
    workplace,
)
from gateway.services import Away
from gateway.settings import GatewaySettings
from gateway.standing import Door, Standing
from gateway.store import Store
from gateway.visit import Gateway, NotSignedIn, SaidNo, gateway, visit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = structlog.get_logger()

PAGES = (
    sign_in,
    form_page,
    ideas,
    read_charters,
    read,
    read_meetings,
    work,
    read_decisions,
    read_grants,
    calendar,
    letters,
    workplace,
    api,
)
MOST_BYTES_OF_A_FORM = 2 * 1024 * 1024
NOT_OURS = No(
    "not-from-here",
    "Det kom ikke fra vores egne sider og er ikke udført. Åbn siden igen, og prøv en gang til.",
    "This did not come from our own pages and was not done. Programs send the header X-Samskab: 1.",
)
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
OURS = {"", "static", "healthz", "readyz", "favicon.ico", "openapi.json", "openapi.html", "asyncapi.json", "schemas"}
"""First words of paths that are no association's."""


def create_gateway(settings: GatewaySettings, engine: Engine | None = None) -> Flask:
    """The front door as a WSGI application. Make it after any fork."""
    engine = engine or pool(settings.database_url, "gateway", "web", size=8, more=4)
    app = Flask("gateway", root_path=str(show.HERE), static_folder="static", static_url_path="/static")
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES_OF_A_FORM, MAX_FORM_MEMORY_SIZE=MOST_BYTES_OF_A_FORM)
    app.config.update(SEND_FILE_MAX_AGE_DEFAULT=86_400)
    store, standing = Store(engine), Standing(settings.services, settings.key)
    mail = Mail(settings.smtp_url, settings.sender, store)
    app.extensions["gateway"] = Gateway(settings, settings.services, standing, Auth(store), mail, Counter(store))
    show.prepare(app)
    app.before_request(_begin)
    app.after_request(_carry(settings))
    for routes in (proxy.routes, said_outside.routes, *(room.pages for room in PAGES)):
        app.register_blueprint(routes)
    _health(app, engine)
    _say_no(app)
    app.wsgi_app = Watched(_Doors(app.wsgi_app, standing, settings), "gateway", inside=False)  # type: ignore[method-assign]
    return app


class _Doors:
    """Finds the door: by the host name, or by the first word of the path, which then belongs to the mount and not to the path."""

    def __init__(self, app: "WSGIApplication", standing: Standing, settings: GatewaySettings) -> None:
        self.app, self.standing = app, standing
        self.public_host = urlsplit(settings.public_url).hostname

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        """Answer a request."""
        try:
            environ["samskab.door"] = self._door(environ)
        except Away as away:
            environ["samskab.door"], environ["samskab.away"] = None, away
        return self.app(environ, start_response)

    def _door(self, environ: "WSGIEnvironment") -> Door | None:
        host = urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname if _harmless(environ.get("HTTP_HOST", "")) else None
        if host and host != self.public_host and (door := self.standing.door(host, host=True)):
            return door
        word, slash, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if word in OURS or not SLUG.fullmatch(word):
            return None
        door = self.standing.door(word)
        if door:
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = f"/{word}", f"{slash}{rest}"
        return door


def _harmless(host: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?", host) is not None


def _begin() -> Any:
    name_route()
    if away := request.environ.get("samskab.away"):
        raise away
    g.door = request.environ["samskab.door"]
    word = request.path.removeprefix("/").partition("/")[0]
    why_closed = gateway().auth.store.closed(g.door.association_id) if g.door else None
    if g.door is None or why_closed == Closed.GONE:
        return None if word in OURS else show.no_such_association()
    structlog.contextvars.bind_contextvars(association=str(g.door.association_id))
    if request.script_root and not request.environ["PATH_INFO"]:
        return redirect(f"{request.script_root}/", 308)
    if why_closed == Closed.SUSPENDED:
        return problems.problem(403, SUSPENDED) if _api() else show.suspended()
    if not is_ours(request):
        return problems.problem(403, NOT_OURS) if _api() else show.no(403, NOT_OURS.da)
    return _count()


def _count() -> Any:
    """Let the request in as long as there is something left of what its caller, and the association, may ask for."""
    parts, here = gateway(), g.door.association_id
    limits = parts.settings.limits.as_decided(parts.standing.policy(here))
    try:
        caller = visit().caller
    except Away:
        caller = None  # whoever must be known is told so further on
    g.counted = Counted(parts.counter.admit(here, caller, request.method, limits))
    if g.counted.over is None:
        return None
    wait = {"seconds": g.counted.over.seconds}
    return problems.problem(429, TOO_MANY, wait) if _api() else show.too_many(TOO_MANY.da.format(**wait))


def _carry(settings: GatewaySettings) -> Callable[[Response], Response]:
    carried = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if settings.secure else {})

    def carry(answer: Response) -> Response:
        for name, value in carried.items():
            answer.headers.setdefault(name, value)
        if request.endpoint != "static":
            answer.headers.setdefault("Cache-Control", "no-store")
        if _api() or answer.status_code == 429:
            say_what_is_left(answer)
        if number := telemetry.request_id():
            answer.headers["X-Request-ID"] = str(number)
        return answer

    return carry


def _health(app: Flask, engine: Engine) -> None:
    @app.get("/healthz")
    def alive() -> Response:
        return jsonify(status="alive")

    @app.get("/readyz")
    def ready() -> tuple[Response, int]:
        try:
            with engine.connect() as connection:
                connection.execute(text("select 1"))
        except Exception as failure:  # noqa: BLE001  whatever it is, the answer is: not ready
            return jsonify(status="not ready", why=f"database: {type(failure).__name__}"), 503
        return jsonify(status="ready"), 200


def _say_no(app: Flask) -> None:
    @app.errorhandler(NotSignedIn)
    def unknown(_: NotSignedIn) -> Any:
        return problems.problem(401, problems.WHO) if _api() else show.sign_in_first()

    @app.errorhandler(SaidNo)
    def refused(no: SaidNo) -> Any:
        return show.no(no.status, str(no.problem.get("title") or "Det kan ikke lade sig gøre."))

    @app.errorhandler(Refused)
    def closed_just_now(no: Refused) -> Any:
        return problems.refused(no) if _api() else show.suspended() if no.no == SUSPENDED else show.no_such_association()

    @app.errorhandler(Away)
    @app.errorhandler(OperationalError)
    def away(failure: Exception) -> Any:
        log.error("somebody is away", failure=str(failure) if isinstance(failure, Away) else "the gateway's database")
        answer = problems.problem(503, problems.AWAY) if _api() else show.no(503, problems.AWAY.da)
        answer.headers["Retry-After"] = "5"
        return answer

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        if error.response is not None or (error.code or 500) < 400:
            return error.get_response()
        if _api():
            return problems.http(error)
        said = problems.BY_STATUS.get(error.code or 500, problems.BROKEN if (error.code or 500) >= 500 else problems.MALFORMED)
        return show.no(error.code or 500, said.da)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Any:
        log.exception("our mistake", failure=type(error).__name__)
        return problems.problem(500, problems.BROKEN) if _api() else show.no(500, problems.BROKEN.da)


def _api() -> bool:
    return request.path.startswith(f"{PREFIX}/") or request.path == PREFIX


__all__ = ["GatewaySettings", "create_gateway", "visit"]
