"""What can be counted, for Prometheus: numbers only, by service, never about one association or person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from prometheus_client import Counter, Gauge, Histogram
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

PUBLISHED = Counter("samskab_post_published", "Letters that the transport confirmed", ["service"])
REFUSED = Counter("samskab_post_refused", "Letters that found no queue or were refused; they are tried again", ["service"])
UNCONFIRMED = Gauge("samskab_post_unconfirmed", "Letters handed to the broker whose confirms are awaited", ["service"])
STORED = Counter("samskab_post_stored", "Letters that the listener stored, without those it had already", ["service"])
UNREADABLE = Counter("samskab_post_unreadable", "Bodies that were no letter of ours", ["service"])
APPLIED = Counter("samskab_post_applied", "Letters whose effect is in the database", ["service"])
FAILED = Counter("samskab_post_attempts_failed", "Attempts to apply a letter that failed", ["service"])
PARKED = Counter("samskab_post_letters_parked", "Letters that were parked", ["service"])
LATENCY = Histogram(
    "samskab_post_told_to_applied_seconds",
    "From the commit that told a fact to the commit of its effect here",
    ["service"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600),
)
LETTERS = Gauge("samskab_post_letters", "Letters by where they lie and in which state", ["service", "box", "state"])
OLDEST = Gauge(
    "samskab_post_oldest_seconds", "Age of the oldest letter by where it lies and in which state", ["service", "box", "state"]
)
REQUESTS = Counter("samskab_http_requests", "Requests that were answered", ["service", "method", "route", "status"])
SECONDS = Histogram(
    "samskab_http_request_seconds",
    "From the first byte of a request to the last of its answer",
    ["service", "method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
IN_PROGRESS = Gauge(
    "samskab_http_requests_in_progress", "Requests that are being answered", ["service"], multiprocess_mode="livesum"
)
CONNECTIONS = Gauge(
    "samskab_database_connections_in_use", "Connections lent out", ["service", "pool"], multiprocess_mode="livesum"
)
MOST_CONNECTIONS = Gauge(
    "samskab_database_connections_most", "Connections that can be lent out", ["service", "pool"], multiprocess_mode="livesum"
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def answered(service: str, *, method: str, route: str, status: str, seconds: float) -> None:
    """A request is over. The route is the template, never what stood in its place; a method that nobody knows is `other`."""
    method = method if method in METHODS else "other"
    REQUESTS.labels(service, method, route, status).inc()
    SECONDS.labels(service, method, route).observe(seconds)


def watch_pool(service: str, pool: str, engine: Engine, most: int) -> Engine:
    """Count what this pool has lent out; return the engine."""
    lent = CONNECTIONS.labels(service, pool)
    MOST_CONNECTIONS.labels(service, pool).inc(most)

    def out(_: object, place: ConnectionPoolEntry, __: object) -> None:
        cast(dict[str, bool], place.record_info)["lent"] = True
        lent.inc()

    def back(_: object, place: ConnectionPoolEntry) -> None:
        if cast(dict[str, bool], place.record_info).pop("lent", False):  # one that could not be opened comes back too
            lent.dec()

    event.listen(engine, "checkout", out)
    event.listen(engine, "checkin", back)
    return engine


@contextmanager
def awaiting(service: str, letters: int) -> Iterator[None]:
    """So many letters are on their way until the transport has answered."""
    UNCONFIRMED.labels(service).set(letters)
    try:
        yield
    finally:
        UNCONFIRMED.labels(service).set(0)


def published(service: str, *, sent: int, refused: int) -> None:
    """The relay marked a list of letters."""
    PUBLISHED.labels(service).inc(sent)
    if refused:
        REFUSED.labels(service).inc(refused)


def stored(service: str, *, letters: int, unreadable: int) -> None:
    """The listener stored a list of letters."""
    STORED.labels(service).inc(letters)
    if unreadable:
        UNREADABLE.labels(service).inc(unreadable)


def lying(service: str, rows: list[tuple[str, str, int, float]]) -> None:
    """How the boxes look: box, state, how many, and how old the oldest is."""
    for box, state, count, age in rows:
        LETTERS.labels(service, box, state).set(count)
        OLDEST.labels(service, box, state).set(age)
