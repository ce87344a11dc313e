"""The post against a model of it: any sequence of telling, sending, delivering, reading, failing, parking, replaying and dying."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Event as Flag
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from chassis import clock, desk, failpoint
from chassis.desk import Asked
from chassis.identity import Identity
from chassis.service import Running, run_on
from chassis.transport import Lost, Parcel, Transport
from chassis.transport.in_process import InProcess
from chassis.transport.rabbitmq import RabbitMQ
from contracts.event import Event
from contracts.ideas import EndorsementGiven, IdeaPublished
from tests.faults import pair
from tests.faults.pair import COUNTER, HEARD, TELLER, TOO_EARLY, url_of

STEPS = 50
DIES_IN = {
    "send": ("relay.before_publish", "relay.confirmed", "relay.marked"),
    "deliver": ("listener.taken", "listener.stored"),
    "read": ("reader.taken", "reader.before_commit", "reader.committed"),
}
"""Every failpoint, by what one does when it is reached."""


class Died(BaseException):
    """The process is gone: nothing catches it."""


class Queue(InProcess):
    """A broker in name: what it confirmed it keeps until the listener has stored it, and it may deliver in any order, and twice."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[bytes] = []

    def publish(self, parcels: Sequence[Parcel], meanwhile: Callable[[], None] = lambda: None) -> set[UUID]:
        """Keep them all."""
        self.kept += [parcel.body for parcel in parcels]
        meanwhile()
        return {parcel.id for parcel in parcels}

    def deliver(self, store: Callable[[Sequence[bytes]], None], places: Sequence[int], again: bool) -> None:
        """Hand some of them to the listener; they are gone when it has stored them."""
        chosen = sorted({place % len(self.kept) for place in places}) if self.kept else []
        bodies = [self.kept[place % len(self.kept)] for place in places] if self.kept else []
        store(bodies)
        if not again:
            self.kept = [body for place, body in enumerate(self.kept) if place not in chosen]


class Broker:
    """The real one, asked to deliver what lies ready."""

    def __init__(self, url: str) -> None:
        self.inner, self.kept = RabbitMQ(url), [b""]
        self.publish, self.close = self.inner.publish, self.inner.close

    def listen(self, *words: Any) -> None:
        """As the real one."""
        self.inner.listen(*words)

    def deliver(self, store: Callable[[Sequence[bytes]], None], _: Sequence[int], again: bool) -> None:
        """What lies ready is stored and acknowledged, or stored and delivered once more."""
        stop = Flag()

        def once(bodies: Sequence[bytes]) -> None:
            store(bodies)
            stop.set()
            if again:
                raise Lost("not acknowledged")

        def nothing_ready() -> None:
            stop.set()

        from threading import Timer

        limit = Timer(0.2, nothing_ready)
        limit.start()
        try:
            self.inner.listen("counter", COUNTER.topics, once, stop)
        except Lost:
            return
        finally:
            limit.cancel()


