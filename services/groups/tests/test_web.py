"""Charters, groups and sign-ups over HTTP, on a real database."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis import clock
from contracts.decisions import DecisionPublished, Outcome
from contracts.groups import SeatCategory
from contracts.meetings import MeetingHeld, ProposalSubmitted
from contracts.people import BodyKind, DayTurned, DepartmentRegistered, Policy, PolicySet, Seat
from services.groups.actions import sign_up as actions
from services.groups.rules.sign_up import Application
from services.groups.store.tables import SIGN_UPS
from services.groups.tests.kit import Place, today
from tests.kit import Hall, person, secretary


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


def day(days: int) -> str:
    return str(today() + timedelta(days=days))


# Charters


def test_a_draft_is_seen_by_those_who_write_it_and_by_nobody_else(place: Place) -> None:
    id = place.drafted()["id"]

    for who in (place.secretary, place.chair, place.member):
        assert place.ask(who).get(f"/charters/{id}").status_code == 200
        assert [c["id"] for c in place.ask(who).get("/charters").json["items"]] == [id]
    for who in (place.resident(), place.facilitator, person(place.here, sits_in=[uuid4()])):
        assert place.ask(who).get(f"/charters/{id}").status_code == 404
        assert place.ask(who).get("/charters").json["items"] == []


def test_everybody_in_the_association_sees_a_proposed_charter(place: Place) -> None:
    made = place.proposed()
    seen = place.ask(place.resident()).get(f"/charters/{made['id']}").json

    assert (seen["state"], seen["may"], seen["missing"]) == ("proposed", [], [])
    assert len(place.ask(place.resident()).get("/charters", state="proposed").json["items"]) == 1
    assert place.ask(place.resident()).get("/charters", state="in_force").json["items"] == []


def test_a_charter_is_written_bit_by_bit_and_says_what_it_still_lacks(place: Place) -> None:
    asker = place.ask(place.member)
    made = place.drafted()
    assert {"field": "background", "slug": "fill-in", "says": "Skal udfyldes, før kommissoriet kan foreslås."} in made["missing"]
    assert made["may"] == ["edit", "propose", "keep_as_template"]

    first = asker.put(f"/charters/{made['id']}", background="Derfor", meetings=[day(20)]).json
    second = asker.put(f"/charters/{made['id']}", title="Klarere besked").json
    assert (second["background"], second["title"], second["meetings"]) == ("Derfor", "Klarere besked", [day(20)])
    assert {lack["slug"] for lack in first["missing"] if lack["field"] == "meetings"} == {"meetings-count"}
    assert "Der skal planlægges mellem 2 og 5 møder." in [lack["says"] for lack in first["missing"]]


def test_what_a_charter_lacks_is_said_in_the_readers_language(place: Place) -> None:
    asker = place.ask(place.member)
    id = place.drafted()["id"]
    asker.headers["Accept-Language"] = "en"

    assert "Ask the group at least one question." in [lack["says"] for lack in asker.get(f"/charters/{id}").json["missing"]]


@pytest.mark.invariant(12)
def test_an_incomplete_charter_is_refused_with_all_that_is_missing(place: Place) -> None:
    id = place.drafted()["id"]
    answer = place.ask(place.member).post(f"/charters/{id}/propose")

    assert (answer.status_code, answer.json["slug"]) == (409, "charter-incomplete")
    assert {"field": "purpose", "slug": "fill-in"} in answer.json["facts"]["missing"]


@pytest.mark.invariant(13)
def test_who_may_commission_is_read_from_the_registered_bodies(place: Place) -> None:
    board = place.register(uuid4(), BodyKind.DEPARTMENT_BOARD, place.home)
    meeting = place.register(uuid4(), BodyKind.DEPARTMENT_MEETING, place.home)
    asker = place.ask(place.secretary)

    def begin(body: UUID, **more: Any) -> Any:
        return asker.post("/charters", title="t", body_id=str(body), **more)

    assert begin(board).json["department_ids"] == [str(place.home)]
    assert begin(board, department_ids=[]).json["slug"] == "own-department-only"
    assert begin(meeting).json["slug"] == "body-cannot-commission"
    assert begin(uuid4()).status_code == 404
    assert begin(place.body, department_ids=[str(uuid4())]).status_code == 404


@pytest.mark.invariant(14)
def test_the_organisation_board_commissions_for_a_department_without_a_board(place: Place) -> None:
    assert place.drafted(department_ids=[str(place.home)])["department_ids"] == [str(place.home)]


@pytest.mark.invariant(16)
def test_a_charter_in_force_cannot_be_edited(place: Place) -> None:
    made = place.proposed()
    place.decide(made["id"])
    answer = place.ask(place.secretary).put(f"/charters/{made['id']}", title="Noget andet")

    assert (answer.status_code, answer.json["slug"]) == (409, "charter-in-force")


@pytest.mark.invariant(18)
@pytest.mark.parametrize(("seat", "ends"), [(Seat.ALTERNATE, None), (Seat.MEMBER, -1)])
def test_an_alternate_or_a_former_member_cannot_be_sponsor(place: Place, seat: Seat, ends: int | None) -> None:
    other = person(place.here)
    place.seat(other, seat, ends=None if ends is None else today() + timedelta(days=ends))
    made = place.drafted()
    seen = place.ask(place.member).put(f"/charters/{made['id']}", **place.says(sponsor_id=str(other.person_id))).json

    assert [lack["slug"] for lack in seen["missing"]] == ["sponsor-outside-body"]


@pytest.mark.invariant(19)
def test_the_associations_own_number_of_meetings_counts_and_is_kept_with_the_charter(place: Place) -> None:
    place.hall.tell(place.here, PolicySet(version=3, policy=Policy(meetings_min=1, meetings_max=1)), subject=place.here)
    made = place.proposed(meetings=[day(20)])
    place.hall.tell(place.here, PolicySet(version=4, policy=Policy(meetings_max=4)), subject=place.here, sequence=2)
    place.decide(made["id"])

    kept = place.ask(place.secretary).get(f"/charters/{made['id']}").json
    assert (kept["policy_version"], kept["meetings_min"], kept["meetings_max"]) == (4, 2, 4)


@pytest.mark.invariant(20)
def test_an_adopted_charter_opens_its_one_group_with_its_places(place: Place) -> None:
    made = place.proposed()
    for _ in range(2):
        place.decide(made["id"])
    charter = place.ask(place.secretary).get(f"/charters/{made['id']}").json
    groups = place.ask(place.resident()).get("/groups").json["items"]

    assert (charter["state"], [g["id"] for g in groups]) == ("in_force", [charter["group_id"]])
    assert groups[0]["state"] == "recruiting"
    assert groups[0]["seats"] == [
        {"category": "organisation_board", "places": 1, "taken": 0},
        {"category": "resident", "places": 2, "taken": 0},
    ]
    assert place.told(made["id"])[-1] == "charter.came_into_force"
    assert place.told(charter["group_id"]) == ["group.opened"]


def test_a_returned_charter_comes_back_as_the_next_edition_and_late_words_on_the_first_are_overtaken(place: Place) -> None:
    made = place.proposed()
    place.decide(made["id"], Outcome.RETURNED, reason="Skriv om økonomien")
    returned = place.ask(place.member).get(f"/charters/{made['id']}").json
    assert (returned["state"], returned["reason"], returned["may"][:2]) == ("returned", "Skriv om økonomien", ["edit", "propose"])

    again = place.ask(place.member).post(f"/charters/{made['id']}/propose").json
    assert again["edition"] == 2
    place.decide(made["id"], Outcome.REJECTED, edition=1)
    assert place.ask(place.member).get(f"/charters/{made['id']}").json["state"] == "proposed"
    place.decide(made["id"], Outcome.REJECTED, edition=2, reason="Nej tak")
    assert place.ask(place.member).get(f"/charters/{made['id']}").json["state"] == "rejected"


@pytest.mark.parametrize(
    ("says", "field", "slug"),
    [
        ({"colour": "blue"}, "colour", "unknown"),
        ({"background": "nummer 010190-1234"}, "background", "cpr"),
        ({"background": "a" * 3001}, "background", "too-long"),
        ({"title": " "}, "title", "empty"),
        ({"meetings": ["i morgen"]}, "meetings.0", "not-a-day"),
        ({"seats": [{"category": "king", "places": 1}]}, "seats.0.category", "not-one-of"),
        ({"seats": [{"category": "resident", "places": 0}]}, "seats.0.places", "out-of-range"),
        ({"selection": "guess"}, "selection", "not-one-of"),
        ({"sponsor_id": "formanden"}, "sponsor_id", "not-an-id"),
    ],
)
def test_bad_input_is_named_by_field(place: Place, says: dict[str, Any], field: str, slug: str) -> None:
    answer = place.ask(place.member).put(f"/charters/{place.drafted()['id']}", **says)

    assert answer.status_code == 422
    assert (field, slug) in [(wrong["field"], wrong["slug"]) for wrong in answer.json["fields"]]


def test_the_longest_charter_that_can_be_written_fits_into_one_letter(place: Place) -> None:
    long = {"background": 3000, "purpose": 2000, "frames": 2000, "not_up_for_change": 2000, "minority_reason": 500, "title": 120}
    many = [uuid4() for _ in range(50)]
    for id in many:
        place.hall.tell(place.here, DepartmentRegistered(department_id=id, number="1", name="A"), subject=id)
    made = place.proposed(
        **{name: "😀" * most for name, most in long.items()},
        questions=["😀" * 300] * 10,
        stakeholders=["😀" * 100] * 10,
        department_ids=[str(id) for id in many],
        seats=[{"category": "resident", "places": 1, "department_id": str(id)} for id in many[:20]],
        targets=[{"category": "resident", "places": 1, "department_id": str(id), "first_timers": True} for id in many[:10]],
    )
    place.decide(made["id"])

    seen = place.ask(place.secretary).get(f"/charters/{made['id']}").json
    assert seen["state"] == "in_force"
    members = [place.joined(seen["group_id"], person(place.here, lives_in=[id])) for id in many[:2]]
    longer = place.amended(seen["group_id"], why="😀" * 500, more_meetings_reason="😀" * 300)
    assert place.propose(longer["id"]).status_code == 200
    place.decide_amendment(longer)
    assert place.ask(place.secretary).get(f"/charters/{made['id']}").json["edition"] == 2, members


# Signing up


def test_a_resident_signs_up_once_and_again_after_withdrawing(place: Place) -> None:
    group_id, anna = place.group(), place.resident()
    assert place.ask(anna).get(f"/groups/{group_id}").json["may"] == ["apply"]
    first = place.applied(group_id, anna)

    seen = place.ask(anna).get(f"/groups/{group_id}").json
    assert (seen["may"], seen["my_sign_up"]["id"], seen["my_sign_up"]["may"]) == ([], first, ["withdraw"])
    assert place.ask(anna).post(f"/groups/{group_id}/apply", category="resident").json["slug"] == "already-signed-up"
    assert place.move(anna, first, "withdraw").json["state"] == "withdrawn"
    assert place.ask(anna).get(f"/groups/{group_id}").json["may"] == ["apply"]
    assert place.applied(group_id, anna) != first


def test_two_requests_of_one_person_at_once_make_one_sign_up(place: Place) -> None:
    group_id, anna = place.group(), place.resident()

    with place.hall.running["groups"].begin(anna) as work:
        actions.apply(work, UUID(group_id), Application(category=SeatCategory.RESIDENT))
        twin = begun(lambda: place.ask(anna).post(f"/groups/{group_id}/apply", category="resident"))
        assert twin.answers == []
    assert [(answer.status_code, answer.json["slug"]) for answer in twin.ended()] == [(409, "already-signed-up")]


def test_people_sign_up_only_as_what_they_are(place: Place) -> None:
    group_id = place.group()
    apply = f"/groups/{group_id}/apply"

    assert place.ask(place.resident()).post(apply, category="organisation_board").json["slug"] == "not-your-category"
    assert place.ask(place.resident()).post(apply, category="external").json["slug"] == "no-such-seat"
    assert place.ask(place.facilitator).get(f"/groups/{group_id}").json["may"] == ["vacate_role"]
    assert place.ask(place.chair).post(apply, category="organisation_board").json["sits_in_body"] is True


def test_sign_up_ends_with_its_last_day(place: Place) -> None:
    group_id, anna = place.group(), place.resident()
    midnight = datetime.combine(today() + timedelta(days=11), datetime.min.time(), clock.DENMARK)
    try:
        clock.set_to((midnight - timedelta(minutes=1)).astimezone(UTC))
        assert place.ask(anna).get(f"/groups/{group_id}").json["may"] == ["apply"]
        clock.set_to((midnight + timedelta(minutes=1)).astimezone(UTC))
        assert place.ask(anna).get(f"/groups/{group_id}").json["may"] == []
        assert place.ask(anna).post(f"/groups/{group_id}/apply", category="resident").json["slug"] == "sign-up-closed"
    finally:
        clock.set_to(None)


def test_only_those_who_compose_the_group_read_what_others_bring(place: Place) -> None:
    group_id, anna, bo = place.group(), place.resident(), place.resident()
    hers, his = place.applied(group_id, anna), place.applied(group_id, bo)

    def seen(who: Any) -> list[str]:
        return [item["id"] for item in place.ask(who).get(f"/groups/{group_id}/sign_ups").json["items"]]

    for who in (place.secretary, place.member, place.facilitator):
        assert seen(who) == [hers, his]
    assert (seen(anna), seen(bo), seen(place.resident())) == ([hers], [his], [])
    item = place.ask(place.member).get(f"/groups/{group_id}/sign_ups").json["items"][0]
    assert (item["brings"], item["may"]) == ("Erfaring", ["offer", "reserve", "not_select"])
    led = place.ask(place.facilitator).get(f"/groups/{group_id}/sign_ups").json["items"][0]
    assert (led["brings"], led["may"]) == ("", []), "what somebody brings is for those who compose the group"


def test_pages_of_sign_ups_follow_each_other_without_gap_or_repeat(place: Place) -> None:
    group_id = place.group()
    ids = [place.applied(group_id, place.resident()) for _ in range(3)]
    first = place.ask(place.member).get(f"/groups/{group_id}/sign_ups", limit=2).json
    second = place.ask(place.member).get(f"/groups/{group_id}/sign_ups", limit=2, cursor=first["next_cursor"]).json

    assert [item["id"] for page in (first, second) for item in page["items"]] == ids
    assert second["next_cursor"] is None


# Seats


@pytest.mark.invariant(21)
def test_only_the_person_becomes_a_member_by_accepting(place: Place) -> None:
    group_id, anna = place.group(), place.resident()
    id = place.applied(group_id, anna)
    assert place.move(place.member, id, "offer").json["answer_by"] == day(7)

    for who in (place.secretary, place.chair, place.resident()):
        assert place.move(who, id, "accept").status_code == 403
    assert place.ask(anna).get(f"/groups/{group_id}").json["members"] == []
    assert place.move(anna, id, "accept").json["state"] == "accepted"
    seen = place.ask(anna).get(f"/groups/{group_id}").json
    assert seen["members"] == [{"person_id": str(anna.person_id), "category": "resident"}]
    assert {"category": "resident", "places": 2, "taken": 1} in seen["seats"]


@pytest.mark.invariant(21)
def test_a_yes_on_paper_is_kept_with_who_wrote_it_down(place: Place) -> None:
    group_id, staff = place.group(), uuid4()
    anna = person(place.here, lives_in=[place.home], act=staff)
    apply = f"/groups/{group_id}/apply"
    assert place.ask(anna).post(apply, category="resident").json["slug"] == "consent-note-needed"
    id = place.ask(anna).post(apply, category="resident", consent_note="Afleverede en seddel").json["id"]
    place.move(place.member, id, "offer")

    assert place.move(anna, id, "accept").json["slug"] == "consent-note-needed"
    kept = place.move(anna, id, "accept", consent_note="Ringede 3. marts").json
    assert (kept["state"], [(c["move"], c["taken_by"]) for c in kept["consents"]]) == (
        "accepted",
        [("apply", str(staff)), ("accept", str(staff))],
    )


@pytest.mark.invariant(21)
def test_an_offer_expires_when_its_last_day_is_over(place: Place) -> None:
    group_id, anna = place.group(), place.resident()
    id = place.applied(group_id, anna)
    place.move(place.member, id, "offer")

    place.hall.tell(place.here, DayTurned(day=today() + timedelta(days=7)), subject=place.here)
    assert place.state_of(id, group_id) == "offered"
    for sequence in (2, 3):
        place.hall.tell(place.here, DayTurned(day=today() + timedelta(days=8)), subject=place.here, sequence=sequence)
    assert place.state_of(id, group_id) == "expired"
    assert place.told(id) == ["sign_up.applied", "sign_up.offered", "sign_up.expired"]
    assert place.stuck() == []
    assert place.move(anna, id, "accept").status_code == 409


def test_the_associations_own_days_to_answer_count(place: Place) -> None:
    place.hall.tell(place.here, PolicySet(version=1, policy=Policy(offer_days=3)), subject=place.here)
    id = place.applied(place.group(), place.resident())

    assert place.move(place.member, id, "offer").json["answer_by"] == day(3)


@pytest.mark.invariant(22)
def test_no_more_seats_are_offered_than_there_are(place: Place) -> None:
    group_id = place.group()
    ids = [place.applied(group_id, place.resident()) for _ in range(3)]

    assert [place.move(place.member, id, "offer").status_code for id in ids] == [200, 200, 409]
    assert place.move(place.member, ids[2], "reserve").json["state"] == "reserve"


@dataclass
class Begun:
    """Something that runs in a thread of its own, and what it has answered."""

    thread: Thread
    answers: list[Any]

    def ended(self) -> list[Any]:
        """What it answers in the end."""
        self.thread.join()
        return self.answers


def begun(do: Any) -> Begun:
    """Begin this, and give it a moment: what has to wait for us has not answered yet, whatever is free has."""
    answers: list[Any] = []
    thread = Thread(target=lambda: answers.append(do()))
    thread.start()
    thread.join(timeout=0.3)
    return Begun(thread, answers)


def at_once(*doing: Any) -> list[Any]:
    """What each of these answers when all start in the same moment, each in a thread of its own."""
    start, answers = Barrier(len(doing)), []

    def run(do: Any) -> None:
        start.wait()
        answers.append(do())

    threads = [Thread(target=run, args=(do,)) for do in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def offered_the_last_seat_twice(place: Place) -> tuple[str, list[tuple[Any, str]]]:
    """A group with one seat, which is on offer to two people: more offers than places, as no route lets anybody make."""
    seats = [{"category": "resident", "places": 1}]
    group_id = place.group(seats=seats)
    people = [place.resident(), place.resident()]
    both = [(who, place.applied(group_id, who)) for who in people]
    with place.hall.running["groups"].begin(place.chair) as work:
        for _, id in both:
            facts: dict[str, Any] = {"vacant": 1, "group_over": False, "their_turn": True, "household_seated": False}
            found = SIGN_UPS.get(work, UUID(id))
            SIGN_UPS.put(work, *found.offer(who=place.chair, today=today(), offer_days=7, **facts))
    return group_id, both


@pytest.mark.invariant(22)
@pytest.mark.parametrize("again", range(5))
def test_two_who_accept_the_last_seat_at_once_are_one_member_and_one_reserve(place: Place, again: int) -> None:
    group_id, both = offered_the_last_seat_twice(place)
    answers = at_once(*[partial(place.move, who, id, "accept") for who, id in both])

    assert sorted((a.status_code, a.json["state"]) for a in answers) == [(200, "accepted"), (200, "reserve")]
    seen = place.ask(place.secretary).get(f"/groups/{group_id}").json
    assert (len(seen["members"]), seen["seats"]) == (1, [{"category": "resident", "places": 1, "taken": 1}])


@pytest.mark.invariant(22)
def test_the_second_who_accepts_waits_for_the_first_and_then_finds_the_seat_taken(place: Place) -> None:
    _, ((anna, hers), (bo, his)) = offered_the_last_seat_twice(place)

    with place.hall.running["groups"].begin(anna) as work:
        assert actions.accept_seat(work, UUID(hers)).state == "accepted"
        second = begun(lambda: place.move(bo, his, "accept").json["state"])
        assert second.answers == []
    assert second.ended() == ["reserve"]


@pytest.mark.invariant(26)
def test_two_who_decline_the_same_seat_at_once_leave_it_to_the_first_reserve(place: Place) -> None:
    group_id, ((anna, hers), (bo, his)) = offered_the_last_seat_twice(place)
    waiting = place.applied(group_id, place.resident())
    place.move(place.member, waiting, "reserve")

    with place.hall.running["groups"].begin(anna) as work:
        actions.decline_seat(work, UUID(hers))
        second = begun(lambda: place.move(bo, his, "decline").status_code)
    assert second.ended() == [200]
    assert place.state_of(waiting, group_id) == "offered"


@pytest.mark.invariant(26)
@pytest.mark.parametrize("how", ["decline", "leave", "expire"])
def test_a_vacant_seat_is_offered_to_the_first_reserve(place: Place, how: str) -> None:
    group_id = place.group(seats=[{"category": "resident", "places": 1}])
    people = [place.resident() for _ in range(3)]
    ids = [place.applied(group_id, who) for who in people]
    place.move(place.member, ids[0], "offer")
    for id in reversed(ids[1:]):
        place.move(place.member, id, "reserve")

    if how == "expire":
        place.hall.tell(place.here, DayTurned(day=today() + timedelta(days=8)), subject=place.here)
    if how == "leave":
        place.move(people[0], ids[0], "accept")
    if how != "expire":
        assert place.move(people[0], ids[0], how).status_code == 200
    assert [place.state_of(id, group_id) for id in ids[1:]] == ["offered", "reserve"]
    seen = place.ask(people[1]).get(f"/groups/{group_id}").json
    assert (seen["my_sign_up"]["answer_by"], seen["my_sign_up"]["may"]) == (day(7), ["accept", "decline"])
    assert seen["seats"][0]["taken"] == 0
    assert place.told(ids[1])[-1] == "sign_up.offered"


@pytest.mark.invariant(26)
def test_a_seat_that_was_offered_twice_is_not_vacant_when_one_of_the_two_declines(place: Place) -> None:
    group_id, both = offered_the_last_seat_twice(place)
    waiting = place.applied(group_id, place.resident())
    place.move(place.member, waiting, "reserve")
    place.move(*both[0], "decline")

    assert place.state_of(waiting, group_id) == "reserve"


@pytest.mark.invariant(26)
def test_many_who_leave_at_once_make_room_for_as_many_and_no_more(place: Place) -> None:
    group_id = place.group(seats=[{"category": "resident", "places": 4}])
    people = [place.resident() for _ in range(4)]
    ids = [place.joined(group_id, who) for who in people]
    waiting = [place.applied(group_id, place.resident()) for _ in range(6)]
    for id in waiting:
        place.move(place.member, id, "reserve")
    answers = at_once(*[partial(place.move, who, id, "leave") for who, id in zip(people, ids, strict=True)])

    assert [answer.status_code for answer in answers] == [200] * 4
    assert [place.state_of(id, group_id) for id in waiting] == ["offered"] * 4 + ["reserve"] * 2


@pytest.mark.invariant(26)
def test_no_seat_is_offered_after_the_last_meeting(place: Place) -> None:
    group_id = place.group(seats=[{"category": "resident", "places": 1}])
    anna = place.resident()
    hers = place.joined(group_id, anna)
    waiting = place.applied(group_id, place.resident())
    place.move(place.member, waiting, "reserve")
    try:
        clock.set_to(clock.now() + timedelta(days=41))
        place.move(anna, hers, "leave")
    finally:
        clock.set_to(None)

    assert place.state_of(waiting, group_id) == "reserve"


# The life of a group


@pytest.mark.invariant(23)
def test_a_group_is_formed_of_those_who_said_yes(place: Place) -> None:
    group_id = place.group()
    form = f"/groups/{group_id}/form"
    asker = place.ask(place.member)
    assert asker.post(form).json["slug"] == "not-now"
    asker.post(f"/groups/{group_id}/close_sign_up")

    assert asker.post(form).json["slug"] == "resident-needed"
    assert place.ask(place.resident()).post(form).status_code == 403


@pytest.mark.invariant(23)
def test_a_board_member_in_a_residents_seat_is_no_resident_without_board_office(place: Place) -> None:
    group_id = place.group()
    elected = person(place.here, lives_in=[place.home], sits_in=[place.body])
    place.joined(group_id, elected)
    place.ask(place.member).post(f"/groups/{group_id}/close_sign_up")

    assert place.ask(place.member).post(f"/groups/{group_id}/form").json["slug"] == "resident-needed"


@pytest.mark.invariant(25)
def test_every_applicant_has_an_answer_before_the_group_is_formed(place: Place) -> None:
    group_id = place.group()
    place.joined(group_id, place.resident())
    place.joined(group_id, place.chair, "organisation_board")
    late = place.applied(group_id, place.resident())
    asker = place.ask(place.member)
    asker.post(f"/groups/{group_id}/close_sign_up")

    assert asker.post(f"/groups/{group_id}/form").json["slug"] == "applicants-unanswered"
    assert place.move(place.member, late, "not_select", reason="").status_code == 422
    assert place.move(place.member, late, "not_select", reason="Vi trak lod").json["reason"] == "Vi trak lod"
    assert asker.post(f"/groups/{group_id}/form").json["state"] == "formed"


def met(group_id: str, days: int = 0) -> MeetingHeld:
    return MeetingHeld(meeting_id=uuid4(), group_id=UUID(group_id), starts=clock.now() + timedelta(days=days), present=4)


def submitted(group_id: str, proposal_id: UUID, edition: int = 1) -> ProposalSubmitted:
    facts: dict[str, Any] = {"charter_id": uuid4(), "body_id": uuid4(), "title": "t", "summary": "s", "recommendations": ()}
    return ProposalSubmitted(proposal_id=proposal_id, group_id=UUID(group_id), edition=edition, **facts)


def published(group_id: str, outcome: Outcome, decision_id: UUID | None = None) -> DecisionPublished:
    facts: dict[str, Any] = {"charter_id": uuid4(), "proposal_id": uuid4(), "reason": "r"}
    return DecisionPublished(decision_id=decision_id or uuid4(), group_id=UUID(group_id), outcome=outcome, **facts)


def later(place: Place, minutes: int) -> None:
    """Some time goes by, so that letters that had to wait are read."""
    clock.set_to(clock.now() + timedelta(minutes=minutes))
    place.hall.settle()


@pytest.mark.invariant(51)
@pytest.mark.parametrize("outcome", [Outcome.ADOPTED, Outcome.ADOPTED_WITH_CHANGES, Outcome.REJECTED])
def test_a_group_meets_hands_over_and_closes_by_itself(place: Place, outcome: Outcome) -> None:
    id = place.formed()
    for fact in (met(id), met(id), submitted(id, uuid4()), published(id, outcome)):
        for _ in range(2):
            place.hall.tell(place.here, fact, subject=uuid4())

    seen = place.ask(place.resident()).get(f"/groups/{id}").json
    assert (seen["state"], seen["outcome"]) == ("closed", outcome)
    assert place.told(id)[-4:] == ["group.started", "group.handed_over", "group.decided", "group.closed"]


@pytest.mark.invariant(51)
def test_letters_that_come_late_and_twice_change_nothing_in_the_end(place: Place) -> None:
    id, proposal, back = place.formed(), uuid4(), uuid4()
    first, second = submitted(id, proposal), submitted(id, proposal, 2)
    returned, adopted = published(id, Outcome.RETURNED, back), published(id, Outcome.ADOPTED)
    try:
        for fact in (returned, second, first, met(id), returned, first, second):
            place.hall.tell(place.here, fact, subject=uuid4())
        for _ in range(6):
            later(place, 10)
        assert place.stuck() == []
        assert place.ask(place.secretary).get(f"/groups/{id}").json["state"] == "proposal_submitted"
        place.hall.tell(place.here, adopted, subject=uuid4())
    finally:
        clock.set_to(None)

    kinds = ["started", "handed_over", "resumed", "handed_over", "decided", "closed"]
    assert place.told(id)[-6:] == [f"group.{kind}" for kind in kinds]


@pytest.mark.invariant(52)
def test_a_group_is_dissolved_with_a_reason_that_everybody_reads_and_later_letters_do_not_wake_it(place: Place) -> None:
    id = place.formed()
    assert place.ask(place.chair).post(f"/groups/{id}/dissolve", reason=" ").status_code == 422
    assert place.ask(place.member).post(f"/groups/{id}/dissolve", reason="Nej").status_code == 403
    assert place.ask(place.chair).post(f"/groups/{id}/dissolve", reason="Opgaven er løst").json["state"] == "dissolved"
    for fact in (met(id), submitted(id, uuid4()), published(id, Outcome.ADOPTED)):
        place.hall.tell(place.here, fact, subject=uuid4())

    seen = place.ask(place.resident()).get(f"/groups/{id}").json
    assert (seen["state"], seen["reason"], seen["may"]) == ("dissolved", "Opgaven er løst", [])


def test_pages_of_groups_and_charters_follow_each_other(place: Place) -> None:
    ids = [place.group() for _ in range(3)]
    asker = place.ask(place.resident())
    first = asker.get("/groups", limit=2).json
    second = asker.get("/groups", limit=2, cursor=first["next_cursor"]).json

    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    more = asker.get("/charters", limit=2).json
    assert len(asker.get("/charters", limit=2, cursor=more["next_cursor"]).json["items"]) == 1
    assert asker.get("/groups", state="formed").json["items"] == []


# Separation

ROUTES = [
    ("get", "/charters/{charter}", {}),
    ("put", "/charters/{charter}", {"title": "Nyt"}),
    ("post", "/charters/{charter}/propose", {}),
    ("get", "/charters/{charter}/editions", {}),
    ("get", "/charters/{charter}/changes", {"one": 1, "other": 1}),
    ("post", "/charters/{charter}/ask_revocation", {"reason": "Nej"}),
    ("post", "/charters/{charter}/amend", {}),
    ("post", "/charters/{charter}/keep_as_template", {"title": "Ny"}),
    ("get", "/amendments/{amendment}", {}),
    ("put", "/amendments/{amendment}", {"title": "Nyt"}),
    ("post", "/amendments/{amendment}/propose", {}),
    ("post", "/amendments/{amendment}/withdraw", {}),
    ("get", "/templates/{template}", {}),
    ("put", "/templates/{template}", {"title": "Nyt"}),
    ("post", "/templates/{template}/share", {}),
    ("post", "/templates/{template}/unshare", {}),
    ("post", "/templates/{template}/discard", {}),
    ("get", "/shared_templates/{template}", {}),
    ("post", "/shared_templates/{template}/copy", {}),
    ("post", "/groups/{group}/vacate_role", {"role": "sponsor"}),
    ("post", "/groups/{group}/fill_role", {"role": "sponsor", "person_id": str(uuid4())}),
    ("get", "/groups/{group}", {}),
    ("get", "/groups/{group}/sign_ups", {}),
    ("get", "/groups/{group}/reserves", {}),
    ("get", "/groups/{group}/draw", {}),
    ("get", "/groups/{group}/draw/tests", {}),
    ("post", "/groups/{group}/draw/announce", {}),
    ("post", "/groups/{group}/draw/hold", {}),
    ("post", "/groups/{group}/draw/try", {}),
    ("post", "/groups/{group}/fill", {}),
    ("post", "/groups/{group}/apply", {"category": "resident"}),
    ("post", "/groups/{group}/close_sign_up", {}),
    ("post", "/groups/{group}/form", {}),
    ("post", "/groups/{group}/dissolve", {"reason": "Nej"}),
    ("post", "/sign_ups/{sign_up}/offer", {}),
    ("post", "/sign_ups/{sign_up}/reserve", {}),
    ("post", "/sign_ups/{sign_up}/not_select", {"reason": "Nej"}),
    ("post", "/sign_ups/{sign_up}/accept", {}),
    ("post", "/sign_ups/{sign_up}/decline", {}),
    ("post", "/sign_ups/{sign_up}/withdraw", {}),
    ("post", "/sign_ups/{sign_up}/leave", {}),
]


@pytest.mark.invariant(1)
@pytest.mark.parametrize(("method", "path", "body"), ROUTES, ids=[f"{method} {path}" for method, path, _ in ROUTES])
def test_a_neighbours_thing_is_answered_not_found(place: Place, method: str, path: str, body: dict[str, Any]) -> None:
    group_id = place.group()
    anna = place.resident()
    sign_up_id = place.applied(group_id, anna)
    charter_id = place.ask(anna).get(f"/groups/{group_id}").json["charter_id"]
    amendment_id, template_id = place.amended(group_id)["id"], place.template(charter_id)["id"]
    neighbour = secretary(uuid4())
    same_person_elsewhere = person(
        neighbour.association_id, person_id=anna.person_id, lives_in=[place.home], sits_in=[place.body]
    )

    for who in (neighbour, same_person_elsewhere):
        address = path.format(
            charter=charter_id, group=group_id, sign_up=sign_up_id, amendment=amendment_id, template=template_id
        )
        assert getattr(place.ask(who), method)(address, **body).status_code == 404
    assert place.state_of(sign_up_id, group_id) == "applied"


@pytest.mark.invariant(1)
def test_a_neighbours_body_and_lists_are_not_seen(place: Place) -> None:
    place.group()
    neighbour = place.ask(secretary(uuid4()))

    assert neighbour.post("/charters", title="t", body_id=str(place.body)).status_code == 404
    assert neighbour.get("/groups").json["items"] == neighbour.get("/charters").json["items"] == []


def test_the_separation_test_walks_every_route_with_an_id(hall: Hall) -> None:
    rules = hall.apps["groups"].url_map.iter_rules()
    walked = {rule.rule.replace("<uuid:id>", "{}") for rule in rules if "<uuid:id>" in rule.rule}

    assert walked == {re.sub(r"\{\w+\}", "{}", path) for _, path, _ in ROUTES}
