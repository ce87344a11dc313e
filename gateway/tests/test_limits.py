"""How much anybody may ask for in a minute: counted over all processes, answered with when to try again, and nobody else's matter."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict

from gateway.limits import Counted, Counter, Limits
from gateway.store import Store
from gateway.tests.conftest import DEPARTMENTS, PERSONS
from gateway.tests.kit import OURS, Browser, Village, told, well_made
from tests.kit import Hall

FEW = Limits(person_reads=30, person_writes=5, association_reads=1_000, association_writes=12)


@pytest.fixture
def few(front: Flask) -> Iterator[None]:
    """An installation that allows little."""
    kept = front.extensions["gateway"]
    minute = 29_000_000 * 60.0
    front.extensions["gateway"] = replace(
        kept, settings=replace(kept.settings, limits=FEW), counter=Counter(kept.auth.store, now=lambda: minute + 15)
    )
    yield
    front.extensions["gateway"] = kept


@pytest.fixture
def anna(village: Village) -> Browser:
    return village.visitor("anna@here.example")


@pytest.fixture
def bo(village: Village) -> Browser:
    return village.visitor("bo@here.example")


def store(front: Flask) -> Store:
    kept: Store = front.extensions["gateway"].auth.store
    return kept


def draft(who: Browser) -> Any:
    return who.api("POST", "/ideas/drafts", json={"title": "Bænke"})


def test_an_answer_of_the_api_says_how_much_is_left(anna: Browser, few: None) -> None:
    answer = anna.api("GET", "/me")

    assert answer.headers["RateLimit-Policy"] == '"person";q=30;w=60, "association";q=1000;w=60'
    assert answer.headers["RateLimit"] == '"person";r=29;t=45, "association";r=999;t=45'
    assert "RateLimit" not in anna.get("/ideer").headers


def test_whoever_writes_too_fast_is_told_when_to_try_again_in_their_language(anna: Browser, bo: Browser, few: None) -> None:
    assert [draft(anna).status_code for _ in range(6)] == [201] * 5 + [429]
    danish = draft(anna)
    english = anna.api("POST", "/ideas/drafts", {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}, json={})

    assert (danish.content_type, danish.json["slug"], danish.json["facts"]) == (
        "application/problem+json",
        "too-many-requests",
        {"seconds": 45},
    )
    assert danish.headers["Retry-After"] == "45"
    assert '"person";r=0;t=45' in danish.headers["RateLimit"]
    assert danish.json["title"].startswith("Det går lidt for hurtigt. Vent 45 sekunder")
    assert english.json["title"].startswith("That is too many requests at once. Wait 45 seconds")
    assert len(anna.api("GET", "/ideas/mine").json["items"]) == 5
    assert draft(bo).status_code == 201


def test_reads_and_writes_are_counted_apart(anna: Browser, few: None) -> None:
    for _ in range(7):
        draft(anna)
    assert anna.api("GET", "/me").status_code == 200
    while anna.api("GET", "/me").status_code == 200:
        continue
    assert anna.get("/").status_code == 429


def test_one_person_takes_nothing_from_the_others_once_they_are_refused(anna: Browser, bo: Browser, few: None) -> None:
    for _ in range(50):
        draft(anna)
    assert [draft(bo).status_code for _ in range(5)] == [201] * 5


def test_an_association_has_a_limit_in_all(village: Village, few: None) -> None:
    people = [village.visitor(f"{name}@here.example") for name in ("anna", "bo", "camilla")]
    answers = [draft(who) for who in people for _ in range(5)]
    refused = [answer for answer in answers if answer.status_code == 429]

    assert 0 < len(refused) <= 5
    assert '"association";r=0' in refused[0].headers["RateLimit"]


@pytest.mark.invariant(1)
def test_a_neighbours_flood_is_not_ours(hall: Hall, front: Flask, anna: Browser, few: None) -> None:
    next_door = Village(front, hall.apps["people"], hall.key)
    next_door.move_in(DEPARTMENTS, PERSONS)
    theirs = next_door.visitor("anna@here.example")
    while draft(theirs).status_code == 201:
        continue

    assert draft(anna).status_code == 201


def test_whoever_is_not_signed_in_takes_nothing_from_those_who_are(
    village: Village, anna: Browser, front: Flask, few: None
) -> None:
    kept = front.extensions["gateway"]
    front.extensions["gateway"] = replace(kept, settings=replace(kept.settings, limits=replace(FEW, association_reads=40)))
    stranger = village.browser()
    seen = {stranger.get("/log-ind").status_code for _ in range(60)}

    assert seen == {200, 429}
    assert anna.api("GET", "/me").status_code == 200


def test_a_page_says_so_in_danish_and_what_was_written_is_sent_again_when_the_minute_is_over(
    anna: Browser, front: Flask, few: None
) -> None:
    for _ in range(6):
        draft(anna)
    answer = anna.post(
        "/ideer/ny", title="Bænke i gården", text="Så kan man <b>sidde</b> ned.", origin="resident", _key="0" * 32, _seen="ja"
    )

    page = well_made(answer.text)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "45")
    assert "Det, du skrev, er ikke gemt endnu" in told(answer.text)
    assert "Så kan man &lt;b&gt;sidde&lt;/b&gt; ned." in answer.text
    assert "Bænke i gården" in answer.text
    assert "0" * 32 not in told(answer.text)
    form = page.form_with("Send igen")
    assert form.action == f"/{anna.slug}/ideer/ny"
    assert {"text": "Så kan man <b>sidde</b> ned.", "_key": "0" * 32, "_seen": "ja"}.items() <= dict(form.sends()).items()
    front.extensions["gateway"].counter.now = lambda: 29_000_001 * 60.0
    assert anna.client.post(form.action, data=MultiDict(form.sends()), headers=OURS).status_code == 303
    assert anna.api("GET", "/ideas/mine").json["items"][0]["text"] == "Så kan man <b>sidde</b> ned."


def test_an_association_sets_its_own_limits_within_the_installations(village: Village, few: None, hall: Hall) -> None:
    camilla = village.visitor("camilla@here.example")
    policy = camilla.api("GET", "/association").json["policy"]
    asked = policy | {"writes_a_minute": 20, "writes_a_minute_in_all": 200}
    assert camilla.api("PUT", "/policy", json=asked).status_code == 200
    anna = village.visitor("anna@here.example")
    village.gateway.extensions["gateway"].standing.policies.clear()

    answer = draft(anna)
    assert '"person";q=20;' in answer.headers["RateLimit-Policy"]
    assert '"association";q=12;' in answer.headers["RateLimit-Policy"]
    for most in (1, 10**9):
        assert camilla.api("PUT", "/policy", json=policy | {"writes_a_minute": most}).status_code == 422


def counters(front: Flask, many: int, now: Callable[[], float]) -> list[Counter]:
    """Processes that share one database."""
    return [Counter(store(front), now) for _ in range(many)]


def test_many_processes_together_let_in_no_more_than_the_limit_and_hardly_less(front: Flask) -> None:
    here, processes = uuid4(), counters(front, 4, lambda: 1_800.0)

    def ask(number: int) -> bool:
        return not processes[number % 4].take(here, "person", "reads of anna", 400).over

    with ThreadPoolExecutor(8) as several:
        let_in = sum(several.map(ask, range(2_000)))

    assert 400 - 4 * 20 <= let_in <= 400


def test_a_new_minute_begins_anew_and_old_ones_are_swept_out(front: Flask) -> None:
    here, at = uuid4(), [6_000.0]
    counter = Counter(store(front), lambda: at[0])
    for whom in ("anna", "bo"):
        while not counter.take(here, "person", whom, 10).over:
            continue
    at[0] += 59
    assert counter.take(here, "person", "anna", 10).over
    at[0] += 1
    assert not counter.take(here, "person", "anna", 10).over
    at[0] += 600
    counter.take(here, "person", "anna", 10)
    with store(front).of(here) as db:
        assert db.execute(text("select whom from tickets")).scalars().all() == ["anna"]


def test_most_requests_cost_no_question_to_the_database(front: Flask) -> None:
    here, asked = uuid4(), []
    counter = Counter(store(front), lambda: 0.0)
    real = counter._draw
    counter._draw = lambda *how: (asked.append(how), real(*how))[1]  # type: ignore[method-assign]
    for _ in range(1_500):
        counter.take(here, "person", "anna", 1_200)

    assert len(asked) <= 1_200 // 50 + 1


def test_without_a_database_nobody_is_refused(anna: Browser, front: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("insert", {}, Exception("gone"))

    monkeypatch.setattr("gateway.limits.store.take_tickets", away)
    counter = Counter(store(front), lambda: 0.0)

    assert not any(counter.take(UUID(int=7), "person", "anna", 10).over for _ in range(30))


def test_nothing_is_said_where_nothing_was_counted() -> None:
    assert Counted().says() == {}
    assert Counted().over is None
