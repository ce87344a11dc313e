"""Two of each process, with the code of two commits: each can be replaced by one of the other while the rest goes on."""

import io
import json
import os
import subprocess
import tarfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from deploy import migrate, secrets
from deploy.services import SERVICES
from gateway.services import Away, Replicas
from tests.servers import webs
from tests.servers.full import forget_earlier_queues
from tests.servers.webs import HOUSE, free_port

ASKED = ("people", "ideas", "groups")
"""The services that the load reaches: the others would only take the processors away from them."""

SINCE = "deploy/worker.py"
"""What a commit has from which an upgrade without a failed request is promised."""


def code_before(folder: Path) -> tuple[str, Path]:
    """The code of the commit before: the one that UPGRADE_FROM names, or else the newest earlier one that promises the same."""
    named = os.environ.get("UPGRADE_FROM")
    for commit in [named] if named else ["HEAD^", "HEAD^2", "HEAD"]:
        found = subprocess.run(["git", "cat-file", "-e", f"{commit}:{SINCE}"], cwd=HOUSE, capture_output=True, check=False)
        if found.returncode == 0:
            archive = subprocess.run(["git", "archive", commit], cwd=HOUSE, capture_output=True, check=True).stdout
            with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
                tar.extractall(folder, filter="data")
            told = subprocess.run(
                ["git", "log", "-1", "--format=%h", commit], cwd=HOUSE, capture_output=True, text=True, check=True
            )
            return told.stdout.strip(), folder
    raise AssertionError(f"there is no earlier commit to upgrade from ({named or 'a whole clone is needed, not a shallow one'})")


@dataclass
class Slot:
    """A place for one process: its port stays, what runs there may be replaced."""

    name: str
    number: int
    port: int
    running: ExitStack = field(default_factory=ExitStack)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


class Fleet:
    """Web and post processes of the services that are asked, and the gateway: two of each."""

    def __init__(self, folder: Path, admin_url: str, amqp_url: str) -> None:
        self.folder, self.amqp_url = folder, amqp_url
        forget_earlier_queues(amqp_url)
        where = urlsplit(admin_url)
        secrets.write(folder, database=f"{where.hostname}:{where.port or 5432}")
        migrate.main(folder, admin_url)
        names = [name for service in ASKED for name in (service, f"{service}-post")]
        self.slots = [Slot(name, number, free_port()) for name in (*names, "gateway") for number in (1, 2)]

    def start(self, code: Path) -> None:
        """Fill all places with processes of this code."""
        for wait in [self._launch(slot, code) for slot in self.slots]:
            wait()

    def replace(self, slot: Slot, code: Path) -> None:
        """Stop what runs there as an upgrade does, gracefully; then start one with this code, and wait until it is ready."""
        slot.running.close()
        self._launch(slot, code)()

    def _launch(self, slot: Slot, code: Path) -> Callable[[], None]:
        log, eyes = self.folder / f"{slot.name}-{slot.number}.log", free_port()
        own = self._environment(slot, code) | {"METRICS_PORT": str(eyes)}
        if slot.name.endswith("-post"):
            program = webs.process(["-m", "deploy.post", slot.name.removesuffix("-post")], own, log, code)
        else:
            app = "deploy.door:gateway()" if slot.name == "gateway" else f"deploy.web:service('{slot.name}')"
            program = webs.web(app, own, slot.port, log, code)
        slot.process = slot.running.enter_context(program)
        return lambda: webs.until_ready(f"http://127.0.0.1:{eyes}/readyz", log)

    def urls(self, name: str) -> list[str]:
        """Where the processes of a name answer."""
        return [slot.url for slot in self.slots if slot.name == name]

    def stop(self) -> None:
        """End all: told at once, waited for one after the other."""
        for slot in self.slots:
            if slot.process:
                slot.process.terminate()
        with ExitStack() as all_of_them:
            for slot in self.slots:
                all_of_them.push(slot.running.pop_all())
        forget_earlier_queues(self.amqp_url)

    def _environment(self, slot: Slot, code: Path) -> dict[str, str]:
        name = slot.name.removesuffix("-post")
        common = os.environ | {
            "SAMSKAB_RUN": "test",
            "PYTHONPATH": str(code),
            "DATABASE_URL_FILE": self._secret(name, "database_url"),
        }
        if name == "gateway":
            more = {
                "GATEWAY_KEY_FILE": str(self.folder / "gateway.key"),
                "PUBLIC_URL": "http://127.0.0.1:8080",
                "SAMSKAB_DEMO": "yes",
            }
            return common | more | {"SERVICE_URLS": json.dumps({service: self.urls(service) for service in ASKED})}
        return common | {
            "POST_DATABASE_URL_FILE": self._secret(f"{name}_post", "database_url"),
            "AMQP_URL": self.amqp_url,
            "GATEWAY_PUBLIC_KEYS_FILE": str(self.folder / "gateway.public"),
        }

    def _secret(self, name: str, kind: str) -> str:
        return str(self.folder / f"{name}.{kind}")


class Before(httpx2.BaseTransport):
    """What stands before several gateways in an installation: it asks them in turn, and passes over whoever is away."""

    def __init__(self, urls: list[str]) -> None:
        self.gateways = Replicas(urls)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        headers = {name: value for name, value in request.headers.items() if name not in {"host", "connection", "content-length"}}
        try:
            answer = self.gateways.ask(request.method, request.url.raw_path.decode(), headers, request.read() or None)
            whole = answer.read()
        except Away as away:
            raise httpx2.NetworkError(str(away)) from away
        answer.close()
        left = [
            (name, value) for name, value in answer.headers.items() if name.lower() not in {"content-length", "transfer-encoding"}
        ]
        return httpx2.Response(answer.status_code, headers=left, content=whole)


def consumers(kind: str) -> list[str]:
    """Which of the services that run here listen to a kind of letter."""
    return [s.name for s in SERVICES if s.name in ASKED and kind in {event.kind for event in s.listens}]
