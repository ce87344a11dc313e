"""What can be counted about the post, for Prometheus: numbers only, by service, never about one association or person."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram

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
