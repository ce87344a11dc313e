"""A group's work over HTTP, on a real database: from the charter's timetable to the submitted proposal."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis import clock
from chassis.identity import Identity
from contracts.decisions import DecisionPublished, Outcome
from contracts.groups import (
    CharterCameIntoForce,
    CharterText,
    GroupClosed,
    GroupFormed,
    MemberLeft,
    SeatAccepted,
    SeatCategory,
    SeatPlan,
)
from contracts.people import DayTurned
from tests.kit import Asker, Hall, person

STARTS = datetime(2030, 4, 8, 17, 30, tzinfo=clock.DENMARK)


class Works:
    """A formed group with three members, and who leads it."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.here, self.group_id = hall, uuid4(), uuid4()
        self.facilitator, self.anna, self.bo = (person(self.here, lives_in=[uuid4()]) for _ in range(3))
        self.neighbour = person(self.here, lives_in=[uuid4()])
        clock.set_to(STARTS - timedelta(days=14))
        text = CharterText(
            title="Lokaler",
            background="b",
            purpose="p",
            frames="f",
            questions=("Hvordan?",),
            not_up_for_change="n",
            seats=(SeatPlan(category=SeatCategory.RESIDENT, places=3),),
            sign_up_until=date(2030, 3, 1),
            meetings=(date(2030, 4, 8), date(2030, 4, 22)),
            handover=date(2030, 5, 1),
            decision_by=date(2030, 6, 1),
            sponsor_id=uuid4(),
            facilitator_id=self.facilitator.person_id,
        )
        charter = CharterCameIntoForce(
            charter_id=uuid4(), group_id=self.group_id, body_id=uuid4(), edition=1, text=text, meetings_min=2, meetings_max=3
        )
        for member in (self.anna, self.bo):
            self.seat(member)
        hall.tell(self.here, charter, subject=charter.charter_id)
        hall.tell(self.here, GroupFormed(group_id=self.group_id, charter_id=charter.charter_id), subject=self.group_id)

    def seat(self, who: Identity) -> UUID:
        """Somebody becomes a member."""
        told = SeatAccepted(sign_up_id=uuid4(), group_id=self.group_id, person_id=who.person_id, category=SeatCategory.RESIDENT)
        self.hall.tell(self.here, told, subject=told.sign_up_id)
        return told.sign_up_id

    def ask(self, who: Identity) -> Asker:
        """Somebody at the door."""
        return self.hall.ask("meetings", who)

    def see(self, who: Identity | None = None) -> Any:
        """The group's work, as somebody sees it."""
        return self.ask(who or self.anna).get(f"/groups/{self.group_id}").json

    def meet(self, number: int) -> Any:
        """A meeting is convened and held."""
        lead = self.ask(self.facilitator)
        starts = STARTS + timedelta(days=14 * number)
        meeting = self.see()["meetings"][number]["id"]
        call = {"starts": starts.isoformat(), "ends": (starts + timedelta(hours=2)).isoformat(), "place": "Lokalet"}
        assert lead.post(f"/meetings/{meeting}/convene", **call).status_code == 200
        clock.set_to(starts + timedelta(hours=2))
        present = [str(self.anna.person_id), str(self.bo.person_id)]
        return lead.post(f"/meetings/{meeting}/hold", present=present).json

    def submitted(self) -> Any:
        """The whole way to a submitted proposal."""
        self.meet(0), self.meet(1)
        anna = self.ask(self.anna)
        wish = anna.post(f"/groups/{self.group_id}/contributions", kind="wish", text="Åbent længere").json
        made = anna.post(f"/groups/{self.group_id}/proposal", title="Lokaler", summary="s").json
        point = {"text": "Ét system", "responsible": "Driften", "cost": "low", "rent": "none", "question": 0}
        made = anna.put(f"/proposals/{made['id']}", version=made["version"], recommendations=[point]).json
        traced = {"recommendation_id": made["recommendations"][0]["id"]}
        assert self.ask(self.facilitator).post(f"/contributions/{wish['id']}/trace", **traced).status_code == 200
        anna.post(f"/proposals/{made['id']}/ask_consent")
        for who in (self.anna, self.bo):
            assert self.ask(who).post(f"/proposals/{made['id']}/consent").status_code == 200
        answer = anna.post(f"/proposals/{made['id']}/submit")
        assert answer.status_code == 200, answer.text
        return answer.json


