"""A RabbitMQ for the run: the one that TEST_AMQP_URL names, else a container, else a private node of Debian's own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.debian import install
from tests.servers.node import NoBroker, Node, until_it_speaks

IMAGE = "rabbitmq:4-management"
MISSING = (
    "The tests need RabbitMQ: set TEST_AMQP_URL, or start Docker, "
    "or install Debian's rabbitmq-server (apt install rabbitmq-server; as root that is done for you)."
)


@contextmanager
def rabbitmq() -> Iterator[str]:
    """Yield an AMQP URL."""
    named = os.environ.get("TEST_AMQP_URL")
    if named:
        yield named
    elif os.environ.get("TEST_RABBITMQ") != "private" and _has_image():
        with _container() as url:
            yield url
    else:
        with private_node() as node:
            yield node.url


def _has_image() -> bool:
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "image", "inspect", IMAGE], capture_output=True, check=False).returncode == 0


@contextmanager
def _container() -> Iterator[str]:
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    from testcontainers.core.container import DockerContainer

    container = DockerContainer(IMAGE)
    container.ports = {5672: ("127.0.0.1", None)}  # nobody outside this machine reaches it
    with container:
        port = int(container.get_exposed_port(5672))
        until_it_speaks(port)
        yield f"amqp://guest:guest@127.0.0.1:{port}/"


def _program() -> Path:
    install("rabbitmq-server", unless=_on_this_machine)
    found = _on_this_machine()
    if not found:
        raise NoBroker(MISSING)
    return found[-1]


def _on_this_machine() -> list[Path]:
    return sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))


@contextmanager
def private_node(*, manages: bool = False) -> Iterator[Node]:
    """A broker of our own that may be stopped, killed and told what to do; with its management API where that is asked for."""
    node = Node(_program(), manages=manages)
    try:
        node.start()
        yield node
    finally:
        node.throw_away()
