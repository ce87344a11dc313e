"""Every request is seen: counted, timed, traced, and what is logged meanwhile says which one it belongs to."""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import structlog
from flask import request
from werkzeug.wsgi import ClosingIterator

from chassis import metrics, spans, telemetry

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NO_ROUTE = "(none)"


class Watched:
    """Stands around an application. Only one that is `inside`, behind the gateway, believes the number that a request brings."""

    def __init__(self, app: "WSGIApplication", service: str, *, inside: bool) -> None:
        self.app, self.service, self.inside = app, service, inside

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request; it is over when the last byte of the answer is handed on."""
        number = environ.get("HTTP_X_REQUEST_ID") if self.inside else None
        telemetry.begin(request=number, traceparent=environ.get("HTTP_TRACEPARENT"))
        seen = _Seen(self.service, environ)

        def answer(status: str, *more: Any) -> Any:
            seen.status = status[:3]
            return start_response(status, *more)

        try:
            return ClosingIterator(self.app(environ, answer), seen.over)
        except BaseException:
            seen.over()
            raise


class _Seen:
    """One request, from its first byte on."""

    def __init__(self, service: str, environ: "WSGIEnvironment") -> None:
        self.service, self.environ = service, environ
        self.began, self.status = time.perf_counter(), "500"
        metrics.IN_PROGRESS.labels(service).inc()

    def over(self) -> None:
        """It was answered, or given up."""
        method, route = self.environ["REQUEST_METHOD"], self.environ.get("samskab.route", NO_ROUTE)
        seconds = time.perf_counter() - self.began
        metrics.IN_PROGRESS.labels(self.service).dec()
        metrics.answered(self.service, method=method, route=route, status=self.status, seconds=seconds)
        facts = {"http.request.method": method, "http.route": route, "http.response.status_code": int(self.status)}
        spans.end(f"{method} {route}", facts, failure=self.status if self.status.startswith("5") else "")
        telemetry.end()


def name_route() -> None:
    """Before a request is looked at: note which route it takes, by its template."""
    route = str(request.url_rule or NO_ROUTE)
    request.environ["samskab.route"] = route
    structlog.contextvars.bind_contextvars(route=route)
