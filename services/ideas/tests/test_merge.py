"""Merging keeps everybody: each is counted once, and is told of all that becomes of the idea that is left."""

from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from uuid import UUID, uuid4

import pytest

from chassis.identity import Identity
from contracts.groups import CharterCameIntoForce
from services.ideas.actions.endorsement import endorse_idea
from services.ideas.reactions import endorsement as reactions
from services.ideas.store.ideas import share_surviving
from services.ideas.tests.kit import Place
from tests.kit import Hall
from tests.lives import made


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


def merge(place: Place, idea: dict, into: dict) -> None:
    answer = place.do(place.moderator, idea, "merge", into_id=into["id"], reason="Det er den samme ide.")
    assert answer.status_code == 200, answer.text


@pytest.mark.invariant(11)
def test_whoever_stood_behind_both_is_counted_once_and_everybody_stays_in_the_circle(place: Place) -> None:
    other_author, there = place.resident(), uuid4()
    first, second = place.published("Bænke"), place.published("Borde og bænke", by=other_author)
    anna, bo, dina = place.resident(), place.resident(there), place.resident()
    for who, idea in [(anna, first), (bo, first), (anna, second), (dina, second), (other_author, first)]:
        assert place.do(who, idea, "endorse").status_code == 200

    merge(place, first, second)

    left = place.see(second, anna)
    assert (left["endorsers"], left["in_departments"], left["endorsed_by_me"]) == (3, 2, True)
    assert {each["id"] for each in left["merged_in"]} == {first["id"]}
    assert place.circle(second, limit=2) == {
        other_author.person_id: ["author"],
        place.author.person_id: ["author_of_merged"],
        anna.person_id: ["endorser"],
        dina.person_id: ["endorser"],
        bo.person_id: ["endorser_of_merged"],
    }
    gone = place.see(first, anna)
    assert (gone["state"], gone["endorsers"], gone["reason"]) == ("merged", 0, "Det er den samme ide.")
    assert gone["part_of"] == {"id": second["id"], "title": "Borde og bænke"}


@pytest.mark.invariant(11)
def test_nobody_is_left_out_of_either_circle_while_endorsements_are_still_being_carried(place: Place) -> None:
    first, second = place.published("Bænke"), place.published("Borde")
    bo = place.resident()
    place.do(bo, first, "endorse")

    merge(place, first, second)
    before = {who: place.circle(idea) for who, idea in (("first", first), ("second", second))}
    place.hall.settle()

    assert (
        before["second"]
        == place.circle(second)
        == {place.author.person_id: ["author", "author_of_merged"]} | {bo.person_id: ["endorser_of_merged"]}
    )
    assert before["first"] == place.circle(first) == {place.author.person_id: ["author"], bo.person_id: ["endorser"]}


@pytest.mark.invariant(11)
def test_however_many_endorsed_they_are_carried_a_portion_at_a_time(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = place.published("Bænke"), place.published("Borde")
    for _ in range(7):
        place.do(place.resident(), first, "endorse")
    monkeypatch.setattr(reactions, "LEFT", reactions.LEFT.limit(2))
    merge(place, first, second)

    with place.hall.running["ideas"].begin(Identity(association_id=place.id)) as work:
        reactions.carry_endorsements(work, made(reactions.IdeaMerged, idea_id=UUID(first["id"])))
        carried = work.connection.exec_driver_sql("select count(*) from endorsements where state = 'carried'").scalar()

    assert carried == 2
    assert (place.see(second)["endorsers"], place.see(first)["endorsers"]) == (7, 0)


@pytest.mark.invariant(11)
def test_ideas_merged_into_one_that_is_merged_itself_follow_it(place: Place) -> None:
    authors = [place.resident() for _ in range(3)]
    first, second, third = (place.published(f"Ide {n}", by=author) for n, author in enumerate(authors))
    bo = place.resident()
    place.do(bo, first, "endorse")

    merge(place, first, second)  # and before its endorsements are carried:
    merge(place, second, third)

    with place.hall.running["ideas"].begin(place.secretary) as work:
        assert str(share_surviving(work, UUID(first["id"])).id) == third["id"]
    assert place.see(third)["endorsers"] == 1
    assert place.see(first)["part_of"]["id"] == third["id"]
    assert place.circle(third) == {
        authors[2].person_id: ["author"],
        authors[1].person_id: ["author_of_merged"],
        authors[0].person_id: ["author_of_merged"],
        bo.person_id: ["endorser_of_merged"],
    }
    place.do(bo, third, "withdraw_endorsement")
    assert place.see(third)["endorsers"] == 0
    assert bo.person_id not in place.circle(third)


@pytest.mark.invariant(11)
def test_there_are_no_chains_and_no_circles(place: Place) -> None:
    first, second, third = place.published("1"), place.published("2"), place.published("3")
    merge(place, first, second)

    for idea, into in [(third, first), (second, first), (third, third)]:
        answer = place.do(place.moderator, idea, "merge", into_id=into["id"], reason="x")
        assert (answer.status_code, answer.json["slug"]) == (409, "merge-elsewhere")
    assert place.do(place.moderator, first, "merge", into_id=third["id"], reason="x").json["slug"] == "not-now"
    assert place.do(place.moderator, second, "merge", into_id=str(uuid4()), reason="x").status_code == 404
    assert place.do(place.moderator, second, "merge", into_id=third["id"]).status_code == 422
    assert place.do(place.board_member, second, "merge", into_id=third["id"], reason="x").status_code == 403
    draft = place.ask(place.author).post("/ideas/drafts", title="Min").json
    assert place.do(place.moderator, second, "merge", into_id=draft["id"], reason="x").status_code == 404


def test_a_charter_that_grew_out_of_a_merged_idea_sets_the_one_that_is_left_to_work(place: Place) -> None:
    first, second, charter = place.published("1"), place.published("2"), uuid4()
    merge(place, first, second)

    in_force = made(CharterCameIntoForce, charter_id=charter, idea_id=UUID(first["id"]))
    place.hall.tell(place.id, in_force, subject=charter)

    assert (place.see(second)["state"], place.see(second)["charter_id"]) == ("taken_up", str(charter))
    assert place.see(first)["state"] == "merged"


def test_a_merged_idea_is_found_only_when_asked_for(place: Place) -> None:
    first, second = place.published("1"), place.published("2")
    merge(place, first, second)
    bo = place.ask(place.resident())

    assert [each["id"] for each in bo.get("/ideas").json["items"]] == [second["id"]]
    assert [each["id"] for each in bo.get("/ideas", state="merged").json["items"]] == [first["id"]]


@pytest.mark.invariant(11)
def test_of_two_who_merge_two_ideas_into_each_other_at_once_one_is_refused(place: Place) -> None:
    def merge_into(one: dict, other: dict) -> int:
        return int(place.do(place.moderator, one, "merge", into_id=other["id"], reason="Det samme").status_code)

    for _ in range(3):
        pair = [place.published("1"), place.published("2")]
        with ThreadPoolExecutor() as at_once:
            answers = list(at_once.map(merge_into, pair, pair[::-1]))

        assert sorted(answers) == [200, 409]


@pytest.mark.invariant(11)
def test_an_endorsement_that_is_under_way_while_its_idea_is_merged_is_carried_too(place: Place) -> None:
    first, second = place.published("1"), place.published("2")
    merging = Thread(target=merge, args=(place, first, second))

    with place.hall.running["ideas"].begin(place.resident()) as work:
        endorse_idea(work, UUID(first["id"]))
        merging.start()  # and waits for us
    merging.join()

    assert place.see(second)["endorsers"] == 1
