"""How many workers, how patient: gunicorn's settings for every web process of the full run."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 30
graceful_timeout = 20
keepalive = 30
worker_tmp_dir = "/dev/shm"  # noqa: S108  memory, so that a busy disk never looks like a dead worker
control_socket_disable = True
accesslog = None
