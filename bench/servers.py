"""Servers of the bench's own: PostgreSQL with real commits and a private RabbitMQ, both gone when it ends."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pika
import psycopg

from bench.machine import Trees, children_of
from deploy.bundled import bundled


@dataclass(frozen=True)
class Servers:
    """Where they are, and which process trees are theirs."""

    admin_url: str
    amqp_url: str
    trees: Trees

    def sql(self, database: str) -> psycopg.Connection:
        """An administrator's connection to one database; each statement commits by itself."""
        return psycopg.connect(f"{self.admin_url.rpartition('/')[0]}/{database}", autocommit=True)

    def versions(self) -> dict[str, str]:
        """What was measured against."""
        with pika.BlockingConnection(pika.URLParameters(self.amqp_url)) as connection:
            broker = connection._impl.server_properties["version"]
        return version(self.admin_url) | {"RabbitMQ": broker.decode() if isinstance(broker, bytes) else str(broker)}


def version(admin_url: str) -> dict[str, str]:
    """Which PostgreSQL it is."""
    with psycopg.connect(admin_url) as admin:
        return {"PostgreSQL": str(admin.execute("show server_version").fetchone()[0])}  # type: ignore[index]  # it always answers


@contextmanager
def postgres(*, durable: bool = True) -> Iterator[tuple[Path, str, int]]:
    """A folder, and in it a PostgreSQL on a free port of 127.0.0.1, by its administrator's URL and its process.

    It waits for the disk at each commit.
    """
    with tempfile.TemporaryDirectory(prefix="samskab-bench-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        before = children_of(os.getpid())
        with bundled(Path(place) / "postgres", durable=durable) as admin_url:
            yield Path(place), admin_url, (children_of(os.getpid()) - before).pop()


@contextmanager
def servers() -> Iterator[Servers]:
    """PostgreSQL and a private RabbitMQ."""
    from tests.servers.rabbitmq import rabbitmq

    os.environ.pop("TEST_AMQP_URL", None)
    os.environ["TEST_RABBITMQ"] = "private"
    with postgres() as (_, admin_url, root):
        before = children_of(os.getpid())
        with rabbitmq() as amqp_url:
            yield Servers(admin_url, amqp_url, Trees(root, (children_of(os.getpid()) - before).pop()))
