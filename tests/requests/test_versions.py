"""Two at once, over HTTP: what one thing's `ETag` says, and what a write that saw an older version is answered."""

from typing import Any
from uuid import uuid4

import pytest

from chassis.identity import Duty
from services.ideas.tests.kit import Place
from services.meetings.tests.works import POINT, Works
from tests.conftest import Told
from tests.kit import Hall, person
from tests.requests.kit import Caller, at_once

NEW = {"title": "Bænke i gården", "text": "Så kan man sidde ned."}


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


@pytest.fixture
def works(hall: Hall, clock_back: None) -> Works:
    return Works(hall)


@pytest.fixture
def author(place: Place) -> Caller:
    return Caller(place.hall, "ideas", place.author)


def draft(author: Caller) -> Any:
    return author("POST", "/ideas/drafts", NEW)


def test_one_thing_carries_its_version_as_its_tag(author: Caller) -> None:
    made = draft(author)
    seen = author("GET", f"/ideas/{made.json['id']}")

    assert made.headers["ETag"] == seen.headers["ETag"]
    assert seen.headers["ETag"].startswith(f'"{seen.json["version"]}-')


@pytest.mark.parametrize("weak", ["", "W/"])
def test_whoever_has_it_already_is_told_so_until_something_of_it_changed(place: Place, author: Caller, weak: str) -> None:
    idea = place.published()
    first = author("GET", f"/ideas/{idea['id']}")
    again = author("GET", f"/ideas/{idea['id']}", If_None_Match=weak + first.headers["ETag"])
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])

    place.do(place.resident(), idea, "endorse")
    place.hall.settle()
    third = author("GET", f"/ideas/{idea['id']}", If_None_Match=first.headers["ETag"])
    assert (third.status_code, third.json["endorsers"], third.json["version"]) == (200, 1, first.json["version"])


@pytest.mark.parametrize("weak", ["", "W/"])
def test_of_two_who_edit_what_they_saw_the_second_is_shown_what_stands_now(author: Caller, weak: str) -> None:
    made = draft(author)
    path, tag = f"/ideas/{made.json['id']}", weak + made.headers["ETag"]
    first = author("PUT", path, NEW | {"text": "Med ryglæn."}, If_Match=tag)
    second = author("PUT", path, NEW | {"text": "Med armlæn."}, If_Match=tag)

    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json["slug"] == "changed-meanwhile"
    assert second.json["facts"] == {"version": 2, "now": {"title": NEW["title"], "text": "Med ryglæn."}}
    assert author("GET", path).json["text"] == "Med ryglæn."
    assert author("PUT", path, NEW | {"text": "Med armlæn."}, If_Match='"2"').status_code == 200


def test_of_ten_who_edit_at_the_same_moment_one_writes(author: Caller) -> None:
    made = draft(author)
    answers = at_once(10, lambda: author("PUT", f"/ideas/{made.json['id']}", NEW, If_Match=made.headers["ETag"]))

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 9


def test_any_version_will_do_and_so_will_one_of_several(author: Caller) -> None:
    path = f"/ideas/{draft(author).json['id']}"
    for tag in ("*", '"1", "2-0af7"', None):
        assert author("PUT", path, NEW, **({"If_Match": tag} if tag else {})).status_code == 200


@pytest.mark.parametrize("tag", ["nonsense", '"x"', '"0"', '"999999999999"', '""', "7"])
def test_a_tag_that_is_not_ours_is_no_version_that_stands(author: Caller, tag: str) -> None:
    assert author("PUT", f"/ideas/{draft(author).json['id']}", NEW, If_Match=tag).status_code == 412


@pytest.mark.parametrize("body", [b"[" * 100_000, b"9" * 10_000, b"\xff", b'"ord"', b"[1]"])
def test_a_body_that_cannot_be_read_breaks_nothing(place: Place, body: bytes) -> None:
    moderator, idea = Caller(place.hall, "ideas", place.moderator), place.submitted()
    answer = moderator("POST", f"/ideas/{idea['id']}/publish", body, If_Match='"9"', Content_Type="application/json")

    assert answer.status_code == 412


def test_a_version_that_cannot_be_compared_is_refused_and_nothing_is_done(place: Place, author: Caller) -> None:
    idea = place.published()
    other = Caller(place.hall, "ideas", place.resident())
    tag = author("GET", f"/ideas/{idea['id']}").headers["ETag"]
    answer = other("POST", f"/ideas/{idea['id']}/endorse", If_Match=tag)

    assert (answer.status_code, answer.json["slug"]) == (412, "no-version-here")
    assert other("GET", f"/ideas/{idea['id']}").json["endorsed_by_me"] is False


def test_a_move_can_be_made_on_what_was_seen_too(place: Place) -> None:
    moderator, idea = Caller(place.hall, "ideas", place.moderator), place.submitted()

    assert moderator("POST", f"/ideas/{idea['id']}/publish", If_Match='"9"').status_code == 412
    assert moderator("POST", f"/ideas/{idea['id']}/publish", If_Match='"1"').status_code == 200


