"""The API as the world sees it: `/<slug>/api/v1/...` is handed unread to the service that answers it, as whoever is signed in."""

from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from flask import Blueprint, Response, request

from chassis.problems import TOO_LARGE, problem
from chassis.refusal import NOT_FOUND
from gateway.map import PREFIX
from gateway.patience import patient
from gateway.services import Answer
from gateway.visit import NOT_ON_PAPER, SaidNo, visit

routes = Blueprint("api", __name__)

MOST_BYTES = 512 * 1024
MOST_BYTES_OF_A_FILE = 5 * 1024 * 1024
PIECE = 64 * 1024
COMES_IN = ("Content-Type", "Accept", "Accept-Language", "If-Match", "If-None-Match", "Idempotency-Key", "Content-Length")
"""What a caller's headers are let through; who is asking, and where from, only the gateway says."""

GOES_OUT = {
    "content-type",
    "content-length",
    "content-disposition",
    "etag",
    "location",
    "retry-after",
    "allow",
    "last-modified",
    "next-cursor",
    "deprecation",
    "sunset",
    "link",
    "idempotent-replayed",
}
BODIES = {"POST", "PUT", "PATCH", "DELETE"}


@routes.route(f"{PREFIX}/<path:rest>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def forward(rest: str) -> Response:
    """Whatever the service answers."""
    most = MOST_BYTES_OF_A_FILE if rest.startswith("imports/") else MOST_BYTES
    if (request.content_length or 0) > most:
        return problem(413, TOO_LARGE)
    request.max_content_length = most
    query = quote(request.query_string, safe="%&=+:,;/?@!$'()*-._~")
    place = quote(rest)  # a question mark that stands in a step begins no query
    path = f"/{place}?{query}" if query else f"/{place}"
    try:
        with patient(path) as asked:
            answer = visit().send(
                request.method, asked, headers=_let_in(), content=_body(), acts_for=request.headers.get("X-Act-For")
            )
    except SaidNo as no:
        return problem(no.status, NOT_ON_PAPER)
    if answer is None:
        return problem(404, NOT_FOUND)
    return let_out(answer)


def _let_in() -> dict[str, str]:
    had = {name: request.headers.get(name, "") for name in COMES_IN if request.method in BODIES or name != "Content-Length"}
    return {name: value for name, value in had.items() if value and value.isascii() and value.isprintable()}


def _body() -> bytes | Iterator[bytes] | None:
    if request.method not in BODIES:
        return None
    pieces = iter(lambda: request.stream.read(PIECE), b"")
    first = next(pieces, None)
    return first if first is None or len(first) == request.content_length else chain([first], pieces)


def let_out(answer: Answer) -> Response:
    """A service's answer as the world gets it, handed on piece by piece."""

    def pieces() -> Iterator[bytes]:
        try:
            yield from answer.iter_raw(PIECE)
        finally:
            answer.close()

    headers = [(name, value) for name, value in answer.headers.items() if name.lower() in GOES_OUT]
    made = Response(_small(answer) or pieces(), answer.status_code, headers)
    made.headers.setdefault("Cache-Control", "no-store")
    return made


def _small(answer: Answer) -> bytes | None:
    """What fits into one piece is read at once, so that its connection is soon free for others."""
    if int(answer.headers.get("Content-Length") or PIECE + 1) > PIECE:
        return None
    try:
        return answer.read()
    finally:
        answer.close()
