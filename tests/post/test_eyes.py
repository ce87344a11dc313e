"""What one sees of the post: numbers, one trace from a request through every reaction, and log lines that say what they belong to."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY, generate_latest
from sqlalchemy import text
from structlog.testing import capture_logs

from chassis import desk
from chassis.identity import Identity
from chassis.transport import Lost
from chassis.transport.in_process import InProcess
from contracts.ideas import IdeaPublished
from deploy.demo.story import ASSOCIATION_ID
from tests.conftest import Told
from tests.kit import Hall
from tests.post.workshop import MISSING, Workshop, endorsement


@pytest.fixture
def shop(workshop_database: str) -> Iterator[Workshop]:
    made = Workshop.on(workshop_database, InProcess())
    with made.running.post_engine.begin() as connection:
        connection.exec_driver_sql("delete from inbox; delete from outbox; delete from unreadable")
    yield made
    made.running.close()


def number(name: str, **labels: str) -> float:
    """What the metrics say now."""
    return REGISTRY.get_sample_value(name, {"service": "workshop", **labels}) or 0.0


def letters_of(hall: Hall) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every letter of the story that any service wrote down."""
    for name, running in hall.running.items():
        with running.post_engine.connect() as connection:
            asked = text("select body from outbox where association_id = :here and audience = ''")
            for (body,) in connection.execute(asked, {"here": ASSOCIATION_ID}):
                yield name, json.loads(bytes(body))


def test_one_trace_leads_from_a_request_through_every_reaction(told: Told) -> None:
    traces, services, spans = defaultdict(set), defaultdict(set), defaultdict(list)
    for service, letter in letters_of(told.hall):
        if "traceparent" not in letter:
            continue  # told by a test itself, outside any request
        _, trace, span, _ = letter["traceparent"].split("-")
        request = letter["correlationid"]
        traces[request].add(trace)
        services[request].add(service)
        spans[request].append((span, letter.get("causationid")))

    assert {len(each) for each in traces.values()} == {1}, "each request and all that came of it is one trace"
    assert max(len(each) for each in services.values()) >= 3, "some request was felt in three services"
    assert all(len({span for span, _ in each}) >= len({cause for _, cause in each}) for each in spans.values()), (
        "each step is its own"
    )


def test_what_waits_fails_and_is_parked_is_counted(shop: Workshop) -> None:
    before = {
        name: number(f"samskab_post_{name}_total")
        for name in ("stored", "applied", "attempts_failed", "letters_parked", "unreadable")
    }
    wrong = json.loads(shop.letter(endorsement()).to_bytes()) | {"data": {"idea_id": "nonsense"}}
    bodies = [shop.letter(endorsement()).to_bytes(), shop.letter(endorsement(MISSING)).to_bytes(), json.dumps(wrong).encode()]
    shop.running.listener.store([*bodies, b"no letter"])
    desk.measure("workshop", shop.running.post_engine)
    assert number("samskab_post_letters", box="inbox", state="waiting") >= 3

    shop.read_all()
    desk.measure("workshop", shop.running.post_engine)
    more = {name: number(f"samskab_post_{name}_total") - count for name, count in before.items()}
    assert more == {"stored": 3, "applied": 1, "attempts_failed": 1, "letters_parked": 1, "unreadable": 1}
    assert number("samskab_post_letters", box="inbox", state="parked") >= 1
    assert number("samskab_post_letters", box="inbox", state="waiting") == 0


def test_the_age_of_the_outbox_and_the_confirms_that_are_awaited_are_seen(shop: Workshop) -> None:
    awaited = []

    class Slow(InProcess):
        def publish(self, *_: object) -> set:
            awaited.append(number("samskab_post_unconfirmed"))
            raise Lost("away")

    shop.running.relay.transport = Slow()
    with shop.running.begin(Identity(association_id=shop.here)) as work:
        work.tell(endorsement(), subject=uuid4(), sequence=1)
    with pytest.raises(Lost):
        shop.running.relay.send_some()

    desk.measure("workshop", shop.running.post_engine)
    assert awaited[0] >= 1
    assert number("samskab_post_unconfirmed") == 0
    assert number("samskab_post_letters", box="outbox", state="waiting") >= 1


def test_no_metric_is_about_one_association(shop: Workshop) -> None:
    assert str(shop.here) not in generate_latest().decode()


def test_a_log_line_about_a_letter_says_where_it_belongs_and_nothing_that_was_written(shop: Workshop) -> None:
    canary = "Jytte Hansen, Søbakken 2"
    bad = shop.letter(IdeaPublished(idea_id=MISSING, title=canary)).to_bytes()
    shop.running.listener.store([bad])

    with capture_logs() as lines:
        shop.read_all()
        shop.running.reader._look_after()
    said = [line for line in lines if line["event"] == "letters retry"]
    assert said[0]["reason"] == "refused: not-found"
    assert said[0]["letters"] == 1
    assert canary not in json.dumps(lines, default=str)
