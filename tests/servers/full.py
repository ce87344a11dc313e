"""The full run: gateway, every service's web and post as processes of their own under gunicorn, PostgreSQL, RabbitMQ."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pika
from joserfc.jwk import OKPKey
from sqlalchemy import make_url

from deploy import migrate, secrets
from deploy.demo.apart import Apart
from deploy.services import SERVICES
from tests.servers import webs


@contextmanager
def full_run(admin_url: str, amqp_url: str, folder: Path) -> Iterator[Apart]:
    """Start everything; stop everything."""
    _forget_earlier_queues(amqp_url)
    secrets.write(folder, database=make_url(admin_url).host + ":" + str(make_url(admin_url).port or 5432))
    os.environ["ADMIN_DATABASE_URL"] = admin_url
    migrate.main(folder)
    ports = {name: webs.free_port() for name in ("gateway", *(service.name for service in SERVICES))}
    urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    clock = folder / "clock"
    common = {"SAMSKAB_RUN": "test", "SAMSKAB_CLOCK": str(clock), "WEB_THREADS": "8"}
    with ExitStack() as running:
        running.callback(_forget_earlier_queues, amqp_url)
        for service in SERVICES:
            own = common | webs.of_service(service.name, folder, amqp_url)
            app, log = f"deploy.web:service('{service.name}')", folder / f"{service.name}.log"
            running.enter_context(webs.web(app, own, ports[service.name], log))
            running.enter_context(webs.process(["-m", "deploy.post", service.name], own, folder / f"{service.name}-post.log"))
        door = common | webs.of_gateway(folder, urls["gateway"], {n: url for n, url in urls.items() if n != "gateway"})
        running.enter_context(webs.web("deploy.door:gateway()", door, ports["gateway"], folder / "gateway.log"))
        for name, url in urls.items():
            webs.until_ready(f"{url}/healthz" if name == "gateway" else f"{url}/readyz", folder / f"{name}.log")
        key = OKPKey.import_key(json.loads((folder / "gateway.key").read_text()))
        yield Apart(urls["gateway"], urls["people"], key, admin_url, clock)


def _forget_earlier_queues(amqp_url: str) -> None:
    """A broker that serves several runs would else hold letters of an earlier one, and take those of the next."""
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        for service in SERVICES:
            connection.channel().queue_delete(f"{service.name}.inbox")
