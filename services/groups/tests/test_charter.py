"""What a charter promises beyond being written: its new fields, its editions, amendments, being taken back and taken over."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.decisions import DocketItemTakenOver, Outcome
from contracts.groups import CharterAmended, Commitment, Scope, SeatCategory, SeatPlan, Target
from contracts.people import BodyKind, DepartmentRegistered, Policy, PolicySet, Seat
from services.groups.rules import amendment, charter
from services.groups.rules.amendment import Amendment
from services.groups.rules.lack import hints, missing
from services.groups.rules.wording import Wording, changed, finished
from services.groups.tests.kit import Place, today
from services.groups.tests.test_rules import (
    BODY,
    CHAIR,
    HERE,
    HOUSE,
    MEMBER,
    MEMBERS,
    NOW,
    SECRETARY,
    TODAY,
    WORDING,
    drafted,
    lacks,
)
from tests.kit import Hall, person

A, B, C = uuid4(), uuid4(), uuid4()
RESIDENTS = SeatPlan(category=SeatCategory.RESIDENT, places=2)


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


def in_force(**more: Any) -> charter.Charter:
    facts: dict[str, Any] = {"meetings_min": 2, "meetings_max": 5, "state": charter.State.IN_FORCE} | more
    return replace(drafted(), wording=WORDING, **facts)


def an_amendment(who: Identity = MEMBER, **more: Any) -> Amendment:
    found = in_force()
    facts: dict[str, Any] = {"department_id": None, "idea_id": None, "edition": 1, "at_work": True} | more
    made, _ = amendment.draft(
        id=uuid4(), who=who, charter_id=found.id, group_id=found.group_id, body_id=BODY, wording=WORDING, now=NOW, **facts
    )
    return made


def amended(why: str = "Mere tid", **says: Any) -> Amendment:
    return an_amendment().edit(who=MEMBER, wording=replace(WORDING, **says), why=why)[0]


def propose(found: Amendment, **facts: Any) -> tuple[Amendment, Any]:
    usual: dict[str, Any] = {"who": MEMBER, "policy": Policy(), "members": MEMBERS, "today": TODAY}
    return found.propose(**usual | {"amends": WORDING, "at_work": True} | facts)


def lacks_amended(**says: Any) -> set[tuple[str, str]]:
    found = missing(replace(WORDING, **says), policy=Policy(), members=MEMBERS, today=TODAY, amends=WORDING)
    return {(lack.field, lack.no.slug) for lack in found}


# What it says


def test_how_far_a_task_reaches_is_read_from_its_departments() -> None:
    reaches = [replace(WORDING, department_ids=ids).scope for ids in ((), (A,), (A, B))]

    assert reaches == [Scope.WHOLE_ASSOCIATION, Scope.ONE_DEPARTMENT, Scope.SEVERAL_DEPARTMENTS]


def test_money_that_is_set_aside_is_named() -> None:
    money = {"commitment": Commitment.MONEY_SET_ASIDE}

    assert lacks(**money) == {("budget_kroner", "money-needed")}
    assert lacks(**money, budget_kroner=60_000) == set()


def test_a_kind_of_seat_stands_once_for_each_department() -> None:
    theirs = replace(RESIDENTS, department_id=A)

    assert lacks(seats=(RESIDENTS, theirs, replace(theirs, department_id=B))) == set()
    assert lacks(seats=(RESIDENTS, theirs, theirs)) == {("seats", "category-twice")}


def test_only_residents_and_department_boards_sit_for_a_department() -> None:
    staff = SeatPlan(category=SeatCategory.EMPLOYEE, places=1, department_id=A)

    assert lacks(seats=(RESIDENTS, staff)) == {("seats", "seat-not-of-a-department")}


@pytest.mark.parametrize(
    ("target", "lack"),
    [
        (Target(places=1), {("targets", "target-empty")}),
        (Target(places=7, category=SeatCategory.RESIDENT), {("targets", "target-too-high")}),
        (Target(places=6, category=SeatCategory.RESIDENT), set()),
        (Target(places=12, first_timers=True), set()),
        (Target(places=13, first_timers=True), {("targets", "target-too-high")}),
        (Target(places=3, department_id=A), set()),
    ],
)
def test_a_target_says_for_whom_and_can_be_met(target: Target, lack: set[tuple[str, str]]) -> None:
    assert lacks(targets=(target,)) == lack


def test_a_target_for_a_department_is_not_met_in_seats_of_another() -> None:
    seats = (RESIDENTS, replace(RESIDENTS, department_id=B))

    assert lacks(seats=seats, targets=(Target(places=2, department_id=A),)) == set()
    assert lacks(seats=seats, targets=(Target(places=3, department_id=A),)) == {("targets", "target-too-high")}


def test_whoever_writes_is_told_which_affected_departments_may_be_without_a_seat() -> None:
    wording = replace(WORDING, department_ids=(A, B, C), seats=(RESIDENTS, replace(RESIDENTS, department_id=A)))
    assert hints(wording) == []

    (hint,) = hints(replace(wording, seats=(replace(RESIDENTS, places=1), replace(RESIDENTS, department_id=A))))
    assert (hint.no.slug, hint.facts) == ("department-without-seat", {"number": 1, "department_ids": [B, C]})
    assert hints(replace(wording, seats=())) == hints(replace(wording, department_ids=())) == []


@pytest.mark.invariant(52)
def test_no_charter_plans_a_pause_in_which_its_group_would_fall_still() -> None:
    first, second = date(2026, 3, 24), date(2026, 3, 24) + timedelta(days=90)
    late = {"handover": second, "decision_by": second + timedelta(days=1)}

    assert lacks(meetings=(first, second), **late) == set()
    assert lacks(meetings=(first - timedelta(days=1), second), **late) == {("meetings", "meetings-too-far-apart")}


@pytest.mark.invariant(18)
def test_a_facilitator_may_be_hired() -> None:
    assert lacks(facilitator_employed=False, facilitator_hired=True) == set()


def test_the_text_carries_all_that_the_charter_says() -> None:
    text = finished(replace(WORDING, department_ids=(A,), targets=(Target(places=1, first_timers=True),)))

    assert (text.scope, text.topic, text.openness, text.department_ids) == ("one_department", "renovation", 4, (A,))
    assert (text.targets, text.stakeholders, text.facilitator_hours) == (
        (Target(places=1, first_timers=True),),
        WORDING.stakeholders,
        40,
    )


@pytest.mark.invariant(13)
def test_a_department_boards_charter_stays_with_its_department() -> None:
    found = replace(drafted(body=BodyKind.DEPARTMENT_BOARD, body_department=A), wording=replace(WORDING, department_ids=(A,)))

    assert found.edit(who=MEMBER, wording=found.wording)[0].wording == found.wording
    for others in ((), (B,), (A, B)):
        with pytest.raises(Refused, match="own-department-only"):
            found.edit(who=MEMBER, wording=replace(WORDING, department_ids=others))


# Amending it


@pytest.mark.invariant(13)
@pytest.mark.invariant(16)
def test_an_amendment_is_written_by_those_who_write_charters_while_the_group_is_at_work() -> None:
    assert an_amendment(SECRETARY).against == 1
    with pytest.raises(NotAllowed):
        an_amendment(person(HERE, lives_in=[A]))
    with pytest.raises(Refused, match="nothing-to-amend"):
        an_amendment(at_work=False)


@pytest.mark.invariant(16)
def test_an_amendment_changes_something_and_says_why() -> None:
    with pytest.raises(Refused, match="nothing-changed"):
        propose(amended())
    with pytest.raises(Refused, match="amendment-reason-needed"):
        propose(amended(why=" ", budget_kroner=1))
    with pytest.raises(Refused, match="nothing-to-amend"):
        propose(amended(budget_kroner=1), at_work=False)
    with pytest.raises(Refused, match="amendment-incomplete"):
        propose(amended(purpose=""))

    proposed, told = propose(amended(budget_kroner=1, purpose="Andet"))
    assert (proposed.state, told.changed, told.edition, told.attempt) == ("proposed", ("purpose", "budget_kroner"), 2, 1)


@pytest.mark.invariant(13)
@pytest.mark.parametrize("verb", ["come_into_force", "be_returned", "be_rejected", "lapse", "be_taken_over"])
def test_nobody_but_the_house_passes_on_what_the_body_decided_on_an_amendment(verb: str) -> None:
    facts = {"be_returned": {"reason": "x"}, "be_rejected": {"reason": "x"}, "be_taken_over": {"body_id": uuid4()}}
    for who in (SECRETARY, CHAIR):
        with pytest.raises(NotAllowed):
            getattr(replace(an_amendment(), state=amendment.State.PROPOSED), verb)(who=who, **facts.get(verb, {}))


@pytest.mark.invariant(16)
def test_an_adopted_amendment_is_the_next_edition_and_names_whom_to_tell() -> None:
    anna = uuid4()
    found, told = in_force().be_amended(who=HOUSE, wording=replace(WORDING, budget_kroner=5), members=(anna,))

    assert isinstance(told, CharterAmended)
    assert (found.edition, told.edition, told.changed, told.members) == (2, 2, ("budget_kroner",), (anna,))
    assert (found.meetings_max, told.meetings_max) == (5, 5)


@pytest.mark.invariant(19)
@pytest.mark.invariant(29)
@pytest.mark.parametrize(
    ("number", "why", "lack"), [(6, "", {"more-meetings-reason"}), (6, "Ny viden", set()), (13, "x", {"meetings-count"})]
)
def test_only_an_amendment_with_a_reason_goes_beyond_the_most_meetings(number: int, why: str, lack: set[str]) -> None:
    days = tuple(date(2026, 4, 1) + timedelta(days=n) for n in range(number))
    says: dict[str, Any] = {"meetings": days, "more_meetings_reason": why}

    assert {slug for _, slug in lacks_amended(**says)} == lack
    assert {slug for _, slug in lacks(**says)} == {"meetings-count"}, "a charter cannot go beyond it at all"


@pytest.mark.invariant(29)
def test_an_amended_charter_gives_as_many_meetings_as_it_names() -> None:
    days = tuple(date(2026, 4, 1) + timedelta(days=n) for n in range(7))
    found, told = in_force().be_amended(who=HOUSE, wording=replace(WORDING, meetings=days), members=())

    assert (found.meetings_max, told.meetings_max, found.policy_version) == (7, 7, in_force().policy_version)


def test_what_people_signed_up_for_is_not_amended() -> None:
    more = (replace(WORDING.seats[0], places=7), *WORDING.seats[1:])

    assert lacks_amended(seats=more) == set()
    assert lacks_amended(seats=WORDING.seats[:-1]) == {("seats", "seats-promised")}
    assert lacks_amended(one_per_household=False) == {("one_per_household", "sign-up-terms-stand")}


def test_a_day_of_sign_up_that_is_past_may_stand_but_not_be_set() -> None:
    later = TODAY + timedelta(days=25)
    passed = {"policy": Policy(), "members": MEMBERS, "today": later, "amends": WORDING}

    assert missing(replace(WORDING, budget_kroner=1), **passed) == []
    assert [lack.no.slug for lack in missing(replace(WORDING, sign_up_until=TODAY), **passed)] == ["sign-up-date-past"]


def test_what_changed_is_told_in_the_order_in_which_a_charter_says_it() -> None:
    after: Wording = replace(WORDING, decision_by=None, title="Nyt", seats=())

    assert changed(WORDING, after) == ("title", "seats", "decision_by")
    assert changed(WORDING, WORDING) == ()


# Taking it back


@pytest.mark.invariant(13)
def test_a_charter_is_taken_back_by_its_body_alone_and_with_a_reason() -> None:
    asks: dict[str, Any] = {"who": MEMBER, "reason": "Opgaven er løst", "task_done": False, "today": TODAY}
    with pytest.raises(Refused, match="reason-needed"):
        in_force().ask_revocation(**asks | {"reason": " "})
    with pytest.raises(Refused, match="task-done"):
        in_force().ask_revocation(**asks | {"task_done": True})
    with pytest.raises(NotAllowed):
        in_force().ask_revocation(**asks | {"who": person(HERE)})

    asked, told = in_force().ask_revocation(**asks)
    assert (asked.state, told.number, told.reason, told.due) == ("in_force", 1, "Opgaven er løst", WORDING.decision_by)
    with pytest.raises(Refused, match="revocation-asked"):
        asked.ask_revocation(**asks)
    for who in (SECRETARY, CHAIR):
        with pytest.raises(NotAllowed):
            asked.be_revoked(who=who)
    assert asked.be_revoked(who=HOUSE)[0].reason == "Opgaven er løst"


def test_a_body_that_keeps_a_charter_can_be_asked_again() -> None:
    asks: dict[str, Any] = {"who": MEMBER, "reason": "x", "task_done": False, "today": TODAY}
    asked, _ = in_force().ask_revocation(**asks)
    upheld, _ = asked.be_upheld(who=HOUSE, reason="Nej")

    assert (upheld.state, upheld.revocation, upheld.ask_revocation(**asks)[1].number) == ("in_force", "", 2)


# The whole way


@pytest.mark.invariant(16)
def test_every_edition_is_kept_whole_with_what_changed(place: Place) -> None:
    made = place.proposed()
    place.decide(made["id"], Outcome.RETURNED, reason="Skriv om økonomien")
    asker = place.ask(place.member)
    asker.put(f"/charters/{made['id']}", frames="Højst 50.000 kr.", budget_kroner=50_000)
    asker.post(f"/charters/{made['id']}/propose")
    place.decide(made["id"], edition=2)
    reader = place.ask(place.resident())

    second, first = reader.get(f"/charters/{made['id']}/editions").json["items"]
    assert [(each["edition"], each["standing"]) for each in (first, second)] == [(1, "returned"), (2, "in_force")]
    assert (first["reason"], first["changed"], second["changed"]) == ("Skriv om økonomien", [], ["frames", "budget_kroner"])
    assert (first["text"]["budget_kroner"], second["text"]["budget_kroner"]) == (None, 50_000)
    between = {
        "one": 1,
        "other": 2,
        "changes": [
            {"field": "frames", "was": "Højst 60.000 kr. om året.", "now": "Højst 50.000 kr."},
            {"field": "budget_kroner", "was": None, "now": 50_000},
        ],
    }
    assert reader.get(f"/charters/{made['id']}/changes", one=1, other=2).json == between
    assert reader.get(f"/charters/{made['id']}/changes").json == between
    assert reader.get(f"/charters/{made['id']}/changes", one=1, other=3).status_code == 404
    assert reader.get(f"/charters/{made['id']}/changes", one=0).status_code == 422
    assert reader.get(f"/charters/{place.drafted()['id']}/editions").status_code == 404


@pytest.mark.invariant(16)
def test_an_amendment_goes_through_the_board_and_its_members_are_named(place: Place) -> None:
    group_id, anna = place.group(), place.resident()
    place.joined(group_id, anna)
    made = place.amended(
        group_id,
        title="Endnu klarere besked",
        seats=[{"category": "resident", "places": 3}, {"category": "organisation_board", "places": 1}],
    )
    assert (made["state"], made["missing"], made["changed"]) == ("draft", [], ["title", "seats", "decision_by"])
    assert place.ask(anna).get(f"/amendments/{made['id']}").status_code == 404
    assert place.propose(made["id"]).json["state"] == "proposed"
    assert place.ask(anna).get(f"/amendments/{made['id']}").json["changes"][0]["now"] == "Endnu klarere besked"
    charter_id = made["charter_id"]
    assert place.ask(anna).get(f"/charters/{charter_id}").json["amendment_id"] == made["id"]

    for _ in range(2):
        place.decide_amendment(made)
    seen, group = place.ask(anna).get(f"/charters/{charter_id}").json, place.ask(anna).get(f"/groups/{group_id}").json
    assert (seen["edition"], seen["title"], seen["state"], seen["amendment_id"]) == (2, "Endnu klarere besked", "in_force", None)
    assert (group["title"], group["decision_by"]) == ("Endnu klarere besked", made["decision_by"])
    assert {seat["category"]: (seat["taken"], seat["places"]) for seat in group["seats"]}["resident"] == (1, 3)
    assert place.told(charter_id)[-1] == "charter.amended"
    assert place.told(made["id"])[-1] == "amendment.came_into_force"
    standings = [each["standing"] for each in place.ask(anna).get(f"/charters/{charter_id}/editions").json["items"]]
    assert standings == ["in_force", "superseded"]


@pytest.mark.invariant(26)
def test_places_that_an_amendment_adds_are_offered_to_the_reserve_list(place: Place) -> None:
    group_id = place.group(seats=[{"category": "resident", "places": 1}])
    place.joined(group_id, place.resident())
    reserves = [place.applied(group_id, place.resident()) for _ in range(3)]
    for id in reversed(reserves):
        place.move(place.member, id, "reserve")

    place.amend(group_id, decision_by=str(today() + timedelta(days=90)))
    assert [place.state_of(id, group_id) for id in reserves] == ["reserve"] * 3, "no place was added"

    place.amend(group_id, seats=[{"category": "resident", "places": 3}], decision_by=str(today() + timedelta(days=95)))
    assert [place.state_of(id, group_id) for id in reserves] == ["offered", "offered", "reserve"]
    assert [place.told(id).count("sign_up.offered") for id in reserves] == [1, 1, 0]


@pytest.mark.invariant(16)
def test_a_charter_has_one_amendment_at_a_time_until_it_is_withdrawn_or_decided(place: Place) -> None:
    group_id = place.group()
    made = place.amended(group_id)
    again = place.ask(place.secretary).post(f"/charters/{made['charter_id']}/amend")
    assert (again.status_code, again.json["slug"]) == (409, "amendment-open")

    place.ask(place.secretary).post(f"/amendments/{made['id']}/withdraw")
    other = place.amended(group_id)
    place.propose(other["id"])
    place.decide_amendment(other, Outcome.RETURNED, reason="Skriv hvorfor")
    assert place.ask(place.member).get(f"/amendments/{other['id']}").json["reason"] == "Skriv hvorfor"
    assert place.propose(other["id"]).json["state"] == "proposed"
    place.decide_amendment(other, attempt=1)
    place.decide_amendment(other, Outcome.REJECTED, attempt=2, reason="Nej")
    assert place.ask(place.member).get(f"/amendments/{other['id']}").json["state"] == "rejected"
    assert place.amended(group_id)["state"] == "draft"


def test_whoever_does_not_write_charters_neither_amends_nor_takes_back(place: Place) -> None:
    group_id = place.group()
    made = place.amended(group_id)
    for who in (place.facilitator, place.resident()):
        asker = place.ask(who)
        assert asker.post(f"/charters/{made['charter_id']}/amend").status_code == 403
        assert asker.post(f"/charters/{made['charter_id']}/ask_revocation", reason="x").status_code == 403
        for verb in ("propose", "withdraw"):
            assert asker.post(f"/amendments/{made['id']}/{verb}").status_code == 403
    answer = place.ask(place.member).put(f"/amendments/{made['id']}", openness=6)
    assert (answer.status_code, answer.json["fields"][0]["field"]) == (422, "openness")
    assert place.ask(place.member).put(f"/amendments/{made['id']}", department_ids=[str(uuid4())]).status_code == 404


@pytest.mark.invariant(13)
@pytest.mark.invariant(52)
def test_a_charter_that_is_taken_back_dissolves_its_group_for_the_same_reason(place: Place) -> None:
    group_id, anna = place.group(), place.resident()
    place.joined(group_id, anna)
    amendment = place.amended(group_id)
    charter_id = amendment["charter_id"]
    asked = place.ask(place.member).post(f"/charters/{charter_id}/ask_revocation", reason="Opgaven er faldet bort")
    assert (asked.json["revocation"], asked.json["state"]) == ("Opgaven er faldet bort", "in_force")
    for _ in range(2):
        place.decide_revocation(charter_id)

    group = place.ask(anna).get(f"/groups/{group_id}").json
    assert (group["state"], group["reason"]) == ("dissolved", "Opgaven er faldet bort")
    assert place.ask(anna).get(f"/charters/{charter_id}").json["state"] == "revoked"
    assert place.ask(place.member).get(f"/amendments/{amendment['id']}").json["state"] == "lapsed"
    assert place.ask(place.member).post(f"/charters/{charter_id}/amend").json["slug"] == "nothing-to-amend"


def test_a_charter_that_the_board_keeps_stays_in_force(place: Place) -> None:
    group_id = place.group()
    charter_id = place.ask(place.member).get(f"/groups/{group_id}").json["charter_id"]
    place.ask(place.member).post(f"/charters/{charter_id}/ask_revocation", reason="x")
    place.decide_revocation(charter_id, Outcome.REJECTED)
    place.decide_revocation(charter_id, Outcome.ADOPTED)  # late words on what was settled

    assert place.ask(place.member).get(f"/charters/{charter_id}").json["state"] == "in_force"
    assert place.ask(place.member).get(f"/groups/{group_id}").json["state"] == "recruiting"


def commissioned_by_a_department(place: Place, **says: Any) -> tuple[Identity, dict[str, Any]]:
    """A member of a department's board, and the charter in force of the group that it set up."""
    board = place.register(uuid4(), BodyKind.DEPARTMENT_BOARD, place.home)
    sitting = person(place.here, sits_in=[board])
    place.seat(sitting, Seat.MEMBER, body_id=board)
    made = place.ask(sitting).post("/charters", title="Gården", body_id=str(board)).json
    place.ask(sitting).put(f"/charters/{made['id']}", **place.says(sponsor_id=str(sitting.person_id), **says))
    assert place.ask(sitting).post(f"/charters/{made['id']}/propose").status_code == 200
    place.decide(made["id"])
    return sitting, place.ask(sitting).get(f"/charters/{made['id']}").json