@pytest.fixture
def works(hall: Hall) -> Iterator[Works]:
    yield Works(hall)
    clock.set_to(None)


def test_the_charters_days_are_laid_out_as_meetings(works: Works) -> None:
    assert [(m["day"], m["state"]) for m in works.see()["meetings"]] == [("2030-04-08", "planned"), ("2030-04-22", "planned")]


def test_a_group_works_its_way_to_a_submitted_proposal(works: Works) -> None:
    done = works.submitted()

    assert done["state"] == "submitted"
    assert done["recommendations"][0]["fed_by"] == 1
    works.hall.settle()
    seen = works.ask(works.neighbour).get(f"/proposals/{done['id']}").json
    assert (seen["title"], seen["roster"], seen["may"]) == ("Lokaler", [], [])


def test_a_draft_is_the_groups_own(works: Works) -> None:
    made = works.ask(works.anna).post(f"/groups/{works.group_id}/proposal", title="Lokaler").json

    assert works.ask(works.neighbour).get(f"/proposals/{made['id']}").status_code == 404
    assert works.ask(works.neighbour).get(f"/groups/{works.group_id}/contributions").json["items"] == []


@pytest.mark.invariant(38)
def test_a_group_has_one_proposal(works: Works) -> None:
    anna = works.ask(works.anna)
    anna.post(f"/groups/{works.group_id}/proposal", title="Lokaler")

    assert anna.post(f"/groups/{works.group_id}/proposal", title="Et til").status_code == 409


def test_two_who_write_at_once_never_overwrite_each_other(works: Works) -> None:
    made = works.ask(works.anna).post(f"/groups/{works.group_id}/proposal", title="Lokaler").json
    first = works.ask(works.anna).put(f"/proposals/{made['id']}", version=made["version"], summary="Annas")
    second = works.ask(works.bo).put(f"/proposals/{made['id']}", version=made["version"], summary="Bos")

    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json["facts"]["version"] == first.json["version"]
    assert works.ask(works.bo).get(f"/proposals/{made['id']}").json["summary"] == "Annas"


@pytest.mark.invariant(35)
def test_a_contribution_whose_recommendation_was_taken_out_is_open_again(works: Works) -> None:
    works.meet(0), works.meet(1)
    anna, lead = works.ask(works.anna), works.ask(works.facilitator)
    wish = anna.post(f"/groups/{works.group_id}/contributions", kind="wish", text="Åbent længere").json
    made = anna.post(f"/groups/{works.group_id}/proposal", title="Lokaler").json
    point = {"text": "Ét system", "responsible": "Driften", "cost": "low", "rent": "none", "question": 0}
    made = anna.put(f"/proposals/{made['id']}", version=made["version"], recommendations=[point]).json
    lead.post(f"/contributions/{wish['id']}/trace", recommendation_id=made["recommendations"][0]["id"])
    anna.put(f"/proposals/{made['id']}", version=made["version"], recommendations=[point | {"text": "Noget andet"}])
    anna.post(f"/proposals/{made['id']}/ask_consent")
    for who in (works.anna, works.bo):
        works.ask(who).post(f"/proposals/{made['id']}/consent")

    refused = anna.post(f"/proposals/{made['id']}/submit").json
    assert (refused["slug"], refused["facts"]["ids"]) == ("contributions-left", [wish["id"]])


