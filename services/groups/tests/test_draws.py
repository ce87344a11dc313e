"""Draws over HTTP, on a real database: announced, tried out, held, published, and what becomes of the reserves."""

import json
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from chassis.identity import Identity
from contracts.people import BodyKind, DayTurned, DepartmentRegistered
from services.groups.app import LISTENS
from services.groups.rules.lot import commitment
from services.groups.tests.kit import Place, today
from services.groups.tests.test_lots import SCRIPT
from services.groups.tests.test_web import at_once
from tests.kit import Hall, person

RESIDENTS = [{"category": "resident", "places": 2}]


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


def lots(place: Place, *, selection: str = "lot", seats: Any = RESIDENTS, **says: Any) -> str:
    """A group whose seats go by lot."""
    return place.group(selection=selection, seats=seats, **says)


def applicants(place: Place, group_id: str, many: int, **says: Any) -> dict[str, Identity]:
    """Some residents who applied, by the id of their sign-up."""
    people = [place.resident() for _ in range(many)]
    return {applied(place, group_id, who, **says): who for who in people}


def applied(place: Place, group_id: str, who: Identity, **says: Any) -> str:
    answer = place.ask(who).post(f"/groups/{group_id}/apply", **({"category": "resident"} | says))
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def closed(place: Place, group_id: str) -> None:
    assert place.ask(place.member).post(f"/groups/{group_id}/close_sign_up").status_code == 200


def held(place: Place, group_id: str, **says: Any) -> Any:
    """The draw, after lots were drawn."""
    place.ask(place.member).post(f"/groups/{group_id}/draw/announce")
    closed(place, group_id)
    answer = place.ask(place.member).post(f"/groups/{group_id}/draw/hold", **says)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_what_binds_the_seed_is_public_before_the_lots_are_drawn_and_the_seed_only_then(place: Place) -> None:
    group_id = lots(place)
    ids = applicants(place, group_id, 4)
    said = place.ask(place.member).post(f"/groups/{group_id}/draw/announce").json
    before = place.ask(place.resident()).get(f"/groups/{group_id}/draw").json
    assert (before["state"], before["commitment"], before["may"]) == ("announced", said["commitment"], [])
    assert not {"seed", "entrants", "order"} & before.keys()
    closed(place, group_id)
    place.ask(place.member).post(f"/groups/{group_id}/draw/hold")

    after = place.ask(place.resident()).get(f"/groups/{group_id}/draw").json
    assert commitment(after["seed"]) == before["commitment"]
    assert (len(after["selected"]), len(after["reserves"]), sorted(after["order"])) == (2, 2, sorted(ids))
    assert (after["announced_by"], after["held_by"]) == (str(place.member.person_id),) * 2
    assert place.told(after["id"]) == ["draw.announced", "draw.held"]


def test_whoever_is_drawn_is_offered_a_seat_and_the_others_stand_in_the_drawn_order(place: Place) -> None:
    group_id = lots(place)
    people = applicants(place, group_id, 5)
    draw = held(place, group_id)

    assert {place.state_of(id, group_id) for id in draw["selected"]} == {"offered"}
    assert {place.state_of(id, group_id) for id in draw["reserves"]} == {"reserve"}
    mine = [place.ask(people[id]).get(f"/groups/{group_id}").json["my_sign_up"]["place"] for id in draw["reserves"]]
    assert mine == [1, 2, 3], "each knows their own place"
    listed = place.ask(place.member).get(f"/groups/{group_id}/reserves").json["items"]
    assert [each["sign_up_id"] for each in listed] == draw["reserves"]
    assert place.ask(place.resident()).get(f"/groups/{group_id}/reserves").status_code == 403


@pytest.mark.invariant(26)
@pytest.mark.parametrize("how", ["decline", "expire", "leave", "amend"])
def test_a_seat_that_falls_vacant_goes_to_the_next_in_the_drawn_order(place: Place, how: str) -> None:
    group_id = lots(place)
    people = applicants(place, group_id, 5)
    draw = held(place, group_id)
    first = draw["selected"][0]
    if how == "leave":
        place.move(people[first], first, "accept")
    if how == "expire":
        place.hall.tell(place.here, DayTurned(day=today() + timedelta(days=8)), subject=place.here)
    elif how == "amend":
        place.amend(group_id, seats=[{"category": "resident", "places": 3}])
    else:
        place.move(people[first], first, how)

    asked = 2 if how == "expire" else 1
    states = [place.state_of(id, group_id) for id in draw["reserves"]]
    assert states == ["offered"] * asked + ["reserve"] * (3 - asked)


