"""How a route is taken leave of: it says since when it is deprecated (RFC 9745) and until when it is there (RFC 8594)."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import Any

from flask import Response, after_this_request
from werkzeug.http import http_date

SHORTEST = timedelta(days=365)
"""What users of the API were promised: at least twelve months to move on."""

PROMISES = "/openapi.html#promises"
"""Where the promise can be read, at every front door."""


class TooSoon(ValueError):
    """A route may not end before those who use it have had the time that they were promised."""


def deprecated(routes: Any, *, since: date, sunset: date, instead: str) -> Callable[[Any], Any]:
    """Mark a view of these routes: each of its answers says so, a refusal too, and so does the document. Raises `TooSoon`."""
    if sunset - since < SHORTEST:
        raise TooSoon(f"{since} to {sunset} is less than twelve months")
    says = headers(since, sunset)

    def marked(view: Any) -> Any:
        @wraps(view)
        def leaving(*where: Any, **how: Any) -> Any:
            after_this_request(lambda answer: _say(answer, says))
            return view(*where, **how)

        said = f"Deprecated since {since}, gone after {sunset}. Use {instead} instead."
        return routes.doc(deprecated=True, description=said, **{"x-sunset": sunset.isoformat()})(leaving)

    return marked


def headers(since: date, sunset: date) -> Mapping[str, str]:
    """What the answers carry."""
    return {
        "Deprecation": f"@{int(_moment(since).timestamp())}",
        "Sunset": http_date(_moment(sunset)),
        "Link": f'<{PROMISES}>; rel="deprecation"; type="text/html"',
    }


def _say(answer: Response, says: Mapping[str, str]) -> Response:
    answer.headers.update(says)
    return answer


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
