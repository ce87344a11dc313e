"""Answers to a convening over HTTP, on a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from services.meetings.tests.works import STARTS, Works


@pytest.fixture
def meeting(works: Works) -> str:
    return str(works.convene(0)["id"])


def states(works: Works, meeting: str, who: Any = None) -> dict[str, str]:
    names = {str(works.anna.person_id): "anna", str(works.bo.person_id): "bo"}
    seen = works.ask(who or works.anna).get(f"/meetings/{meeting}").json["answers"]
    return {names.get(each["person_id"], "sponsor"): each["state"] for each in seen}


def test_the_group_sees_who_comes_and_who_has_not_answered(works: Works, meeting: str) -> None:
    assert works.ask(works.anna).post(f"/meetings/{meeting}/accept").json["my_answer"] == "coming"
    assert works.ask(works.bo).post(f"/meetings/{meeting}/apologise").json["my_answer"] == "apology"

    assert states(works, meeting) == {"anna": "coming", "bo": "apology", "sponsor": "open"}
    assert states(works, meeting, works.neighbour) == {}
    assert works.ask(works.anna).get(f"/meetings/{meeting}").json["may"] == ["apologise"]
    assert works.ask(works.anna).post(f"/meetings/{meeting}/accept").status_code == 409
    assert works.ask(works.anna).post(f"/meetings/{meeting}/apologise").json["my_answer"] == "apology"


@pytest.mark.invariant(31)
def test_when_the_time_is_another_everybody_answers_anew_and_when_the_place_is_nobody(works: Works, meeting: str) -> None:
    lead = works.ask(works.facilitator)
    works.ask(works.anna).post(f"/meetings/{meeting}/accept")

    lead.post(f"/meetings/{meeting}/change", place="Kælderen")
    assert states(works, meeting)["anna"] == "coming"
    later = STARTS + timedelta(days=1)
    lead.post(f"/meetings/{meeting}/change", starts=later.isoformat(), ends=(later + timedelta(hours=1)).isoformat())
    assert states(works, meeting)["anna"] == "open"
    assert works.ask(works.anna).post(f"/meetings/{meeting}/accept").json["my_answer"] == "coming"


def test_an_outsider_does_not_answer_and_nobody_answers_what_is_not_convened(works: Works, meeting: str) -> None:
    assert works.ask(works.neighbour).post(f"/meetings/{meeting}/accept").status_code == 403
    planned = works.see()["meetings"][1]["id"]
    assert works.ask(works.anna).post(f"/meetings/{planned}/accept").status_code == 409


def test_my_meetings_are_those_of_my_groups_with_what_i_answered(works: Works, meeting: str) -> None:
    works.ask(works.anna).post(f"/meetings/{meeting}/accept")

    mine = works.ask(works.anna).get("/meetings/mine").json["items"]
    assert [(each["state"], each["my_answer"]) for each in mine] == [("convened", "coming"), ("planned", None)]
    assert len(works.ask(works.facilitator).get("/meetings/mine").json["items"]) == 2
    assert works.ask(works.neighbour).get("/meetings/mine").json["items"] == []


def test_two_taps_at_once_are_one_answer(works: Works, meeting: str) -> None:
    def tap(_: int) -> int:
        return int(works.ask(works.anna).post(f"/meetings/{meeting}/accept").status_code)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(tap, range(4))) == [200, 409, 409, 409]
