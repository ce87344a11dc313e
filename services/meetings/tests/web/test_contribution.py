"""Contributions over HTTP, on a real database."""

import pytest

from services.meetings.tests.works import Works


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
