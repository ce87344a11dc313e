"""Anonymous rounds over HTTP: what anybody is shown, and what is left in the tables, the letters and the log."""

import hashlib
import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine, make_url, text

from chassis.identity import Identity
from contracts.groups import GroupClosed
from services.meetings.tests.works import Works
from tests.kit import person

SAID = ["Zebraen er den første, der svarer", "Aftenen er for sen for mig", "Midt imellem er jeg bange for naboen"]


def opened(works: Works) -> Any:
    return works.post(works.facilitator, f"/groups/{works.group_id}/anonymous_rounds", question="Hvad holder dig væk?")


def members(works: Works) -> list[Identity]:
    carla = person(works.here)
    works.seat(carla)
    return [works.anna, works.bo, carla]


def answered(works: Works, *texts: str) -> tuple[str, list[Identity]]:
    """A round that some members have answered, in this order."""
    people, id = members(works), opened(works)["id"]
    for who, said in zip(people, texts, strict=False):
        works.post(who, f"/anonymous_rounds/{id}/answer", text=said)
    return id, people


def dump(admin_url: str, here: UUID) -> list[tuple[str, str]]:
    """Every row of every table in the service's database that is about one association, as an operator with all access reads it."""
    engine = create_engine(make_url(admin_url).set(database="meetings"))
    with engine.connect() as connection:
        tables = connection.execute(text("select tablename from pg_tables where schemaname = 'public'")).scalars().all()
        rows = [(table, row) for table in tables for row in connection.execute(text(f"select t.*, t.xmin from {table} t")).all()]
    engine.dispose()
    written = [(table, " ".join(read(value) for value in row)) for table, row in rows]
    return [(table, row) for table, row in written if str(here) in row]


def read(value: Any) -> str:
    return (
        bytes(value).decode(errors="replace")
        if isinstance(value, bytes | memoryview)
        else json.dumps(value, default=str, ensure_ascii=False)
    )


def traces(said: str) -> set[str]:
    """The text, and what a fingerprint of it or of the request would look like."""
    bodies = [said, json.dumps({"text": said}), json.dumps({"text": said}, ensure_ascii=False)]
    kinds = (hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.blake2b)
    return {said, json.dumps(said)[1:-1]} | {kind(body.encode()).hexdigest() for body in bodies for kind in kinds}


def test_while_it_is_open_nobody_is_shown_anything_but_how_many(works: Works) -> None:
    id, people = answered(works, *SAID)

    for who in (*people, works.facilitator):
        seen = works.ask(who).get(f"/anonymous_rounds/{id}")
        assert (seen.json["answers"], seen.json["count"]) == ([], 3)
        assert not any(str(each.person_id) in seen.text for each in people)
    assert works.ask(works.neighbour).get(f"/anonymous_rounds/{id}").status_code == 404
    assert works.ask(works.neighbour).get(f"/groups/{works.group_id}/anonymous_rounds").json["items"] == []


def test_when_it_is_closed_the_group_reads_what_was_said_in_an_order_that_tells_nothing(works: Works) -> None:
    id, people = answered(works, *SAID)
    closed = works.post(works.facilitator, f"/anonymous_rounds/{id}/close")

    assert closed["answers"] == sorted(SAID) != SAID
    assert works.ask(people[0]).get(f"/groups/{works.group_id}/anonymous_rounds").json["items"][0]["answers"] == sorted(SAID)
    assert works.ask(works.neighbour).get(f"/anonymous_rounds/{id}").status_code == 404


def test_two_answers_are_never_shown(works: Works, admin_url: str) -> None:
    id, _ = answered(works, *SAID[:2])
    closed = works.post(works.facilitator, f"/anonymous_rounds/{id}/close")

    assert (closed["answers"], closed["count"]) == ([], 2)
    assert not [row for _, row in dump(admin_url, works.here) if SAID[0] in row or SAID[1] in row]


