"""One challenge lives, from idea to carried-out decision: the same story in one process and with every service by itself."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.bundled import bundled
from deploy.demo.story import ASSOCIATION_ID, Story
from tests.conftest import Told
from tests.servers.full import full_run

EXPECTED = {
    "idea": {"title": "Øget brug af beboerlokaler", "state": "taken_up", "endorsers": 8, "outcome": "adopted"},
    "group": {"state": "closed", "members": 10},
    "tasks": [
        ("Find en lokalevært i hver afdeling", "done"),
        ("Sæt kodelåse op i tre lokaler", "in_progress"),
        ("Vælg og indfør bookingsystemet", "in_progress"),
        ("Åben hverdag i afdelingerne", "in_progress"),
    ],
}


@pytest.fixture(scope="module")
def told_by_all(amqp_url: str) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="samskab-full-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        with bundled(Path(place) / "postgres", durable=False) as url, full_run(url, amqp_url, Path(place) / "full") as full:
            yield Story(full.world()).play()


def test_the_story_ends_in_a_decision_that_is_carried_out(told: Told) -> None:
    assert {key: told.record[key] for key in EXPECTED} == EXPECTED
    assert told.hall.parked(ASSOCIATION_ID) == []


@pytest.mark.invariant(54)
def test_hearing_everything_again_gives_the_same_record(told: Told) -> None:
    for running in told.hall.running.values():
        with running.post_engine.begin() as connection:
            connection.exec_driver_sql(
                "update outbox set state = 'waiting', due = '2026-01-01' where state = 'sent' and association_id = %s",
                (ASSOCIATION_ID,),
            )
    told.hall.settle()

    assert told.story.record() == told.record
    assert told.hall.parked(ASSOCIATION_ID) == []


def test_both_ways_to_run_end_in_the_same_public_record(told: Told, told_by_all: dict[str, Any]) -> None:
    assert told_by_all == told.record
