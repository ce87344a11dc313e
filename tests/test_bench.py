"""The bench's own arithmetic, and its floors: each does the whole job, so that a ratio to it means something."""

import json
from collections.abc import Iterator

import pika
import psycopg
import pytest

from bench import letters
from bench.floors import listener, publish, reader
from bench.machine import Run, Trees, Watch
from bench.report import LISTENER, TRICKLE
from bench.rounds import alternate, ratios


@pytest.fixture(scope="module")
def floor_url(admin_url: str) -> Iterator[str]:
    plain = admin_url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as admin:
        admin.execute("drop database if exists floor")
        admin.execute("create database floor")
    url = f"{plain.rpartition('/')[0]}/floor"
    with psycopg.connect(url, autocommit=True) as floor:
        floor.execute(reader.TABLES)
    yield url


@pytest.fixture
def publisher(amqp_url: str) -> Iterator[publish.Publisher]:
    made = publish.Publisher(amqp_url)
    yield made
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        connection.channel().queue_purge(publish.QUEUE)
    made.close()


def test_a_letter_of_the_bench_has_the_size_that_is_said() -> None:
    rows = letters.letters(10, 5)

    assert {len(row.body) for row in rows} == {letters.BYTES}
    assert len({row.association_id for row in rows}) == 5


def test_the_floors_carry_every_letter_from_publisher_to_effect(
    floor_url: str, amqp_url: str, publisher: publish.Publisher
) -> None:
    rows = letters.letters(1_203, 3)
    bodies = [row.body for row in rows]

    assert publisher.send(bodies) == len(rows)
    publisher.send(bodies[:7])  # what comes twice is stored once
    listener.listen(amqp_url, floor_url, publish.QUEUE, len(rows) + 7)
    with psycopg.connect(floor_url) as floor:
        assert floor.execute("select count(*) from inbox where state = 'waiting'").fetchone() == (len(rows),)
        assert reader.read(floor) == len(rows)
        done, effects, told = (
            floor.execute(f"select count(*) from {table}").fetchone()
            for table in ("inbox where state = 'done'", "effects", "outbox")
        )
        body = floor.execute("select body from outbox limit 1").fetchone()
    assert done == effects == told == (len(rows),)
    assert json.loads(body[0])["type"] == "dk.samskab.endorsement.withdrawn"


def test_the_floor_of_the_relay_counts_only_what_a_queue_has(publisher: publish.Publisher) -> None:
    assert publisher.send([b"to nobody"] * 3, (publish.EXCHANGE, "nobody.listens")) == 0


def test_floor_and_post_take_turns_in_rotating_order() -> None:
    order: list[str] = []

    def contender(name: str, seconds: float) -> Run:
        order.append(name)
        return Run(100, seconds, 0.1, 0.0, 0.0, 0.0)

    runs = alternate("x", {"floor": lambda: contender("floor", 1.0), "post": lambda: contender("post", 2.0)}, 3)

    assert order == ["floor", "post", "post", "floor", "floor", "post"]
    assert ratios(runs, lambda run: run.rate, "post", "floor").median == 0.5


def test_a_round_that_strangers_disturbed_is_repeated_while_patience_lasts() -> None:
    strangers = iter([2.0, 2.0, 2.0, 0.0])

    runs = alternate("x", {"floor": lambda: Run(1, 1.0, 0.1, 0.0, 0.0, next(strangers))}, 2, patience=2)

    assert [run.foreign for run in runs["floor"]] == [2.0, 0.0]


def test_processor_time_of_this_process_is_seen() -> None:
    with Watch(Trees(postgres=-1, broker=-1)) as watch:
        sum(range(3_000_000))

    assert watch.run(1).own > 0.01


def test_a_verdict_compares_with_both_bounds() -> None:
    assert [LISTENER.verdict(ratio) for ratio in (0.9, 0.7, 0.5)] == ["very good", "acceptable", "missed"]
    assert [TRICKLE.verdict(ratio) for ratio in (1.5, 3.0, 5.0)] == ["very good", "acceptable", "missed"]
