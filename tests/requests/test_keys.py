"""Asked again under the same key, a service does nothing again and answers as it did."""

import socket
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from werkzeug.serving import make_server

from chassis import answered, clock
from chassis.identity import Identity
from contracts.event import Event
from contracts.people import DayTurned
from deploy.services import SERVICES
from services.ideas.tests.kit import Place
from services.meetings.tests.works import Works
from tests.conftest import Told
from tests.kit import Hall, person, secretary
from tests.requests.kit import Caller, at_once

MANY = """
    insert into answered (association_id, person, key, route, fingerprint, kept_at)
    select :here, gen_random_uuid(), number::text, '', '', now() - make_interval(mins => number / 2) from generate_series(1, 3000) number
"""
IDEA = {"title": "Bænke i gården", "text": "Så kan man sidde ned på vejen hjem."}


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


@pytest.fixture
def works(hall: Hall, clock_back: None) -> Works:
    return Works(hall)


@pytest.fixture
def author(place: Place) -> Caller:
    return Caller(place.hall, "ideas", place.author)


def key() -> str:
    return uuid4().hex


def mine(who: Caller) -> list[dict[str, Any]]:
    return list(who("GET", "/ideas/mine").json["items"])


def test_the_same_request_under_the_same_key_is_done_once_and_answered_the_same(author: Caller) -> None:
    mark = key()
    first = author("POST", "/ideas", IDEA, Idempotency_Key=mark)
    again = author("POST", "/ideas", IDEA, Idempotency_Key=mark)

    assert (first.status_code, first.headers.get("Idempotent-Replayed")) == (201, None)
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert (again.data, again.headers["ETag"], again.content_type) == (first.data, first.headers["ETag"], first.content_type)
    assert len(mine(author)) == 1
    assert author.told() == 1


def test_a_key_in_quotes_is_the_same_key(author: Caller) -> None:
    mark = key()

    assert (
        author("POST", "/ideas", IDEA, Idempotency_Key=mark).data
        == author("POST", "/ideas", IDEA, Idempotency_Key=f'"{mark}"').data
    )


def test_twenty_twins_at_the_same_moment_make_one_idea_and_get_one_answer(author: Caller) -> None:
    mark = key()
    answers = at_once(20, lambda: author("POST", "/ideas", IDEA, Idempotency_Key=mark))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert sorted("Idempotent-Replayed" in answer.headers for answer in answers) == [False] + [True] * 19
    assert (len(mine(author)), author.told(), author.kept()) == (1, 1, 1)


def test_twins_of_a_refusal_are_each_refused_and_the_key_is_free_again(place: Place) -> None:
    other = Caller(place.hall, "ideas", place.resident())
    idea = place.submitted()
    answers = at_once(5, lambda: other("POST", f"/ideas/{idea['id']}/endorse", Idempotency_Key="k"))

    assert {answer.status_code for answer in answers} == {404}
    assert other.kept() == 0
    place.do(place.moderator, idea, "publish")
    assert other("POST", f"/ideas/{idea['id']}/endorse", Idempotency_Key="k").status_code == 200


def test_a_key_that_was_used_for_something_else_is_named_and_nothing_is_done(author: Caller) -> None:
    mark = key()
    author("POST", "/ideas", IDEA, Idempotency_Key=mark)
    for path, body in (("/ideas", IDEA | {"title": "Noget andet"}), ("/ideas/drafts", IDEA)):
        answer = author("POST", path, body, Idempotency_Key=mark, Accept_Language="en")

        assert (answer.status_code, answer.json["slug"]) == (422, "key-used-already")
        assert answer.json["facts"] == {"key": mark, "route": "/ideas"}
        assert mark in answer.json["title"]
        assert "/ideas" in answer.json["title"]
    assert len(mine(author)) == 1


