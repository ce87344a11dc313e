"""The proposal over HTTP, on a real database."""

from uuid import UUID, uuid4

import pytest

from contracts.decisions import DecisionPublished, Outcome
from services.meetings.tests.works import Works


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
