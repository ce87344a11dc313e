"""A RabbitMQ for the run: the one that TEST_AMQP_URL names, else a container, else a private node of Debian's own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

PATIENCE = 90.0
IMAGE = "rabbitmq:4-management"
MISSING = (
    "The tests need RabbitMQ: set TEST_AMQP_URL, or start Docker, "
    "or install Debian's rabbitmq-server (apt install rabbitmq-server; as root that is done for you)."
)


class NoBroker(Exception):
    """There is no RabbitMQ to be had; the message says what to install."""


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
        with _private_node(_program()) as url:
            yield url


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
        _until_it_speaks(port)
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
def _private_node(program: Path) -> Iterator[str]:
    home = Path(tempfile.mkdtemp(prefix="samskab-mq-"))
    ports = _free_ports(3)
    _furnish(home)
    environment = os.environ | _environment(home, *ports)
    words = ["setsid", str(program)]
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "rabbitmq:", str(home)], check=True)
        words = ["setpriv", "--pdeathsig", "TERM", "--reuid=rabbitmq", "--regid=rabbitmq", "--clear-groups", "--", *words]
    with (home / "out").open("wb") as out:
        node = subprocess.Popen(words, env=environment, cwd=home, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    try:
        _until_it_speaks(ports[0])
        yield f"amqp://guest:guest@127.0.0.1:{ports[0]}/"
    finally:
        _end(node, home, ports[2], environment)


def _furnish(home: Path) -> None:
    (home / "data").mkdir()
    (home / "log").mkdir()
    (home / "enabled_plugins").write_text("[].")
    limits = "vm_memory_high_watermark.absolute = 512MB\ndisk_free_limit.absolute = 50MB\n"
    (home / "rabbitmq.conf").write_text("loopback_users = none\n" + limits)
    cookie = home / ".erlang.cookie"
    cookie.write_text(token_hex(15))
    cookie.chmod(0o400)


def _environment(home: Path, port: int, distribution: int, epmd: int) -> dict[str, str]:
    return {
        "HOME": str(home),
        "RABBITMQ_NODENAME": f"t{os.getpid()}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(distribution),
        "ERL_EPMD_PORT": str(epmd),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_MNESIA_BASE": str(home / "data"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_PID_FILE": str(home / "rabbit.pid"),
        "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "enabled_plugins"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
    }


def _until_it_speaks(port: int) -> None:
    """Wait until the broker answers the AMQP greeting."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as greeting:
            greeting.sendall(b"AMQP\x00\x00\x09\x01")
            if greeting.recv(1) == b"\x01":
                return
        threading.Event().wait(0.2)
    raise NoBroker("RabbitMQ did not answer in time")


def _end(node: "subprocess.Popen[bytes]", home: Path, epmd: int, environment: dict[str, str]) -> None:
    with suppress(OSError, ValueError):
        os.kill(int((home / "rabbit.pid").read_text()), signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        node.wait(20)
    with suppress(OSError):
        subprocess.run(["epmd", "-port", str(epmd), "-kill"], env=environment, capture_output=True, check=False)
    shutil.rmtree(home, ignore_errors=True)


def _free_ports(how_many: int) -> list[int]:
    probes = [socket.socket() for _ in range(how_many)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