def take_over(place: Place, charter_id: str) -> None:
    """The department has no board any more; the organisation board decides in its place."""
    taken = DocketItemTakenOver(docket_item_id=uuid4(), body_id=place.body, charter_id=UUID(charter_id))
    place.hall.tell(place.here, taken, subject=taken.docket_item_id)


@pytest.mark.invariant(14)
def test_where_a_department_loses_its_board_the_organisation_board_has_charter_amendment_and_group(place: Place) -> None:
    sitting, made = commissioned_by_a_department(place)
    amending = place.ask(sitting).post(f"/charters/{made['id']}/amend").json

    take_over(place, made["id"])
    seen = place.ask(place.chair).get(f"/charters/{made['id']}").json
    assert (seen["body_id"], seen["department_ids"]) == (str(place.body), [str(place.home)])
    assert place.ask(place.chair).get(f"/groups/{seen['group_id']}").json["body_id"] == str(place.body)
    assert place.ask(place.chair).get(f"/amendments/{amending['id']}").json["body_id"] == str(place.body)


@pytest.mark.invariant(14)
def test_whoever_took_a_group_over_answers_those_who_applied_before_and_the_former_board_does_not(place: Place) -> None:
    sitting, made = commissioned_by_a_department(place)
    group_id = made["group_id"]
    ids = [place.applied(group_id, place.resident()) for _ in range(3)]

    def open_to(who: Identity) -> list[list[str]]:
        return [each["may"] for each in place.ask(who).get(f"/groups/{group_id}/sign_ups").json["items"]]

    answers = ["offer", "reserve", "not_select"]
    assert (open_to(sitting), open_to(place.member)) == ([answers] * 3, [])

    take_over(place, made["id"])
    assert (open_to(sitting), open_to(place.member)) == ([], [answers] * 3)
    says: list[dict[str, str]] = [{}, {}, {"reason": "Der var ikke plads til alle."}]
    for who, status in ((sitting, 403), (place.member, 200)):
        done = [place.move(who, id, verb, **more) for id, verb, more in zip(ids, answers, says, strict=True)]
        assert [answer.status_code for answer in done] == [status] * 3
    assert [place.state_of(id, group_id) for id in ids] == ["offered", "reserve", "not_selected"]


