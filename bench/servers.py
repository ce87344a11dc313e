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
        with self.sql("postgres") as admin:
            postgres = str(admin.execute("show server_version").fetchone()[0])  # type: ignore[index]  # it always answers
        with pika.BlockingConnection(pika.URLParameters(self.amqp_url)) as connection:
            broker = connection._impl.server_properties["version"]
        return {"PostgreSQL": postgres, "RabbitMQ": broker.decode() if isinstance(broker, bytes) else str(broker)}


@contextmanager
def servers() -> Iterator[Servers]:
    """Start them on free ports of 127.0.0.1; PostgreSQL waits for the disk at each commit."""
    from tests.servers.rabbitmq import rabbitmq

    os.environ.pop("TEST_AMQP_URL", None)
    os.environ["TEST_RABBITMQ"] = "private"
    with tempfile.TemporaryDirectory(prefix="samskab-bench-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        before = children_of(os.getpid())
        with bundled(Path(place) / "postgres", durable=True) as admin_url:
            postgres = children_of(os.getpid()) - before
            with rabbitmq() as amqp_url:
                broker = children_of(os.getpid()) - before - postgres
                yield Servers(admin_url, amqp_url, Trees(postgres.pop(), broker.pop()))