def test_a_key_goes_through_the_front_door(told: Told) -> None:
    anna, mark = told.world.visitor("anna"), {"Idempotency-Key": key()}
    first, again = (anna.ask("POST", "/ideas/drafts", {"title": "Bænke"}, mark) for _ in range(2))

    assert (first.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.content == first.content
    assert anna.ask("POST", "/ideas", IDEA, mark).json()["slug"] == "key-used-already"


def test_what_cannot_be_read_takes_no_key(author: Caller) -> None:
    mark = key()

    assert author("POST", "/ideas", {"title": ""}, Idempotency_Key=mark).status_code == 422
    assert author("POST", "/ideas", IDEA, Idempotency_Key=mark).status_code == 201


@pytest.mark.parametrize("mark", ["x" * 201, '""', "æ"])
def test_a_key_that_is_none_is_named(author: Caller, mark: str) -> None:
    answer = author("POST", "/ideas", IDEA, Idempotency_Key=mark)

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json["fields"]] == ["Idempotency-Key"]
    assert mine(author) == []


def test_a_key_is_its_persons_own(place: Place, author: Caller) -> None:
    mark, other = key(), Caller(place.hall, "ideas", place.resident())
    first = author("POST", "/ideas", IDEA, Idempotency_Key=mark)
    second = other("POST", "/ideas", IDEA, Idempotency_Key=mark)

    assert second.status_code == 201
    assert second.json["id"] != first.json["id"]


def test_a_key_is_not_the_same_for_whoever_writes_it_down_on_paper(place: Place, author: Caller) -> None:
    mark, staff = key(), replace(place.author, act=place.secretary.person_id)
    author("POST", "/ideas", IDEA, Idempotency_Key=mark)

    assert Caller(place.hall, "ideas", staff)("POST", "/ideas", IDEA, Idempotency_Key=mark).status_code == 422


@pytest.mark.invariant(1)
def test_a_neighbours_key_is_worth_nothing_also_for_the_same_person(place: Place, author: Caller) -> None:
    mark, next_door = key(), Caller(place.hall, "ideas", replace(place.author, association_id=uuid4()))
    first = author("POST", "/ideas", IDEA, Idempotency_Key=mark)
    there = next_door("POST", "/ideas", IDEA, Idempotency_Key=mark)

    assert (there.status_code, "Idempotent-Replayed" in there.headers) == (201, False)
    assert there.json["id"] != first.json["id"]
    assert (author.kept(), next_door.kept()) == (1, 1)


def test_a_key_is_good_for_a_day_and_then_forgotten(place: Place, author: Caller, clock_back: None) -> None:
    author("POST", "/ideas", IDEA, Idempotency_Key="k")
    clock.set_to(clock.now() + timedelta(hours=23))
    assert author("POST", "/ideas", IDEA, Idempotency_Key="k").headers["Idempotent-Replayed"] == "true"
    clock.set_to(clock.now() + timedelta(hours=2))
    assert "Idempotent-Replayed" not in author("POST", "/ideas", IDEA, Idempotency_Key="k").headers
    assert len(mine(author)) == 2

    clock.set_to(clock.now() + timedelta(hours=25))
    tell_the_day(place.hall, place.id)
    assert author.kept() == 0


@pytest.mark.parametrize("service", [each.name for each in SERVICES])
def test_every_service_forgets_when_a_day_begins(hall: Hall, service: str, clock_back: None) -> None:
    here = uuid4()
    house, who = Caller(hall, "people", Identity(association_id=here)), Caller(hall, service, secretary(here))
    house("POST", "/associations", {"name": "Prøvelunden", "slug": f"p{here.hex[:12]}"})
    hall.now_and_then()
    with hall.running[service].begin(who.who) as work:
        for name, hours in (("old", -2), ("new", 23)):
            row = {"association_id": here, "person": who.who.person_id, "key": name, "route": "/", "fingerprint": b""}
            at = clock.now() + timedelta(hours=hours)
            work.execute(answered.TAKE, row | {"now": at, "over": at - answered.KEPT})
    clock.set_to(clock.now() + timedelta(hours=24))
    hall.now_and_then()
    hall.settle()

    assert who.kept() == 1


