"""Decisions over HTTP, on a real database."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from chassis import clock
from contracts.decisions import DecisionPublished, Outcome
from contracts.meetings import ProposalSubmitted
from contracts.people import BodyKind, BodyRegistered, DayTurned, DepartmentRegistered, Policy, PolicySet, Seat, TieBreak
from services.decisions.tests.kit import Board, recommendation, today, told
from tests.kit import Hall, person, secretary


def test_a_proposed_charter_is_laid_before_its_body_with_its_text_frozen(board: Board) -> None:
    id = board.charter()
    seen = board.sitting(board.chair, "chair").get(f"/docket/{id}").json

    assert (seen["state"], seen["matter"], seen["overdue"]) == ("laid", "charter", False)
    assert seen["text"]["purpose"] == "At de bliver brugt."
    assert seen["due"] == (today() + timedelta(days=20)).isoformat()
    assert seen["quorum"] == {"entitled": 5, "needed": 3, "needs_chair": True}
    assert [sitting["seat"] for sitting in seen["roster"]] == ["chair", "vice_chair", "member", "member", "member", "alternate"]
    assert seen["may"] == ["present", "recuse", "decide_charter"]


def test_a_new_edition_is_a_new_matter_and_the_same_one_is_laid_once(board: Board) -> None:
    charter_id = uuid4()

    first = board.charter(charter_id=charter_id)
    second = board.charter(2, charter_id=charter_id)
    assert board.charter(2, charter_id=charter_id) == second
    assert {item["id"] for item in board.secretary().get("/docket").json["items"]} == {first, second}


def test_the_docket_is_for_the_body_and_for_secretaries(board: Board) -> None:
    id = board.charter()

    assert board.resident().get(f"/docket/{id}").status_code == 404
    assert board.resident().get("/docket").json["items"] == []
    assert board.sitting(board.alternate, "alternate").get(f"/docket/{id}").json["may"] == ["recuse"]
    assert [item["id"] for item in board.sitting(board.vice, "vice_chair").get("/docket").json["items"]] == [id]
    assert board.secretary().get("/docket", body_id=str(uuid4())).json["items"] == []
    assert board.secretary().get("/docket", state="decided").json["items"] == []


@pytest.mark.invariant(13)
@pytest.mark.invariant(15)
def test_the_body_adopts_a_charter_and_how_it_voted_is_kept(board: Board) -> None:
    id = board.charter()

    answer = board.sitting(board.chair, "chair").post(f"/docket/{id}/decide_charter", outcome="adopted", **board.votes(4, 1))

    assert answer.status_code == 200, answer.json
    assert (answer.json["state"], answer.json["outcome"], answer.json["may"]) == ("decided", "adopted", [])
    kept = answer.json["ballot"]
    assert (kept["votes_for"], kept["votes_against"], kept["agenda_item"], kept["entitled"]) == (4, 1, "decision", 5)
    assert [fact["outcome"] for fact in told(board, "docket_item.charter_decided")] == ["adopted"]


@pytest.mark.invariant(40)
def test_residents_and_plain_members_do_not_record_decisions(board: Board) -> None:
    id = board.charter()

    for asker in (board.resident(), board.sitting(board.members[0])):
        assert asker.post(f"/docket/{id}/decide_charter", outcome="adopted", **board.votes()).status_code == 403


@pytest.mark.invariant(42)
def test_a_member_whose_mandate_ended_the_day_before_or_begins_tomorrow_has_no_vote(board: Board) -> None:
    yesterday = today() - timedelta(days=1)
    gone, last_day = board.seat(Seat.MEMBER, ends=yesterday), board.seat(Seat.MEMBER, ends=today())
    board.seat(Seat.MEMBER, starts=today() + timedelta(days=1))
    id = board.charter()
    present = [str(board.chair), str(board.vice), str(board.members[0])]

    refused = board.secretary().post(
        f"/docket/{id}/decide_charter", outcome="adopted", **board.votes(4) | {"present": [*present, str(gone)]}
    )
    assert (refused.status_code, refused.json["slug"]) == (409, "ballot-not-entitled")
    assert board.secretary().get(f"/docket/{id}").json["quorum"]["entitled"] == 6
    taken = board.secretary().post(
        f"/docket/{id}/decide_charter", outcome="adopted", **board.votes(4) | {"present": [*present, str(last_day)]}
    )
    assert taken.status_code == 200, taken.json


@pytest.mark.invariant(42)
def test_the_associations_own_quorum_and_tie_break_count(board: Board) -> None:
    policy = Policy(quorum_of_members=1.0, tie_break=TieBreak.FALLS)
    board.hall.tell(board.here, PolicySet(version=1, policy=policy), subject=board.here)
    id = board.charter()
    four = {"outcome": "adopted", **board.votes(2, 2, chair_votes_for=True)}

    assert board.secretary().post(f"/docket/{id}/decide_charter", **four).json["slug"] == "ballot-not-quorate"
    tied = {"outcome": "adopted", **board.votes(2, 2, 1, chair_votes_for=True)}
    assert board.secretary().post(f"/docket/{id}/decide_charter", **tied).json["slug"] == "ballot-outcome-against-votes"


@pytest.mark.invariant(43)
def test_a_recused_member_takes_no_part_and_is_shown_in_the_decision(board: Board) -> None:
    fact = board.proposal()
    id = board.newest()
    away = board.members[2]
    assert board.sitting(away).post(f"/docket/{id}/recuse", reason="Ansat hos ladeoperatøren").json["recused"] == [str(away)]
    board.secretary().post(f"/docket/{id}/present")
    points = [{"recommendation_id": str(asked.id), "outcome": "adopted"} for asked in fact.recommendations]
    decision = {"outcome": "adopted", "reason": "Ja", "codes": ["need"], "points": points}

    refused = board.secretary().post(f"/docket/{id}/decide_proposal", **board.votes(5), **decision)
    assert refused.json["slug"] == "ballot-recused-took-part"
    taken = board.secretary().post(f"/docket/{id}/decide_proposal", **board.votes(4), **decision)
    seen = board.secretary().get(f"/decisions/{taken.json['decision_id']}").json
    assert (seen["recused"], seen["ballot"]["entitled"]) == ([str(away)], 4)


@pytest.mark.invariant(43)
def test_a_member_does_not_recuse_somebody_else(board: Board) -> None:
    id = board.charter()

    assert board.sitting(board.members[0]).post(f"/docket/{id}/recuse", person_id=str(board.vice)).status_code == 403
    assert board.secretary().post(f"/docket/{id}/recuse", person_id=str(board.vice)).json["recused"] == [str(board.vice)]
    assert board.secretary().post(f"/docket/{id}/recuse", person_id=str(uuid4())).json["slug"] == "docket-not-in-the-body"


@pytest.mark.invariant(14)
def test_the_organisation_board_takes_over_from_a_department_without_a_board(board: Board) -> None:
    empty, manned = uuid4(), uuid4()
    for body in (empty, manned):
        fact = BodyRegistered(body_id=body, body=BodyKind.DEPARTMENT_BOARD, name="AB", department_id=uuid4())
        board.hall.tell(board.here, fact, subject=body)
    board.seat(Seat.CHAIR, body=manned)
    board.seat(Seat.CHAIR, body=empty, ends=today() - timedelta(days=1))
    without, with_board = board.charter(body=empty), board.charter(body=manned)

    assert board.secretary().post(f"/docket/{without}/take_over").json["body_id"] == str(board.body)
    assert (
        board.sitting(board.chair, "chair")
        .post(f"/docket/{without}/decide_charter", outcome="adopted", **board.votes())
        .status_code
        == 200
    )
    assert board.secretary().post(f"/docket/{with_board}/take_over").json["slug"] == "docket-board-has-members"


def test_a_proposal_waits_for_its_charter_to_be_known(board: Board) -> None:
    early = board.proposal(in_force=False)
    assert board.secretary().get("/docket").json["items"] == []

    board.in_force(early)
    clock.set_to(clock.now() + timedelta(seconds=3))
    board.hall.settle()
    clock.set_to(None)
    assert len(board.secretary().get("/docket").json["items"]) == 1


@pytest.mark.invariant(48)
def test_a_proposal_is_due_by_the_newest_edition_of_its_charter(board: Board) -> None:
    fact = ProposalSubmitted(
        proposal_id=uuid4(),
        group_id=uuid4(),
        charter_id=uuid4(),
        body_id=board.body,
        edition=1,
        title="t",
        summary="s",
        recommendations=(),
    )
    board.in_force(fact, edition=2, decision_by=date(2031, 1, 1))
    board.in_force(fact, edition=1, decision_by=date(2030, 1, 1))

    board.hall.tell(board.here, fact, subject=fact.proposal_id)
    assert board.secretary().get("/docket").json["items"][0]["due"] == "2031-01-01"


@pytest.mark.invariant(48)
def test_what_is_not_decided_in_time_is_overdue_and_everybody_can_see_it(board: Board) -> None:
    id = board.charter()
    due = today() + timedelta(days=20)

    board.hall.tell(board.here, DayTurned(day=due), subject=board.here, sequence=1)
    assert board.resident().get("/overdue").json["items"] == []
    for sequence in (2, 3):
        board.hall.tell(board.here, DayTurned(day=due + timedelta(days=sequence)), subject=board.here, sequence=sequence)
    assert [item["id"] for item in board.resident().get("/overdue").json["items"]] == [id]
    assert len(told(board, "docket_item.overdue")) == 1
    board.secretary().post(f"/docket/{id}/decide_charter", outcome="adopted", **board.votes())
    assert board.resident().get("/overdue").json["items"] == []


def test_a_prepared_decision_is_the_bodys_until_it_is_published(board: Board) -> None:
    id = board.decided()["decision"]

    assert board.resident().get(f"/decisions/{id}").status_code == 404
    assert board.resident().get(f"/decisions/{id}/tasks").status_code == 404
    assert board.resident().get("/decisions").json["items"] == []
    assert board.sitting(board.members[0]).get(f"/decisions/{id}").json["may"] == []
    assert board.sitting(board.chair, "chair").get(f"/decisions/{id}").json["may"] == ["publish"]
    assert board.resident().post(f"/decisions/{id}/publish").status_code == 403
    assert told(board, "decision.published") == []

    board.sitting(board.chair, "chair").post(f"/decisions/{id}/publish")
    seen = board.resident().get(f"/decisions/{id}").json
    assert (seen["state"], seen["outcome"], seen["reason"], seen["may"]) == ("published", "adopted", "Det er godt.", [])
    assert [item["id"] for item in board.resident().get("/decisions").json["items"]] == [id]
    assert board.secretary().post(f"/decisions/{id}/publish").json["slug"] == "not-now"


def test_what_is_published_carries_the_idea_and_those_who_took_part(board: Board) -> None:
    idea_id = uuid4()
    fact = board.proposal(in_force=False)
    board.in_force(fact, idea_id=idea_id)
    clock.set_to(clock.now() + timedelta(seconds=3))
    board.hall.settle()
    clock.set_to(None)

    id = board.published(fact)
    (published,) = told(board, DecisionPublished.kind)
    assert (published["decision_id"], published["idea_id"], published["members"]) == (id, str(idea_id), [str(board.members[0])])
    assert (published["group_id"], published["outcome"]) == (str(fact.group_id), Outcome.ADOPTED)


@pytest.mark.invariant(44)
def test_the_double_role_of_a_member_who_sat_in_the_group_is_shown(board: Board) -> None:
    id = board.published()

    assert board.resident().get(f"/decisions/{id}").json["double_roles"] == [str(board.members[0])]


@pytest.mark.invariant(41)
def test_a_decision_that_contradicts_itself_changes_nothing(board: Board) -> None:
    fact = board.proposal()
    id = board.newest()
    board.secretary().post(f"/docket/{id}/present")
    mixed = [
        {"recommendation_id": str(a.id), "outcome": o} for a, o in zip(fact.recommendations, ("adopted", "rejected"), strict=True)
    ]

    answer = board.secretary().post(
        f"/docket/{id}/decide_proposal", **board.votes(), outcome="adopted", reason="Ja", codes=["need"], points=mixed
    )

    assert (answer.status_code, answer.json["slug"]) == (409, "decision-points-against-outcome")
    assert board.secretary().get(f"/docket/{id}").json["state"] == "under_decision"
    assert board.secretary().get("/decisions").json["items"] == []


@pytest.mark.invariant(46)
def test_the_decision_on_a_returned_proposals_next_edition_supersedes_the_first(board: Board) -> None:
    first = board.proposal()
    sent_back = board.published(first, outcome="returned", points=[])
    second = board.proposal(edition=2, proposal_id=first.proposal_id, group_id=first.group_id, charter_id=first.charter_id)
    final = board.published(second)

    old, new = (board.resident().get(f"/decisions/{id}").json for id in (sent_back, final))
    assert (old["state"], old["superseded_by"], old["outcome"]) == ("superseded", final, "returned")
    assert (new["state"], new["supersedes"]) == ("published", sent_back)
    assert [item["id"] for item in board.resident().get("/decisions", group_id=str(first.group_id)).json["items"]] == [
        final,
        sent_back,
    ]


@pytest.mark.invariant(49)
def test_each_adopted_recommendation_is_asked_for_a_task(board: Board) -> None:
    fact = board.proposal()
    id = board.published(fact)
    one, two = (str(asked.id) for asked in fact.recommendations)

    assert board.resident().get(f"/decisions/{id}").json["recommendations_without_task"] == [one, two]
    made = board.task(id, recommendation_id=one)
    assert (made.status_code, made.json["state"], made.json["may"]) == (
        201,
        "planned",
        ["start", "block", "approve", "await_more", "revise", "stop"],
    )
    assert board.resident().get(f"/decisions/{id}").json["recommendations_without_task"] == [two]


@pytest.mark.invariant(49)
def test_everybody_sees_how_far_a_decision_is_carried_out(board: Board) -> None:
    id = board.published()
    heavy, light, given_up = (board.task(id, weight=weight).json["id"] for weight in (3, 1, 50))
    assert board.resident().get(f"/decisions/{id}").json["progress"] == 0

    for move in ("start", "finish"):
        assert board.secretary().post(f"/tasks/{heavy}/{move}").status_code == 200
    board.secretary().post(f"/tasks/{given_up}/stop", reason="For dyrt")

    seen = board.resident().get(f"/decisions/{id}/tasks").json
    assert seen["progress"] == 75
    assert {item["id"]: item["state"] for item in seen["items"]} == {heavy: "done", light: "planned", given_up: "stopped"}
    assert board.resident().get("/decisions").json["items"][0]["progress"] == 75


def test_a_rejected_proposal_can_still_lead_to_a_task(board: Board) -> None:
    id = board.published(outcome="rejected")
    seen = board.resident().get(f"/decisions/{id}").json

    assert (seen["recommendations_without_task"], seen["progress"]) == ([], None)
    assert board.task(id, title="Skriv en vejledning på to sider").status_code == 201


@pytest.mark.invariant(45)
def test_works_wait_for_a_department_meeting_that_says_yes(board: Board) -> None:
    works = recommendation(needs_department_meeting=True)
    id = board.published(board.proposal(works))
    north, south = board.department(), board.department()

    assert board.task(id, recommendation_id=str(works.id)).json["slug"] == "task-departments-needed"
    made = board.task(id, recommendation_id=str(works.id), departments=[north, south]).json
    assert made["state"] == "blocked"
    assert board.secretary().post(f"/tasks/{made['id']}/start").json["slug"] == "task-awaits-department-meeting"
    answer = {"meeting_day": today().isoformat(), "note": "Enstemmigt"}
    declined = board.secretary().post(f"/tasks/{made['id']}/approve", department_id=north, approved=False, **answer).json
    assert declined["state"] == "blocked"
    approved = board.secretary().post(f"/tasks/{made['id']}/approve", department_id=south, approved=True, **answer).json
    assert approved["state"] == "planned"
    assert [(asked["department_id"], asked["approved"]) for asked in approved["departments"]] == [(north, False), (south, True)]
    assert board.secretary().post(f"/tasks/{made['id']}/start").json["state"] == "in_progress"


def test_a_task_can_be_made_to_wait_for_a_department(board: Board) -> None:
    id = board.task(board.published()).json["id"]

    assert board.secretary().post(f"/tasks/{id}/block", department_id=str(uuid4())).status_code == 404
    assert board.secretary().post(f"/tasks/{id}/block", department_id=board.department()).json["state"] == "blocked"


@pytest.mark.invariant(50)
def test_a_task_is_stopped_with_a_reason_that_everybody_can_read(board: Board) -> None:
    id = board.task(board.published()).json["id"]

    assert board.secretary().post(f"/tasks/{id}/stop").status_code == 422
    board.secretary().post(f"/tasks/{id}/stop", reason="For dyrt")
    assert (board.resident().get(f"/tasks/{id}").json["state"], board.resident().get(f"/tasks/{id}").json["reason"]) == (
        "stopped",
        "For dyrt",
    )


def test_a_task_of_an_unknown_department_or_recommendation_is_not_found(board: Board) -> None:
    id = board.published()

    shut = uuid4()
    board.hall.tell(board.here, DepartmentRegistered(department_id=shut, number="6", name="Skoven", closed=True), subject=shut)
    assert board.task(id, departments=[str(uuid4())]).status_code == 404
    assert board.task(id, departments=[str(shut)]).status_code == 404
    assert board.task(id, recommendation_id=str(uuid4())).status_code == 404


def test_no_task_before_the_decision_is_published_and_none_by_residents(board: Board) -> None:
    id = board.decided()["decision"]

    assert board.task(id).json["slug"] == "task-decision-not-published"
    board.secretary().post(f"/decisions/{id}/publish")
    answer = board.resident().post(f"/decisions/{id}/tasks", title="t", owner="o", due="2030-01-01")
    assert answer.status_code == 403


@pytest.mark.invariant(1)
def test_nothing_of_a_neighbours_is_found_here_whichever_way_one_asks(board: Board, hall: Hall) -> None:
    taken = board.decided()
    item, decision = taken["docket_item"], taken["decision"]
    round_id = board.secretary().post("/rounds", title="Juni").json["id"]
    board.secretary().post(f"/decisions/{decision}/publish")
    task = board.task(decision).json["id"]
    review = board.secretary().post(f"/decisions/{decision}/reviews", day="2031-01-01").json["id"]
    survey = board.resident().get(f"/decisions/{decision}").json["survey_id"]
    # the neighbour has every right at home, and even claims a seat in our board
    there = person(uuid4(), sits_in=[board.body], seat="chair", employee=True, duties=secretary(uuid4()).duties)
    neighbour = hall.ask("decisions", there)
    votes = board.votes()
    new_task = {"title": "t", "owner": "o", "due": "2030-01-01"}
    answer = {"department_id": str(uuid4()), "meeting_day": today().isoformat(), "approved": True}
    scales = dict.fromkeys(("heard", "influence", "trust_board", "fairness", "ownership"), 3)
    writes: dict[str, dict[str, Any]] = {
        f"/docket/{item}/present": {},
        f"/docket/{item}/recommend": {"outcome": "adopted", "text": "t"},
        f"/docket/{item}/recuse": {"person_id": str(board.vice)},
        f"/docket/{item}/take_over": {},
        f"/docket/{item}/decide_charter": {"outcome": "adopted", **votes},
        f"/docket/{item}/decide_proposal": {"outcome": "returned", "reason": "r", "codes": ["scope"], **votes},
        f"/decisions/{decision}/publish": {},
        f"/decisions/{decision}/correct": {"what": "w", "why": "y"},
        f"/decisions/{decision}/tasks": new_task,
        f"/decisions/{decision}/reviews": {"day": "2030-01-01"},
        f"/tasks/{task}/start": {},
        f"/tasks/{task}/block": {"department_id": str(uuid4())},
        f"/tasks/{task}/approve": answer,
        f"/tasks/{task}/report": {"percent": 1},
        f"/tasks/{task}/finish": {},
        f"/tasks/{task}/stop": {"reason": "r"},
        f"/rounds/{round_id}/gather": {"decision_id": decision},
        f"/rounds/{round_id}/leave_out": {"decision_id": decision},
        f"/rounds/{round_id}/publish": {},
        f"/rounds/{round_id}/give_up": {},
        f"/reviews/{review}/hold": {"found": "f"},
        f"/surveys/{survey}/answer": {**scales, "would_recommend": True, "would_stand": "no"},
    }
    reads = [f"/docket/{item}", f"/decisions/{decision}", f"/decisions/{decision}/tasks", f"/decisions/{decision}/reviews"]
    reads += [f"/tasks/{task}", f"/rounds/{round_id}", f"/reviews/{review}", f"/surveys/{survey}"]

    for path in reads:
        assert (path, neighbour.get(path).status_code) == (path, 404)
    for path, body in writes.items():
        assert (path, neighbour.post(path, **body).status_code) == (path, 404)
    assert neighbour.put(f"/tasks/{task}", **new_task, weight=1).status_code == 404
    for path in ("/docket", "/decisions", "/overdue", "/rounds", "/reviews", "/surveys"):
        assert neighbour.get(path).json["items"] == []
    routes = {rule.rule for rule in hall.apps["decisions"].url_map.iter_rules() if "<uuid:id>" in rule.rule}
    blank = {re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<uuid:id>", path) for path in (*reads, *writes)}
    assert routes == blank


@pytest.mark.parametrize(
    ("wrong", "field", "slug"),
    [
        ({"outcome": "maybe"}, "outcome", "not-one-of"),
        ({"present": []}, "present", "too-few"),
        ({"votes_for": -1}, "votes_for", "out-of-range"),
        ({"meeting_day": "i går"}, "meeting_day", "not-a-day"),
        ({"reason": ""}, "reason", "empty"),
        ({"codes": []}, "codes", "too-few"),
        ({"codes": ["because"]}, "codes.0", "not-one-of"),
        ({"review_on": "snart"}, "review_on", "not-a-day"),
        ({"points": [{"recommendation_id": "nej", "outcome": "adopted"}]}, "points.0.recommendation_id", "not-an-id"),
    ],
)
def test_bad_input_is_named_by_field(board: Board, wrong: dict[str, Any], field: str, slug: str) -> None:
    body = {"outcome": "adopted", "reason": "r", "codes": ["need"], **board.votes(), **wrong}
    answer = board.secretary().post(f"/docket/{uuid4()}/decide_proposal", **body)

    assert answer.status_code == 422
    assert (field, slug) in [(named["field"], named["slug"]) for named in answer.json["fields"]]


def test_pages_of_decisions_follow_each_other_without_gap_or_repeat(board: Board) -> None:
    ids = [board.published() for _ in range(3)]

    seen, cursor = [], None
    while True:
        page = board.resident().get("/decisions", limit=2, **({"cursor": cursor} if cursor else {})).json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ids[::-1]
    assert board.resident().get("/docket", cursor="nonsense").status_code == 422
