"""Every no in one form: RFC 9457 problem details, in Danish or English, that name what is wrong."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, json, request
from werkzeug.exceptions import HTTPException

from chassis import shapes
from chassis.refusal import CHANGED_MEANWHILE, NOT_FOUND, No, NotAllowed, NotFound, Refused, Stale

MALFORMED = No(
    "malformed", "Noget i det indsendte mangler eller har en forkert form.", "Something sent is missing or has the wrong form."
)
NOT_JSON = No("not-json", "Det indsendte er ikke gyldig JSON.", "What was sent is not valid JSON.")
TOO_LARGE = No("too-large", "Det er for meget på én gang.", "That is too much at once.")
WHO = No("not-signed-in", "Du er ikke logget ind.", "You are not signed in.")
METHOD = No("method-not-allowed", "Det kan man ikke gøre på denne adresse.", "That cannot be done at this address.")
BROKEN = No(
    "our-mistake",
    "Noget gik galt hos os. Det er ikke din fejl, og intet er ændret.",
    "Something went wrong on our side. Nothing was changed.",
)
AWAY = No(
    "not-available",
    "Tjenesten svarer ikke lige nu. Prøv igen om lidt.",
    "The service does not answer right now. Try again in a moment.",
)
BY_STATUS = {
    400: NOT_JSON,
    401: WHO,
    404: NOT_FOUND,
    405: METHOD,
    413: TOO_LARGE,
    415: NOT_JSON,
    422: MALFORMED,
    502: AWAY,
    503: AWAY,
}


def language() -> str:
    """`da` or `en`: what the reader asks for, Danish when nothing is said."""
    return request.accept_languages.best_match(["da", "en"]) or "da"


def problem(status: int, no: No, facts: Mapping[str, Any] | None = None, **more: Any) -> Response:
    """The answer that says no."""
    facts = facts or {}
    said = (no.da if language() == "da" else no.en).format_map({key: _spoken(value) for key, value in facts.items()})
    body = {"type": f"/problems/{no.slug}", "title": said, "status": status, "slug": no.slug, "facts": dict(facts), **more}
    return Response(json.dumps(body), status, content_type="application/problem+json")


def refused(error: Refused) -> Response:
    """Not found, not allowed, not now; and what `If-Match` asked for is not so."""
    status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, NotAllowed) else 412 if _stale(error) else 409
    return problem(status, error.no, error.facts)


def malformed(messages: Any) -> Response:
    """What is wrong with which field."""
    named = [
        {"field": name, "slug": text.split(":")[0], "says": shapes.sentence(text, language())} for name, text in flat(messages)
    ]
    return problem(422, MALFORMED, fields=named)


def http(error: HTTPException) -> Response:
    """What Flask itself refuses: a path, a method, a body too large, a body that is not JSON."""
    data = getattr(error, "data", None) or {}
    if "messages" in data:
        return malformed(data["messages"].get("json", data["messages"].get("query", data["messages"])))
    status = error.code or 500
    answer = problem(status, BY_STATUS.get(status, BROKEN if status >= 500 else MALFORMED))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After", "WWW-Authenticate"}:
            answer.headers[name] = value
    return answer


def flat(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """What marshmallow found wrong, as field and message, however deep."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = "" if key == "_schema" else str(key)
            yield from flat(inner, f"{path}.{step}".strip("."))
    elif isinstance(messages, list):
        for inner in messages:
            yield from flat(inner, path)
    else:
        yield path, str(messages)


def _stale(error: Refused) -> bool:
    """A rule that compares versions itself says the same as `If-Match`, where that is how the version came."""
    return isinstance(error, Stale) or (error.no is CHANGED_MEANWHILE and "If-Match" in request.headers)


def _spoken(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
