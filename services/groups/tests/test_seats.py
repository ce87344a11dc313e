"""Seats under pressure: whatever people do in whatever order or at once, nobody sits where no seat is."""

from collections import Counter
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chassis.identity import Identity
from contracts.people import DayTurned
from services.groups.actions import sign_up as actions
from services.groups.store.seats import hold
from services.groups.tests.kit import Place, today
from services.groups.tests.test_web import at_once, begun, offered_the_last_seat_twice
from tests.kit import Hall

PLACES, PEOPLE = 2, 5
NO_FIXTURE_CHECK = [HealthCheck.function_scoped_fixture]  # each example makes a group of its own
MOVES = ["apply", "offer", "offer", "accept", "accept", "decline", "reserve", "withdraw", "leave", "expire"]
steps = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, PEOPLE - 1)), min_size=8, max_size=30)


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


class Crowd:
    """Some residents who do things with the seats of one group."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.group_id = place.group(seats=[{"category": "resident", "places": PLACES}])
        self.people = [place.resident() for _ in range(PEOPLE)]
        self.sign_ups: dict[int, str] = {}
        self.days = 0

    def do(self, move: str, number: int) -> int:
        """What is answered when somebody does this, or has it done to them; 0 where there is nothing to do it to."""
        who = self.people[number]
        if move == "apply":
            answer = self.place.ask(who).post(f"/groups/{self.group_id}/apply", category="resident")
            self.sign_ups[number] = answer.json["id"] if answer.status_code == 201 else self.sign_ups.get(number, "")
            return int(answer.status_code)
        if move == "expire":
            self.days += 1
            turned = DayTurned(day=today() + timedelta(days=8))
            self.place.hall.tell(self.place.here, turned, subject=self.place.here, sequence=self.days)
            return 200
        if not self.sign_ups.get(number):
            return 0
        asker = self.place.member if move in {"offer", "reserve"} else who
        return int(self.place.move(asker, self.sign_ups[number], move).status_code)

    def must_add_up(self) -> None:
        """As many places are taken as people accepted, and no more are taken or on offer than there are."""
        with self.place.hall.running["groups"].begin(self.place.member) as work:
            here = {"group": UUID(self.group_id)}
            counted = "select state, count(*) from sign_ups where group_id = %(group)s group by state"
            states = Counter({row[0]: row[1] for row in work.connection.exec_driver_sql(counted, here)})
            [(taken, places)] = work.connection.exec_driver_sql(
                "select taken, places from seats where group_id = %(group)s", here
            )
        assert taken == states["accepted"]
        assert taken + states["offered"] <= places == PLACES


@pytest.mark.invariant(22)
@given(done=steps)
@settings(max_examples=3, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=NO_FIXTURE_CHECK)
def test_places_taken_and_people_who_accepted_are_as_many_after_every_step(place: Place, done: list[tuple[str, int]]) -> None:
    crowd = Crowd(place)
    for number in range(PEOPLE):
        crowd.do("apply", number)

    for move, number in done:
        assert crowd.do(move, number) in {0, 200, 201, 409}, (move, number)
        crowd.must_add_up()


@pytest.mark.invariant(22)
@pytest.mark.parametrize("again", range(3))
def test_places_and_people_add_up_when_everybody_acts_at_once(place: Place, again: int) -> None:
    crowd, chance = Crowd(place), Random(again)
    for number in range(PEOPLE):
        crowd.do("apply", number)

    for _ in range(5):
        doing = [(chance.choice(MOVES[1:9]), chance.randrange(PEOPLE)) for _ in range(4)]
        answers = at_once(*[partial(crowd.do, move, number) for move, number in doing])
        assert set(answers) <= {0, 200, 201, 409}, (doing, answers)
        crowd.must_add_up()


@pytest.mark.invariant(22)
@pytest.mark.parametrize("again", range(3))
def test_of_two_who_offer_the_last_place_at_once_one_is_told_that_it_is_gone(place: Place, again: int) -> None:
    group_id = place.group(seats=[{"category": "resident", "places": 1}])
    ids = [place.applied(group_id, place.resident()) for _ in range(2)]
    offers = [partial(place.move, who, id, "offer") for who, id in zip((place.member, place.chair), ids, strict=True)]

    assert sorted(answer.status_code for answer in at_once(*offers)) == [200, 409]
    assert sorted(place.state_of(id, group_id) for id in ids) == ["applied", "offered"]


@pytest.mark.invariant(22)
def test_whoever_accepts_while_a_member_leaves_waits_and_then_has_the_seat(place: Place) -> None:
    group_id, ((anna, hers), (bo, his)) = offered_the_last_seat_twice(place)
    place.move(anna, hers, "accept")

    with place.hall.running["groups"].begin(anna) as work:
        actions.leave_group(work, UUID(hers))
        second = begun(lambda: place.move(bo, his, "accept").json["state"])
        assert second.answers == []
    assert second.ended() == ["accepted"]
    assert place.ask(bo).get(f"/groups/{group_id}").json["seats"][0]["taken"] == 1


@pytest.mark.invariant(22)
def test_whoever_accepts_before_a_member_leaves_is_reserve_and_offered_the_seat_that_falls_vacant(place: Place) -> None:
    group_id, ((anna, hers), (bo, his)) = offered_the_last_seat_twice(place)
    place.move(anna, hers, "accept")
    assert place.move(bo, his, "accept").json["state"] == "reserve"

    place.move(anna, hers, "leave")
    assert place.state_of(his, group_id) == "offered"
    assert place.move(bo, his, "accept").json["state"] == "accepted"


@pytest.mark.invariant(26)
def test_a_reserve_whom_the_board_offers_a_seat_just_as_one_falls_vacant_is_offered_it_once(place: Place) -> None:
    group_id = place.group(seats=[{"category": "resident", "places": 1}])
    anna, bo = place.resident(), place.resident()
    hers, his = place.applied(group_id, anna), place.applied(group_id, bo)
    place.move(place.member, hers, "offer")
    place.move(place.member, his, "reserve")

    with place.hall.running["groups"].begin(anna) as work:
        hold(work, UUID(group_id))
        by_hand = begun(lambda: place.move(place.member, his, "offer").status_code)
        actions.decline_seat(work, UUID(hers))
    assert by_hand.ended() == [409]
    assert (place.state_of(his, group_id), place.told(his).count("sign_up.offered")) == ("offered", 1)


@pytest.mark.invariant(22)
def test_two_of_a_household_who_are_offered_seats_of_two_categories_at_once_get_one(place: Place) -> None:
    seats = [{"category": "resident", "places": 2}, {"category": "organisation_board", "places": 1}]
    group_id = place.group(seats=seats)
    home = {"address": "Lindealle 14, 2. tv."}

    def applied(who: Identity, category: str) -> Any:
        return place.ask(who).post(f"/groups/{group_id}/apply", category=category, **home).json["id"]

    ids = [applied(place.resident(), "resident"), applied(place.chair, "organisation_board")]
    answers = at_once(*[partial(place.move, place.member, id, "offer") for id in ids])
    assert sorted(answer.status_code for answer in answers) == [200, 409]