@pytest.mark.invariant(14)
@pytest.mark.parametrize(("selection", "give_out"), [("lot", "draw/hold"), ("first_come", "fill")])
def test_whoever_took_a_group_over_gives_out_the_seats_as_the_charter_says(place: Place, selection: str, give_out: str) -> None:
    sitting, made = commissioned_by_a_department(place, selection=selection)
    group = f"/groups/{made['group_id']}"
    ids = [place.applied(made["group_id"], place.resident()) for _ in range(3)]
    place.ask(sitting).post(f"{group}/draw/announce")  # refused where no lots are drawn

    take_over(place, made["id"])
    assert place.ask(place.member).post(f"{group}/close_sign_up").status_code == 200
    assert place.ask(sitting).post(f"{group}/{give_out}").status_code == 403
    assert place.ask(place.member).post(f"{group}/{give_out}").status_code == 200
    assert sorted(place.state_of(id, made["group_id"]) for id in ids) == ["offered", "offered", "reserve"]


def test_departments_that_are_not_known_are_not_found(place: Place) -> None:
    id, stranger = place.drafted()["id"], str(uuid4())
    for says in (
        {"department_ids": [stranger]},
        {"seats": [{"category": "resident", "places": 1, "department_id": stranger}]},
        {"targets": [{"places": 1, "department_id": stranger}]},
    ):
        assert place.ask(place.member).put(f"/charters/{id}", **says).status_code == 404


def test_the_page_names_the_departments_that_may_be_without_a_seat(place: Place) -> None:
    other = uuid4()
    place.hall.tell(place.here, DepartmentRegistered(department_id=other, number="6", name="Søbakken"), subject=other)
    says = place.says(department_ids=[str(place.home), str(other)], seats=[{"category": "resident", "places": 1}])
    seen = place.ask(place.member).put(f"/charters/{place.drafted()['id']}", **says).json

    assert [(hint["slug"], hint["says"]) for hint in seen["hints"]] == [
        ("department-without-seat", "1 af de berørte afdelinger er ikke sikret en plads.")
    ]
    assert set(seen["hints"][0]["department_ids"]) == {str(place.home), str(other)}


@pytest.mark.invariant(19)
def test_a_later_policy_does_not_unsettle_a_charter_in_force(place: Place) -> None:
    days = [str(today() + timedelta(days=n)) for n in (20, 30, 40, 50)]
    group_id = place.group(meetings=days)
    place.hall.tell(place.here, PolicySet(version=2, policy=Policy(meetings_min=1, meetings_max=2)), subject=place.here)
    made = place.amended(group_id)

    assert made["missing"] == []
