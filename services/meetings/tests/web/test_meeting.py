"""Meetings over HTTP, on a real database."""

from datetime import date
from uuid import uuid4

import pytest

from contracts.groups import (
    GroupClosed,
    MemberLeft,
    SeatAccepted,
    SeatCategory,
)
from contracts.meetings import MeetingCancelled, MeetingChanged
from services.meetings.tests.works import Works
from tests.kit import person


def test_the_charters_days_are_laid_out_as_meetings(works: Works) -> None:
    assert [(m["day"], m["state"]) for m in works.see()["meetings"]] == [("2030-04-08", "planned"), ("2030-04-22", "planned")]


@pytest.mark.invariant(34)
def test_a_cancelled_meeting_does_not_count_as_held_and_makes_room_for_another(works: Works) -> None:
    lead = works.ask(works.facilitator)
    lead.post(f"/groups/{works.group_id}/meetings", day="2030-05-01")
    assert lead.post(f"/groups/{works.group_id}/meetings", day="2030-05-02").json["slug"] == "too-many-meetings"

    lead.post(f"/meetings/{works.see()['meetings'][0]['id']}/cancel", reason="Sne")
    assert lead.post(f"/groups/{works.group_id}/meetings", day="2030-05-02").status_code == 201


@pytest.mark.invariant(51)
def test_when_the_group_is_over_nothing_moves_any_more(works: Works) -> None:
    works.convene(0)
    works.hall.tell(works.here, GroupClosed(group_id=works.group_id), subject=works.group_id)

    answer = works.ask(works.anna).post(f"/groups/{works.group_id}/contributions", kind="wish", text="t")
    assert (answer.status_code, answer.json["slug"]) == (409, "group-is-over")
    assert works.see()["may"] == []
    assert [m["state"] for m in works.see()["meetings"]] == ["cancelled", "cancelled"]
    assert [len(told.told) for told in works.told(MeetingCancelled)] in ([4, 0], [0, 4])


def test_who_left_has_left_also_when_that_is_heard_first(works: Works) -> None:
    carla = person(works.here, lives_in=[uuid4()])
    sign_up_id = uuid4()
    left = MemberLeft(sign_up_id=sign_up_id, group_id=works.group_id, person_id=carla.person_id)
    seated = SeatAccepted(
        sign_up_id=sign_up_id, group_id=works.group_id, person_id=carla.person_id, category=SeatCategory.RESIDENT
    )
    works.hall.tell(works.here, left, subject=sign_up_id, sequence=2)
    works.hall.tell(works.here, seated, subject=sign_up_id, sequence=1)

    assert str(carla.person_id) not in {member["person_id"] for member in works.see()["members"]}


def test_how_to_join_online_is_for_those_who_take_part(works: Works) -> None:
    meeting = works.convene(0, online_link="https://mode.example/hemmeligt")

    assert works.ask(works.anna).get(f"/meetings/{meeting['id']}").json["online_link"] == "https://mode.example/hemmeligt"
    seen = works.ask(works.neighbour).get(f"/meetings/{meeting['id']}")
    assert "hemmeligt" not in seen.text
    assert (seen.json["online"], seen.json["place"]) == (True, "Lokalet")
    assert "hemmeligt" not in works.ask(works.neighbour).get(f"/groups/{works.group_id}").text


@pytest.mark.invariant(31)
def test_an_agenda_is_prepared_goes_along_and_is_changed_with_everybody_told(works: Works) -> None:
    lead, meeting = works.ask(works.facilitator), works.see()["meetings"][0]["id"]
    agenda = [{"kind": "decision", "title": "Valg af spor"}, {"kind": "information", "title": "En klage", "closed": True}]
    assert lead.put(f"/meetings/{meeting}/agenda", agenda=agenda).json["agenda"][1]["closed"] is True
    assert works.ask(works.anna).put(f"/meetings/{meeting}/agenda", agenda=agenda).status_code == 403
    assert (
        lead.put(f"/meetings/{meeting}/agenda", agenda=[{"kind": "song", "title": "x"}]).json["fields"][0]["field"]
        == "agenda.0.kind"
    )

    works.convene(0)
    assert [item["title"] for item in lead.get(f"/meetings/{meeting}").json["agenda"]] == ["Valg af spor", "En klage"]
    assert lead.put(f"/meetings/{meeting}/agenda", agenda=agenda).status_code == 409
    assert lead.post(f"/meetings/{meeting}/change", agenda=agenda).json["slug"] == "meeting-not-changed"
    assert lead.post(f"/meetings/{meeting}/change", agenda=agenda[:1]).json["edition"] == 2
    assert [told.changed for told in works.told(MeetingChanged)] == [("agenda",)]