def test_the_published_draw_is_redone_by_the_script_alone(place: Place, tmp_path: Path) -> None:
    there = uuid4()
    place.hall.tell(place.here, DepartmentRegistered(department_id=there, number="7", name="Møllevangen"), subject=there)
    targets = [{"places": 1, "department_id": str(there)}, {"places": 1, "first_timers": True}]
    group_id = lots(place, selection="stratified_lot", seats=[{"category": "resident", "places": 3}], targets=targets)
    applicants(place, group_id, 6)
    for who in (person(place.here, lives_in=[there]) for _ in range(2)):
        applied(place, group_id, who, first_time=True, address="Møllevej 1, st. tv.")
    held(place, group_id)
    file = tmp_path / "draw.json"
    file.write_bytes(place.ask(place.resident()).get(f"/groups/{group_id}/draw").data)
    run = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(file)], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert (run.returncode, run.stdout.count("yes  ")) == (0, 3), run.stdout + run.stderr
    draw = json.loads(file.read_bytes())
    couple = {one["sign_up_id"] for one in draw["entrants"] if one["household"] is not None}
    assert len(couple) == 2
    assert len(couple & set(draw["selected"])) == 1, "one of a household, and the target is met"
    shown = set().union(*(one.keys() for one in draw["entrants"]))
    assert shown == {"sign_up_id", "category", "departments", "first_time", "household"}
    assert "Møllevej" not in file.read_text(encoding="utf-8")


def test_a_target_that_cannot_be_met_is_named_and_wants_a_reason_for_going_on(place: Place) -> None:
    targets = [{"places": 2, "first_timers": True}]
    group_id = lots(place, selection="stratified_lot", targets=targets)
    applicants(place, group_id, 3, first_time=False)
    applicants(place, group_id, 1, first_time=True)
    asker = place.ask(place.member)
    asker.post(f"/groups/{group_id}/draw/announce")
    closed(place, group_id)
    no = asker.post(f"/groups/{group_id}/draw/hold")

    assert (no.status_code, no.json["slug"]) == (409, "targets-cannot-be-met")
    [short] = no.json["facts"]["targets"]
    assert (short["needed"], short["there_are"], short["found"], short["first_timers"]) == (2, 1, 1, True)
    done = asker.post(f"/groups/{group_id}/draw/hold", shortfall_reason="Der var kun én ny").json
    assert (done["shortfall_reason"], done["shortfalls"]) == ("Der var kun én ny", [short])


def test_a_test_draw_changes_nobody_tells_nobody_and_says_who_ran_it(place: Place) -> None:
    group_id = lots(place)
    ids = applicants(place, group_id, 4)
    asker = place.ask(place.member)
    asker.post(f"/groups/{group_id}/draw/announce")
    before = letters(place)
    tried = asker.post(f"/groups/{group_id}/draw/try").json

    assert (tried["entrants"], tried["selected"], tried["reserves"], tried["shortfalls"]) == (4, 2, 2, [])
    assert not {"seed", "order"} & tried.keys()
    assert {place.state_of(id, group_id) for id in ids} == {"applied"}
    assert letters(place) == before
    kept = asker.get(f"/groups/{group_id}/draw/tests").json["items"]
    assert [(each["id"], each["run_by"]) for each in kept] == [(tried["id"], str(place.member.person_id))]
    assert place.ask(place.resident()).get(f"/groups/{group_id}/draw").json["test_draws"] == 1
    assert place.ask(place.resident()).get(f"/groups/{group_id}/draw/tests").status_code == 403


def test_a_test_draw_says_nothing_about_how_the_real_lots_will_fall(place: Place) -> None:
    group_id = lots(place)
    applicants(place, group_id, 3)
    place.ask(place.member).post(f"/groups/{group_id}/draw/try")
    draw = held(place, group_id)

    with place.hall.running["groups"].begin(place.member) as work:
        seeds = work.connection.exec_driver_sql("select seed from test_draws").scalars().all()
    assert draw["seed"] not in seeds