class Post(RuleBasedStateMachine):
    """What may happen, in any order; what must hold after each step, and when all has come to rest."""

    url: str
    transport: Callable[[], Any]
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        clock.set_to(None)
        self.here = [uuid4(), uuid4()]
        self.ideas = [uuid4() for _ in range(3)]
        self.broker = type(self).transport()
        self.told: Counter[UUID] = Counter()
        self.committed, self.given_up = 0, 0
        self.ripe = False
        self.teller, self.counter = self._born(TELLER), self._born(COUNTER)
        for running, tables in ((self.teller, "outbox"), (self.counter, "inbox, outbox, heard, in_hand, effects, unreadable")):
            self._as_admin(running, f"truncate {tables}")

    # what people and services do

    @rule(which=some.integers(0, 2), rolled_back=some.booleans())
    def tell_about_an_idea(self, which: int, rolled_back: bool) -> None:
        idea = self.ideas[which]
        number = self.told[idea] + 1
        if self._tell(self.here[which % 2], IdeaPublished(idea_id=idea, title=str(number)), idea, number, rolled_back):
            self.told[idea] = number

    @rule(early=some.booleans(), where=some.integers(0, 1))
    def endorse(self, early: bool, where: int) -> None:
        idea = TOO_EARLY if early else uuid4()
        self._tell(self.here[where], EndorsementGiven(idea_id=idea, person_id=uuid4()), uuid4(), 1, False)

    @rule(dies=some.sampled_from(["", *DIES_IN["send"]]))
    def send(self, dies: str) -> None:
        self._do(self.teller.relay.send_some, dies)

    @rule(
        places=some.lists(some.integers(0, 30), max_size=6),
        again=some.booleans(),
        dies=some.sampled_from(["", *DIES_IN["deliver"]]),
    )
    def deliver(self, places: list[int], again: bool, dies: str) -> None:
        self._do(lambda: self.broker.deliver(self.counter.listener.store, places, again), dies)

    @rule(dies=some.sampled_from(["", "", *DIES_IN["read"]]))
    def read(self, dies: str) -> None:
        self._do(self.counter.reader.read_some, dies)

    # what time and operators do

    @rule(minutes=some.sampled_from([0.1, 1, 11, 500]))
    def time_passes(self, minutes: float) -> None:
        clock.set_to(clock.now() + timedelta(minutes=minutes))

    @rule()
    def what_was_too_early_is_not_any_more(self) -> None:
        self.ripe = True

    @rule()
    def try_again(self) -> None:
        self._at_the_desk(lambda connection: desk.try_again(connection, Asked()))

    @rule()
    def park(self) -> None:
        self._at_the_desk(lambda connection: desk.park(connection, Asked(kind="endorsement.given"), "the operator looks into it"))

    @rule()
    def discard(self) -> None:
        self.given_up += self._at_the_desk(
            lambda connection: desk.discard(connection, Asked(kind="endorsement.given"), "given up")
        )

    # what must hold

    @invariant()
    def nothing_is_applied_twice_or_out_of_order(self) -> None:
        type(self).steps += 1
        effects = self._as_admin(self.counter, "select letter, subject, turn, kind from effects order by number")
        assert max(Counter(row.letter for row in effects).values(), default=1) == 1
        for idea in self.ideas:
            turns = [row.turn for row in effects if row.subject == idea]
            assert turns == list(range(1, len(turns) + 1))

    def teardown(self) -> None:
        """Let all come to rest: every committed letter was applied once, or was given up by somebody."""
        try:
            self._rest()
            effects = self._as_admin(self.counter, "select letter from effects")
            assert len(effects) + self.given_up == self.committed
            told = self._as_admin(self.counter, "select subject from outbox where kind = 'group.opened'")
            assert {row.subject for row in told} == {row.letter for row in effects}
            assert (
                self._as_admin(self.counter, "select count(*) as n from inbox where state not in ('done', 'discarded')")[0].n == 0
            )
        finally:
            failpoint.disarm()
            pair.ripe = False
            self.teller.close()
            self.counter.close()
            self.broker.close()
            clock.set_to(None)

    def _rest(self) -> None:
        pair.ripe = True
        for _ in range(40):
            clock.set_to(clock.now() + timedelta(hours=7))
            while self.teller.relay.send_some():
                continue
            self.broker.deliver(self.counter.listener.store, list(range(len(self.broker.kept))), False)
            self._at_the_desk(lambda connection: desk.try_again(connection, Asked()))
            while self.counter.reader.read_some():
                continue
            left = "select count(*) as n from {} where state not in ('done', 'discarded', 'sent', 'journal')"
            arrived = self._as_admin(self.counter, "select count(*) as n from inbox")[0].n
            assert arrived <= self.committed, "a letter is known under two names"
            if arrived == self.committed and not any(
                self._as_admin(running, left.format(box))[0].n
                for running, box in ((self.teller, "outbox"), (self.counter, "inbox"))
            ):
                return
        raise AssertionError("it does not come to rest")

    def _tell(self, here: UUID, event: Event, subject: UUID, sequence: int, rolled_back: bool) -> bool:
        try:
            with self.teller.begin(Identity(association_id=here)) as work:
                work.tell(event, subject=subject, sequence=sequence)
                if rolled_back:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return False
        self.committed += 1
        return True

    def _do(self, action: Callable[[], Any], dies: str) -> None:
        """Do it; if it dies at the failpoint, a new process takes over with nothing but what is in the databases."""
        pair.ripe = self.ripe
        if dies:
            failpoint.arm(dies, _die)
        try:
            action()
        except Died:
            self.teller.close()
            self.counter.close()
            self.teller, self.counter = self._born(TELLER), self._born(COUNTER)
        finally:
            failpoint.disarm()

    def _born(self, service: Any) -> Running:
        urls = {"url": url_of(self.url, service.name), "post_url": url_of(self.url, service.name, post=True)}
        return run_on(service, **urls, transport=self.broker, heard=HEARD, ring=lambda: None)

    def _at_the_desk(self, action: Callable[[Any], int]) -> int:
        with self.counter.post_engine.begin() as connection:
            return action(connection) or 0

    def _as_admin(self, running: Running, question: str) -> Sequence[Any]:
        with ADMIN[running.service.name].begin() as connection:
            done = connection.exec_driver_sql(question)
            return done.all() if done.returns_rows else []


ADMIN: dict[str, Any] = {}
"""How a test looks at each database as its administrator, past every policy."""


def _die() -> None:
    raise Died


def play(url: str, transport: Callable[[], Transport], examples: int, **how: Any) -> int:
    """Play so many sequences; return how many steps they had."""
    Post.url, Post.transport, Post.steps = url, staticmethod(transport), 0
    fixed = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True, "database": None}
    run_state_machine_as_test(Post, settings=settings(max_examples=examples, stateful_step_count=STEPS, **fixed, **how))
    return Post.steps


@pytest.mark.invariant(53)
def test_no_sequence_of_events_loses_or_doubles_a_letter(pairs_database: str) -> None:
    assert play(pairs_database, Queue, 30) >= 500


@pytest.mark.long
@pytest.mark.invariant(53)
def test_ten_thousand_steps_lose_and_double_no_letter(pairs_database: str) -> None:
    assert play(pairs_database, Queue, 450) >= 10_000


@pytest.mark.long
@pytest.mark.invariant(53)
def test_the_same_on_rabbitmq(pairs_database: str, amqp_url: str) -> None:
    import pika

    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        connection.channel().queue_delete("counter.inbox")
    assert play(pairs_database, lambda: Broker(amqp_url), 8) >= 100
