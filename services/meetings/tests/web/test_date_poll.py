"""Date polls over HTTP, on a real database."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from contracts.groups import GroupClosed
from contracts.meetings import DatePollReminded
from contracts.people import DayTurned
from services.meetings.tests.works import STARTS, Works
from tests.kit import person

THIRTIETH, FIRST, EIGHTH = (STARTS - timedelta(days=n) for n in (3, 1, 0))


def asked(works: Works, **more: Any) -> Any:
    usual = {"starts": [at.isoformat() for at in (EIGHTH, FIRST, THIRTIETH)], "minutes": 90, "answer_by": "2030-03-29"}
    meeting = works.see()["meetings"][0]["id"]
    return works.ask(works.facilitator).post(f"/meetings/{meeting}/date_poll", **(usual | more))


def says(poll: Any, *words: str) -> list[dict[str, str]]:
    return [{"option_id": option["id"], "says": word} for option, word in zip(poll["options"], words or ["yes"] * 3, strict=True)]


def reminders(works: Works) -> list[DatePollReminded]:
    return works.told(DatePollReminded)


def day(works: Works, of: date) -> None:
    works.hall.tell(works.here, DayTurned(day=of), subject=works.here)


@pytest.mark.invariant(56)
def test_the_chosen_time_becomes_the_meetings_across_the_change_of_clocks(works: Works) -> None:
    poll = asked(works).json
    works.ask(works.anna).post(f"/date_polls/{poll['id']}/answer", answers=says(poll, "no", "if_need_be", "yes"))
    works.ask(works.bo).post(f"/date_polls/{poll['id']}/answer", answers=says(poll))
    seen = works.ask(works.facilitator).get(f"/date_polls/{poll['id']}").json
    assert [(each["yes"], each["if_need_be"], each["no"]) for each in seen["options"]] == [(1, 0, 1), (1, 1, 0), (2, 0, 0)]
    assert seen["silent"] == []

    decided = works.ask(works.facilitator).post(f"/date_polls/{poll['id']}/decide", option_id=poll["options"][2]["id"])
    assert decided.json["state"] == "decided"
    meeting = works.see()["meetings"][0]
    assert (meeting["day"], meeting["starts"], meeting["ends"]) == (
        "2030-04-08",
        "2030-04-08T15:30:00+00:00",
        "2030-04-08T17:00:00+00:00",
    )
    convened = works.ask(works.facilitator).post(f"/meetings/{meeting['id']}/convene", place="Lokalet")
    assert (convened.status_code, convened.json["starts"]) == (200, "2030-04-08T15:30:00+00:00")


def test_only_those_who_have_not_answered_are_reminded_and_only_once(works: Works) -> None:
    poll = asked(works).json
    works.ask(works.anna).post(f"/date_polls/{poll['id']}/answer", answers=says(poll))

    day(works, date(2030, 3, 26))
    assert reminders(works) == []
    for on in (date(2030, 3, 27), date(2030, 3, 28), date(2030, 4, 2)):
        day(works, on)
    (told,) = reminders(works)
    assert told.told == (works.bo.person_id,)


def test_nobody_is_reminded_when_all_have_answered_or_the_group_is_over(works: Works) -> None:
    poll = asked(works).json
    works.hall.tell(works.here, GroupClosed(group_id=works.group_id), subject=works.group_id)
    day(works, date(2030, 3, 28))

    assert reminders(works) == []
    assert works.hall.parked(works.here) == []
    refused = works.ask(works.anna).post(f"/date_polls/{poll['id']}/answer", answers=says(poll))
    assert refused.status_code == 409
    assert works.ask(works.anna).get("/meetings/mine").json["items"][0]["date_poll"] is None


def test_nobody_is_called_while_the_members_are_asked_and_afterwards_they_are(works: Works) -> None:
    poll = asked(works).json
    lead, meeting = works.ask(works.facilitator), poll["meeting_id"]
    call = {"starts": EIGHTH.isoformat(), "ends": (EIGHTH + timedelta(hours=2)).isoformat(), "place": "Lokalet"}

    assert lead.post(f"/meetings/{meeting}/convene", **call).json["slug"] == "date-poll-open"
    assert "convene" not in lead.get(f"/meetings/{meeting}").json["may"]
    assert asked(works).json["slug"] == "date-poll-open-already"
    assert lead.post(f"/date_polls/{poll['id']}/drop").json["state"] == "dropped"
    assert lead.post(f"/date_polls/{poll['id']}/decide", option_id=poll["options"][0]["id"]).status_code == 409
    assert lead.post(f"/meetings/{meeting}/convene", **call).status_code == 200


def test_when_the_meeting_is_called_off_nobody_is_asked_any_more(works: Works) -> None:
    poll = asked(works).json
    works.ask(works.facilitator).post(f"/meetings/{poll['meeting_id']}/cancel", reason="Sne")

    assert works.ask(works.anna).get(f"/date_polls/{poll['id']}").json["state"] == "dropped"


def test_a_poll_is_the_groups_own(works: Works) -> None:
    poll = asked(works).json
    member, outsider = works.ask(works.anna), works.ask(works.neighbour)
    choice = {"option_id": poll["options"][0]["id"]}

    assert outsider.get(f"/date_polls/{poll['id']}").status_code == 404
    assert outsider.post(f"/date_polls/{poll['id']}/answer", answers=says(poll)).status_code == 403
    assert works.ask(works.neighbour).get(f"/meetings/{poll['meeting_id']}").json["date_poll"] is None
    assert member.post(f"/date_polls/{poll['id']}/decide", **choice).status_code == 403
    assert member.post(f"/date_polls/{poll['id']}/drop").status_code == 403
    assert member.post(f"/meetings/{works.see()['meetings'][1]['id']}/date_poll", **NEW).status_code == 403
    assert works.ask(works.facilitator).post(f"/date_polls/{poll['id']}/decide", option_id=str(uuid4())).status_code == 404
    assert member.get(f"/date_polls/{uuid4()}").status_code == 404


NEW = {"starts": [FIRST.isoformat(), EIGHTH.isoformat()], "minutes": 90, "answer_by": "2030-03-29"}


def test_somebody_who_has_left_is_not_counted(works: Works) -> None:
    poll = asked(works).json
    carla = person(works.here, lives_in=[uuid4()])
    sign_up = works.seat(carla)
    works.ask(carla).post(f"/date_polls/{poll['id']}/answer", answers=says(poll))
    works.leave(carla, sign_up)

    seen = works.ask(works.anna).get(f"/date_polls/{poll['id']}").json
    assert seen["options"][0]["yes"] == 0
    assert str(carla.person_id) not in str(seen)


@pytest.mark.parametrize(
    ("more", "field", "slug"),
    [
        ({"starts": [EIGHTH.isoformat()]}, "starts", "too-few"),
        ({"starts": [EIGHTH.isoformat(), "2030-04-08T17:30"]}, "starts.1", "not-a-moment"),
        ({"minutes": 5}, "minutes", "out-of-range"),
        ({"answer_by": "snart"}, "answer_by", "not-a-day"),
    ],
)
def test_bad_input_is_named_by_field(works: Works, more: dict[str, Any], field: str, slug: str) -> None:
    answer = asked(works, **more)

    assert answer.status_code == 422
    assert (field, slug) in [(wrong["field"], wrong["slug"]) for wrong in answer.json["fields"]]


def test_an_answer_that_leaves_a_time_out_is_refused(works: Works) -> None:
    poll = asked(works).json
    anna = works.ask(works.anna)

    assert anna.post(f"/date_polls/{poll['id']}/answer", answers=says(poll)[:2]).json["slug"] == "answer-every-time"
    bad = anna.post(f"/date_polls/{poll['id']}/answer", answers=[{"option_id": poll["options"][0]["id"], "says": "perhaps"}])
    assert bad.status_code == 422
