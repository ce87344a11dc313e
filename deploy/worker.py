"""gunicorn as this house wants it: a worker that leaves drops no request, and a log line repeats nothing that was sent."""

import logging
import os
import re
import time
from contextlib import suppress
from typing import Any

import structlog
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from chassis import logs
from chassis.metrics import METHODS

LEAVES_AFTER = float(os.environ.get("WEB_LEAVES_AFTER", "3"))
"""Seconds for which a worker that was told to stop still takes what comes, and closes each connection: callers go elsewhere."""

log = structlog.get_logger()


class Leaver(ThreadWorker):  # type: ignore[misc]  # gunicorn carries no types
    """Stops in three steps: announces it with each answer, takes in all that has knocked by then, and closes the door at once.

    gunicorn's own worker stops taking connections first and closes the door when its last request is answered; whoever came in
    between would wait, and then be cut off.
    """

    alive: bool
    leaves_at: float | None = None

    def handle_exit(self, *_: Any) -> None:
        """Told to stop: from now on every answer closes its connection."""
        if self.leaves_at is None:
            self.leaves_at = time.monotonic() + LEAVES_AFTER
            self.max_keepalived = 0

    def notify(self) -> None:
        """Called each time round the loop."""
        super().notify()
        if self.alive and self.leaves_at is not None and time.monotonic() > self.leaves_at:
            self.alive = False

    def set_accept_enabled(self, enabled: bool) -> None:
        """When the worker is leaving: take in who has come, and close."""
        super().set_accept_enabled(enabled)
        if self.alive or self.leaves_at is None:
            return
        for listener in self.sockets:
            with suppress(OSError):
                while True:
                    self._take_in(listener)
            listener.close()

    def _take_in(self, listener: Any) -> None:
        before = self.nr_conns
        self.accept(listener)
        if self.nr_conns == before:  # nobody was there
            raise BlockingIOError


class Lines(Logger):  # type: ignore[misc]
    """gunicorn's lines in the form of ours: an answer by its route, a fault by its name."""

    def setup(self, cfg: Any) -> None:
        """One handler for all lines of this process."""
        self.cfg = cfg
        named = re.search(r"'(\w+)'", cfg.proc_name)  # deploy.web:service('ideas'), or the gateway
        logs.configure(named[1] if named else "gateway")
        self.error_log.setLevel(logging.INFO)
        self.error_log.propagate = True

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:  # noqa: ARG002  gunicorn's way to call it
        """One answer. What it belongs to is known still; a request that could not even be read belongs to nothing."""
        method = environ.get("REQUEST_METHOD")
        log.info(
            "answered",
            method=method if method in METHODS else "other",
            status=int(str(resp.status).split(None, 1)[0]),
            milliseconds=round(request_time.total_seconds() * 1000, 1),
            bytes=getattr(resp, "sent", None),
        )
