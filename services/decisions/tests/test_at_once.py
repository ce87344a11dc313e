"""Two do the same at the same moment: what may happen once happens once, and nobody gets anything worse than a no."""

from datetime import timedelta

import pytest

from contracts.decisions import DecisionPublished, MemberRecused, ProposalWasDecided
from services.decisions.tests.kit import Board, at_once, today, told


@pytest.mark.invariant(43)
def test_two_members_recuse_at_once_and_both_are_kept(board: Board) -> None:
    board.proposal()
    id = board.newest()
    askers = [board.sitting(member) for member in board.members[:2]]

    answers = at_once(*(lambda asker=asker: asker.post(f"/docket/{id}/recuse") for asker in askers))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert set(board.secretary().get(f"/docket/{id}").json["recused"]) == {str(member) for member in board.members[:2]}
    assert len(told(board, MemberRecused.kind)) == 2


@pytest.mark.invariant(41)
def test_two_secretaries_write_the_vote_in_at_once_and_there_is_one_decision(board: Board) -> None:
    fact = board.proposal()
    id = board.newest()
    board.secretary().post(f"/docket/{id}/present")
    points = [{"recommendation_id": str(asked.id), "outcome": "adopted"} for asked in fact.recommendations]
    said = {**board.votes(), "outcome": "adopted", "reason": "Ja", "codes": ["need"], "points": points}
    askers = [board.secretary(), board.secretary()]

    answers = at_once(*(lambda asker=asker: asker.post(f"/docket/{id}/decide_proposal", **said) for asker in askers))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(board.secretary().get("/decisions").json["items"]) == 1
    assert len(told(board, ProposalWasDecided.kind)) == 1


@pytest.mark.invariant(47)
def test_two_publish_the_same_round_at_once_and_each_decision_is_out_once(board: Board) -> None:
    waiting = [board.decided()["decision"] for _ in range(4)]
    secretaries = [board.secretary(), board.secretary()]
    id = secretaries[0].post("/rounds", title="Juni").json["id"]
    for decision in waiting:
        secretaries[0].post(f"/rounds/{id}/gather", decision_id=decision)

    answers = at_once(*(lambda asker=asker: asker.post(f"/rounds/{id}/publish") for asker in secretaries))

    assert {answer.status_code for answer in answers} <= {200, 409}
    assert 200 in {answer.status_code for answer in answers}
    assert secretaries[0].get(f"/rounds/{id}").json["state"] == "published"
    assert sorted(fact["decision_id"] for fact in told(board, DecisionPublished.kind)) == sorted(waiting)


@pytest.mark.invariant(47)
def test_one_decision_gathered_into_two_rounds_at_once_is_in_one_of_them(board: Board) -> None:
    decision = board.decided()["decision"]
    secretaries = [board.secretary(), board.secretary()]
    rounds = [each.post("/rounds", title="Juni").json["id"] for each in secretaries]

    answers = at_once(
        *(
            lambda asker=asker, into=into: asker.post(f"/rounds/{into}/gather", decision_id=decision)
            for asker, into in zip(secretaries, rounds, strict=True)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]


def test_two_write_the_same_review_at_once_and_there_is_one_next_time(board: Board) -> None:
    id = board.published()
    day, later = (today() + timedelta(days=9)).isoformat(), (today() + timedelta(days=99)).isoformat()
    review = board.secretary().post(f"/decisions/{id}/reviews", day=day).json["id"]
    holders = [board.secretary(), board.sitting(board.chair, "chair")]
    planner = board.secretary()

    answers = at_once(
        *(lambda asker=asker: asker.post(f"/reviews/{review}/hold", found="Det virker.", next_day=later) for asker in holders),
        lambda: planner.post(f"/decisions/{id}/reviews", day=later),
    )

    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    items = board.resident().get(f"/decisions/{id}/reviews").json["items"]
    assert [item["day"] for item in items] == [day, later]


def test_a_member_who_answers_twice_at_once_has_one_answer(board: Board) -> None:
    member = board.members[0]
    survey = board.resident().get(f"/decisions/{board.published()}").json["survey_id"]
    scales = dict.fromkeys(("heard", "influence", "trust_board", "fairness", "ownership"), 4)
    reply = {**scales, "would_recommend": True, "would_stand": "maybe"}
    askers = [board.sitting(member), board.sitting(member)]

    answers = at_once(*(lambda asker=asker: asker.post(f"/surveys/{survey}/answer", **reply) for asker in askers))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert board.resident().get(f"/surveys/{survey}").json["answered"] == 1
    assert (len(told(board, "survey_answer.given")), len(told(board, "survey_answer.changed"))) == (1, 1)
