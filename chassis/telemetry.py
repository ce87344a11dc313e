"""What is going on, and to which request, association and trace it belongs: each log line, letter and span says so."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex
from uuid import UUID

import structlog
from uuid_utils.compat import uuid7

from chassis import logs, spans

TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
NONE = "0" * 32
_request: ContextVar[UUID | None] = ContextVar("request", default=None)
_trace: ContextVar[str | None] = ContextVar("trace", default=None)


def configure(service: str, part: str = "web") -> None:
    """Log lines in their form, and spans where somebody collects them. Call it after any fork."""
    logs.configure(service, part)
    spans.configure(service, part)


def request_id() -> UUID | None:
    """The request that all this began with."""
    return _request.get()


def trace() -> str | None:
    """W3C trace context of what is going on, to be handed on."""
    return _trace.get()


def begin(*, request: str | None, traceparent: str | None, kind: str = "server", **facts: str) -> None:
    """A request or a letter is taken up, as one more step of the trace that it came with.

    Names that make no sense are replaced, not believed.
    """
    spans.end()
    structlog.contextvars.clear_contextvars()
    _request.set(_uuid(request) or uuid7())
    came = TRACEPARENT.fullmatch(traceparent or "")
    trusted = traceparent if came and came[1] != NONE else None
    _trace.set(spans.begin(kind, trusted) or _own_step(trusted))
    structlog.contextvars.bind_contextvars(request=str(_request.get()), trace=(trace() or "").split("-")[1], **facts)


def end() -> None:
    """What was taken up is done; the next log line belongs to nobody."""
    spans.end()
    structlog.contextvars.clear_contextvars()
    _request.set(None)
    _trace.set(None)


@contextmanager
def reacting(*, request: str | None, traceparent: str | None, association: str, letter: str) -> Iterator[None]:
    """A letter is being applied. What is logged after it failed still says which letter that was, until the next one."""
    begin(request=request, traceparent=traceparent, kind="consumer", association=association, letter=letter)
    try:
        yield
    except BaseException as failure:
        spans.end(f"react {letter}", {"samskab.association": association}, failure=logs.called(failure))
        raise
    spans.end(f"react {letter}", {"samskab.association": association})


def _own_step(came: str | None) -> str:
    """The next step of a trace where nobody collects spans: a new number of our own."""
    _, trace, _, flags = came.split("-") if came else ("", token_hex(16), "", "01")
    return f"00-{trace}-{token_hex(8)}-{flags}"


def _uuid(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None
