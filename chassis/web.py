"""What every service's web layer shares: who is asking, one transaction per request, answers as JSON, every no in one form."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

import structlog
from flask import Flask, Response, current_app, g, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask_smorest import Api, Blueprint
from marshmallow import ValidationError
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, HTTPException

from chassis import answered, closed, deprecation, logs, partners, problems, seen
from chassis.identity import Identity
from chassis.refusal import Refused
from chassis.tokens import Forged, Verifier
from chassis.watch import Watched, name_route
from chassis.work import Begin, Work

__all__ = ["Routes", "create_app", "who", "work"]
MOST_BYTES = 512 * 1024
log = structlog.get_logger()


def who() -> Identity:
    """Who is asking, as the gateway signed it."""
    return cast(Identity, g.who)


@contextmanager
def work() -> Iterator[Work]:
    """One transaction on behalf of whoever is asking; nobody asks in an association that is closed."""
    begin = cast(Begin, current_app.extensions["begin"])
    careful = "once" in g or "If-Match" in request.headers
    with _careful(begin) if careful else begin(who()) as begun:
        closed.refuse(begun.closed)
        yield begun


@contextmanager
def _careful(begin: Begin) -> Iterator[Work]:
    """The same for a request that is to be done once, or only where things stand as they were seen."""
    saw = seen.asked(who())
    with g.once.work(begin, who()) if "once" in g else begin(who()) as w:
        yield replace(w, seen=saw)
        if saw is not None:
            saw.must_be_met()


class _Reader(FlaskParser):
    """Reads a body. One that is nested too deep or holds too long a number breaks Python's reader; here it is merely no JSON."""

    def load_json(self, req: Any, schema: Any) -> Any:
        """What the body says."""
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError) as unreadable:
            raise BadRequest from unreadable


class Routes(Blueprint):  # type: ignore[misc]  # flask-smorest carries no types
    """The routes of a service."""

    ARGUMENTS_PARSER = _Reader()

    def arguments(self, shape: Any, **how: Any) -> Any:
        """What comes in has this shape, which is made once and not for each request."""
        return super().arguments(shape() if isinstance(shape, type) else shape, **how)

    def response(self, status_code: int, shape: Any = None, **more: Any) -> Any:
        """What is answered. The shape describes it, and no answer is put through it: `chassis/answers.py` says why."""
        answers = super().response(status_code, **more)
        shape = shape or ({"type": "string"} if "content_type" in more else None)

        def described(view: Any) -> Any:
            answering = answers(view)
            if shape:
                answering._apidoc["response"]["responses"][status_code][-1]["schema"] = shape
            return answering

        return described

    def refuses(self, status: int, says: str) -> Any:
        """One more way in which it is refused, or what a usual one means here."""
        return self.doc(responses={status: {"description": says}})

    def deprecated(self, *, since: date, sunset: date, instead: str) -> Any:
        """Still there, but to be left by `sunset`: every answer says so, and so does the document of the API."""
        return deprecation.deprecated(self, since=since, sunset=sunset, instead=instead)


class Json(DefaultJSONProvider):
    """Days and moments as ISO 8601; letters as they are."""

    ensure_ascii = False
    sort_keys = False

    @staticmethod
    def default(value: Any) -> Any:
        """What JSON does not know by itself."""
        return value.isoformat() if isinstance(value, date | datetime) else DefaultJSONProvider.default(value)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """An answer; one thing in its version says so in its `ETag`."""
        answer = cast(Response, super().response(*args, **kwargs))
        if args and (tag := seen.tag(args[0], answer.get_data())):
            answer.set_etag(tag)
        return answer


class Application(Flask):
    """A service's web application: what comes under an `Idempotency-Key` is done once."""

    def dispatch_request(self) -> Any:
        """What the route answers, or what it answered before."""
        view = self.view_functions[request.url_rule.endpoint] if request.url_rule else None
        key = answered.key_of(request, view)
        if key is None:
            return super().dispatch_request()
        with ExitStack() as until_answered:
            g.once = answered.Once(key, request, until_answered)
            try:
                answer = self.make_response(super().dispatch_request())
            except answered.Known as known:
                return known.answer
            g.once.keep(answer)
            return answer


def create_app(name: str, routes: Sequence[Any], begin: Begin, verifier: Verifier, engine: Engine) -> Flask:
    """The web application of one service: its routes, health, and nothing that is not asked for with a token."""
    app = Application(name)
    app.json = Json(app)
    app.extensions.update(begin=begin, engine=engine)
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES, API_TITLE=name, API_VERSION="1", OPENAPI_VERSION="3.1.0", PROPAGATE_EXCEPTIONS=False
    )
    app.before_request(name_route)
    _who_asks(app, verifier)
    _health(app, engine)
    api = Api(app)
    for blueprint in routes:
        api.register_blueprint(blueprint)
    _say_no(app)
    app.wsgi_app = Watched(app.wsgi_app, name, inside=True)  # type: ignore[method-assign]
    app.after_request(seen.not_again)
    return app


def _who_asks(app: Flask, verifier: Verifier) -> None:
    @app.before_request
    def verify() -> Response | None:
        if request.path in {"/healthz", "/readyz"}:
            return None
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        try:
            if scheme != "Bearer":
                raise Forged
            g.who = verifier.identity(token)
        except Forged:
            return problems.problem(401, problems.WHO)
        structlog.contextvars.bind_contextvars(association=str(g.who.association_id))
        return partners.refused(g.who, app.view_functions.get(request.endpoint or ""))


def _say_no(app: Flask) -> None:
    app.register_error_handler(Refused, problems.refused)
    app.register_error_handler(HTTPException, problems.http)
    app.register_error_handler(ValidationError, lambda error: problems.malformed(error.messages))

    @app.errorhandler(OperationalError)
    def away(error: OperationalError) -> Response:
        log.error("database away", failure=logs.called(error))
        answer = problems.problem(503, problems.AWAY)
        answer.headers["Retry-After"] = "5"
        return answer

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        log.exception("our mistake", failure=type(error).__name__)
        return problems.problem(500, problems.BROKEN)


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