@pytest.mark.invariant(34)
def test_a_cancelled_meeting_does_not_count_as_held_and_makes_room_for_another(works: Works) -> None:
    lead = works.ask(works.facilitator)
    lead.post(f"/groups/{works.group_id}/meetings", day="2030-05-01")
    assert lead.post(f"/groups/{works.group_id}/meetings", day="2030-05-02").json["slug"] == "too-many-meetings"

    lead.post(f"/meetings/{works.see()['meetings'][0]['id']}/cancel", reason="Sne")
    assert lead.post(f"/groups/{works.group_id}/meetings", day="2030-05-02").status_code == 201


@pytest.mark.invariant(33)
def test_minutes_are_public_without_their_closed_items_and_late_when_not_public(works: Works) -> None:
    held = works.meet(0)
    lead = works.ask(works.facilitator)
    items = [{"title": "Booking", "text": "Vi talte."}, {"title": "En klage", "text": "Fru N.s sag", "closed": True}]
    made = lead.post(f"/meetings/{held['id']}/minutes", items=items).json

    works.hall.tell(works.here, DayTurned(day=date.fromisoformat(held["minutes_by"]) + timedelta(days=1)), subject=works.here)
    assert works.see()["meetings"][0]["minutes_overdue"] is True
    assert works.ask(works.neighbour).get(f"/minutes/{made['id']}").status_code == 404
    for step in ("send_for_comments", "approve", "publish"):
        assert lead.post(f"/minutes/{made['id']}/{step}").status_code == 200
    public = works.ask(works.neighbour).get(f"/minutes/{made['id']}")
    assert "Fru N." not in public.text
    assert [item["title"] for item in public.json["items"]] == ["Booking", "En klage"]


def test_a_meeting_has_one_set_of_minutes(works: Works) -> None:
    held = works.meet(0)
    lead = works.ask(works.facilitator)
    lead.post(f"/meetings/{held['id']}/minutes", items=[{"title": "x"}])

    assert lead.post(f"/meetings/{held['id']}/minutes", items=[{"title": "x"}]).status_code == 409


@pytest.mark.parametrize(("outcome", "state", "edition"), [(Outcome.RETURNED, "draft", 2), (Outcome.ADOPTED, "decided", 1)])
def test_the_bodys_decision_sends_the_proposal_back_or_ends_it(works: Works, outcome: Outcome, state: str, edition: int) -> None:
    done = works.submitted()
    decision = DecisionPublished(
        decision_id=uuid4(),
        charter_id=uuid4(),
        group_id=works.group_id,
        proposal_id=UUID(done["id"]),
        outcome=outcome,
        reason="Regn på driften.",
    )
    works.hall.tell(works.here, decision, subject=decision.decision_id)

    seen = works.ask(works.anna).get(f"/proposals/{done['id']}").json
    assert (seen["state"], seen["edition"]) == (state, edition)


@pytest.mark.invariant(51)
def test_when_the_group_is_over_nothing_moves_any_more(works: Works) -> None:
    works.hall.tell(works.here, GroupClosed(group_id=works.group_id), subject=works.group_id)

    answer = works.ask(works.anna).post(f"/groups/{works.group_id}/contributions", kind="wish", text="t")
    assert (answer.status_code, answer.json["slug"]) == (409, "group-is-over")
    assert works.see()["may"] == []


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


@pytest.mark.parametrize(
    ("body", "field", "slug"),
    [
        ({"kind": "wish"}, "text", "required"),
        ({"kind": "moan", "text": "t"}, "kind", "not-one-of"),
        ({"kind": "wish", "text": "a" * 3000}, "text", "too-long"),
        ({"kind": "wish", "text": "x", "mood": 1}, "mood", "unknown"),
        ({"kind": "wish", "text": "010190-1234"}, "text", "cpr"),
    ],
)
def test_bad_input_is_named_by_field(works: Works, body: dict, field: str, slug: str) -> None:
    answer = works.ask(works.anna).post(f"/groups/{works.group_id}/contributions", **body)

    assert answer.status_code == 422
    assert (field, slug) in [(wrong["field"], wrong["slug"]) for wrong in answer.json["fields"]]
