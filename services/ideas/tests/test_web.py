"""Ideas over HTTP, on a real database."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.decisions import DecisionPublished, Outcome
from contracts.event import Event
from contracts.groups import CharterCameIntoForce
from contracts.people import BodyKind, BodyRegistered, DayTurned, DepartmentRegistered, Policy, PolicySet
from services.ideas.reactions import idea as reactions
from services.ideas.tests.kit import HOME, Place, on_paper
from tests.kit import Hall, person
from tests.lives import made


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


def told(place: Place, idea: dict[str, Any]) -> list[str]:
    with place.hall.running["ideas"].begin(place.secretary) as work:
        query = "select kind from outbox where subject = %s order by sequence"
        return list(work.connection.exec_driver_sql(query, (UUID(idea["id"]),)).scalars())


def test_an_idea_is_hidden_until_a_moderator_publishes_it(place: Place) -> None:
    made, neighbour = place.submitted(), place.resident()

    assert place.ask(neighbour).get(f"/ideas/{made['id']}").status_code == 404
    assert place.do(neighbour, made, "endorse").status_code == 404
    assert place.do(neighbour, made, "publish").status_code == 404
    place.do(place.moderator, made, "publish")
    assert place.see(made, neighbour)["may"] == ["endorse", "comment"]


def test_a_draft_is_written_seen_and_deleted_by_its_author_alone(place: Place) -> None:
    mine = place.ask(place.author)
    draft = mine.post("/ideas/drafts", title="Bænke").json

    assert (draft["state"], draft["text"], draft["may"]) == ("draft", "", ["edit", "submit", "discard"])
    for other in (place.resident(), place.secretary, place.moderator):
        assert place.ask(other).get(f"/ideas/{draft['id']}").status_code == 404
        assert place.ask(other).put(f"/ideas/{draft['id']}", title="Min").status_code == 404
        for verb in ("submit", "discard", "publish", "close_comments", "endorse"):
            assert place.do(other, draft, verb).status_code == 404, verb
        assert draft["id"] not in str(place.ask(other).get("/ideas").json)
    assert [each["id"] for each in mine.get("/ideas/mine").json["items"]] == [draft["id"]]
    assert place.do(place.author, draft, "discard").json == {"id": draft["id"]}
    assert mine.get(f"/ideas/{draft['id']}").status_code == 404
    assert mine.get("/ideas/mine").json["items"] == []


def test_a_draft_is_submitted_when_it_is_whole(place: Place) -> None:
    mine = place.ask(place.author)
    draft = mine.post("/ideas/drafts").json

    assert place.do(place.author, draft, "submit").json["slug"] == "idea-not-whole"
    edited = mine.put(f"/ideas/{draft['id']}", title="Bænke", text="I gården").json
    assert (edited["title"], edited["state"]) == ("Bænke", "draft")
    assert place.do(place.author, draft, "submit").json["state"] == "submitted"
    again = mine.put(f"/ideas/{draft['id']}", title="Noget andet")
    assert (again.status_code, again.json["slug"]) == (409, "not-now")
    assert told(place, draft) == ["idea.drafted", "idea.edited", "idea.submitted"]


def test_what_is_submitted_at_once_is_told_once(place: Place) -> None:
    assert told(place, place.submitted()) == ["idea.submitted"]


@pytest.mark.invariant(7)
def test_a_board_member_speaks_only_for_the_board_in_which_the_seat_is(place: Place) -> None:
    board = uuid4()
    registered = BodyRegistered(body_id=board, body=BodyKind.DEPARTMENT_BOARD, name="Lindehaven", department_id=HOME)
    place.hall.tell(place.id, registered, subject=board)
    member = place.ask(person(place.id, lives_in=[HOME], sits_in=[board]))

    assert member.post("/ideas", title="t", text="t", origin="department_board").json["origin"] == "department_board"
    refused = member.post("/ideas", title="t", text="t", origin="organisation_board")
    assert (refused.status_code, refused.json["slug"]) == (403, "not-your-origin")
    alternate = place.ask(person(place.id, lives_in=[HOME], sits_in=[board], seat="alternate"))
    assert alternate.post("/ideas", title="t", text="t", origin="department_board").status_code == 403


def test_what_staff_write_down_for_somebody_on_paper_is_that_persons_and_names_who_wrote_it(place: Place) -> None:
    grethe = place.resident()
    made = place.published(by=on_paper(grethe, place.secretary))
    assert made["author_id"] == str(grethe.person_id)
    other = place.resident()
    place.do(on_paper(other, place.secretary), made, "endorse")

    assert place.see(made)["written_down_by"] == str(place.secretary.person_id)
    assert place.see(made, place.resident())["written_down_by"] is None
    assert place.see(made, other)["endorsed_by_me"] is True
    with place.hall.running["ideas"].begin(place.secretary) as work:
        query = "select written_down_by from endorsements where person_id = %s"
        assert work.connection.exec_driver_sql(query, (other.person_id,)).scalar() == place.secretary.person_id


@pytest.mark.invariant(9)
def test_the_author_reads_why_an_idea_is_not_published(place: Place) -> None:
    made = place.submitted()

    assert place.do(place.moderator, made, "reject").status_code == 422
    place.do(place.moderator, made, "reject", reason="Den navngiver en nabo.")
    assert place.see(made, place.author)["reason"] == "Den navngiver en nabo."
    assert place.ask(place.resident()).get(f"/ideas/{made['id']}").status_code == 404


@pytest.mark.invariant(9)
def test_a_published_idea_is_hidden_with_a_reason_that_its_author_reads_and_shown_again(place: Place) -> None:
    made, neighbour = place.published(), place.resident()
    place.do(neighbour, made, "endorse")

    assert place.do(neighbour, made, "hide", reason="x").status_code == 403
    place.do(place.moderator, made, "hide", reason="Den navngiver en nabo.")
    assert place.ask(neighbour).get(f"/ideas/{made['id']}").status_code == 404
    assert place.ask(neighbour).get("/ideas").json["items"] == []
    assert place.see(made, place.author)["reason"] == "Den navngiver en nabo."
    assert place.do(place.moderator, made, "show").json["state"] == "published"
    assert place.see(made, neighbour)["endorsed_by_me"] is True


@pytest.mark.invariant(9)
def test_what_its_author_takes_back_is_seen_with_the_reason_by_whoever_stood_behind_it(place: Place) -> None:
    made, neighbour = place.published(), place.resident()
    place.do(neighbour, made, "endorse")

    refused = place.do(place.author, made, "withdraw")
    assert (refused.status_code, refused.json["slug"]) == (409, "reason-needed")
    assert place.do(place.secretary, made, "withdraw", reason="x").status_code == 403
    place.do(place.author, made, "withdraw", reason="Det er løst.")
    assert place.see(made, neighbour)["reason"] == "Det er løst."
    assert place.ask(place.resident()).get(f"/ideas/{made['id']}").status_code == 404
    assert place.do(neighbour, made, "withdraw_endorsement").status_code == 200
    assert place.ask(neighbour).get(f"/ideas/{made['id']}").status_code == 404


@pytest.mark.invariant(8)
def test_neighbours_in_several_departments_are_counted_once_each(place: Place) -> None:
    there = uuid4()
    made = place.published()
    anna, bo = place.resident(HOME), place.resident(there)

    for somebody in (anna, bo):
        assert place.do(somebody, made, "endorse").status_code == 200
    assert place.do(anna, made, "endorse").json["slug"] == "already-endorsed"
    assert place.do(place.author, made, "endorse").json["slug"] == "not-your-own-idea"

    seen = place.see(made, anna)
    assert (seen["endorsers"], seen["in_departments"], seen["endorsed_by_me"]) == (2, 2, True)
    assert {d["department_id"] for d in seen["by_department"]} == {str(HOME), str(there)}

    place.do(bo, made, "withdraw_endorsement")
    seen = place.see(made, anna)
    assert (seen["endorsers"], seen["in_departments"]) == (1, 1)


def test_people_take_an_idea_up_with_a_reason_before_there_is_a_charter(place: Place) -> None:
    made = place.published()
    place.do(place.resident(), made, "endorse")
    place.hall.settle()

    assert place.do(place.resident(), made, "take_up", reason="x").status_code == 403
    assert place.do(place.secretary, made, "take_up").status_code == 422
    taken = place.do(place.board_member, made, "take_up", reason="Det haster.").json
    assert (taken["state"], taken["reason"], taken["charter_id"], taken["answer_by"]) == ("taken_up", "Det haster.", None, None)

    charter = uuid4()
    place.hall.tell(place.id, in_force(charter, made), subject=charter)
    seen = place.see(made)
    assert (seen["state"], seen["reason"], seen["charter_id"]) == ("taken_up", "Det haster.", str(charter))
    assert told(place, made)[-2:] == ["idea.taken_up", "idea.set_to_work"]
    assert place.do(place.secretary, made, "decline", reason="Alligevel ikke").json["slug"] == "idea-already-at-work"


def test_a_charter_sets_an_idea_to_work_that_nobody_had_taken_up(place: Place) -> None:
    made, charter = place.published(), uuid4()

    place.hall.tell(place.id, in_force(charter, made), subject=charter)

    assert place.see(made)["state"] == "taken_up"
    assert told(place, made)[-1] == "idea.set_to_work"


def in_force(charter_id: UUID, idea: dict[str, Any]) -> Event:
    return made(CharterCameIntoForce, charter_id=charter_id, idea_id=UUID(idea["id"]))


def test_a_parked_idea_comes_back_and_is_owed_an_answer_anew(place: Place) -> None:
    made = place.published()
    place.do(place.secretary, made, "park", reason="Næste år")

    assert place.see(made, place.resident())["reason"] == "Næste år"
    back = place.do(place.secretary, made, "resume").json
    assert (back["state"], back["reason"]) == ("published", "")
    assert back["answer_by"] == made["answer_by"]
    assert place.do(place.secretary, made, "resume").status_code == 409


@pytest.mark.invariant(10)
def test_the_associations_own_answer_deadline_counts(place: Place) -> None:
    place.hall.tell(place.id, PolicySet(version=1, policy=Policy(answer_days=10)), subject=place.id)
    made = place.published()
    day = date.fromisoformat(made["answer_by"])

    place.hall.tell(place.id, DayTurned(day=day), subject=place.id)
    assert place.see(made)["overdue"] is False
    place.hall.tell(place.id, DayTurned(day=day + timedelta(days=1)), subject=place.id, sequence=2)

    assert place.see(made)["overdue"] is True


@pytest.mark.invariant(10)
def test_however_many_ideas_are_overdue_each_is_marked_once_a_portion_at_a_time(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    ideas = [place.published() for _ in range(7)]
    monkeypatch.setattr(reactions, "DUE", reactions.DUE.limit(2))
    day = date.fromisoformat(ideas[0]["answer_by"]) + timedelta(days=1)

    place.hall.tell(place.id, DayTurned(day=day), subject=place.id)
    place.hall.tell(place.id, DayTurned(day=day + timedelta(days=1)), subject=place.id, sequence=2)

    assert [place.see(each)["overdue"] for each in ideas] == [True] * 7
    assert all(told(place, each).count("idea.overdue") == 1 for each in ideas)


def test_an_unknown_department_is_answered_not_found(place: Place) -> None:
    known = uuid4()
    place.hall.tell(place.id, DepartmentRegistered(department_id=known, number="5", name="Lindehaven"), subject=known)
    asker = place.ask(place.resident(known))

    assert asker.post("/ideas", title="t", text="t", departments=[str(known)]).status_code == 201
    assert asker.post("/ideas", title="t", text="t", departments=[str(uuid4())]).status_code == 404
    draft = asker.post("/ideas/drafts", departments=[str(known)]).json
    assert asker.put(f"/ideas/{draft['id']}", departments=[str(uuid4())]).status_code == 404


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
def test_bad_input_is_named_by_field(place: Place, body: dict[str, Any], field: str, slug: str) -> None:
    answer = place.ask(place.author).post("/ideas", **body)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert (field, slug) in [(wrong["field"], wrong["slug"]) for wrong in answer.json["fields"]]


@pytest.mark.invariant(4)
def test_no_draft_holds_a_cpr_number(place: Place) -> None:
    answer = place.ask(place.author).post("/ideas/drafts", text="mit nummer er 010190-1234")

    assert (answer.status_code, answer.json["fields"][0]["slug"]) == (422, "cpr")


def test_a_decision_is_seen_on_its_idea_only_when_it_was_taken_up(place: Place) -> None:
    made = place.published()
    place.hall.tell(place.id, decided(made), subject=uuid4())
    assert place.see(made)["outcome"] is None

    place.do(place.secretary, made, "take_up", reason="Ja")
    place.hall.tell(place.id, decided(made), subject=uuid4())
    assert place.see(made)["outcome"] == "adopted"
    assert place.see(made)["comments_closed"] is True


def decided(idea: dict[str, Any]) -> Event:
    return made(DecisionPublished, outcome=Outcome.ADOPTED, idea_id=UUID(idea["id"]))


@pytest.mark.invariant(11)
def test_the_circle_is_for_secretaries_and_is_read_page_by_page(place: Place) -> None:
    made = place.published()
    neighbours = [place.resident() for _ in range(5)]
    for each in neighbours:
        place.do(each, made, "endorse")
    place.ask(neighbours[0]).post(f"/ideas/{made['id']}/comments", text="Ja tak")
    place.do(neighbours[4], made, "withdraw_endorsement")

    expected = {place.author.person_id: ["author"]} | {each.person_id: ["endorser"] for each in neighbours[:4]}
    assert place.circle(made, limit=2) == expected | {neighbours[0].person_id: ["commenter", "endorser"]}
    for other in (neighbours[0], place.board_member, place.moderator, place.author):
        assert place.ask(other).get(f"/ideas/{made['id']}/circle").status_code == 403
    assert place.ask(place.secretary).get(f"/ideas/{uuid4()}/circle").status_code == 404
    assert place.ask(place.secretary).get(f"/ideas/{made['id']}/circle", cursor="nonsense").status_code == 422


@pytest.mark.invariant(1)
def test_a_neighbour_with_every_duty_finds_neither_ideas_drafts_nor_comments(place: Place) -> None:
    idea, draft = place.published(), place.ask(place.author).post("/ideas/drafts", title="Min").json
    said = place.ask(place.author).post(f"/ideas/{idea['id']}/comments", text="Ja").json
    next_door = Place(place.hall)
    theirs = next_door.published()
    reason = {"reason": "Derfor"}

    for id in (idea["id"], draft["id"]):
        for verb in ("submit", "discard", "publish", "show", "resume", "endorse", "withdraw_endorsement"):
            assert place.hall.ask("ideas", next_door.secretary).post(f"/ideas/{id}/{verb}").status_code == 404, verb
        for verb in ("reject", "hide", "withdraw", "take_up", "decline", "park"):
            assert next_door.ask(next_door.secretary).post(f"/ideas/{id}/{verb}", **reason).status_code == 404, verb
        merge = {"into_id": id, **reason}
        assert next_door.do(next_door.secretary, theirs, "merge", **merge).status_code == 404
        assert next_door.ask(next_door.secretary).put(f"/ideas/{id}", title="x").status_code == 404
        for below in ("", "/circle", "/comments"):
            assert next_door.ask(next_door.secretary).get(f"/ideas/{id}{below}").status_code == 404
    for verb, body in (("hide", reason), ("show", {}), ("withdraw", {})):
        assert next_door.ask(next_door.secretary).post(f"/comments/{said['id']}/{verb}", **body).status_code == 404
    assert next_door.ask(next_door.secretary).get(f"/comments/{said['id']}").status_code == 404
    assert next_door.ask(next_door.secretary).post(f"/ideas/{idea['id']}/comments", text="x").status_code == 404
