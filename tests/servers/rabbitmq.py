"""A RabbitMQ for the run: the one that TEST_AMQP_URL names, else a container, else a private node of Debian's own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    found = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}, "capture_output": True}
        print("installing rabbitmq-server for the tests ...", flush=True)  # noqa: T201  a minute without a word looks like a hang
        subprocess.run(["apt-get", "-qq", "update"], **quiet, check=False)
        with _no_services_started():
            subprocess.run(
                ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "rabbitmq-server"], **quiet, check=False
            )
        found = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))
    if not found:
        raise NoBroker(MISSING)
    return found[-1]


@contextmanager
def _no_services_started() -> Iterator[None]:
    """Keep Debian from starting a broker of the machine's own while the package is installed."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


@contextmanager
def private_node() -> Iterator[Node]:
    """A broker of our own that may be stopped, killed and told what to do."""
    node = Node(_program())
    try:
        node.start()
        yield node
    finally:
        node.throw_away()
