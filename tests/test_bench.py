"""The bench's own arithmetic, and its floors: each does the whole job, so that a ratio to it means something."""

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pika
import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey
from werkzeug.serving import make_server

from bench import letters, page, servers
from bench.floors import listener, publish, reader, web
from bench.machine import Run, Trees, Watch
from bench.report import LISTENER, TRICKLE
from bench.requests import floor
from bench.requests.driver import AnsweredWrongly, Asks, ask
from bench.requests.part import Requests, section
from bench.requests.sizes import QUICK
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


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """An application at an address of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


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


@pytest.fixture(scope="module")
def floor_of_requests(admin_url: str) -> Iterator[tuple[FlaskClient, OKPKey, UUID]]:
    plain, key, association_id = admin_url.replace("+psycopg", ""), OKPKey.generate_key("Ed25519"), uuid4()
    with psycopg.connect(plain, autocommit=True) as admin:
        admin.execute(f"drop database if exists {floor.DATABASE}")
        admin.execute(f"create database {floor.DATABASE}")
    url = f"{plain.rpartition('/')[0]}/{floor.DATABASE}"
    with psycopg.connect(url, autocommit=True) as database:
        floor.make(database)
        floor.fill_group(database, association_id, GROUP, "Bænke i gården", "Flere steder at sidde.")
    os.environ["FLOOR_DATABASE_URL"] = url.replace("postgresql://", "postgresql+psycopg://")
    os.environ["FLOOR_PUBLIC_KEYS"] = json.dumps(KeySet([key]).as_dict(private=False))
    app = web.create()
    yield app.test_client(), key, association_id
    app.extensions["engine"].dispose()


GROUP = UUID(int=7)


def _word(key: OKPKey, association_id: UUID, person_id: UUID, **claims: object) -> dict[str, str]:
    said = {
        "iss": "floor",
        "aud": "floor",
        "exp": int(time.time()) + 60,
        "association": str(association_id),
        "sub": str(person_id),
    }
    return {"Authorization": f"Bearer {jwt.encode({'alg': 'Ed25519'}, said | claims, key, algorithms=['Ed25519'])}"}


def test_the_floor_of_requests_does_the_whole_job(floor_of_requests: tuple[FlaskClient, OKPKey, UUID]) -> None:
    client, key, here = floor_of_requests
    author, neighbour = (_word(key, here, uuid4()) for _ in range(2))
    made = client.post("/ideas", json={"title": "Bænke", "text": "I gården"}, headers=author)
    with psycopg.connect(os.environ["FLOOR_DATABASE_URL"].replace("+psycopg", ""), autocommit=True) as database:
        database.execute("update ideas set state = 'published'")

        assert made.status_code == 201
        endorse = f"/ideas/{made.json['id']}/endorse"
        assert client.post(endorse, headers=author).status_code == 409
        assert client.post(endorse, headers=neighbour).json["endorsers"] == 1
        assert client.post(endorse, headers=neighbour).status_code == 409
        assert database.execute("select kind from outbox order by id").fetchall() == [("idea.submitted",), ("endorsement.given",)]
    seen = [client.get("/ideas?limit=20", headers=who).json["items"][0]["endorsed_by_me"] for who in (author, neighbour)]
    assert seen == [False, True]
    assert client.post("/ideas", json={"title": "", "text": "x"}, headers=author).status_code == 422


def test_the_floor_of_requests_keeps_strangers_and_neighbours_out(floor_of_requests: tuple[FlaskClient, OKPKey, UUID]) -> None:
    client, key, here = floor_of_requests

    for wrong in (_word(OKPKey.generate_key("Ed25519"), here, uuid4()), _word(key, here, uuid4(), exp=1), {}):
        assert client.get("/ideas", headers=wrong).status_code == 401
    assert client.get("/ideas", headers=_word(key, uuid4(), uuid4())).json == {"items": []}
    assert client.get(f"/groups/{GROUP}", headers=_word(key, uuid4(), uuid4())).status_code == 404


def test_the_floors_page_of_a_group_has_its_members_and_meetings(floor_of_requests: tuple[FlaskClient, OKPKey, UUID]) -> None:
    client, key, here = floor_of_requests

    page = client.get(f"/groups/{GROUP}", headers=_word(key, here, uuid4())).text

    assert (page.count("Beboer"), page.count("/meetings/")) == (10, 3)


def test_one_part_of_the_page_is_written_anew_and_the_other_kept(tmp_path: Path) -> None:
    kept = tmp_path / "performance.md"
    kept.write_text("# How fast it is\n\n## Requests\n\nold\n\n## The post\n\n### Where\n\nfigures\n")

    page.keep(page.REQUESTS, "new", kept)

    assert page.parts_of(kept.read_text()) == {"Requests": "new", "The post": "### Where\n\nfigures"}


def test_what_is_answered_with_a_no_is_never_measured(tmp_path: Path) -> None:
    asked = tmp_path / "asked.lua"
    asked.write_text(Asks("GET", ["/nothing"], [{"X-Said": 'with "quotes" and æ'}]).lua())
    with serving(Flask("nobody")) as url, pytest.raises(AnsweredWrongly):
        ask(url, asked, connections=1, seconds=0.2)


def test_everything_about_requests_can_be_measured() -> None:
    """A run too short to mean anything, so that the bench cannot rot."""
    with servers.postgres(durable=False) as (place, url, root), ExitStack() as stack:
        found = Requests(url, root, place, QUICK, stack)
        found.all()

        said = section(found, "Just now.")

    assert len(found.lines) == 3 * 3 + 2
    assert len(found.flat) == 2 + 3 + 2
    assert all(run.cpu > 0 for runs in found.spent.values() for each in runs.values() for run in each)
    assert said.count("| start, ") == 3
