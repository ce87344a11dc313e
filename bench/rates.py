"""How many letters per second, and at what cost: relay, listener and reader, each beside its floor."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event as Flag
from threading import Thread

import pika
import psycopg

from bench import letters, scene
from bench.floors import listener, publish, reader
from bench.letters import Row
from bench.machine import Run, Watch
from bench.servers import Servers
from chassis.reader import AT_ONCE
from chassis.transport.rabbitmq import RabbitMQ

FLOOR = "floor"


@dataclass
class Rates:
    """Everything that is connected once, so that no round pays for it."""

    servers: Servers

    def __post_init__(self) -> None:
        self.transport = RabbitMQ(self.servers.amqp_url)
        self.teller = scene.running(scene.TELLER, self.servers.admin_url, self.transport, lambda: None)
        self.counter = scene.running(scene.TELLS_ON, self.servers.admin_url, self.transport, lambda: None)
        with self.servers.sql("postgres") as admin:
            admin.execute(f"create database {FLOOR}")
        self.databases = {name: self.servers.sql(name) for name in (FLOOR, "ideas", "counter")}
        self.databases[FLOOR].execute(reader.TABLES)
        self.publisher = publish.Publisher(self.servers.amqp_url)
        self.floor = psycopg.connect(self.floor_url)

    @property
    def floor_url(self) -> str:
        """The floors' database."""
        return f"{self.servers.admin_url.rpartition('/')[0]}/{FLOOR}"

    def close(self) -> None:
        """Let go of all."""
        self.publisher.close()
        self.transport.close()
        self.floor.close()
        for connection in self.databases.values():
            connection.close()
        self.teller.close()
        self.counter.close()

    def publish(self, rows: Sequence[Row]) -> Run:
        """The floor of the relay."""
        with self._watch() as watch:
            sent = self.publisher.send([row.body for row in rows])
        self._empty()
        return _all(watch, sent, rows)

    def relay(self, rows: Sequence[Row]) -> Run:
        """The relay: from a full outbox to the broker."""
        letters.fill_outbox(self.databases["ideas"], rows)
        sent = 0
        with self._watch() as watch:
            while some := self.teller.relay.send_some():
                sent += some
        self._empty()
        return _all(watch, sent, rows)

    def listen_floor(self, rows: Sequence[Row]) -> Run:
        """The floor of the listener."""
        self.databases[FLOOR].execute("truncate inbox")
        self._fill(publish.QUEUE, rows)
        with self._watch() as watch:
            listener.listen(self.servers.amqp_url, self.floor_url, publish.QUEUE, len(rows))
        return _all(watch, self._count(FLOOR, "inbox"), rows)

    def listen(self, rows: Sequence[Row]) -> Run:
        """The listener: from a full queue to the inbox."""
        self.databases["counter"].execute("truncate inbox")
        self._fill(scene.QUEUE, rows)
        left, done, stopping = [len(rows)], Flag(), Flag()

        def store(bodies: Sequence[bytes]) -> None:
            self.counter.listener.store(bodies)
            left[0] -= len(bodies)
            if not left[0]:
                done.set()

        words = ("counter", self.counter.service.topics, store, stopping)
        thread = Thread(target=self.transport.listen, args=words, daemon=True)
        with self._watch() as watch:
            thread.start()
            done.wait(300)
        stopping.set()
        thread.join()
        return _all(watch, self._count("counter", "inbox"), rows)

    def read_floor(self, rows: Sequence[Row]) -> Run:
        """The floor of the reader."""
        admin = self.databases[FLOOR]
        admin.execute("truncate inbox, outbox, effects")
        with admin.cursor().copy("copy inbox (association_id, id, body) from stdin") as copy:
            for row in rows:
                copy.write_row((row.association_id, row.id, row.body))
        admin.execute("analyze inbox")
        with self._watch() as watch:
            read = reader.read(self.floor)
        return _all(watch, min(read, self._count(FLOOR, "effects"), self._count(FLOOR, "outbox")), rows)

    def read(self, rows: Sequence[Row], at_once: int = AT_ONCE) -> Run:
        """The reader: from a full inbox to effects and the letters that follow, so many in one transaction."""
        admin = self.databases["counter"]
        admin.execute("truncate outbox, effects, heard, in_hand")
        letters.fill_inbox(admin, rows)
        self.counter.reader.most = at_once
        with self._watch() as watch:
            read = sum(iter(self.counter.reader.read_some, 0))
        return _all(watch, min(read, self._count("counter", "effects"), self._count("counter", "outbox")), rows)

    def _watch(self) -> Watch:
        gc.collect()
        return Watch(self.servers.trees)

    def _fill(self, queue: str, rows: Sequence[Row]) -> None:
        self._empty()
        self.publisher.send([row.body for row in rows], ("", queue))

    def _empty(self) -> None:
        with pika.BlockingConnection(pika.URLParameters(self.servers.amqp_url)) as connection:
            for queue in (publish.QUEUE, scene.QUEUE):
                connection.channel().queue_purge(queue)

    def _count(self, database: str, table: str) -> int:
        found = self.databases[database].execute(f"select count(*) from {table}").fetchone()
        return int(found[0]) if found else 0


def _all(watch: Watch, done: int, rows: Sequence[Row]) -> Run:
    if done != len(rows):
        raise RuntimeError(f"{done} of {len(rows)} letters came through")
    return watch.run(done)
