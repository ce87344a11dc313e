"""From the commit that tells a fact to the commit of its effect elsewhere: how long, with little on the way and with much."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pika
import psycopg
from uuid_utils.compat import uuid7

from bench import letters, posts, scene
from bench.floors import chain
from bench.machine import Run, Watch
from bench.servers import Servers
from chassis import clock
from chassis.identity import Identity
from contracts.ideas import EndorsementGiven

PATIENCE = 300.0
WRITERS = 4
Told = dict[str, float]


@dataclass(frozen=True)
class Waits:
    """Milliseconds from commit to effect."""

    values: tuple[float, ...]

    def at(self, percent: int) -> float:
        """The wait that so many of a hundred letters do not exceed."""
        return statistics.quantiles(self.values, n=100, method="inclusive")[percent - 1]


@dataclass(frozen=True)
class Trickle:
    """One association's letters beside another's flood: their waits, and how many of the flood went before each."""

    waits: Waits
    overtaken_by: tuple[int, ...] = ()


class Journeys:
    """The post of two services and the floor's one process, all at work; one is used at a time."""

    def __init__(self, servers: Servers, stack: ExitStack) -> None:
        self.servers = servers
        self.floor_url = f"{servers.admin_url.rpartition('/')[0]}/floor"
        where = (servers.admin_url, servers.amqp_url)
        self.ideas, self.counter, floor = (stack.enter_context(servers.sql(name)) for name in ("ideas", "counter", "floor"))
        for connection in (self.ideas, self.counter, floor):
            connection.execute("truncate outbox, inbox")
        for connection in (self.counter, floor):
            connection.execute("truncate effects")
        self.teller = stack.enter_context(posts.process(posts.tell, *where))
        self.hearer = stack.enter_context(posts.process(posts.hear, *where))
        self.chain = stack.enter_context(posts.process(chain.run, servers.amqp_url, self.floor_url))
        self.web = scene.running(scene.TELLER, servers.admin_url, transport=None)  # type: ignore[arg-type]  # it sends nothing
        stack.callback(self.web.close)
        self.writers = [stack.enter_context(psycopg.connect(self.floor_url, autocommit=True)) for _ in range(WRITERS)]

    def product(self, per_second: float, seconds: float, here: UUID | None = None) -> Waits:
        """Tell at this pace and see when it is counted."""
        return _waits(self._tell(per_second, seconds, here or uuid7()), self._counted)

    def floor(self, per_second: float, seconds: float) -> Waits:
        """The same through the floor."""
        here = str(uuid7())

        def tell(writer: int, idea: str) -> None:
            chain.tell(self.writers[writer], _by_hand(here, idea))

        return _waits(_paced(tell, per_second, seconds), lambda: dict(self.chain.applied()))  # type: ignore[arg-type]

    def drain(self, how_many: int) -> Run:
        """A full outbox, until everything is counted at the other end."""
        rows = letters.letters(how_many, 10)
        before = len(self.hearer.applied())
        with Watch(self.servers.trees) as watch:
            self._pour(rows)
            self._until(lambda: len(self.hearer.applied()) - before >= how_many, pause=0.25)
        self._calm()
        return watch.run(how_many)

    def quiet(self, seconds: float) -> Trickle:
        """A trickle alone."""
        return Trickle(self.product(20, seconds))

    def flood(self, how_many: int, seconds: float) -> Trickle:
        """The same trickle while another association's letters wait in their thousands."""
        rows = letters.letters(how_many)
        flood, here = rows[0].association_id, uuid7()
        self._pour(rows)
        told = self._tell(20, seconds, here)
        waits = _waits(told, self._counted)
        applied = [(str(idea), at) for association, idea, at in self.hearer.applied() if association == flood]
        if len(applied) >= how_many and max(at for _, at in applied) < max(told.values()):
            raise RuntimeError("the flood was over before the trickle")
        times = self._counted()
        before = tuple(sum(told[idea] < at < times[idea] for _, at in applied) for idea in told)
        self._calm()
        return Trickle(waits, before)

    def _tell(self, per_second: float, seconds: float, here: UUID) -> Told:
        who = Identity(association_id=here)

        def tell(_: int, idea: str) -> None:
            with self.web.begin(who) as work:
                work.tell(EndorsementGiven(idea_id=UUID(idea), person_id=here), subject=uuid7(), sequence=1)

        return _paced(tell, per_second, seconds)

    def _counted(self) -> Told:
        return {str(idea): at for _, idea, at in self.hearer.applied()}

    def _pour(self, rows: list[letters.Row]) -> None:
        self._calm()
        letters.fill_outbox(self.ideas, rows)
        self.ideas.execute("notify post")

    def _calm(self) -> None:
        """Take away what is still on its way, and wait until nothing moves."""
        while self._lying():
            self.ideas.execute("delete from outbox where state in ('waiting', 'refused')")
            self.counter.execute("delete from inbox where state = 'waiting'")
            time.sleep(0.2)
        self.ideas.execute("truncate outbox")
        self.counter.execute("truncate inbox, effects, heard")

    def _lying(self) -> int:
        with pika.BlockingConnection(pika.URLParameters(self.servers.amqp_url)) as connection:
            ready = connection.channel().queue_declare(scene.QUEUE, passive=True).method.message_count
        boxes = ((self.ideas, "outbox"), (self.counter, "inbox"))
        return int(ready) + sum(_one(c, f"select count(*) from {b} where state in ('waiting', 'refused')") for c, b in boxes)

    def _until(self, there: Callable[[], bool], *, pause: float) -> None:
        until = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > until:
                raise RuntimeError("letters did not come through")
            time.sleep(pause)


@contextmanager
def journeys(servers: Servers) -> Iterator[Journeys]:
    """Everything at work, and ended afterwards."""
    with ExitStack() as stack:
        yield Journeys(servers, stack)


def _paced(tell: Callable[[int, str], None], per_second: float, seconds: float) -> Told:
    """Call `tell` at moments that chance chooses, whether or not the last call came back; note when each had committed."""
    chance, moment, moments = random.Random(1), 0.0, []  # noqa: S311  the same moments each time
    while (moment := moment + chance.expovariate(per_second)) < seconds:
        moments.append(moment)
    told: Told = {}
    begun = time.monotonic()

    def write(writer: int) -> None:
        for when in moments[writer::WRITERS]:
            time.sleep(max(begun + when - time.monotonic(), 0))
            idea = str(uuid4())
            tell(writer, idea)
            told[idea] = time.monotonic()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    return told


def _waits(told: Told, counted: Callable[[], Told]) -> Waits:
    until = time.monotonic() + PATIENCE
    while not told.keys() <= (times := counted()).keys():
        if time.monotonic() > until:
            raise RuntimeError(f"{len(told.keys() - times.keys())} of {len(told)} letters did not come through")
        time.sleep(0.05)
    return Waits(tuple(max(times[idea] - at, 0.0) * 1000 for idea, at in told.items()))


def _by_hand(here: str, idea: str) -> dict[str, Any]:
    id = str(uuid7())
    return {
        "specversion": "1.0",
        "id": id,
        "source": "/services/ideas",
        "type": "dk.samskab.endorsement.given",
        "subject": id,
        "time": clock.now().isoformat(),
        "datacontenttype": "application/json",
        "tenantid": here,
        "sequence": f"{1:020d}",
        "partitionkey": id,
        "data": {"idea_id": idea, "person_id": here, "departments": []},
    }


def _one(connection: "psycopg.Connection[Any]", statement: str) -> int:
    found = connection.execute(statement).fetchone()
    return int(found[0]) if found else 0
