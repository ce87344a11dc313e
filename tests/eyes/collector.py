"""A small real collector: takes spans by OTLP over HTTP, as any collector does, and remembers them by their trace."""

import gzip
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest, ExportTraceServiceResponse


@dataclass(frozen=True)
class Span:
    """One step, by whom, and after which other."""

    by: str
    name: str
    id: str
    after: str
    attributes: dict[str, object]


@dataclass
class Collector:
    """What arrived so far, trace by trace."""

    url: str = ""
    traces: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    came: threading.Condition = field(default_factory=threading.Condition)

    def take(self, body: bytes) -> None:
        """Remember what was sent."""
        asked = ExportTraceServiceRequest.FromString(body)
        with self.came:
            for sent in asked.resource_spans:
                said = {each.key: each.value.string_value for each in sent.resource.attributes}
                by = f"{said['service.name']} {said['samskab.part']}"
                for span in (span for scope in sent.scope_spans for span in scope.spans):
                    facts = {each.key: each.value.string_value or each.value.int_value for each in span.attributes}
                    made = Span(by, span.name, span.span_id.hex(), span.parent_span_id.hex(), facts)
                    self.traces[span.trace_id.hex()].append(made)
            self.came.notify_all()

    def trace_with(self, *steps: tuple[str, str], patience: float = 30) -> list[Span]:
        """The spans of a trace in which each of these took each of these steps; waits until there is one."""
        with self.came:
            found = self.came.wait_for(lambda: self._with(steps), patience)
            assert found, f"no trace has {steps}; there are {[[(s.by, s.name) for s in t] for t in self.traces.values()][-5:]}"
            return list(found)

    def _with(self, steps: tuple[tuple[str, str], ...]) -> list[Span] | None:
        return next((t for t in self.traces.values() if {*steps} <= {(span.by, span.name) for span in t}), None)


@contextmanager
def collector() -> Iterator[Collector]:
    """A collector on a free port of this machine."""
    made = Collector()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.take(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            said = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        made.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()
