"""What comes after a vote, over HTTP: recommendations beside it, corrections, rounds, late tasks, reviews, surveys."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.identity import Identity
from contracts.decisions import DecisionCorrected, DecisionPublished
from contracts.people import Policy, PolicySet
from services.decisions.actions import round as publishing
from services.decisions.tests.kit import Board, today, told
from tests.kit import person, secretary

SCALES = {"heard": 4, "influence": 3, "trust_board": 5, "fairness": 4, "ownership": 2}
REPLY = {**SCALES, "would_recommend": True, "would_stand": "maybe"}


def slug(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["slug"]


# What staff recommend


def test_staff_recommend_beside_the_matter_and_it_is_no_part_of_the_decision(board: Board) -> None:
    clerk = board.hall.ask("decisions", person(board.here, employee=True))
    fact = board.proposal()
    id = board.newest()

    assert board.sitting(board.chair, "chair").post(f"/docket/{id}/recommend", outcome="adopted", text="Ja").status_code == 403
    written = clerk.post(f"/docket/{id}/recommend", outcome="rejected", text="Det er for dyrt.")
    assert written.status_code == 200, written.json
    assert written.json["staff_recommendation"]["followed"] is None
    assert clerk.get("/docket").json["items"][0]["id"] == id
    decision = board.published(fact)
    seen = board.resident().get(f"/decisions/{decision}").json
    beside = seen["staff_recommendation"]
    assert (beside["outcome"], beside["text"], beside["followed"]) == ("rejected", "Det er for dyrt.", False)
    assert "for dyrt" not in (seen["reason"] + seen["message"])
    assert "for dyrt" not in str(told(board, DecisionPublished.kind))
    assert slug(clerk.post(f"/docket/{id}/recommend", outcome="adopted", text="Ja")) == (409, "not-now")
    assert clerk.post(f"/docket/{id}/recommend", outcome="maybe").status_code == 422


def test_staff_see_the_docket_and_not_what_is_only_prepared(board: Board) -> None:
    clerk = board.hall.ask("decisions", person(board.here, employee=True))
    taken = board.decided()

    assert clerk.get(f"/docket/{taken['docket_item']}").status_code == 200
    assert clerk.get(f"/decisions/{taken['decision']}").status_code == 404


@pytest.mark.invariant(48)
def test_the_docket_can_be_asked_for_what_is_due_by_a_day(board: Board) -> None:
    soon, later = board.charter(), board.charter(sign_up_until=today() + timedelta(days=60))
    decided = board.charter()
    board.secretary().post(f"/docket/{decided}/decide_charter", outcome="adopted", **board.votes())

    def due_by(days: int) -> list[str]:
        day = (today() + timedelta(days=days)).isoformat()
        return [item["id"] for item in board.secretary().get("/docket", due_by=day).json["items"]]

    assert (due_by(19), due_by(20), due_by(60)) == ([], [soon], [later, soon])
    assert board.secretary().get("/docket", due_by="snart").status_code == 422


@pytest.mark.invariant(42)
def test_a_number_of_members_is_the_associations_own_quorum_too(board: Board) -> None:
    board.hall.tell(board.here, PolicySet(version=1, policy=Policy(quorum_at_least=4)), subject=board.here)
    id = board.charter()

    assert board.secretary().get(f"/docket/{id}").json["quorum"]["needed"] == 4
    refused = board.secretary().post(f"/docket/{id}/decide_charter", outcome="adopted", **board.votes(3))
    assert slug(refused) == (409, "ballot-not-quorate")


@pytest.mark.invariant(42)
def test_a_mandate_that_is_put_right_later_changes_no_vote_that_was_taken(board: Board) -> None:
    id = board.published()
    before = board.resident().get(f"/decisions/{id}").json["ballot"]
    board.seat("member")  # type: ignore[arg-type]  somebody who was forgotten, since long ago

    assert board.resident().get(f"/decisions/{id}").json["ballot"] == before
    assert len(before["members"]) == 6


@pytest.mark.invariant(47)
def test_the_longest_reasons_and_messages_fit_into_one_letter(board: Board) -> None:
    emoji = "🏠"
    said = {"reason": emoji * 6000, "message": emoji * 2000, "message_to_proposer": emoji * 2000}
    members = tuple(uuid4() for _ in range(200))

    board.published(board.proposal(members=members), **said)

    (fact,) = told(board, DecisionPublished.kind)
    assert len(fact["reason"]) == 6000
    assert [circle["whom"] for circle in fact["circles"]] == ["not_selected", "members", "board"]


# Corrections


@pytest.mark.invariant(46)
def test_a_slip_of_the_pen_is_put_right_in_the_open(board: Board) -> None:
    wrong = board.published(message="Tak for jers arbejde.")
    task = board.task(wrong).json["id"]

    made = board.secretary().post(
        f"/decisions/{wrong}/correct", what="Stavefejl i beskeden", why="Tastefejl", message="Tak for jeres arbejde."
    )
    assert made.status_code == 201, made.json
    right = made.json["id"]
    assert board.resident().get(f"/decisions/{right}").status_code == 404
    assert board.resident().get(f"/decisions/{wrong}").json["later"] is None
    assert board.sitting(board.chair, "chair").post(f"/decisions/{right}/publish").status_code == 200

    old, new = (board.resident().get(f"/decisions/{id}").json for id in (wrong, right))
    assert (old["state"], old["message"]) == ("superseded", "Tak for jers arbejde.")
    assert (old["later"]["id"], old["later"]["corrects"]) == (right, True)
    assert (new["message"], new["corrects"], new["correction"]["what"]) == (
        "Tak for jeres arbejde.",
        wrong,
        "Stavefejl i beskeden",
    )
    assert (new["outcome"], new["reason"], new["ballot"]) == (old["outcome"], old["reason"], old["ballot"])
    assert [each["id"] for each in board.resident().get(f"/decisions/{right}/tasks").json["items"]] == [task]
    assert new["progress"] == 0
    assert len(told(board, DecisionPublished.kind)) == 1, "it is decided once"
    assert [fact["corrects"] for fact in told(board, DecisionCorrected.kind)] == [wrong]
    assert len(told(board, "survey.opened")) == 1


@pytest.mark.invariant(46)
def test_a_correction_says_what_and_why_and_changes_no_outcome(board: Board) -> None:
    id = board.published()
    asker, words = board.secretary(), {"what": "Stemmerne", "why": "Talt forkert"}

    assert asker.post(f"/decisions/{id}/correct", reason="Andet").status_code == 422
    assert slug(asker.post(f"/decisions/{id}/correct", **words)) == (409, "correction-of-nothing")
    assert slug(asker.post(f"/decisions/{id}/correct", **words, votes_for=1, votes_against=4)) == (
        409,
        "ballot-outcome-against-votes",
    )
    assert board.resident().post(f"/decisions/{id}/correct", **words, reason="Andet").status_code == 403
    recounted = asker.post(f"/decisions/{id}/correct", **words, votes_for=4, votes_against=1)
    assert (recounted.status_code, recounted.json["ballot"]["votes_for"]) == (201, 4)
    prepared = board.decided()["decision"]
    assert slug(asker.post(f"/decisions/{prepared}/correct", **words, reason="Andet")) == (409, "not-now")


@pytest.mark.invariant(46)
def test_of_two_corrections_of_the_same_record_the_first_to_be_published_stands(board: Board) -> None:
    wrong = board.published()
    one, two = (
        board.secretary().post(f"/decisions/{wrong}/correct", what="w", why="y", reason=reason).json["id"] for reason in "ab"
    )
    board.secretary().post(f"/decisions/{two}/publish")

    assert slug(board.secretary().post(f"/decisions/{one}/publish")) == (409, "not-now")
    assert board.resident().get(f"/decisions/{wrong}").json["superseded_by"] == two


# Rounds


def a_round(board: Board, *decisions: str) -> str:
    id: str = board.secretary().post("/rounds", title="Bestyrelsesmødet den 23. juni").json["id"]
    for decision in decisions:
        assert board.secretary().post(f"/rounds/{id}/gather", decision_id=decision).status_code == 200
    return id


@pytest.mark.invariant(47)
def test_a_secretary_sees_whom_a_round_will_reach_before_it_is_published(board: Board) -> None:
    members = tuple(uuid4() for _ in range(3))
    first = board.decided(board.proposal(members=members))["decision"]
    second = board.decided(board.proposal(members=members[:2]))["decision"]
    id = a_round(board, first, second)

    seen = board.secretary().get(f"/rounds/{id}").json
    reach = {each["whom"]: (each["circles"], each["people"]) for each in seen["reach"]}
    assert reach == {"not_selected": (2, None), "members": (2, 3), "board": (1, 6)}
    assert seen["may"] == ["gather", "publish", "leave_out", "give_up"]
    assert told(board, DecisionPublished.kind) == []
    assert board.resident().get(f"/rounds/{id}").status_code == 404
    assert board.resident().get("/rounds").json["items"] == []

    out = board.secretary().post(f"/rounds/{id}/publish").json
    assert (out["state"], out["progress"], out["may"]) == ("published", {"published": 2, "of": 2, "refused": 0}, [])
    assert [fact["decision_id"] for fact in told(board, DecisionPublished.kind)] == [first, second]
    assert slug(board.secretary().post(f"/rounds/{id}/publish")) == (409, "not-now")


@pytest.mark.invariant(47)
def test_a_round_that_stopped_on_the_way_is_gone_on_with_and_nothing_is_out_twice(board: Board) -> None:
    waiting = [board.decided()["decision"] for _ in range(3)]
    id = a_round(board, *waiting)
    begin, who = board.hall.running["decisions"].begin, secretary(board.here)
    with begin(who) as work:
        publishing.begin_round(work, UUID(id))
    with begin(who) as work:
        publishing.publish_next(work, UUID(id), UUID(waiting[0]))
    with pytest.raises(ZeroDivisionError), begin(who) as work:  # the lights go out after the change and before the commit
        publishing.publish_next(work, UUID(id), UUID(waiting[1]))
        raise ZeroDivisionError

    halfway = board.secretary().get(f"/rounds/{id}").json
    assert (halfway["state"], halfway["progress"]["published"]) == ("publishing", 1)
    assert [each["published"] for each in halfway["decisions"]] == [True, False, False]
    assert board.resident().get(f"/decisions/{waiting[1]}").status_code == 404
    assert "publish" in halfway["may"]
    assert board.secretary().post(f"/rounds/{id}/publish").json["state"] == "published"
    assert [fact["decision_id"] for fact in told(board, DecisionPublished.kind)] == waiting


@pytest.mark.invariant(47)
def test_one_that_cannot_be_published_holds_nobody_else_back(board: Board) -> None:
    wrong = board.published()
    slow, fast = (
        board.secretary().post(f"/decisions/{wrong}/correct", what="w", why="y", reason=reason).json["id"] for reason in "ab"
    )
    other = board.decided()["decision"]
    id = a_round(board, slow, other)
    board.secretary().post(f"/decisions/{fast}/publish")

    stopped = board.secretary().post(f"/rounds/{id}/publish").json
    assert (stopped["state"], stopped["progress"]) == ("publishing", {"published": 1, "of": 2, "refused": 1})
    assert [each["refused"] and each["refused"]["slug"] for each in stopped["decisions"]] == ["not-now", None]
    assert board.resident().get(f"/decisions/{other}").status_code == 200
    assert board.secretary().post(f"/rounds/{id}/publish").json["state"] == "publishing"
    assert slug(board.secretary().post(f"/rounds/{id}/give_up")) == (409, "round-already-published")
    board.secretary().post(f"/rounds/{id}/leave_out", decision_id=slow)
    assert board.secretary().post(f"/rounds/{id}/publish").json["state"] == "published"


def test_one_that_was_published_by_itself_meanwhile_is_not_published_again(board: Board) -> None:
    decision = board.decided()["decision"]
    id = a_round(board, decision)
    board.secretary().post(f"/decisions/{decision}/publish")

    assert board.secretary().post(f"/rounds/{id}/publish").json["state"] == "published"
    assert len(told(board, DecisionPublished.kind)) == 1


def test_a_decision_is_free_for_another_round_when_it_is_left_out_or_the_round_given_up(board: Board) -> None:
    decision = board.decided()["decision"]
    first = a_round(board, decision)
    second = a_round(board)

    again = board.secretary().post(f"/rounds/{second}/gather", decision_id=decision)
    assert slug(again) == (409, "round-already-in-one")
    board.secretary().post(f"/rounds/{first}/leave_out", decision_id=decision)
    assert board.secretary().post(f"/rounds/{second}/gather", decision_id=decision).status_code == 200
    assert board.secretary().post(f"/rounds/{second}/give_up").json["state"] == "given_up"
    assert board.secretary().post(f"/rounds/{first}/gather", decision_id=decision).status_code == 200


def test_rounds_are_refused_what_they_cannot_take(board: Board) -> None:
    id = a_round(board)
    chair = board.sitting(board.chair, "chair")

    assert slug(board.secretary().post(f"/rounds/{id}/publish")) == (409, "round-empty")
    assert board.secretary().post(f"/rounds/{id}/gather", decision_id=str(uuid4())).status_code == 404
    assert slug(board.secretary().post(f"/rounds/{id}/gather", decision_id=board.published())) == (
        409,
        "round-decision-not-prepared",
    )
    assert slug(board.secretary().post(f"/rounds/{id}/leave_out", decision_id=str(uuid4()))) == (409, "round-not-in-it")
    assert board.secretary().post(f"/rounds/{id}/gather").status_code == 422
    assert board.secretary().post("/rounds", title="").status_code == 422
    assert chair.post("/rounds", title="Juni").status_code == 403
    assert chair.post(f"/rounds/{id}/publish").status_code == 403
    assert [each["id"] for each in board.secretary().get("/rounds").json["items"]] == [id]


# Tasks


@pytest.mark.invariant(49)
def test_a_task_that_is_late_is_flagged_when_the_day_has_turned(board: Board) -> None:
    id = board.published()
    late = board.task(id, due=(today() + timedelta(days=3)).isoformat()).json["id"]
    board.task(id)

    board.day(today() + timedelta(days=3))
    assert not board.resident().get(f"/tasks/{late}").json["overdue"]
    board.day(today() + timedelta(days=4))
    board.day(today() + timedelta(days=5))
    assert board.resident().get(f"/tasks/{late}").json["overdue"]
    (fact,) = told(board, "task.overdue")
    assert [circle["whom"] for circle in fact["circles"]] == ["owner", "chair"]


@pytest.mark.invariant(49)
def test_how_far_a_task_is_flows_up_to_its_recommendation_and_decision(board: Board) -> None:
    fact = board.proposal()
    id = board.published(fact)
    one, two = (str(asked.id) for asked in fact.recommendations)
    heavy = board.task(id, recommendation_id=one, weight=3).json["id"]
    board.task(id, recommendation_id=two, weight=1)
    board.secretary().post(f"/tasks/{heavy}/start")

    assert board.secretary().post(f"/tasks/{heavy}/report", percent=50, note="Halvvejs").json["percent"] == 50
    seen = board.resident().get(f"/decisions/{id}").json
    assert (seen["progress"], seen["progress_by_recommendation"]) == (37, {one: 50, two: 0})
    weightless = {"title": "t", "owner": "o", "due": "2030-01-01", "weight": 0}
    assert board.secretary().put(f"/tasks/{heavy}", **weightless).json["weight"] == 0
    assert board.resident().get(f"/decisions/{id}").json["progress"] == 0
    assert board.secretary().post(f"/tasks/{heavy}/report", percent=100).status_code == 422
    assert board.resident().post(f"/tasks/{heavy}/report", percent=1).status_code == 403
    assert board.resident().put(f"/tasks/{heavy}", **weightless).status_code == 403
    board.secretary().post(f"/tasks/{heavy}/finish")
    assert slug(board.secretary().put(f"/tasks/{heavy}", **weightless)) == (409, "not-now")


@pytest.mark.invariant(50)
def test_the_circle_that_heard_of_the_decision_hears_that_a_task_is_stopped(board: Board) -> None:
    id = board.published()
    task = board.task(id).json["id"]
    board.secretary().put(f"/tasks/{task}", title="t", owner="o", due="2030-01-01", weight=2)
    board.secretary().post(f"/tasks/{task}/stop", reason="For dyrt")

    (published,), (stopped,) = told(board, DecisionPublished.kind), told(board, "task.stopped")
    assert stopped["circles"] == published["circles"]
    assert "circles" not in told(board, "task.revised")[0]


# Reviews


def test_a_review_comes_round_by_itself_and_there_is_a_next_time_until_it_is_done(board: Board) -> None:
    day, later = today() + timedelta(days=100), today() + timedelta(days=200)
    id = board.published(review_on=day.isoformat())
    chair = board.sitting(board.chair, "chair")
    board.day(day - timedelta(days=1))
    assert chair.get("/reviews").json["items"] == []

    board.day(day)
    (due,) = chair.get("/reviews").json["items"]
    assert (due["decision_id"], due["state"], due["may"]) == (id, "due", ["hold"])
    assert board.resident().get("/reviews").json["items"] == []
    (fact,) = told(board, "review.due")
    assert {circle["whom"] for circle in fact["circles"]} == {"board", "members"}

    held = chair.post(f"/reviews/{due['id']}/hold", found="Lokalerne bruges mere.", next_day=later.isoformat())
    assert (held.status_code, held.json["state"]) == (200, "held")
    first, second = board.resident().get(f"/decisions/{id}/reviews").json["items"]
    assert (first["found"], second["day"], second["state"]) == ("Lokalerne bruges mere.", later.isoformat(), "awaited")
    assert board.resident().get(f"/reviews/{second['id']}").json["title"] == "Brug lokalerne"
    chair.post(f"/reviews/{second['id']}/hold", found="Det virker.")
    assert len(board.resident().get(f"/decisions/{id}/reviews").json["items"]) == 2, "it is done"


def test_reviews_are_refused_what_they_cannot_take(board: Board) -> None:
    id, asker = board.published(), board.secretary()
    day = (today() + timedelta(days=9)).isoformat()

    assert slug(asker.post(f"/decisions/{id}/reviews", day=today().isoformat())) == (409, "review-day-past")
    assert asker.post(f"/decisions/{id}/reviews", day="snart").status_code == 422
    assert board.resident().post(f"/decisions/{id}/reviews", day=day).status_code == 403
    made = asker.post(f"/decisions/{id}/reviews", day=day)
    assert made.status_code == 201, made.json
    assert slug(asker.post(f"/decisions/{id}/reviews", day=day)) == (409, "review-already-planned")
    assert asker.post(f"/reviews/{made.json['id']}/hold", found="").status_code == 422
    assert board.resident().post(f"/reviews/{made.json['id']}/hold", found="f").status_code == 403
    asker.post(f"/reviews/{made.json['id']}/hold", found="f")
    assert slug(asker.post(f"/reviews/{made.json['id']}/hold", found="f")) == (409, "not-now")
    prepared = board.decided()["decision"]
    assert slug(asker.post(f"/decisions/{prepared}/reviews", day=day)) == (409, "review-decision-not-published")
    assert board.resident().get(f"/decisions/{prepared}/reviews").status_code == 404


# The closing survey


def test_members_are_asked_when_the_decision_is_out_and_counts_are_shown_when_it_is_over(board: Board) -> None:
    members = [uuid4() for _ in range(6)]
    decision = board.published(board.proposal(members=tuple(members)))
    survey = board.resident().get(f"/decisions/{decision}").json["survey_id"]
    askers = [board.hall.ask("decisions", person(board.here, person_id=member)) for member in members]
    (waiting,) = askers[0].get("/surveys").json["items"]
    assert (waiting["id"], waiting["answered_by_me"]) == (survey, False)
    assert waiting["closes_on"] == (today() + timedelta(days=28)).isoformat()
    assert board.resident().get("/surveys").json["items"] == []

    for asker in askers[:5]:
        assert asker.post(f"/surveys/{survey}/answer", **REPLY).status_code == 200
    changed = askers[0].post(f"/surveys/{survey}/answer", **(REPLY | {"heard": 1}), research=True).json
    assert (changed["answered"], changed["mine"]["reply"]["heard"], changed["mine"]["research"]) == (5, 1, True)
    seen = board.resident().get(f"/surveys/{survey}").json
    assert (seen["answered"], seen["asked"], seen["counts"], seen["mine"], seen["may"]) == (5, 6, [], None, [])
    assert askers[1].get(f"/surveys/{survey}").json["mine"]["reply"]["heard"] == 4

    board.day(today() + timedelta(days=28))
    assert board.resident().get(f"/surveys/{survey}").json["state"] == "open"
    board.day(today() + timedelta(days=29))
    over = board.resident().get(f"/surveys/{survey}").json
    heard = {each["answer"]: each["number"] for each in over["counts"] if each["question"] == "heard"}
    assert (over["state"], heard) == ("closed", {"1": 1, "4": 4})
    assert slug(askers[5].post(f"/surveys/{survey}/answer", **REPLY)) == (409, "survey-closed")
    assert [fact["person_id"] for fact in told(board, "survey_answer.changed")] == [str(members[0])]


def test_fewer_than_five_answers_are_never_shown(board: Board) -> None:
    decision = board.published()
    survey = board.resident().get(f"/decisions/{decision}").json["survey_id"]
    board.sitting(board.members[0]).post(f"/surveys/{survey}/answer", **REPLY)

    board.day(today() + timedelta(days=29))

    assert board.resident().get(f"/surveys/{survey}").json["counts"] == []
    assert told(board, "survey.closed")[0]["counts"] == []


def test_the_associations_own_policy_says_how_long_a_survey_is_open(board: Board) -> None:
    board.hall.tell(board.here, PolicySet(version=1, policy=Policy(survey_days=5)), subject=board.here)
    board.published()

    assert told(board, "survey.opened")[0]["closes_on"] == (today() + timedelta(days=5)).isoformat()


def test_a_group_that_works_on_is_not_asked_yet_and_no_group_is_asked_twice(board: Board) -> None:
    first = board.proposal()
    board.published(first, outcome="returned", points=[])
    assert told(board, "survey.opened") == []

    same = {"proposal_id": first.proposal_id, "group_id": first.group_id, "charter_id": first.charter_id}
    board.published(board.proposal(edition=2, **same))
    board.published(board.proposal(edition=3, **same))
    assert len(told(board, "survey.opened")) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"heard": 0}, "heard"),
        ({"ownership": 6}, "ownership"),
        ({"fairness": "meget"}, "fairness"),
        ({"would_stand": "perhaps"}, "would_stand"),
        ({"words": "Det var fint"}, "words"),
    ],
)
def test_what_is_no_answer_is_named_by_field(board: Board, wrong: dict[str, Any], field: str) -> None:
    answer = board.resident().post(f"/surveys/{uuid4()}/answer", **(REPLY | wrong))

    assert answer.status_code == 422
    assert field in [named["field"] for named in answer.json["fields"]]


def test_only_members_answer_a_survey(board: Board) -> None:
    survey = board.resident().get(f"/decisions/{board.published()}").json["survey_id"]

    assert slug(board.resident().post(f"/surveys/{survey}/answer", **REPLY)) == (403, "survey-not-asked")
    assert board.resident().post(f"/surveys/{uuid4()}/answer", **REPLY).status_code == 404
    house = board.hall.ask("decisions", Identity(association_id=board.here))
    assert house.post(f"/surveys/{survey}/answer", **REPLY).status_code == 404
