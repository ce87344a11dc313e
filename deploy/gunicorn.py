"""How many workers, how patient, how seen: gunicorn's settings for every web process of the full run."""

import os
import shutil
import tempfile
import time
from typing import Any

os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="samskab-counted-"))  # before anything is counted

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "deploy.worker.Leaver"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 30
graceful_timeout = 25
keepalive = 30
worker_tmp_dir = "/dev/shm"  # noqa: S108  memory, so that a busy disk never looks like a dead worker
control_socket_disable = True
logger_class = "deploy.worker.Lines"


def post_worker_init(worker: Any) -> None:
    """The application is loaded: let it be looked at, also while all its threads are busy."""
    from dataclasses import replace

    from chassis.eyes import open_where_asked

    def lives() -> str | None:
        return "stands still" if time.monotonic() - worker.tmp.last_update() > timeout else None

    open_where_asked(replace(worker.wsgi.extensions["eyes"], lives=lives))


def on_exit(_: Any) -> None:
    """The last one clears away what was counted."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def child_exit(_: Any, worker: Any) -> None:
    """What a worker has counted stays; what it had in hand is gone with it."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