@pytest.mark.invariant(29)
def test_an_amended_charter_opens_for_more_meetings_and_moves_the_days_nobody_was_called_to(works: Works) -> None:
    lead = works.ask(works.facilitator)
    works.convene(0)
    lead.post(f"/groups/{works.group_id}/meetings", day="2030-05-01")
    assert lead.post(f"/groups/{works.group_id}/meetings", day="2030-05-02").json["slug"] == "too-many-meetings"

    days = (date(2030, 4, 9), date(2030, 4, 23), date(2030, 5, 6), date(2030, 5, 20))
    works.charter(edition=2, meetings=days, most=4)
    assert sorted(m["day"] for m in works.see()["meetings"]) == ["2030-04-08", "2030-04-23", "2030-05-01", "2030-05-06"]
    works.charter(edition=3, meetings=days, most=5)
    assert [m["day"] for m in works.see()["meetings"]][-1] == "2030-05-20"
    assert works.hall.parked(works.here) == []


def test_an_older_charter_that_is_heard_late_changes_nothing(works: Works) -> None:
    works.charter(edition=2, meetings=(date(2030, 4, 8), date(2030, 4, 29)), most=5)
    works.charter(edition=1)

    assert works.see()["most"] == 5
    assert [m["day"] for m in works.see()["meetings"]] == ["2030-04-08", "2030-04-29"]


def test_whom_an_amended_charter_names_leads_what_was_begun(works: Works) -> None:
    held = works.meet(0)
    lead = works.ask(works.facilitator)
    minutes = lead.post(f"/meetings/{held['id']}/minutes", items=[{"title": "x"}]).json["id"]
    meeting = works.see()["meetings"][1]["id"]
    new = person(works.here, employee=True)
    works.charter(edition=2, facilitator=new)

    assert lead.post(f"/minutes/{minutes}/send_for_comments").status_code == 403
    assert works.ask(new).post(f"/minutes/{minutes}/send_for_comments").status_code == 200
    assert lead.post(f"/meetings/{meeting}/cancel", reason="Sne").status_code == 403
    assert works.ask(new).post(f"/meetings/{meeting}/cancel", reason="Sne").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "convene", {"place": "x"}),
        ("post", "change", {"place": "x"}),
        ("post", "hold", {"present": []}),
        ("post", "cancel", {"reason": "Sne"}),
        ("put", "agenda", {"agenda": []}),
        ("post", "minutes", {"items": [{"title": "x"}]}),
    ],
)
def test_a_member_does_nothing_of_what_those_who_lead_do(works: Works, method: str, path: str, body: dict) -> None:
    meeting = works.see()["meetings"][1]["id"]

    assert getattr(works.ask(works.anna), method)(f"/meetings/{meeting}/{path}", **body).status_code == 403
    assert getattr(works.ask(works.anna), method)(f"/meetings/{uuid4()}/{path}", **body).status_code == 404


@pytest.mark.parametrize(
    ("body", "field", "slug"),
    [
        ({"starts": "2030-04-08T17:30"}, "starts", "not-a-moment"),
        ({"place": "x" * 300}, "place", "too-long"),
        ({"interpreter": "perhaps"}, "interpreter", "wrong-type"),
        ({"agenda": [{"title": "x", "kind": "song"}]}, "agenda.0.kind", "not-one-of"),
        ({"accessibility": "010190-1234"}, "accessibility", "cpr"),
        ({"mood": 1}, "mood", "unknown"),
    ],
)
def test_bad_input_is_named_by_field(works: Works, body: dict, field: str, slug: str) -> None:
    answer = works.ask(works.facilitator).post(f"/meetings/{works.see()['meetings'][0]['id']}/convene", **body)

    assert answer.status_code == 422
    assert (field, slug) in [(wrong["field"], wrong["slug"]) for wrong in answer.json["fields"]]
