"""What every service's web layer shares: who is asking, one transaction per request, answers as JSON, every no in one form."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
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

from chassis import problems, telemetry
from chassis.identity import Identity
from chassis.refusal import Refused
from chassis.tokens import Forged, Verifier
from chassis.work import Begin, Work

__all__ = ["Routes", "create_app", "who", "work"]
MOST_BYTES = 512 * 1024
log = structlog.get_logger()


def who() -> Identity:
    """Who is asking, as the gateway signed it."""
    return cast(Identity, g.who)


def work() -> AbstractContextManager[Work]:
    """One transaction on behalf of whoever is asking."""
    return cast(Begin, current_app.extensions["begin"])(who())


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


class Json(DefaultJSONProvider):
    """Days and moments as ISO 8601; letters as they are."""

    ensure_ascii = False
    sort_keys = False

    @staticmethod
    def default(value: Any) -> Any:
        """What JSON does not know by itself."""
        return value.isoformat() if isinstance(value, date | datetime) else DefaultJSONProvider.default(value)


def create_app(name: str, routes: Sequence[Any], begin: Begin, verifier: Verifier, engine: Engine) -> Flask:
    """The web application of one service: its routes, health, and nothing that is not asked for with a token."""
    app = Flask(name)
    app.json = Json(app)
    app.extensions.update(begin=begin, engine=engine)
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES, API_TITLE=name, API_VERSION="1", OPENAPI_VERSION="3.1.0", PROPAGATE_EXCEPTIONS=False
    )
    _who_asks(app, verifier)
    _health(app, engine)
    api = Api(app)
    for blueprint in routes:
        api.register_blueprint(blueprint)
    _say_no(app)
    return app


def _who_asks(app: Flask, verifier: Verifier) -> None:
    @app.before_request
    def verify() -> Response | None:
        telemetry.begin(request=request.headers.get("X-Request-ID"), traceparent=request.headers.get("traceparent"))
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
        return None


def _say_no(app: Flask) -> None:
    app.register_error_handler(Refused, problems.refused)
    app.register_error_handler(HTTPException, problems.http)
    app.register_error_handler(ValidationError, lambda error: problems.malformed(error.messages))

    @app.errorhandler(OperationalError)
    def away(error: OperationalError) -> Response:
        log.error("database away", failure=type(error).__name__)
        answer = problems.problem(503, problems.AWAY)
        answer.headers["Retry-After"] = "5"
        return answer

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        log.exception("our mistake", route=str(request.url_rule), failure=type(error).__name__)
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
