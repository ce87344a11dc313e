"""The proposal over HTTP, on a real database."""

import pytest

from contracts.decisions import Outcome
from contracts.groups import MemberLeft
from services.meetings.tests.works import POINT, Works
from tests.kit import person


def test_a_group_works_its_way_to_a_submitted_proposal(works: Works) -> None:
    done = works.submitted()

    assert done["state"] == "submitted"
    assert done["recommendations"][0]["fed_by"] == 1
    works.hall.settle()
    seen = works.proposal(done["id"], works.neighbour)
    assert (seen["title"], seen["roster"], seen["may"]) == ("Lokaler", [], [])


def test_a_draft_is_the_groups_own(works: Works) -> None:
    made = works.drafted()

    for path in (f"/proposals/{made['id']}", f"/recommendations/{made['recommendations'][0]['id']}"):
        assert works.ask(works.neighbour).get(path).status_code == 404
    assert works.ask(works.neighbour).get(f"/groups/{works.group_id}/contributions").json["items"] == []


@pytest.mark.invariant(38)
def test_a_group_has_one_proposal(works: Works) -> None:
    works.drafted()

    assert works.ask(works.anna).post(f"/groups/{works.group_id}/proposal", title="Et til").status_code == 409


def test_whoever_writes_over_another_gets_back_what_stands_and_what_they_wrote(works: Works) -> None:
    made = works.drafted()
    first = works.ask(works.anna).put(f"/proposals/{made['id']}", version=made["version"], summary="Annas")
    second = works.ask(works.bo).put(f"/proposals/{made['id']}", version=made["version"], summary="Bos")

    assert (first.status_code, second.status_code) == (200, 409)
    facts = second.json["facts"]
    assert (facts["version"], facts["now"]["summary"], facts["yours"]["summary"]) == (first.json["version"], "Annas", "Bos")
    assert works.proposal(made["id"])["summary"] == "Annas"


def test_recommendations_are_written_each_under_its_own_version(works: Works) -> None:
    first, second = works.drafted("Ét system", "Nøglefri adgang")["recommendations"]
    anna, bo = works.ask(works.anna), works.ask(works.bo)
    mine = anna.put(f"/recommendations/{first['id']}", **POINT | {"text": "Annas", "version": first["version"]})
    late = bo.put(f"/recommendations/{first['id']}", **POINT | {"text": "Bos", "version": first["version"]})
    other = bo.put(f"/recommendations/{second['id']}", **POINT | {"text": "Også Bos", "version": second["version"]})

    assert (mine.status_code, late.status_code, other.status_code) == (200, 409, 200)
    assert (late.json["facts"]["now"]["text"], late.json["facts"]["yours"]["text"]) == ("Annas", "Bos")
    texts = [point["text"] for point in works.proposal(first["proposal_id"])["recommendations"]]
    assert texts == ["Annas", "Også Bos"]


def test_who_does_not_write_the_proposal_is_not_allowed_to(works: Works) -> None:
    made = works.drafted()
    point = made["recommendations"][0]
    stranger = works.ask(works.neighbour)

    for answer in (
        stranger.post(f"/proposals/{made['id']}/recommendations", **POINT),
        stranger.put(f"/recommendations/{point['id']}", **POINT | {"version": 1}),
        stranger.post(f"/recommendations/{point['id']}/take_out", version=1),
        stranger.put(f"/proposals/{made['id']}", version=1, title="x"),
        stranger.post(f"/proposals/{made['id']}/ask_consent"),
        stranger.post(f"/proposals/{made['id']}/consent"),
    ):
        assert answer.status_code in {403, 409}, answer.text
    assert works.proposal(made["id"])["version"] == made["version"]


@pytest.mark.invariant(36)
@pytest.mark.parametrize("missing", ["text", "responsible", "cost", "rent", "question"])
def test_what_a_recommendation_needs_is_named_by_field(works: Works, missing: str) -> None:
    made = works.drafted()
    point = {name: value for name, value in POINT.items() if name != missing}
    answer = works.ask(works.anna).post(f"/proposals/{made['id']}/recommendations", **point)

    assert (answer.status_code, answer.json["fields"][0]["field"]) == (422, missing)


@pytest.mark.invariant(39)
def test_nothing_is_written_while_consent_is_asked(works: Works) -> None:
    made = works.ready()
    point = made["recommendations"][0]

    for who in (works.facilitator, works.anna):
        assert works.ask(who).put(f"/recommendations/{point['id']}", **POINT | {"version": 1}).json["slug"] == "not-now"
        assert works.ask(who).post(f"/proposals/{made['id']}/recommendations", **POINT).json["slug"] == "not-now"
    assert works.proposal(made["id"], works.facilitator)["may"] == []