def letters(place: Place) -> int:
    """How many events groups told about this association."""
    with place.hall.running["groups"].post_engine.connect() as connection:
        asked = "select count(*) from outbox where association_id = %(here)s"
        return int(connection.exec_driver_sql(asked, {"here": place.here}).scalar() or 0)


def test_lots_are_drawn_once_also_when_two_do_it_at_once(place: Place) -> None:
    group_id = lots(place)
    applicants(place, group_id, 4)
    announce = [partial(place.ask(who).post, f"/groups/{group_id}/draw/announce") for who in (place.member, place.chair)]
    assert sorted(answer.status_code for answer in at_once(*announce)) == [201, 409]
    closed(place, group_id)
    hold = [partial(place.ask(who).post, f"/groups/{group_id}/draw/hold") for who in (place.member, place.chair)]
    assert sorted(answer.status_code for answer in at_once(*hold)) == [200, 409]

    assert place.ask(place.member).post(f"/groups/{group_id}/draw/try").status_code == 200
    assert place.ask(place.member).get(f"/groups/{group_id}/draw").json["may"] == []
    assert place.stuck() == []


def test_where_lots_are_drawn_nobody_is_chosen_by_hand(place: Place) -> None:
    group_id = lots(place)
    people = applicants(place, group_id, 4)
    first = next(iter(people))
    for verb in ("offer", "reserve"):
        assert place.move(place.member, first, verb).json["slug"] == "not-their-turn"
    draw = held(place, group_id)
    last, next_one = draw["reserves"][-1], draw["reserves"][0]

    assert place.move(place.member, last, "offer").json["slug"] == "not-their-turn"
    assert place.move(place.member, next_one, "offer").json["slug"] == "no-place-left"
    items = place.ask(place.member).get(f"/groups/{group_id}/sign_ups").json["items"]
    assert [item["id"] for item in items if "offer" in item["may"]] == []


def test_the_board_gives_its_own_seats_itself_also_where_residents_are_drawn(place: Place) -> None:
    group_id = lots(place, seats=[*RESIDENTS, {"category": "organisation_board", "places": 1}])
    hers = applied(place, group_id, place.chair, category="organisation_board")
    applicants(place, group_id, 3)

    assert place.move(place.member, hers, "offer").json["state"] == "offered"
    assert held(place, group_id)["places"] == [{"category": "resident", "places": 2, "department_id": None}]


def test_seats_for_one_department_go_to_people_from_there(place: Place) -> None:
    there = uuid4()
    place.hall.tell(place.here, DepartmentRegistered(department_id=there, number="7", name="Møllevangen"), subject=there)
    seats = [{"category": "resident", "places": 1, "department_id": str(there)}, {"category": "resident", "places": 1}]
    group_id = lots(place, seats=seats)
    applicants(place, group_id, 5)
    his = applied(place, group_id, person(place.here, lives_in=[there]))

    assert his in held(place, group_id)["selected"]
    assert place.ask(place.member).get(f"/groups/{group_id}").json["seats"] == [{"category": "resident", "places": 2, "taken": 0}]


def test_first_come_first_served_fills_the_seats_in_the_order_of_applying(place: Place) -> None:
    group_id = lots(place, selection="first_come")
    ids = list(applicants(place, group_id, 4))
    fill = f"/groups/{group_id}/fill"
    asker = place.ask(place.member)
    assert asker.post(fill).json["slug"] == "sign-up-still-open"
    closed(place, group_id)
    assert asker.get(f"/groups/{group_id}").json["may"] == ["form", "vacate_role", "fill"]
    assert asker.post(fill).status_code == 200

    assert [place.state_of(id, group_id) for id in ids] == ["offered", "offered", "reserve", "reserve"]
    assert place.ask(place.resident()).post(fill).status_code == 403


def test_one_of_a_household_gets_a_seat_and_a_reserve_of_it_is_passed_over(place: Place) -> None:
    group_id = lots(place, selection="first_come")
    couple = list(applicants(place, group_id, 2, address="Lindealle 14, 2. tv."))
    others = list(applicants(place, group_id, 3))
    closed(place, group_id)
    place.ask(place.member).post(f"/groups/{group_id}/fill")
    assert [place.state_of(id, group_id) for id in (*couple, *others)] == ["offered", "reserve", "offered", "reserve", "reserve"]

    place.hall.tell(place.here, DayTurned(day=today() + timedelta(days=8)), subject=place.here)
    assert [place.state_of(id, group_id) for id in (couple[1], *others[1:])] == ["offered", "offered", "reserve"]


