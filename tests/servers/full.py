"""The full run: gateway, every service's web and post as processes of their own under gunicorn, PostgreSQL, RabbitMQ."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag
from typing import Any

import pika
from joserfc.jwk import OKPKey
from sqlalchemy import make_url

from deploy import migrate, secrets
from deploy.demo.apart import Apart
from deploy.services import SERVICES
from tests.servers import webs


@dataclass
class Full(Apart):
    """The same, with what its processes show and say: their eyes by name (`ideas`, `ideas-post`), and their logs."""

    eyes: dict[str, str] = field(default_factory=dict)
    logs: list[Path] = field(default_factory=list)
    environments: dict[str, dict[str, str]] = field(default_factory=dict)

    def look(self, name: str, what: str = "metrics") -> tuple[int, str]:
        """What a process shows of itself."""
        return look(self.eyes[name], what)

    @contextmanager
    def another_post(self, service: str, *, amqp_url: str) -> Iterator[Callable[[str], tuple[int, str]]]:
        """One more post process of a service, with another broker; how to look at it."""
        port = webs.free_port()
        own = self.environments[service] | {"AMQP_URL": amqp_url, "METRICS_PORT": str(port)}
        with webs.process(["-m", "deploy.post", service], own, self.logs[0].with_name(f"{service}-other-post.log")):
            url = f"http://127.0.0.1:{port}"
            until(lambda: _answers(url), "it can be looked at")
            yield lambda what: look(url, what)


def look(url: str, what: str) -> tuple[int, str]:
    """What a process shows of itself."""
    try:
        with urllib.request.urlopen(f"{url}/{what}", timeout=10) as answer:  # noqa: S310  our own process
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as no:
        return no.code, no.read().decode()


def until(condition: Callable[[], Any], what: str) -> Any:
    """Wait for something that is going to happen, and return it."""
    pause = Flag()
    for _ in range(webs.PATIENCE * 5):
        if found := condition():
            return found
        pause.wait(0.2)
    raise AssertionError(f"never came: {what}")


def _answers(url: str) -> bool:
    try:
        return look(url, "healthz")[0] > 0
    except OSError:
        return False


@contextmanager
def full_run(admin_url: str, amqp_url: str, folder: Path, **environment: str) -> Iterator[Full]:
    """Start everything, with more in the environment where somebody wants to look at it; stop everything."""
    forget_earlier_queues(amqp_url)
    secrets.write(folder, database=make_url(admin_url).host + ":" + str(make_url(admin_url).port or 5432))
    migrate.main(folder, admin_url)
    ports = {name: webs.free_port() for name in ("gateway", *(service.name for service in SERVICES))}
    urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    eyes = {name: webs.free_port() for name in (*ports, *(f"{service.name}-post" for service in SERVICES))}
    clock = folder / "clock"
    common = {"SAMSKAB_RUN": "test", "SAMSKAB_CLOCK": str(clock), "WEB_THREADS": "8", "WEB_LEAVES_AFTER": "0"} | environment
    environments, processes = {}, []
    with ExitStack() as running:
        running.callback(forget_earlier_queues, amqp_url)
        for service in SERVICES:
            name, post = service.name, f"{service.name}-post"
            environments[name] = own = common | webs.of_service(name, folder, amqp_url)
            seen, seen_post = own | {"METRICS_PORT": str(eyes[name])}, own | {"METRICS_PORT": str(eyes[post])}
            web = webs.web(f"deploy.web:service('{name}')", seen, ports[name], folder / f"{name}.log")
            post_office = webs.process(["-m", "deploy.post", name], seen_post, folder / f"{post}.log")
            processes += [running.enter_context(web), running.enter_context(post_office)]
        door = common | webs.of_gateway(folder, urls["gateway"], {n: url for n, url in urls.items() if n != "gateway"})
        door |= {"METRICS_PORT": str(eyes["gateway"])}
        gateway = webs.web("deploy.door:gateway()", door, ports["gateway"], folder / "gateway.log")
        processes.append(running.enter_context(gateway))
        for name, url in urls.items():
            webs.until_ready(f"{url}/healthz" if name == "gateway" else f"{url}/readyz", folder / f"{name}.log")
        key = OKPKey.import_key(json.loads((folder / "gateway.key").read_text()))
        looks = {name: f"http://127.0.0.1:{port}" for name, port in eyes.items()}
        logs = [folder / f"{name}.log" for name in eyes]
        running.callback(lambda: [process.terminate() for process in processes])  # all at once; each is waited for below
        yield Full(urls["gateway"], urls["people"], key, admin_url, clock, looks, logs, environments)


def forget_earlier_queues(amqp_url: str) -> None:
    """A broker that serves several runs would else hold letters of an earlier one, and take those of the next."""
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        for service in SERVICES:
            connection.channel().queue_delete(f"{service.name}.inbox")
