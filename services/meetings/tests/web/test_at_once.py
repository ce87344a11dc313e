"""What happens when two do something at the same moment: nothing is lost, nothing is overwritten, and nobody gets a 500."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from services.meetings.actions import proposal, recommendation
from services.meetings.store import proposal as proposal_kept
from services.meetings.tests.web.test_traceability import WORDING
from services.meetings.tests.works import POINT, Works
from tests.kit import person

ROUNDS = 3


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Each in a thread of its own, all let go at the same moment."""
    gate = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        gate.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as several:
        return list(several.map(do, deeds))


def statuses(answers: list[Any]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


@pytest.mark.invariant(37)
def test_two_who_consent_at_once_are_both_heard_also_when_they_are_the_last(works: Works) -> None:
    made = works.ready()
    path = f"/proposals/{made['id']}/consent"
    answers = at_once(*(lambda who=who: works.ask(who).post(path, dissent="Nej.") for who in (works.anna, works.bo)))

    assert statuses(answers) == [200, 200]
    seen = works.proposal(made["id"])
    assert (len(seen["consented"]), seen["dissents"]) == (2, ["Nej.", "Nej."])
    assert works.post(works.anna, f"/proposals/{made['id']}/submit")["state"] == "submitted"


def test_one_who_consents_twice_at_once_is_heard_once(works: Works) -> None:
    made = works.ready()
    answers = at_once(*(lambda: works.ask(works.anna).post(f"/proposals/{made['id']}/consent") for _ in range(2)))

    assert statuses(answers) == [200, 409]
    assert len(works.proposal(made["id"])["consented"]) == 1


@pytest.mark.invariant(38)
def test_two_who_hand_it_over_at_once_hand_it_over_once(works: Works) -> None:
    made = works.ready()
    for who in (works.anna, works.bo):
        works.post(who, f"/proposals/{made['id']}/consent")
    path = f"/proposals/{made['id']}/submit"

    assert statuses(at_once(*(lambda who=who: works.ask(who).post(path) for who in (works.anna, works.bo)))) == [200, 409]


def test_of_two_who_write_the_same_recommendation_at_once_one_wins_and_the_other_gets_back_what_they_wrote(works: Works) -> None:
    point = works.drafted()["recommendations"][0]
    for number in range(1, ROUNDS + 1):
        texts = {works.anna: f"Annas {number}", works.bo: f"Bos {number}"}

        def write(who: Any, text: str, version: int = number) -> Any:
            return works.ask(who).put(f"/recommendations/{point['id']}", **POINT | {"text": text, "version": version})

        answers = at_once(*(lambda who=who, text=text: write(who, text) for who, text in texts.items()))
        won, lost = sorted(answers, key=lambda answer: answer.status_code)
        assert (won.status_code, lost.status_code) == (200, 409)
        facts = lost.json["facts"]
        assert {facts["now"]["text"], facts["yours"]["text"]} == set(texts.values())
        assert works.proposal(point["proposal_id"])["recommendations"][0]["text"] == facts["now"]["text"] == won.json["text"]


def test_two_who_write_different_recommendations_at_once_both_keep_theirs(works: Works) -> None:
    points = works.drafted("Ét system", "Nøglefri adgang")["recommendations"]
    for number in range(1, ROUNDS + 1):

        def write(who: Any, point: Any, version: int = number) -> Any:
            said = POINT | {"text": f"{point['number']}: {version}", "version": version}
            return works.ask(who).put(f"/recommendations/{point['id']}", **said)

        pairs = zip((works.anna, works.bo), points, strict=True)
        assert statuses(at_once(*(lambda who=who, point=point: write(who, point) for who, point in pairs))) == [200, 200]
        texts = [point["text"] for point in works.proposal(points[0]["proposal_id"])["recommendations"]]
        assert texts == [f"1: {number}", f"2: {number}"]


def test_two_who_add_a_recommendation_at_once_add_two_with_different_numbers(works: Works) -> None:
    made = works.drafted()
    path = f"/proposals/{made['id']}/recommendations"
    answers = at_once(*(lambda who=who: works.ask(who).post(path, **POINT) for who in (works.anna, works.bo, works.facilitator)))

    assert statuses(answers) == [201, 201, 201]
    assert [point["number"] for point in works.proposal(made["id"])["recommendations"]] == [1, 2, 3, 4]


@pytest.mark.invariant(39)
def test_consent_is_not_asked_for_a_text_that_is_just_being_changed(works: Works) -> None:
    made = works.drafted()
    point = UUID(made["recommendations"][0]["id"])
    begin = works.hall.running["meetings"].begin

    with begin(works.anna) as writing:
        recommendation.edit_recommendation(writing, point, seen=1, wording=WORDING)
        with pytest.raises(OperationalError, match="lock timeout"), begin(works.bo) as asking:
            asking.execute(text("set local lock_timeout = '50ms'"))
            proposal.ask_consent(asking, UUID(made["id"]))
        with begin(works.bo) as other:
            other.execute(text("set local lock_timeout = '50ms'"))
            assert proposal_kept.held_still(other, UUID(made["id"])), "writing something else waits for nobody"

    assert works.post(works.bo, f"/proposals/{made['id']}/ask_consent")["recommendations"][0]["text"] == WORDING.text


@pytest.mark.invariant(38)
@pytest.mark.parametrize("what", ["proposal", "shared_understanding"])
def test_of_two_who_begin_at_once_one_begins(works: Works, what: str) -> None:
    body = {"title": "Lokaler"} if what == "proposal" else {"text": "Booking er besværlig."}
    path = f"/groups/{works.group_id}/{what}"

    assert statuses(at_once(*(lambda who=who: works.ask(who).post(path, **body) for who in (works.anna, works.bo)))) == [201, 409]


@pytest.mark.invariant(35)
def test_what_is_brought_while_the_proposal_is_handed_over_is_not_lost(works: Works) -> None:
    made = works.ready()
    for who in (works.anna, works.bo):
        works.post(who, f"/proposals/{made['id']}/consent")
    given, submitted = at_once(
        lambda: works.ask(works.bo).post(f"/groups/{works.group_id}/contributions", kind="wish", text="Vent!"),
        lambda: works.ask(works.anna).post(f"/proposals/{made['id']}/submit"),
    )

    outcome = (given.status_code, given.json.get("slug"), submitted.status_code, submitted.json.get("slug"))
    assert outcome in {(201, None, 409, "contributions-left"), (409, "handed-over", 200, None)}


@pytest.mark.invariant(35)
def test_nothing_feeds_a_recommendation_that_is_taken_out_at_the_same_moment(works: Works) -> None:
    points = works.drafted(*(f"Nr. {number}" for number in range(ROUNDS)))["recommendations"]
    for point in points:
        wish = works.bring(works.anna)
        at_once(
            lambda wish=wish, point=point: works.ask(works.facilitator).post(
                f"/contributions/{wish['id']}/trace", recommendation_id=point["id"]
            ),
            lambda point=point: works.ask(works.bo).post(f"/recommendations/{point['id']}/take_out", version=1),
        )

        seen = works.ask(works.anna).get(f"/contributions/{wish['id']}").json
        assert (seen["state"], seen["recommendation_id"]) == ("given", None)


def test_all_who_answer_an_anonymous_round_at_once_are_counted(works: Works) -> None:
    others = [person(works.here) for _ in range(3)]
    for who in others:
        works.seat(who)
    opened = works.post(works.facilitator, f"/groups/{works.group_id}/anonymous_rounds", question="Hvad holder dig væk?")
    path, members = f"/anonymous_rounds/{opened['id']}/answer", [works.anna, works.bo, *others]
    answers = at_once(*(lambda n=n, who=who: works.ask(who).post(path, text=f"Svar {n}") for n, who in enumerate(members)))

    assert statuses(answers) == [200] * 5
    closed = works.post(works.facilitator, f"/anonymous_rounds/{opened['id']}/close")
    assert closed["answers"] == [f"Svar {n}" for n in range(5)]
