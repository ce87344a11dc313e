"""How a process is looked at: whether it lives, whether it can work and what is missing, and what it has counted.

`/healthz`, `/readyz` and `/metrics` stand on a port of their own that nothing leads to from outside. Where several workers share
the port any of them answers: for itself about its life, and for all of them about what was counted.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import create_engine, text

from chassis import logs

log = structlog.get_logger()
Check = Callable[[], str | None]
"""None when all is well, else what is not."""

SECONDS = 2
"""How long a database may take to answer; and how long its answer is remembered, so that looking costs it nothing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Eyes(Collector):
    """What one process knows of itself. Without what it `needs` it is not ready; without what it `wants` it works, but worse."""

    service: str
    part: str
    needs: Mapping[str, Check] = field(default_factory=dict)
    wants: Mapping[str, Check] = field(default_factory=dict)
    lives: Check = lambda: None

    def health(self) -> tuple[int, dict[str, Any]]:
        """Whether its own loop goes round."""
        why = self.lives()
        return (503, {"status": "dead", "why": why}) if why else (200, {"status": "alive"})

    def readiness(self) -> tuple[int, dict[str, Any]]:
        """Whether it can do its work, and what is missing."""
        missing, wanting = _not_well(self.needs), _not_well(self.wants)
        if missing:
            return 503, {"status": "not ready", "why": missing | wanting}
        return 200, {"status": "degraded", "why": wanting} if wanting else {"status": "ready"}

    def counted(self) -> bytes:
        """Everything for Prometheus: what all workers counted, and how this process is just now."""
        registry = REGISTRY
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        now = CollectorRegistry()
        now.register(self)
        return generate_latest(registry) + generate_latest(now)

    def collect(self) -> Iterable[Metric]:
        """How it is just now, for Prometheus."""
        well = GaugeMetricFamily("samskab_well", "1 while it is there and works", labels=["service", "part", "what"])
        for what, check in {**self.needs, **self.wants}.items():
            well.add_metric([self.service, self.part, what], float(check() is None))
        return [well]

    def open(self, port: int, host: str = "127.0.0.1") -> ThreadingHTTPServer:
        """Answer on this port from a thread. Workers may share it; call it after any fork."""
        server = _Server((host, port), _answering(self))
        Thread(target=server.serve_forever, name="eyes", daemon=True).start()
        return server


def open_where_asked(eyes: Eyes) -> None:
    """Open on METRICS_PORT and METRICS_HOST, where they are set."""
    if port := os.environ.get("METRICS_PORT"):
        eyes.open(int(port), os.environ.get("METRICS_HOST", "127.0.0.1"))


def database(url: str) -> Check:
    """Whether a database answers, over a connection that nobody else uses: a busy pool is no lost database."""
    patience = {"connect_timeout": SECONDS, "options": f"-c statement_timeout={SECONDS}s", "tcp_user_timeout": SECONDS * 1000}
    engine = create_engine(url, pool_size=1, pool_pre_ping=True, hide_parameters=True, connect_args=patience)

    def check() -> str | None:
        try:
            with engine.connect() as connection:
                connection.execute(text("select 1"))
        except Exception as failure:  # noqa: BLE001  whatever it is, the database is not there
            return logs.called(failure)
        return None

    return _remembered(check)


def _remembered(check: Check) -> Check:
    known: list[tuple[float, str | None]] = []

    def answer() -> str | None:
        if not known or time.monotonic() - known[0][0] > SECONDS:
            found = check()
            known[:] = [(time.monotonic(), found)]
        return known[0][1]

    return answer


def _not_well(checks: Mapping[str, Check]) -> dict[str, str]:
    found = {what: check() for what, check in checks.items()}
    return {what: why for what, why in found.items() if why}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_port = True

    def handle_error(self, *_: Any) -> None:
        """Whoever looked did not wait for the answer, or something of ours is wrong; then a line in our own form says so."""
        if not isinstance(sys.exc_info()[1], OSError):
            log.warning("could not be looked at", exc_info=True)


def _answering(eyes: Eyes) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._say(200, CONTENT_TYPE_LATEST, eyes.counted())
            elif self.path in ("/healthz", "/readyz"):
                status, said = eyes.health() if self.path == "/healthz" else eyes.readiness()
                self._say(status, "application/json", json.dumps(said).encode())
            else:
                self._say(404, "application/json", b'{"status": "not found"}')

        def _say(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing: whoever looks every few seconds is not worth a line."""

    return Answer
