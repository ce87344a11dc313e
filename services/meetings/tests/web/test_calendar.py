"""Calendars over HTTP, on a real database."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any
from uuid import uuid4

import ics
import pytest

from chassis.identity import Identity
from contracts.people import PersonGone
from services.meetings.tests.works import Works
from tests.kit import person


def behind(works: Works, secret: str, where: Any = None, **headers: str) -> Any:
    asker = works.ask(Identity(association_id=where or works.here))
    asker.headers |= headers
    return asker.get(f"/calendars/{sha256(secret.encode()).hexdigest()}")


@pytest.fixture
def secret(works: Works) -> str:
    works.convene(0)
    return str(works.ask(works.anna).post("/calendar/open").json["secret"])


def test_the_calendar_has_the_meetings_that_i_was_called_to(works: Works, secret: str) -> None:
    answer = behind(works, secret)

    (event,) = ics.Calendar(answer.text).events
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (event.name, event.location, event.begin.isoformat()) == ("Lokaler", "Lokalet", "2030-04-08T15:30:00+00:00")


def test_the_same_calendar_has_the_same_etag_until_something_is_different(works: Works, secret: str) -> None:
    first = behind(works, secret)
    etag = first.headers["ETag"]

    assert behind(works, secret).data == first.data
    again = behind(works, secret, **{"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    meeting = works.see()["meetings"][0]["id"]
    works.ask(works.facilitator).post(f"/meetings/{meeting}/cancel", reason="Sne")
    changed = behind(works, secret, **{"If-None-Match": etag})
    assert changed.status_code == 200
    assert "STATUS:CANCELLED" in changed.text


def test_a_new_address_ends_the_old_one_and_a_closed_calendar_has_none(works: Works, secret: str) -> None:
    anna = works.ask(works.anna)
    newer = anna.post("/calendar/open").json["secret"]

    assert behind(works, secret).status_code == 404
    assert behind(works, newer).status_code == 200
    assert anna.post("/calendar/close").json["open"] is False
    assert behind(works, newer).status_code == 404
    assert anna.post("/calendar/close").status_code == 409


@pytest.mark.invariant(1)
def test_the_calendar_is_read_by_the_house_alone_and_in_its_own_association(works: Works, secret: str) -> None:
    hashed = sha256(secret.encode()).hexdigest()

    assert works.ask(works.anna).get(f"/calendars/{hashed}").status_code == 404
    assert behind(works, secret, where=uuid4()).status_code == 404
    assert behind(works, "something else").status_code == 404


def test_the_secret_is_told_once_and_only_its_hash_is_kept(works: Works, secret: str) -> None:
    assert "secret" not in works.ask(works.anna).get("/calendar").json
    assert works.ask(works.anna).get("/calendar").json["open"] is True
    with works.hall.running["meetings"].engine.begin() as connection:
        connection.exec_driver_sql("select set_config('app.association_id', %s, true)", (str(works.here),))
        kept = str(connection.exec_driver_sql("select * from calendars").all())
    assert secret not in kept


def test_whoever_has_left_the_group_has_its_meetings_in_the_calendar_no_more(works: Works) -> None:
    carla = person(works.here, lives_in=[uuid4()])
    sign_up = works.seat(carla)
    works.convene(0)
    secret = works.ask(carla).post("/calendar/open").json["secret"]
    assert len(ics.Calendar(behind(works, secret).text).events) == 1

    works.leave(carla, sign_up)
    assert len(ics.Calendar(behind(works, secret).text).events) == 0


def test_nobody_reads_the_calendar_of_a_person_who_is_gone(works: Works, secret: str) -> None:
    works.hall.tell(works.here, PersonGone(person_id=works.anna.person_id), subject=works.anna.person_id)
    works.hall.tell(works.here, PersonGone(person_id=works.neighbour.person_id), subject=works.neighbour.person_id)

    assert behind(works, secret).status_code == 404
    assert works.hall.parked(works.here) == []


def test_one_meeting_is_a_file_for_those_who_take_part_once_they_are_called(works: Works) -> None:
    planned = works.see()["meetings"][1]["id"]
    meeting = works.convene(0)["id"]

    answer = works.ask(works.anna).get(f"/meetings/{meeting}/calendar.ics")
    (event,) = ics.Calendar(answer.text).events
    assert event.uid == meeting
    assert works.ask(works.neighbour).get(f"/meetings/{meeting}/calendar.ics").status_code == 404
    assert works.ask(works.anna).get(f"/meetings/{planned}/calendar.ics").status_code == 404
    assert works.ask(works.anna).get(f"/meetings/{uuid4()}/calendar.ics").status_code == 404


def test_whoever_asks_twice_at_once_has_one_address(works: Works) -> None:
    def ask(_: int) -> str:
        return str(works.ask(works.bo).post("/calendar/open").json["secret"])

    with ThreadPoolExecutor(3) as pool:
        secrets = list(pool.map(ask, range(3)))
    assert sorted(behind(works, secret).status_code for secret in secrets) == [200, 404, 404]
