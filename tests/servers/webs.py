"""Web processes as the full run has them: gateway and services under gunicorn, each on a port of its own."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Flag
from typing import TypeAlias

HOUSE = Path(__file__).parent.parent.parent
PATIENCE = 60

Process: TypeAlias = "subprocess.Popen[bytes]"


def of_service(name: str, folder: Path, amqp_url: str) -> dict[str, str]:
    """What the processes of a service find in their environment; `folder` holds the secrets."""
    return {
        "DATABASE_URL_FILE": str(folder / f"{name}.database_url"),
        "POST_DATABASE_URL_FILE": str(folder / f"{name}_post.database_url"),
        "AMQP_URL": amqp_url,
        "GATEWAY_PUBLIC_KEYS_FILE": str(folder / "gateway.public"),
        "SEAL_KEY_FILE": str(folder / "partners.seal"),
    }


def of_gateway(folder: Path, url: str, services: Mapping[str, str]) -> dict[str, str]:
    """What the gateway finds in its environment."""
    return {
        "DATABASE_URL_FILE": str(folder / "gateway.database_url"),
        "GATEWAY_KEY_FILE": str(folder / "gateway.key"),
        "PUBLIC_URL": url,
        "SAMSKAB_DEMO": "yes",
        "SERVICE_URLS": json.dumps(dict(services)),
    }


@contextmanager
def web(app: str, environment: Mapping[str, str], port: int, log: Path, house: Path = HOUSE) -> Iterator[Process]:
    """One application under gunicorn; yields the process at the root of its tree."""
    words = ["-m", "gunicorn", "-c", "deploy/gunicorn.py", "--bind", f"127.0.0.1:{port}", app]
    with process(words, {**environment, "PORT": str(port)}, log, house) as root:
        yield root


@contextmanager
def process(words: list[str], environment: Mapping[str, str], log: Path, house: Path = HOUSE) -> Iterator[Process]:
    """A Python process, with the code of a house, that ends when we let go of it, and with us."""
    environment = {"LOG_LEVEL": "warning", **os.environ, "PYTHONPATH": str(house), **environment}
    with log.open("ab") as said:
        program = ["setpriv", "--pdeathsig", "TERM", "--", sys.executable, *words]
        running = subprocess.Popen(program, env=environment, cwd=house, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(60)
        except subprocess.TimeoutExpired:
            running.kill()
            raise AssertionError(f"did not stop when asked to: {words}") from None


def until_ready(url: str, log: Path, *, look_every: float = 0.2) -> None:
    """Wait until it answers."""
    pause = Flag()
    for _ in range(int(PATIENCE / look_every)):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  our own process
                return
        except (urllib.error.URLError, OSError):
            pause.wait(look_every)
    raise AssertionError(f"{url} is not ready: {log.read_text(errors='replace')[-2000:]}")


def free_port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
