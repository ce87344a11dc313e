"""Contributions and themes over HTTP, on a real database."""

from dataclasses import replace
from uuid import uuid4

import pytest

from services.meetings.tests.works import Works


def consented(works: Works, proposal_id: str) -> None:
    works.post(works.anna, f"/proposals/{proposal_id}/ask_consent")
    for who in (works.anna, works.bo):
        works.post(who, f"/proposals/{proposal_id}/consent")


@pytest.mark.invariant(35)
def test_a_contribution_whose_recommendation_was_taken_out_is_open_again(works: Works) -> None:
    works.meet(0), works.meet(1)
    wish, made = works.bring(works.anna), works.drafted("Ét system", "Noget andet")
    point = made["recommendations"][0]
    works.post(works.facilitator, f"/contributions/{wish['id']}/trace", recommendation_id=point["id"])
    works.post(works.anna, f"/recommendations/{point['id']}/take_out", version=point["version"])
    consented(works, made["id"])

    refused = works.ask(works.anna).post(f"/proposals/{made['id']}/submit").json
    assert (refused["slug"], refused["facts"]["ids"]) == ("contributions-left", [wish["id"]])
    assert (
        works.ask(works.facilitator).post(f"/contributions/{wish['id']}/trace", recommendation_id=point["id"]).status_code == 404
    )
    works.post(works.anna, f"/contributions/{wish['id']}/withdraw")
    assert works.post(works.anna, f"/proposals/{made['id']}/submit")["state"] == "submitted"


def test_staff_write_down_what_somebody_without_a_computer_brings_and_it_is_theirs(works: Works) -> None:
    through_staff = replace(works.bo, act=uuid4())
    given = works.bring(through_staff)

    assert (given["given_by"], given["written_down"]) == (str(works.bo.person_id), True)
    assert works.ask(works.bo).put(f"/contributions/{given['id']}", kind="wish", text="Nej, kl. 22").json["text"] == "Nej, kl. 22"


def test_it_is_kept_at_which_meeting_something_was_brought(works: Works) -> None:
    meeting = works.see()["meetings"][0]["id"]
    at = works.post(works.anna, f"/groups/{works.group_id}/contributions", kind="wish", text="t", meeting_id=meeting)
    between = works.bring(works.anna)

    assert (at["meeting_id"], between["meeting_id"]) == (meeting, None)
    elsewhere = works.ask(works.anna).post(
        f"/groups/{works.group_id}/contributions", kind="wish", text="t", meeting_id=str(uuid4())
    )
    assert elsewhere.status_code == 404


@pytest.mark.invariant(35)
def test_only_its_giver_rewords_or_withdraws_a_contribution(works: Works) -> None:
    given = works.bring(works.anna)

    for who in (works.bo, works.facilitator, works.neighbour):
        assert works.ask(who).put(f"/contributions/{given['id']}", kind="wish", text="x").status_code == 403
        assert works.ask(who).post(f"/contributions/{given['id']}/withdraw").status_code == 403
    assert works.ask(works.neighbour).get(f"/contributions/{given['id']}").status_code == 404


def test_themes_are_merged_with_all_that_was_gathered_under_them(works: Works) -> None:
    lead = works.facilitator
    keys, locks = (works.post(works.anna, f"/groups/{works.group_id}/themes", name=name) for name in ("Nøgler", "Låse"))
    given = works.bring(works.anna)
    works.post(lead, f"/contributions/{given['id']}/gather", theme_id=locks["id"])
    assert works.ask(works.anna).post(f"/themes/{locks['id']}/merge", into_theme_id=keys["id"]).status_code == 403
    merged = works.post(lead, f"/themes/{locks['id']}/merge", into_theme_id=keys["id"])

    assert (merged["state"], merged["into_id"]) == ("merged", keys["id"])
    assert works.ask(works.anna).get(f"/contributions/{given['id']}").json["theme_id"] == keys["id"]
    assert [(each["name"], each["contributions"]) for each in works.see()["themes"]] == [("Nøgler", 1)]
    assert works.ask(lead).post(f"/contributions/{given['id']}/gather", theme_id=locks["id"]).status_code == 404
    assert works.ask(lead).post(f"/themes/{keys['id']}/merge", into_theme_id=locks["id"]).status_code == 404
    assert works.ask(lead).post(f"/themes/{keys['id']}/merge", into_theme_id=keys["id"]).json["slug"] == "theme-into-itself"
    assert works.post(works.bo, f"/themes/{keys['id']}/rename", name="Adgang")["name"] == "Adgang"
    assert works.ask(works.neighbour).post(f"/themes/{keys['id']}/rename", name="x").status_code == 403
    assert works.ask(works.neighbour).get(f"/themes/{keys['id']}").status_code == 404


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