def test_where_the_board_chooses_it_cannot_seat_two_of_a_household_either(place: Place) -> None:
    group_id = place.group()
    couple = list(applicants(place, group_id, 2, address="Lindealle 14, 2. tv."))
    place.move(place.member, couple[0], "offer")

    assert place.move(place.member, couple[1], "offer").json["slug"] == "household-has-a-seat"
    items = place.ask(place.member).get(f"/groups/{group_id}/sign_ups").json["items"]
    assert [item["shares_household"] for item in items] == [True, True]
    free = place.group(one_per_household=False)
    couple = list(applicants(place, free, 2, address="Lindealle 14, 2. tv."))
    assert [place.move(place.member, id, "offer").status_code for id in couple] == [200, 200]


@pytest.mark.parametrize(
    ("selection", "path", "slug"),
    [
        ("board_selection", "draw/announce", "no-lots-here"),
        ("board_selection", "draw/try", "no-lots-here"),
        ("lot", "fill", "not-first-come"),
        ("lot", "draw/hold", "not-found"),
    ],
)
def test_seats_are_given_out_only_as_the_charter_says(place: Place, selection: str, path: str, slug: str) -> None:
    group_id = lots(place, selection=selection)

    assert place.ask(place.member).post(f"/groups/{group_id}/{path}").json["slug"] == slug


@pytest.mark.parametrize("path", ["draw/announce", "draw/try", "draw/hold"])
def test_only_those_who_compose_the_group_draw_lots(place: Place, path: str) -> None:
    group_id = lots(place)
    if path == "draw/hold":
        place.ask(place.member).post(f"/groups/{group_id}/draw/announce")
        assert place.ask(place.member).post(f"/groups/{group_id}/{path}").json["slug"] == "sign-up-still-open"

    for who in (place.resident(), place.facilitator, person(place.here, sits_in=[uuid4()])):
        assert place.ask(who).post(f"/groups/{group_id}/{path}").status_code == 403
    assert place.ask(place.secretary).post(f"/groups/{group_id}/draw/hold", shortfall_reason="a" * 1001).status_code == 422


def test_an_elected_member_of_another_board_is_drawn_like_everybody_else(place: Place) -> None:
    board = place.register(uuid4(), BodyKind.DEPARTMENT_BOARD, place.home)
    group_id = lots(place, seats=[*RESIDENTS, {"category": "department_board", "places": 1}])
    applicants(place, group_id, 1)
    elected = applied(place, group_id, person(place.here, lives_in=[place.home], sits_in=[board]), category="department_board")

    assert elected in held(place, group_id)["selected"]


@pytest.mark.invariant(27)
def test_a_group_that_opens_names_the_interest_list_and_signs_nobody_up(place: Place) -> None:
    group_id = place.group()
    with place.hall.running["groups"].post_engine.connect() as connection:
        body = connection.exec_driver_sql("select body from outbox where subject = %(s)s", {"s": group_id}).scalar()

    assert json.loads(bytes(body or b""))["data"]["invites"] == "interest_list"
    assert place.ask(place.secretary).get(f"/groups/{group_id}/sign_ups").json["items"] == []


@pytest.mark.invariant(27)
def test_groups_hears_nothing_of_the_interest_list() -> None:
    assert not [event.kind for event in LISTENS if event.thing() == "interest"]


@pytest.mark.parametrize(
    ("says", "field"),
    [
        ({"address": "a" * 201}, "address"),
        ({"address": "010190-1234"}, "address"),
        ({"consent_note": "a" * 501}, "consent_note"),
        ({"first_time": "måske"}, "first_time"),
        ({"brings": "a" * 2001}, "brings"),
    ],
)
def test_an_application_of_the_wrong_form_names_the_field(place: Place, says: dict[str, Any], field: str) -> None:
    answer = place.ask(place.resident()).post(f"/groups/{lots(place)}/apply", **({"category": "resident"} | says))

    assert (answer.status_code, [each["field"] for each in answer.json["fields"]]) == (422, [field])
