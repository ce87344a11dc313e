"""Spans for whoever collects them by OpenTelemetry: made where an address for them is named; else nothing is even imported."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from time import time_ns
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

ADDRESSES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
Facts = Mapping[str, str | int]


@dataclass
class _Collecting:
    """The one tracer of this process; None where nobody collects."""

    tracer: "Tracer | None" = None
    flush: Callable[[], object] = bool


_here = _Collecting()
_open: ContextVar["Span | None"] = ContextVar("span", default=None)


def wanted() -> bool:
    """Whether the environment names an address for spans, and does not switch them off."""
    off = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true" or os.environ.get("OTEL_TRACES_EXPORTER") == "none"
    return not off and any(os.environ.get(name) for name in ADDRESSES)


def configure(service: str, part: str) -> None:
    """Send spans in the background to where the environment says; all OTEL_ variables have their usual meaning."""
    if not wanted() or _here.tracer is not None:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    named = {"service.namespace": "samskab", "service.name": service, "samskab.part": part}
    provider = TracerProvider(resource=Resource.create(named))  # ends with the process, sending what is left
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _here.tracer, _here.flush = provider.get_tracer("samskab"), provider.force_flush


def begin(kind: str, came: str | None) -> str | None:
    """Open a span as the next step of a trace; return its own trace context, or None where nobody collects."""
    if _here.tracer is None:
        return None
    from opentelemetry.trace import SpanKind

    span = _here.tracer.start_span(kind, context=_remote(came), kind=SpanKind[kind.upper()])
    _open.set(span)
    own = span.get_span_context()
    return f"00-{own.trace_id:032x}-{own.span_id:016x}-{int(own.trace_flags):02x}"


def end(name: str = "", facts: Facts | None = None, *, failure: str = "") -> None:
    """Close the span that is open, if one is: what it was called and what is to be known of it is said only now."""
    span = _open.get()
    if span is None:
        return
    _open.set(None)
    if name:
        span.update_name(name)
    _finish(span, facts or {}, failure)


def published(service: str, letters: Sequence[Any], confirmed: set[Any], began: int) -> None:
    """A span for each letter that was handed to the transport since `began`, in the trace that the letter belongs to."""
    if _here.tracer is None:
        return
    from opentelemetry.trace import SpanKind

    from contracts.event import Letter, Unreadable

    for row in letters:
        try:
            letter = Letter.from_bytes(bytes(row.body))
        except Unreadable:
            continue
        span = _here.tracer.start_span(
            f"publish {row.kind}", context=_remote(letter.trace), kind=SpanKind.PRODUCER, start_time=began
        )
        facts: Facts = {"messaging.destination.name": f"{service}.events", "samskab.association": str(row.association_id)}
        _finish(span, facts, "" if row.id in confirmed else "refused")


def _finish(span: "Span", facts: Facts, failure: str) -> None:
    from opentelemetry.trace import StatusCode

    span.set_attributes(dict(facts))
    if failure:
        span.set_status(StatusCode.ERROR, failure)
    span.end()


def _remote(came: str | None) -> Any:
    """The step before ours, which somebody else made; without one this is where the trace begins."""
    from opentelemetry.context import Context
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    if came is None:
        return Context()
    _, trace, step, flags = came.split("-")
    before = SpanContext(int(trace, 16), int(step, 16), is_remote=True, trace_flags=TraceFlags(int(flags, 16)))
    return set_span_in_context(NonRecordingSpan(before), Context())


def now() -> int:
    """This moment as spans count it."""
    return time_ns()
