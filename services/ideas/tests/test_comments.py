"""Comments over HTTP: read at once, hidden with a reason, taken back, a page at a time."""

from uuid import uuid4

import pytest

from services.ideas.tests.kit import Place
from tests.kit import Hall, person


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


def test_what_somebody_says_about_a_public_idea_is_read_by_everybody_at_once(place: Place) -> None:
    idea, bo = place.published(), place.resident()
    said = place.ask(bo).post(f"/ideas/{idea['id']}/comments", text="Og hvad med om aftenen?")

    assert (said.status_code, said.json["may"]) == (201, ["withdraw"])
    [read] = place.ask(place.resident()).get(f"/ideas/{idea['id']}/comments").json["items"]
    assert (read["text"], read["author_id"], read["may"]) == ("Og hvad med om aftenen?", str(bo.person_id), [])
    assert place.ask(place.moderator).get(f"/comments/{read['id']}").json["may"] == ["hide"]


def test_a_hidden_comment_is_read_by_its_author_and_moderators_alone(place: Place) -> None:
    idea, bo, other = place.published(), place.resident(), place.resident()
    id = place.ask(bo).post(f"/ideas/{idea['id']}/comments", text="Naboen larmer").json["id"]

    assert place.ask(other).post(f"/comments/{id}/hide", reason="x").status_code == 403
    assert place.ask(place.moderator).post(f"/comments/{id}/hide").status_code == 422
    place.ask(place.moderator).post(f"/comments/{id}/hide", reason="Skriv ikke om naboer.")
    for who, text, reason in [
        (other, None, ""),
        (bo, "Naboen larmer", "Skriv ikke om naboer."),
        (place.secretary, "Naboen larmer", "Skriv ikke om naboer."),
    ]:
        [read] = place.ask(who).get(f"/ideas/{idea['id']}/comments").json["items"]
        assert (read["state"], read["text"], read["reason"]) == ("hidden", text, reason)
    assert place.ask(place.moderator).post(f"/comments/{id}/hide", reason="igen").status_code == 409
    assert place.ask(place.moderator).post(f"/comments/{id}/show").json["state"] == "shown"
    assert place.ask(other).get(f"/comments/{id}").json["text"] == "Naboen larmer"


def test_nothing_of_a_comment_that_was_taken_back_is_kept(place: Place) -> None:
    idea, bo = place.published(), place.resident()
    id = place.ask(bo).post(f"/ideas/{idea['id']}/comments", text="Det fortryder jeg").json["id"]

    assert place.ask(place.secretary).post(f"/comments/{id}/withdraw").status_code == 403
    place.ask(bo).post(f"/comments/{id}/withdraw")
    [read] = place.ask(bo).get(f"/ideas/{idea['id']}/comments").json["items"]
    assert (read["state"], read["text"], read["author_id"]) == ("withdrawn", None, None)
    assert bo.person_id not in place.circle(idea)


def test_an_idea_that_is_not_public_is_not_commented_on(place: Place) -> None:
    waiting = place.submitted()

    assert place.ask(place.author).post(f"/ideas/{waiting['id']}/comments", text="x").status_code == 404
    assert place.ask(place.resident()).get(f"/ideas/{waiting['id']}/comments").status_code == 404
    assert place.ask(place.resident()).post(f"/ideas/{uuid4()}/comments", text="x").status_code == 404
    assert place.ask(place.resident()).get(f"/comments/{uuid4()}").status_code == 404


def test_the_comments_of_a_hidden_idea_are_hidden_with_it(place: Place) -> None:
    idea, bo, other = place.published(), place.resident(), place.resident()
    id = place.ask(bo).post(f"/ideas/{idea['id']}/comments", text="Ja").json["id"]
    place.do(place.moderator, idea, "hide", reason="Navngiver en nabo")

    assert place.ask(other).get(f"/comments/{id}").status_code == 404
    assert place.ask(other).get(f"/ideas/{idea['id']}/comments").status_code == 404
    assert place.ask(bo).get(f"/comments/{id}").json["text"] == "Ja"


def test_nobody_comments_on_an_idea_that_a_moderator_closed_or_that_is_declined(place: Place) -> None:
    idea, bo = place.published(), place.resident()

    assert place.do(bo, idea, "close_comments").status_code == 403
    place.do(place.moderator, idea, "close_comments")
    answer = place.ask(bo).post(f"/ideas/{idea['id']}/comments", text="x")
    assert (answer.status_code, answer.json["slug"]) == (409, "comments-closed")
    place.do(place.moderator, idea, "open_comments")
    assert place.ask(bo).post(f"/ideas/{idea['id']}/comments", text="x").status_code == 201
    place.do(place.secretary, idea, "decline", reason="Nej")
    assert place.ask(bo).post(f"/ideas/{idea['id']}/comments", text="x").status_code == 409


def test_somebody_who_is_nothing_here_does_not_comment(place: Place) -> None:
    idea = place.published()

    assert place.ask(person(place.id)).post(f"/ideas/{idea['id']}/comments", text="x").status_code == 403


@pytest.mark.invariant(4)
@pytest.mark.parametrize(("text", "slug"), [("", "empty"), ("a" * 2001, "too-long"), ("Mit nummer er 010190-1234", "cpr")])
def test_a_comment_that_cannot_be_kept_is_named_by_field(place: Place, text: str, slug: str) -> None:
    answer = place.ask(place.author).post(f"/ideas/{place.published()['id']}/comments", text=text)

    assert (answer.status_code, answer.json["fields"][0]["slug"]) == (422, slug)


def test_pages_of_comments_follow_each_other_without_gap_or_repeat(place: Place) -> None:
    idea, bo = place.published(), place.ask(place.resident())
    said = [bo.post(f"/ideas/{idea['id']}/comments", text=f"Nummer {n}").json["id"] for n in range(5)]

    read, cursor = [], None
    while True:
        page = bo.get(f"/ideas/{idea['id']}/comments", limit=2, **({"cursor": cursor} if cursor else {})).json
        read += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert read == said
    assert bo.get(f"/ideas/{idea['id']}/comments", cursor="nonsense").status_code == 422
