"""The full run: gateway, every service's web and post as processes of their own under gunicorn, PostgreSQL, RabbitMQ."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event as Flag

import pika
from joserfc.jwk import OKPKey
from sqlalchemy import make_url

from deploy import migrate, secrets
from deploy.demo.apart import Apart
from deploy.services import SERVICES

HOUSE = Path(__file__).parent.parent.parent
PATIENCE = 60


@contextmanager
def full_run(admin_url: str, amqp_url: str, folder: Path) -> Iterator[Apart]:
    """Start everything; stop everything."""
    _forget_earlier_queues(amqp_url)
    secrets.write(folder, database=make_url(admin_url).host + ":" + str(make_url(admin_url).port or 5432))
    os.environ["ADMIN_DATABASE_URL"] = admin_url
    migrate.main(folder)
    ports = {name: _free_port() for name in ("gateway", *(service.name for service in SERVICES))}
    urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    clock = folder / "clock"
    common = os.environ | {"SAMSKAB_RUN": "test", "SAMSKAB_CLOCK": str(clock), "PYTHONPATH": str(HOUSE), "LOG_LEVEL": "warning"}
    with ExitStack() as running:
        running.callback(_forget_earlier_queues, amqp_url)
        for service in SERVICES:
            own = common | {
                "DATABASE_URL_FILE": str(folder / f"{service.name}.database_url"),
                "POST_DATABASE_URL_FILE": str(folder / f"{service.name}_post.database_url"),
                "AMQP_URL": amqp_url,
                "GATEWAY_PUBLIC_KEYS_FILE": str(folder / "gateway.public"),
                "SEAL_KEY_FILE": str(folder / "partners.seal"),
            }
            running.enter_context(
                _web(f"deploy.web:service('{service.name}')", own, ports[service.name], folder / f"{service.name}.log")
            )
            running.enter_context(_process(["-m", "deploy.post", service.name], own, folder / f"{service.name}-post.log"))
        door = common | {
            "DATABASE_URL_FILE": str(folder / "gateway.database_url"),
            "GATEWAY_KEY_FILE": str(folder / "gateway.key"),
            "PUBLIC_URL": urls["gateway"],
            "SAMSKAB_DEMO": "yes",
            "SERVICE_URLS": json.dumps({name: url for name, url in urls.items() if name != "gateway"}),
        }
        running.enter_context(_web("deploy.door:gateway()", door, ports["gateway"], folder / "gateway.log"))
        for name, url in urls.items():
            _until_ready(f"{url}/healthz" if name == "gateway" else f"{url}/readyz", folder / f"{name}.log")
        key = OKPKey.import_key(json.loads((folder / "gateway.key").read_text()))
        yield Apart(urls["gateway"], urls["people"], key, admin_url, clock)


def _forget_earlier_queues(amqp_url: str) -> None:
    """A broker that serves several runs would else hold letters of an earlier one, and take those of the next."""
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        for service in SERVICES:
            connection.channel().queue_delete(f"{service.name}.inbox")


@contextmanager
def _web(app: str, environment: dict[str, str], port: int, log: Path) -> Iterator[None]:
    environment = environment | {"PORT": str(port), "WEB_THREADS": "8"}
    with _process(["-m", "gunicorn", "-c", "deploy/gunicorn.py", "--bind", f"127.0.0.1:{port}", app], environment, log):
        yield


@contextmanager
def _process(words: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as said:
        program = ["setpriv", "--pdeathsig", "TERM", "--", sys.executable, *words]
        process = subprocess.Popen(program, env=environment, cwd=HOUSE, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"did not stop when asked to: {words}") from None


def _until_ready(url: str, log: Path) -> None:
    pause = Flag()
    for _ in range(PATIENCE * 5):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  our own process
                return
        except (urllib.error.URLError, OSError):
            pause.wait(0.2)
    raise AssertionError(f"{url} is not ready: {log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