def tell_the_day(hall: Hall, here: Any) -> None:
    hall.tell(here, DayTurned(day=clock.day_of(clock.now())), subject=here)


def test_an_answer_that_is_too_large_is_said_to_be_given(author: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answered, "MOST_BYTES", 10)
    author("POST", "/ideas", IDEA, Idempotency_Key="k")
    again = author("POST", "/ideas", IDEA, Idempotency_Key="k")

    assert (again.status_code, again.json["slug"]) == (409, "done-already")
    assert len(mine(author)) == 1


def test_what_breaks_after_the_key_was_written_leaves_neither(author: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: Event) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("services.ideas.web.idea.queries.idea", breaks)
        assert author("POST", "/ideas", IDEA, Idempotency_Key="k").status_code == 500
    assert (author.kept(), mine(author)) == (0, [])
    assert author("POST", "/ideas", IDEA, Idempotency_Key="k").status_code == 201


def test_whoever_loses_the_answer_asks_again_and_gets_it(place: Place) -> None:
    token = place.hall.signer.sign(place.author, audience="ideas")
    server = make_server("127.0.0.1", 0, place.hall.apps["ideas"], threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    body = b'{"title": "Cykelskur", "text": "Med tag."}'
    head = f"POST /ideas HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: lost\r\n"
    request = f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    try:
        with socket.create_connection(server.server_address) as gone:
            gone.sendall(request)
        with socket.create_connection(server.server_address) as stays:
            stays.sendall(request)
            answer = b"".join(iter(lambda: stays.recv(65536), b""))
    finally:
        server.shutdown()
        server.server_close()

    assert b" 201 " in answer.splitlines()[0]
    assert [each["title"] for each in mine(Caller(place.hall, "ideas", place.author))] == ["Cykelskur"]


@pytest.mark.parametrize("path", ["/anonymous_rounds/{id}/answer", "/calendar/open"])
def test_no_trace_is_kept_of_an_answer_without_a_name_or_of_a_secret(works: Works, path: str) -> None:
    asked = works.post(works.facilitator, f"/groups/{works.group_id}/anonymous_rounds", question="Hvad holder dig væk?")
    anna = Caller(works.hall, "meetings", works.anna)
    body = {"text": "Zebraen"} if "rounds" in path else None
    answer = anna("POST", path.format(id=asked["id"]), body, Idempotency_Key="k")

    assert (answer.status_code, anna.kept()) == (200, 0)


def test_a_file_of_five_megabytes_is_taken_under_a_key(hall: Hall) -> None:
    here = uuid4()
    importer = Caller(hall, "people", person(here, duties=frozenset(secretary(here).duties)))
    answer = importer("POST", "/imports/departments", b"x" * 900_000, Idempotency_Key="k", Content_Type="text/csv")

    assert answer.status_code not in {413, 500}


def test_the_table_of_answers_is_looked_at_by_its_key_and_swept_by_its_age(hall: Hall, admin_url: str) -> None:
    here = secretary(uuid4())
    with create_engine(make_url(admin_url).set(database="ideas"), isolation_level="AUTOCOMMIT").connect() as admin:
        admin.execute(text(MANY), {"here": here.association_id})
        admin.execute(text("analyze answered"))
    with hall.running["ideas"].begin(here) as work:
        work.execute(text("set local enable_seqscan = off"))
        values = {"association_id": here.association_id, "person": here.person_id, "key": "k", "over": clock.now()}
        for statement, index in ((answered.LOOK, "answered_pk"), (answered.FORGET, "answered_kept_ix")):
            plan = "\n".join(work.execute(text(f"explain {statement.text}"), values).scalars())
            assert index in plan, plan