def test_who_may_not_does_not_and_nobody_answers_twice(works: Works) -> None:
    id, people = answered(works, *SAID[:1])

    assert works.ask(people[0]).post(f"/anonymous_rounds/{id}/answer", text="igen").json["slug"] == "answered-already"
    assert works.ask(works.neighbour).post(f"/anonymous_rounds/{id}/answer", text="x").status_code == 403
    assert works.ask(works.facilitator).post(f"/anonymous_rounds/{id}/answer", text="x").status_code == 403
    assert works.ask(people[0]).post(f"/anonymous_rounds/{id}/close").status_code == 403
    assert works.ask(people[0]).post(f"/groups/{works.group_id}/anonymous_rounds", question="x").status_code == 403
    empty = works.ask(people[1]).post(f"/anonymous_rounds/{id}/answer", text=" ")
    assert (empty.status_code, empty.json["fields"][0]["field"]) == (422, "text")


@pytest.mark.parametrize("closed", [False, True])
def test_no_row_no_letter_and_no_log_line_links_a_person_with_what_they_said(
    works: Works, admin_url: str, closed: bool, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    id, people = answered(works, *SAID)
    if closed:
        works.post(works.facilitator, f"/anonymous_rounds/{id}/close")

    rows = dump(admin_url, works.here)
    works.hall.settle()
    assert sum(any(trace in row for said in SAID for trace in traces(said)) for _, row in dump(admin_url, works.here)) == 1
    holding = [(table, row) for table, row in rows if any(trace in row for said in SAID for trace in traces(said))]
    assert [table for table, _ in holding] == ["anonymous_rounds"], "what was said stands in one row, that of the round"
    row = holding[0][1]
    assert all(said in row for said in SAID), "so that no row belongs to one person"
    named = [str(who.person_id) in row for who in people]
    assert named == [not closed] * 3, "all who answered or, once it is closed, none"
    last = row.rpartition(" ")[2]
    beside = [other for _, other in rows if other.rpartition(" ")[2] == last and other != row]
    assert beside and not any(str(who.person_id) in other for who in people for other in beside), (
        "nor one written at the same moment"
    )
    written = capfd.readouterr()
    assert not any(said in f"{written.out}{written.err}{caplog.text}" for said in SAID)


def test_the_row_of_a_round_is_the_same_in_whatever_order_people_came(works: Works, admin_url: str) -> None:
    def left_by(order: list[int]) -> list[Any]:
        id = opened(works)["id"]
        for number in order:
            works.post(people[number], f"/anonymous_rounds/{id}/answer", text=SAID[number])
        engine = create_engine(make_url(admin_url).set(database="meetings"))
        with engine.connect() as connection:
            kept = connection.execute(text("select * from anonymous_rounds where id = :id"), {"id": id}).mappings().one()
        engine.dispose()
        return [value for name, value in kept.items() if name != "id"]

    people = members(works)
    assert left_by([0, 1, 2]) == left_by([2, 0, 1])


def test_when_the_group_is_over_nobody_is_remembered_any_longer(works: Works, admin_url: str) -> None:
    id, people = answered(works, *SAID)
    works.hall.tell(works.here, GroupClosed(group_id=works.group_id), subject=works.group_id)

    row = next(row for table, row in dump(admin_url, works.here) if table == "anonymous_rounds")
    assert not any(str(who.person_id) in row for who in people)
    assert works.ask(works.anna).get(f"/anonymous_rounds/{id}").json["answers"] == sorted(SAID)
    assert works.ask(works.anna).post(f"/anonymous_rounds/{id}/answer", text="x").status_code == 409


def test_what_is_told_of_an_answer_is_only_that_there_is_one(works: Works, admin_url: str) -> None:
    _, people = answered(works, *SAID)

    letters = [row for table, row in dump(admin_url, works.here) if table == "outbox" and "anonymous_round.answered" in row]
    assert len(letters) >= 3
    assert not any(str(who.person_id) in letter for who in people for letter in letters)
