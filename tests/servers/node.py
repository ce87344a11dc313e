"""A private RabbitMQ node from Debian's package, on free ports of this machine, whose life a test has in its hands."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

PATIENCE = 90.0


class NoBroker(Exception):
    """There is no RabbitMQ to be had; the message says what to install."""


class Node:
    """One node; what it holds lies in a folder of its own and outlives a kill."""

    def __init__(self, program: Path, *, manages: bool = False) -> None:
        self.program, self.home = program, Path(tempfile.mkdtemp(prefix="samskab-mq-"))
        self.port, self.distribution, self.epmd, self.management = _free_ports(4)
        self.manages = manages
        self.environment = os.environ | self._words()
        self.process: subprocess.Popen[bytes] | None = None
        self._furnish()

    @property
    def url(self) -> str:
        """How to reach it."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = ["setsid", str(self.program)]
        if os.geteuid() == 0:
            words = ["setpriv", "--pdeathsig", "TERM", "--reuid=rabbitmq", "--regid=rabbitmq", "--clear-groups", "--", *words]
        with (self.home / "out").open("ab") as out:
            self.process = subprocess.Popen(
                words, env=self.environment, cwd=self.home, stdout=out, stderr=out, stdin=subprocess.DEVNULL
            )
        until_it_speaks(self.port)

    def send(self, sign: signal.Signals) -> None:
        """Send the node's own process a signal."""
        with suppress(OSError, ValueError):
            os.kill(int((self.home / "rabbit.pid").read_text()), sign)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """End it, gracefully or not, and wait until it is gone."""
        self.send(sign)
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(20)

    def tell(self, *words: str) -> str:
        """Ask its own command line to do something; each takes seconds."""
        tool = self.program.with_name("rabbitmqctl")
        asked = ["-n", self.environment["RABBITMQ_NODENAME"], "-q", *words]
        said = subprocess.run(
            [str(tool), *asked], env=self.environment, cwd=self.home, capture_output=True, text=True, timeout=60, check=False
        )
        if said.returncode:
            raise NoBroker(f"rabbitmqctl {' '.join(words)}: {said.stdout} {said.stderr}"[-500:])
        return said.stdout

    def remember(self) -> None:
        """Have it write to the disk which queues it has.

        RabbitMQ does so by itself only every three minutes: a node that is killed sooner after a queue was first declared finds the
        queue without a leader, and confirms nothing for it (rabbitmq-server#15725). A queue in use is older than that.
        """
        self.tell("eval", "[ok = dets:sync(Table) || Table <- dets:all()].")

    def throw_away(self) -> None:
        """End it and remove what it held."""
        self.send(signal.SIGCONT)
        self.stop()
        with suppress(OSError):
            subprocess.run(["epmd", "-port", str(self.epmd), "-kill"], env=self.environment, capture_output=True, check=False)
        shutil.rmtree(self.home, ignore_errors=True)

    def _furnish(self) -> None:
        (self.home / "data").mkdir()
        (self.home / "log").mkdir()
        (self.home / "enabled_plugins").write_text("[rabbitmq_management]." if self.manages else "[].")
        limits = "vm_memory_high_watermark.absolute = 512MB\ndisk_free_limit.absolute = 50MB\n"
        limits += f"management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {self.management}\n" if self.manages else ""
        (self.home / "rabbitmq.conf").write_text("loopback_users = none\n" + limits)
        cookie = self.home / ".erlang.cookie"
        cookie.write_text(token_hex(15))
        cookie.chmod(0o400)
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", "rabbitmq:", str(self.home)], check=True)

    def _words(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "RABBITMQ_NODENAME": f"t{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.distribution),
            "ERL_EPMD_PORT": str(self.epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_MNESIA_BASE": str(self.home / "data"),
            "RABBITMQ_LOG_BASE": str(self.home / "log"),
            "RABBITMQ_PID_FILE": str(self.home / "rabbit.pid"),
            "RABBITMQ_CONFIG_FILE": str(self.home / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.home / "enabled_plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
        }


def until_it_speaks(port: int) -> None:
    """Wait until the broker answers the AMQP greeting."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as greeting:
            greeting.sendall(b"AMQP\x00\x00\x09\x01")
            if greeting.recv(1) == b"\x01":
                return
        threading.Event().wait(0.2)
    raise NoBroker("RabbitMQ did not answer in time")


def _free_ports(how_many: int) -> list[int]:
    probes = [socket.socket() for _ in range(how_many)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