@pytest.mark.invariant(37)
def test_the_roster_is_frozen_whoever_joins_or_leaves_meanwhile(works: Works) -> None:
    carla, dan = (person(works.here) for _ in range(2))
    seat = works.seat(carla)
    made = works.ready()
    works.seat(dan)
    left = MemberLeft(sign_up_id=seat, group_id=works.group_id, person_id=carla.person_id)
    works.hall.tell(works.here, left, subject=seat, sequence=2)

    assert works.ask(dan).post(f"/proposals/{made['id']}/consent").status_code == 403
    for who in (works.anna, works.bo):
        works.post(who, f"/proposals/{made['id']}/consent")
    assert works.ask(works.anna).post(f"/proposals/{made['id']}/submit").json["slug"] == "consent-missing"
    assert works.proposal(made["id"], carla)["may"] == ["consent"]
    works.post(carla, f"/proposals/{made['id']}/consent", dissent="Jeg nåede det ikke.")
    assert works.post(works.anna, f"/proposals/{made['id']}/submit")["dissents"] == ["Jeg nåede det ikke."]


@pytest.mark.parametrize(("outcome", "state", "edition"), [(Outcome.RETURNED, "draft", 2), (Outcome.ADOPTED, "decided", 1)])
def test_the_bodys_decision_sends_the_proposal_back_or_ends_it(works: Works, outcome: Outcome, state: str, edition: int) -> None:
    done = works.submitted()
    works.decide(done["id"], outcome)

    seen = works.proposal(done["id"])
    assert (seen["state"], seen["edition"]) == (state, edition)


@pytest.mark.invariant(38)
def test_what_was_sent_back_is_worked_on_and_handed_over_again_with_what_changed(works: Works) -> None:
    done = works.submitted()
    works.decide(done["id"], Outcome.RETURNED, "Regn på driften.")
    again = works.proposal(done["id"])
    point = again["recommendations"][0]
    assert (again["returned_because"], again["dissents"], again["changes"]) == ("Regn på driften.", [], [])

    anna = works.ask(works.anna)
    anna.put(f"/recommendations/{point['id']}", **POINT | {"text": "Ét system med drift", "version": point["version"]})
    works.post(works.anna, f"/proposals/{done['id']}/recommendations", **POINT | {"text": "Ny"})
    works.post(works.anna, f"/proposals/{done['id']}/ask_consent")
    for who in (works.anna, works.bo):
        works.post(who, f"/proposals/{done['id']}/consent")
    assert works.post(works.anna, f"/proposals/{done['id']}/submit")["edition"] == 2

    newest, oldest = works.ask(works.neighbour).get(f"/proposals/{done['id']}/editions").json["items"]
    assert (oldest["recommendations"][0]["text"], oldest["returned_because"]) == ("Ét system", "Regn på driften.")
    assert [(each["difference"], each["now"]["text"]) for each in newest["changes"]] == [
        ("changed", "Ét system med drift"),
        ("new", "Ny"),
    ]


@pytest.mark.invariant(38)
def test_the_edition_that_was_handed_over_is_read_by_all_while_the_group_works_on_the_next(works: Works) -> None:
    done = works.submitted()
    works.decide(done["id"], Outcome.RETURNED)

    assert works.ask(works.neighbour).get(f"/proposals/{done['id']}").status_code == 404
    assert len(works.ask(works.neighbour).get(f"/proposals/{done['id']}/editions").json["items"]) == 1


@pytest.mark.invariant(38)
def test_while_the_body_has_it_nothing_is_brought_or_moved(works: Works) -> None:
    wish = works.bring(works.bo)
    works.post(works.facilitator, f"/contributions/{wish['id']}/answer", reason="Uden for rammen.")
    done = works.submitted()

    refused = works.ask(works.anna).post(f"/groups/{works.group_id}/contributions", kind="wish", text="t")
    assert refused.json["slug"] == "handed-over"
    assert all(
        each["may"] == [] for each in works.ask(works.facilitator).get(f"/groups/{works.group_id}/contributions").json["items"]
    )
    assert not {"contribute", "name_theme"} & set(works.see()["may"])
    works.decide(done["id"], Outcome.RETURNED)
    assert works.bring(works.anna)
