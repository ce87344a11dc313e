"""What every log line says about what it belongs to: which request, association and trace. Never a person's data."""

import os
import re
import sys
from contextvars import ContextVar
from secrets import token_hex
from uuid import UUID

import structlog
from uuid_utils.compat import uuid7

TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})")
_request: ContextVar[UUID | None] = ContextVar("request", default=None)
_trace: ContextVar[str | None] = ContextVar("trace", default=None)


def request_id() -> UUID | None:
    """The request that all this began with."""
    return _request.get()


def trace() -> str | None:
    """W3C trace context of what is going on, to be handed on."""
    return _trace.get()


def begin(*, request: str | None, traceparent: str | None, **facts: str) -> None:
    """A request or a letter is taken up, as one more step of the trace that it came with.

    Names that make no sense are replaced, not believed.
    """
    structlog.contextvars.clear_contextvars()
    _request.set(_uuid(request) or uuid7())
    came = TRACEPARENT.fullmatch(traceparent or "")
    trace, flags = (came[1], came[2]) if came else (token_hex(16), "01")
    _trace.set(f"00-{trace}-{token_hex(8)}-{flags}")
    structlog.contextvars.bind_contextvars(request=str(_request.get()), trace=trace, **facts)


def end() -> None:
    """What was taken up is done; the next log line belongs to nobody."""
    structlog.contextvars.clear_contextvars()
    _request.set(None)
    _trace.set(None)


def _uuid(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None


def configure(service: str) -> None:
    """One JSON line per event on standard error; plain lines when LOG_FORMAT=plain."""
    form = (
        structlog.dev.ConsoleRenderer(colors=False)
        if os.environ.get("LOG_FORMAT") == "plain"
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            lambda _, __, line: {"service": service, **line},
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            form,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(os.environ.get("LOG_LEVEL", "info")),
    )
