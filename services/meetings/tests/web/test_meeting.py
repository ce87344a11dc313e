"""Meetings over HTTP, on a real database."""

from uuid import uuid4

import pytest

from contracts.groups import (
    GroupClosed,
    MemberLeft,
    SeatAccepted,
    SeatCategory,
)
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
