"""Ideas over HTTP, on a real database."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from contracts.decisions import DecisionPublished, Outcome
from contracts.people import DayTurned, DepartmentRegistered, Policy, PolicySet
from tests.kit import Hall, person, secretary

HOME = uuid4()


def submitted(hall: Hall, here: UUID) -> dict:
    return (
        hall.ask("ideas", person(here, lives_in=[HOME]))
        .post("/ideas", title="Øget brug af beboerlokaler", text="De står tomme.")
        .json
    )


def published(hall: Hall, here: UUID) -> dict:
    return hall.ask("ideas", secretary(here)).post(f"/ideas/{submitted(hall, here)['id']}/publish").json


def test_an_idea_is_hidden_until_a_moderator_publishes_it(hall: Hall) -> None:
    here = uuid4()
    made = submitted(hall, here)
    neighbour = hall.ask("ideas", person(here, lives_in=[HOME]))

    assert neighbour.get(f"/ideas/{made['id']}").status_code == 404
    hall.ask("ideas", secretary(here)).post(f"/ideas/{made['id']}/publish")
    assert neighbour.get(f"/ideas/{made['id']}").json["may"] == ["endorse"]


@pytest.mark.invariant(8)
def test_neighbours_in_several_departments_are_counted_once_each(hall: Hall) -> None:
    here, there = uuid4(), uuid4()
    made = published(hall, here)
    anna, bo = person(here, lives_in=[HOME]), person(here, lives_in=[there])

    for somebody in (anna, bo):
        assert hall.ask("ideas", somebody).post(f"/ideas/{made['id']}/endorse").status_code == 200
    assert hall.ask("ideas", anna).post(f"/ideas/{made['id']}/endorse").json["slug"] == "already-endorsed"
    hall.settle()

    seen = hall.ask("ideas", anna).get(f"/ideas/{made['id']}").json
    assert (seen["endorsers"], seen["endorsed_by_me"]) == (2, True)
    assert {d["department_id"] for d in seen["by_department"]} == {str(HOME), str(there)}

    hall.ask("ideas", bo).post(f"/ideas/{made['id']}/withdraw_endorsement")
    hall.settle()
    assert hall.ask("ideas", anna).get(f"/ideas/{made['id']}").json["endorsers"] == 1


def test_the_associations_own_answer_deadline_counts(hall: Hall) -> None:
    here = uuid4()
    hall.tell(here, PolicySet(version=1, policy=Policy(answer_days=10)), subject=here)
    made = published(hall, here)
    day = date.fromisoformat(made["answer_by"])

    hall.tell(here, DayTurned(day=day.replace(year=day.year + 1)), subject=here)

    assert hall.ask("ideas", secretary(here)).get(f"/ideas/{made['id']}").json["overdue"] is True


def test_an_unknown_department_is_answered_not_found(hall: Hall) -> None:
    here = uuid4()
    known = uuid4()
    hall.tell(here, DepartmentRegistered(department_id=known, number="5", name="Lindehaven"), subject=known)
    asker = hall.ask("ideas", person(here, lives_in=[known]))

    assert asker.post("/ideas", title="t", text="t", departments=[str(known)]).status_code == 201
    assert asker.post("/ideas", title="t", text="t", departments=[str(uuid4())]).status_code == 404


@pytest.mark.parametrize(
    ("body", "field", "slug"),
    [
        ({"text": "x"}, "title", "required"),
        ({"title": "x", "text": "x", "colour": "blue"}, "colour", "unknown"),
        ({"title": 5, "text": "x"}, "title", "wrong-type"),
        ({"title": "x", "text": "a" * 6000}, "text", "too-long"),
        ({"title": "x\x00", "text": "x"}, "title", "unprintable"),
        ({"title": "x", "text": "mit nummer er 010190-1234"}, "text", "cpr"),
        ({"title": "x", "text": "x", "departments": ["nej"]}, "departments.0", "not-an-id"),
        ({"title": "x", "text": "x", "origin": "moon"}, "origin", "not-one-of"),
        ({"title": "  ", "text": "x"}, "title", "empty"),
    ],
)
def test_bad_input_is_named_by_field(hall: Hall, body: dict, field: str, slug: str) -> None:
    answer = hall.ask("ideas", person(uuid4(), lives_in=[HOME])).post("/ideas", **body)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert (field, slug) in [(wrong["field"], wrong["slug"]) for wrong in answer.json["fields"]]


def test_a_decision_is_seen_on_its_idea_only_when_it_was_taken_up(hall: Hall) -> None:
    here = uuid4()
    made = published(hall, here)
    fact = DecisionPublished(
        decision_id=uuid4(),
        charter_id=uuid4(),
        group_id=uuid4(),
        proposal_id=uuid4(),
        outcome=Outcome.ADOPTED,
        reason="Ja",
        idea_id=UUID(made["id"]),
    )
    hall.tell(here, fact, subject=fact.decision_id)

    assert hall.ask("ideas", secretary(here)).get(f"/ideas/{made['id']}").json["outcome"] is None


def test_pages_of_ideas_follow_each_other_without_gap_or_repeat(hall: Hall) -> None:
    here = uuid4()
    ids = [published(hall, here)["id"] for _ in range(5)]
    asker = hall.ask("ideas", person(here, lives_in=[HOME]))

    seen, cursor = [], None
    while True:
        page = asker.get("/ideas", limit=2, **({"cursor": cursor} if cursor else {})).json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ids[::-1]
    assert asker.get("/ideas", cursor="nonsense").status_code == 422
