"""Everything that can break, in one hand: a database and a broker behind proxies, the pair's processes, the letters told so far."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag
from uuid import UUID, uuid4

import pika
import psycopg
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from chassis.identity import Identity
from chassis.work import Begin, work_on
from contracts.event import Event, Letter, plain
from contracts.ideas import EndorsementGiven, IdeaPublished
from deploy.bundled import bundled
from tests.faults.account import Account, account
from tests.faults.pair import HEARD, ROLES, lay_out, url_of
from tests.faults.proxy import Proxy
from tests.servers.node import Node
from tests.servers.rabbitmq import private_node

HOUSE = Path(__file__).parent.parent.parent
PATIENCE = 150
FAST = "?heartbeat=2&blocked_connection_timeout=4"
"""In tests a broker that does not answer is missed after seconds."""


class Database:
    """A bundled PostgreSQL that can be stopped hard and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.running = folder, ExitStack()
        self.url = self.running.enter_context(bundled(folder))

    @property
    def port(self) -> int:
        """Where it listens since it was last started."""
        return int(make_url(self.url).port or 0)

    def stop_hard(self) -> None:
        """As `pg_ctl stop -m immediate`: no goodbye, what was not committed is gone."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        self.running.close()

    def start(self) -> None:
        """Start it anew; it recovers by itself."""
        self.url = self.running.enter_context(bundled(self.folder))


@dataclass
class World:
    """The pair at work. `tell` is what a web process does: it commits, and never touches the broker."""

    database: Database
    node: Node
    database_proxy: Proxy
    broker_proxy: Proxy
    folder: Path
    seed: int
    begin: Begin = field(init=False)
    running: ExitStack = field(default_factory=ExitStack)
    attempted: int = 0
    told: dict[UUID, int] = field(default_factory=dict)
    """How many things were told about each idea."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.associations = [uuid4() for _ in range(3)]
        self.ideas = {uuid4(): self.random.choice(self.associations) for _ in range(6)}
        lay_out(self.database.url)
        for role in ROLES:
            self.ask("ideas", f"alter role {role} set idle_in_transaction_session_timeout = '4s'")
        engine = create_engine(url_of(self.database.url, "ideas", port=self.database_proxy.port), pool_pre_ping=True)
        self.running.callback(engine.dispose)
        self.begin = work_on(engine, heard_kinds=HEARD, wake=lambda: None)

    # what people do

    def tell(self, count: int = 1) -> None:
        """So many facts, some of them in order about one of six ideas; one that cannot be committed was not told."""
        for _ in range(count):
            self.attempted += 1
            with suppress(SQLAlchemyError):
                if self.random.random() < 0.5:
                    self._about_an_idea()
                else:
                    here = self.random.choice(self.associations)
                    self._commit(here, EndorsementGiven(idea_id=uuid4(), person_id=uuid4()), uuid4(), 1)

    def endorse(self, idea_id: UUID, here: UUID | None = None) -> None:
        """One fact about this very idea."""
        self.attempted += 1
        self._commit(here or self.associations[0], EndorsementGiven(idea_id=idea_id, person_id=uuid4()), uuid4(), 1)

    def letter(self, event: Event, *, subject: UUID | None = None, sequence: int = 1, here: UUID | None = None) -> Letter:
        """A letter as the teller would have written it."""
        return Letter(
            id=uuid4(),
            association_id=here or self.associations[0],
            kind=event.kind,
            source="ideas",
            subject=subject or uuid4(),
            sequence=sequence,
            at=datetime.now(UTC),
            data=plain.unstructure(event),
        )

    def publish(self, *bodies: bytes, key: str = "endorsement.given") -> None:
        """Put bytes into the counter's queue past every outbox."""
        with pika.BlockingConnection(pika.URLParameters(self.node.url)) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            for body in bodies:
                channel.basic_publish("ideas.events", key, body, pika.BasicProperties(delivery_mode=2), mandatory=True)

    # processes

    def start(self, name: str, *, failpoint: str = "", freeze: float = 60, patient: bool = False) -> subprocess.Popen[bytes]:
        """A post process of one of the pair, reaching database and broker through the proxies."""
        own = os.environ | {
            "DATABASE_URL": url_of(self.database.url, name, port=self.database_proxy.port),
            "POST_DATABASE_URL": url_of(self.database.url, name, post=True, port=self.database_proxy.port),
            "AMQP_URL": f"amqp://guest:guest@127.0.0.1:{self.broker_proxy.port}/{'' if patient else FAST}",
            "SAMSKAB_RUN": "test",
            "SAMSKAB_CLOCK": str(self.folder / "clock"),
            "PYTHONPATH": str(HOUSE),
            "FAILPOINT": failpoint,
            "FREEZE": str(freeze),
        }
        said = self.running.enter_context((self.folder / f"{name}.log").open("ab"))
        program = ["setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-m", "tests.faults.process", name]
        process = subprocess.Popen(program, env=own, cwd=HOUSE, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
        self.running.callback(_end, process)
        return process

    def start_both(self) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
        """The teller's post, and the counter's."""
        both = self.start("ideas"), self.start("counter")
        self.until(self.bound, "the counter is bound")
        return both

    def bound(self) -> bool:
        """Whether somebody consumes the counter's queue."""
        with pika.BlockingConnection(pika.URLParameters(self.node.url)) as connection:
            try:
                found = connection.channel().queue_declare("counter.inbox", passive=True)
            except pika.exceptions.ChannelClosedByBroker:
                return False
            return bool(found.method.consumer_count)

    def later(self, seconds: float) -> None:
        """It is so much later for every process."""
        clock = self.folder / "clock"
        before = float(clock.read_text()) if clock.exists() else 0.0
        new = clock.with_suffix(".new")
        new.write_text(str(before + seconds))
        new.rename(clock)

    # what came of it

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for something that is going to happen."""
        pause = Flag()
        for _ in range(PATIENCE * 20):
            if condition():
                return
            pause.wait(0.05)
        raise AssertionError(
            f"never came: {what}; seed {self.seed}\n{self.said('counter')[-1500:]}\n{self.said('ideas')[-1500:]}"
        )

    def settled(self) -> bool:
        """Whether every committed letter was applied or parked."""
        unsent = self.ask("ideas", "select count(*) from outbox where state in ('waiting', 'refused')")[0][0]
        look = "select count(*), count(*) filter (where state in ('waiting', 'retry', 'held')) from inbox"
        arrived, unread = self.ask("counter", look)[0]
        return not unsent and not unread and arrived >= self.committed()

    def committed(self) -> int:
        """How many letters the teller committed to tell."""
        return int(self.ask("ideas", "select count(*) from outbox where state <> 'journal' and audience = ''")[0][0])

    def settle(self) -> Account:
        """Wait until nothing moves any more; the account of every letter."""
        self.until(self.settled, "all letters applied or parked")
        return self.account()

    def account(self) -> Account:
        """What became of every letter so far."""
        return account(self.ask, attempted=self.attempted, seed=self.seed)

    def ask(self, service: str, question: str, *values: object) -> list[tuple[object, ...]]:
        """Ask a database as its administrator."""
        url = make_url(self.database.url).set(database=f"f_{service}", drivername="postgresql")
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
            done = connection.execute(question, values or None)  # type: ignore[arg-type]
            return done.fetchall() if done.description else []

    def said(self, name: str) -> str:
        """What a process wrote to its log."""
        log = self.folder / f"{name}.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def lines(self, name: str) -> list[dict[str, object]]:
        """The same, line by line."""
        return [json.loads(line) for line in self.said(name).splitlines() if line.startswith("{")]

    def versions(self) -> dict[str, str]:
        """Which servers these are."""
        with pika.BlockingConnection(pika.URLParameters(self.node.url)) as connection:
            broker = connection._impl.server_properties["version"]
        (database,) = self.ask("ideas", "select split_part(version(), ' ', 1) || ' ' || split_part(version(), ' ', 2)")[0]
        return {"broker": broker.decode() if isinstance(broker, bytes) else str(broker), "database": str(database)}

    # making it

    def _about_an_idea(self) -> None:
        idea = self.random.choice(list(self.ideas))
        number = self.told.get(idea, 0) + 1
        self._commit(self.ideas[idea], IdeaPublished(idea_id=idea, title=str(number)), idea, number)
        self.told[idea] = number

    def _commit(self, here: UUID, event: Event, subject: UUID, sequence: int) -> None:
        with self.begin(Identity(association_id=here)) as work:
            work.tell(event, subject=subject, sequence=sequence)
        self.ask("ideas", "notify post") if self.random.random() < 0.1 else None


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGCONT)
        process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def servers() -> Iterator[tuple[Database, Node]]:
    """A database and a broker for many worlds, one after the other."""
    with tempfile.TemporaryDirectory(prefix="samskab-faults-", ignore_cleanup_errors=True) as place, private_node() as node:
        Path(place).chmod(0o755)
        database = Database(Path(place) / "postgres")
        try:
            yield database, node
        finally:
            database.running.close()


@contextmanager
def world(database: Database, node: Node, *, seed: int) -> Iterator[World]:
    """A new world on these servers: empty tables, no queue, new proxies."""
    with tempfile.TemporaryDirectory(prefix="samskab-fault-", ignore_cleanup_errors=True) as place:
        with pika.BlockingConnection(pika.URLParameters(node.url)) as connection:
            connection.channel().queue_delete("counter.inbox")
        proxies = Proxy(database.port, seed=seed), Proxy(node.port, seed=seed)
        made = World(database, node, *proxies, Path(place), seed)
        try:
            with made.running:
                yield made
        finally:
            for proxy in proxies:
                proxy.close()
