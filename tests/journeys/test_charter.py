"""A charter's whole way between the services: a department's own, amended, its leaders replaced, and taken back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from chassis import clock
from chassis.identity import Identity
from contracts.decisions import DocketItemTakenOver
from contracts.people import BodyKind, Seat
from services.groups.tests.kit import Place, today
from tests.kit import Hall, person


@pytest.fixture
def place(hall: Hall) -> Iterator[Place]:
    yield Place(hall)
    clock.set_to(None)


def decide(place: Place, who: Identity, matter: str, outcome: str = "adopted", reason: str = "") -> Any:
    """The board decides on the newest matter of that kind before it."""
    asker = place.hall.ask("decisions", who)
    items = asker.get("/docket", state="laid").json["items"]
    item = next(each["id"] for each in items if each["matter"] == matter)
    ballot = {"meeting_day": str(today()), "chair_id": str(who.person_id), "present": [str(who.person_id)]}
    votes = {"votes_for": 1, "votes_against": 0} if outcome == "adopted" else {"votes_for": 0, "votes_against": 1}
    body = ballot | votes | {"abstained": 0, "outcome": outcome} | ({"reason": reason} if reason else {})
    answer = asker.post(f"/docket/{item}/decide_charter", **body)
    place.hall.settle()
    return answer


def alone_in(place: Place, board: Any) -> Identity:
    """The chair of a board that has no other member."""
    chair = person(place.here, sits_in=[board], seat="chair")
    place.seat(chair, Seat.CHAIR, body_id=board)
    return chair


def post(place: Place, who: Identity, path: str, **body: Any) -> Any:
    answer = place.ask(who).post(path, **body)
    assert answer.status_code < 300, answer.json
    place.hall.settle()
    return answer.json


def department_group(place: Place) -> tuple[Identity, dict[str, Any]]:
    """A department board writes and adopts a charter for its own department: its chair, and the charter in force."""
    board = place.register(uuid4(), BodyKind.DEPARTMENT_BOARD, place.home)
    chair = alone_in(place, board)
    made = post(place, chair, "/charters", title="Gården", body_id=str(board))
    place.ask(chair).put(f"/charters/{made['id']}", **place.says(sponsor_id=str(chair.person_id)))
    post(place, chair, f"/charters/{made['id']}/propose")
    assert decide(place, chair, "charter").status_code == 200
    return chair, place.ask(chair).get(f"/charters/{made['id']}").json


def meetings_of(place: Place, group_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = place.hall.ask("meetings", place.secretary).get(f"/groups/{group_id}").json["meetings"]
    return sorted(found, key=lambda meeting: str(meeting["day"]))


@pytest.mark.invariant(13)
@pytest.mark.invariant(15)
def test_a_department_board_adopts_its_own_charter_and_nobody_elses(place: Place) -> None:
    chair, charter = department_group(place)
    assert (charter["state"], charter["scope"]) == ("in_force", "one_department")

    place.proposed()
    asker = place.hall.ask("decisions", chair)
    assert [item["title"] for item in asker.get("/docket").json["items"]] == ["Gården"], "what lies before another body"
    decided = next(item for item in asker.get("/docket").json["items"])
    ballot = asker.get(f"/docket/{decided['id']}").json["ballot"]
    assert (ballot["votes_for"], ballot["present"]) == (1, [str(chair.person_id)])


@pytest.mark.invariant(16)
@pytest.mark.invariant(29)
def test_an_amendment_moves_meetings_adds_one_beyond_the_most_and_changes_when_the_board_decides(place: Place) -> None:
    chair, charter = department_group(place)
    days = [str(today() + timedelta(days=n)) for n in (22, 40, 42, 44, 46, 48)]
    made = post(place, chair, f"/charters/{charter['id']}/amend")
    says = {"why": "Der kom et stort emne til", "meetings": days, "more_meetings_reason": "Et ekstra værksted"}
    edited = place.ask(chair).put(f"/amendments/{made['id']}", **says).json
    assert edited["missing"] == []
    post(place, chair, f"/amendments/{made['id']}/propose")
    assert decide(place, chair, "amendment").status_code == 200

    amended = place.ask(chair).get(f"/charters/{charter['id']}").json
    assert (amended["edition"], amended["meetings_max"], amended["policy_version"]) == (2, 6, charter["policy_version"])
    assert [meeting["day"] for meeting in meetings_of(place, charter["group_id"])] == days
    assert place.hall.parked(place.here) == []


@pytest.mark.invariant(18)
def test_whoever_is_named_facilitator_leads_the_meetings_that_are_planned_already(place: Place) -> None:
    chair, charter = department_group(place)
    new = person(place.here, employee=True)
    post(place, place.facilitator, f"/groups/{charter['group_id']}/vacate_role", role="facilitator")
    named = {"role": "facilitator", "person_id": str(new.person_id), "employed": True}
    post(place, chair, f"/groups/{charter['group_id']}/fill_role", **named)

    meeting = meetings_of(place, charter["group_id"])[0]["id"]
    for who, status in ((place.facilitator, 403), (new, 200)):
        answer = place.hall.ask("meetings", who).post(f"/meetings/{meeting}/cancel", reason="Vi finder en anden dag")
        assert answer.status_code == status, answer.json


@pytest.mark.invariant(13)
@pytest.mark.invariant(52)
def test_a_charter_is_taken_back_by_its_board(place: Place) -> None:
    chair, charter = department_group(place)
    post(place, chair, f"/charters/{charter['id']}/ask_revocation", reason="Gården er solgt")
    assert decide(place, chair, "revocation", "returned", "x").json["slug"] == "docket-revocation-yes-or-no"
    assert decide(place, chair, "revocation", "rejected", "Ikke endnu").status_code == 200
    post(place, chair, f"/charters/{charter['id']}/ask_revocation", reason="Nu er den solgt")
    assert decide(place, chair, "revocation").status_code == 200

    group = place.ask(chair).get(f"/groups/{charter['group_id']}").json
    assert (group["state"], group["reason"]) == ("dissolved", "Nu er den solgt")
    assert place.hall.parked(place.here) == []


@pytest.mark.invariant(14)
@pytest.mark.invariant(40)
def test_the_proposal_of_a_department_that_lost_its_board_comes_before_the_organisation_board(place: Place) -> None:
    _, charter = department_group(place)
    taken = DocketItemTakenOver(docket_item_id=uuid4(), body_id=place.body, charter_id=UUID(charter["id"]))
    place.hall.tell(place.here, taken, subject=taken.docket_item_id)

    with place.hall.running["meetings"].begin(place.secretary) as work:
        body = work.execute(text("select body_id from groups where group_id = :id"), {"id": charter["group_id"]}).scalar()
    assert (body, place.hall.parked(place.here)) == (place.body, [])


@pytest.mark.invariant(14)
def test_the_organisation_board_adopts_where_the_department_board_has_gone(place: Place) -> None:
    board = place.register(uuid4(), BodyKind.DEPARTMENT_BOARD, place.home)
    leaving = person(place.here, sits_in=[board], seat="chair")
    place.seat(leaving, Seat.CHAIR, body_id=board, ends=today() + timedelta(days=1))
    made = post(place, leaving, "/charters", title="Gården", body_id=str(board))
    place.ask(leaving).put(f"/charters/{made['id']}", **place.says(sponsor_id=str(leaving.person_id)))
    post(place, leaving, f"/charters/{made['id']}/propose")
    clock.set_to(clock.now() + timedelta(days=3))

    asker = place.hall.ask("decisions", place.secretary)
    item = asker.get("/docket").json["items"][0]["id"]
    assert asker.post(f"/docket/{item}/take_over").status_code == 200
    place.hall.settle()
    assert place.ask(place.chair).get(f"/charters/{made['id']}").json["body_id"] == str(place.body)