def test_whoever_may_not_write_learns_no_version(place: Place, author: Caller) -> None:
    id = draft(author).json["id"]
    for who in (place.resident(), place.secretary):
        assert Caller(place.hall, "ideas", who)("PUT", f"/ideas/{id}", NEW, If_Match='"9"').status_code == 404
    assert (
        Caller(place.hall, "ideas", place.resident())(
            "POST", f"/ideas/{place.submitted()['id']}/publish", If_Match='"9"'
        ).status_code
        == 404
    )


@pytest.mark.invariant(1)
def test_a_neighbours_tag_opens_and_shows_nothing(place: Place, author: Caller) -> None:
    made = draft(author)
    next_door = Caller(place.hall, "ideas", person(uuid4(), duties=frozenset(Duty), lives_in=[uuid4()]))
    path, tag = f"/ideas/{made.json['id']}", made.headers["ETag"]

    assert next_door("GET", path, If_None_Match=tag).status_code == 404
    assert next_door("PUT", path, NEW, If_Match=tag).status_code == 404
    assert next_door("PUT", path, NEW, If_Match='"9"').status_code == 404


def test_a_version_in_the_body_and_one_in_the_header_say_the_same(works: Works) -> None:
    proposal = works.drafted()
    anna = Caller(works.hall, "meetings", works.anna)
    point = anna("POST", f"/proposals/{proposal['id']}/recommendations", POINT)
    path, tag = f"/recommendations/{point.json['id']}", point.headers["ETag"]
    by_header = anna("PUT", path, POINT | {"text": "To systemer"}, If_Match=tag)
    late_by_header = anna("PUT", path, POINT, If_Match=tag)
    late_in_body = anna("PUT", path, POINT | {"version": 1})

    assert by_header.status_code == 200
    assert (late_by_header.status_code, late_in_body.status_code) == (412, 409)
    assert late_by_header.json["slug"] == late_in_body.json["slug"] == "changed-meanwhile"
    assert late_by_header.json["facts"]["now"]["text"] == late_in_body.json["facts"]["now"]["text"] == "To systemer"
    assert anna("PUT", path, POINT | {"version": 2}).status_code == 200
    assert anna("PUT", path, POINT).json["fields"][0]["field"] == "version"


def test_a_shared_understanding_is_reworded_by_whoever_read_its_words(works: Works) -> None:
    anna, path = Caller(works.hall, "meetings", works.anna), f"/groups/{works.group_id}/shared_understanding"
    seen = anna("POST", path, {"text": "Rummene står tomme."})
    Caller(works.hall, "meetings", works.bo)("POST", f"{path}/agree", {"level": 4, "edition": 1})

    assert anna("PUT", path, {"text": "Rummene står for ofte tomme."}, If_Match=seen.headers["ETag"]).status_code == 200
    late = anna("PUT", path, {"text": "Rummene er for små."}, If_Match=seen.headers["ETag"])
    assert (late.status_code, late.json["facts"]["now"]) == (412, "Rummene står for ofte tomme.")


def test_the_policy_of_an_association_is_not_overwritten_unseen(told: Told) -> None:
    secretary = told.world.visitor("camilla")
    before = secretary.ask("GET", "/association")
    tag, usual = before.headers["ETag"], before.json()["policy"]
    first = secretary.ask("PUT", "/policy", usual, {"If-Match": tag})
    second = secretary.ask("PUT", "/policy", usual | {"answer_days": 40}, {"If-Match": tag})

    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["facts"]["now"]["answer_days"] == usual["answer_days"]
    assert secretary.get("/association")["policy"] == usual
    assert secretary.ask("GET", "/association", None, {"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_every_thing_of_the_story_carries_its_version_through_the_front_door(told: Told) -> None:
    who, is_ = told.world.visitor("camilla"), told.story.is_
    work = who.get(f"/work/{is_['group']}")
    decision = who.get("/decisions")["items"][0]["id"]
    things = {
        "/ideas": is_["idea"],
        "/charters": is_["charter"],
        "/groups": is_["group"],
        "/meetings": work["meetings"][0]["id"],
        "/minutes": work["meetings"][0]["minutes"]["id"],
        "/proposals": work["proposal"]["id"],
        "/recommendations": who.get(f"/proposals/{work['proposal']['id']}")["recommendations"][0]["id"],
        "/docket": who.get("/docket")["items"][0]["id"],
        "/decisions": decision,
        "/tasks": who.get(f"/decisions/{decision}/tasks")["items"][0]["id"],
    }
    for path, id in things.items():
        answer = who.ask("GET", f"{path}/{id}")
        assert answer.headers["ETag"].startswith(f'"{answer.json()["version"]}-'), path
        assert who.ask("GET", f"{path}/{id}", None, {"If-None-Match": answer.headers["ETag"]}).status_code == 304, path
