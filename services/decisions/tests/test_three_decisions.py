"""Three decisions as boards take them: adopted on a condition, adopted with changes, rejected and yet of use."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.decisions import DecisionPublished
from contracts.meetings import ProposalSubmitted
from services.decisions.tests.kit import Board, recommendation, today, told
from tests.kit import Hall


@pytest.fixture
def nine(hall: Hall) -> Board:
    """A board of nine."""
    return Board(hall, members=7)


def recommendations(*texts: str, **more: Any) -> list[Any]:
    return [recommendation(text=text, **more) for text in texts]


def decide(board: Board, proposal: ProposalSubmitted, outcomes: list[Any], **said: Any) -> dict[str, Any]:
    """The board decides, a secretary writes it in and publishes it; what every resident can read of it."""
    item = board.newest()
    board.secretary().post(f"/docket/{item}/present")
    points = [
        {"recommendation_id": str(asked.id), **(point if isinstance(point, dict) else {"outcome": point})}
        for asked, point in zip(proposal.recommendations, outcomes, strict=True)
    ]
    answer = board.secretary().post(f"/docket/{item}/decide_proposal", points=points, **said)
    assert answer.status_code == 200, answer.json
    id = answer.json["decision_id"]
    assert board.secretary().post(f"/decisions/{id}/publish").status_code == 200
    seen: dict[str, Any] = board.resident().get(f"/decisions/{id}").json
    return seen


def test_more_use_of_the_common_rooms_is_adopted_on_a_condition(nine: Board) -> None:
    everyday = recommendation(text="Åben hverdag: gratis brug mandag–torsdag kl. 14–18.", needs_department_meeting=True)
    booking, keys, host = recommendations("Ét fælles bookingsystem.", "Nøglefri adgang som forsøg.", "En lokalevært.")
    proposal = nine.proposal(booking, keys, everyday, host)
    said = {
        "outcome": "adopted",
        "reason": "Forslaget er konkret, holder sig inden for rammen og letter hverdagen for både beboere og drift.",
        "codes": ["ready", "within_frame"],
        "conditions": ["Gratis hverdagsbrug indføres kun i de afdelinger, hvor afdelingsmødet siger ja."],
        "message": "Tak for jeres arbejde. Bestyrelsen har sagt ja til alle fire forslag.",
    }

    seen = decide(nine, proposal, ["adopted"] * 4, **nine.votes(8), **said)

    assert (seen["outcome"], seen["conditions"], seen["message"]) == ("adopted", said["conditions"], said["message"])
    assert (seen["ballot"]["votes_for"], seen["ballot"]["entitled"], seen["ballot"]["needed"]) == (8, 9, 5)
    lake, field = nine.department(), nine.department()
    plan = {str(booking.id): [], str(keys.id): [], str(everyday.id): [lake, field], str(host.id): []}
    made = [nine.task(seen["id"], recommendation_id=id, departments=names).json for id, names in plan.items()]
    assert [task["state"] for task in made] == ["planned", "planned", "blocked", "planned"]
    for task in (made[0], made[1], made[3]):
        assert nine.secretary().post(f"/tasks/{task['id']}/start").status_code == 200
    assert nine.secretary().post(f"/tasks/{made[3]['id']}/finish").json["state"] == "done"
    now = nine.resident().get(f"/decisions/{seen['id']}").json
    assert now["progress"] == 25
    assert now["progress_by_recommendation"][str(host.id)] == 100
    assert now["recommendations_without_task"] == []


def test_better_word_during_renovations_is_adopted_with_changes(nine: Board) -> None:
    texts = ("14-3-1", "En navngiven kontaktperson", "På papir og sms", "Besked med det samme", "En følgegruppe", "500 kr.")
    minority = "To deltagere mente, at kompensationen er vigtigere end de øvrige punkter."
    proposal = nine.proposal(*recommendations(*texts), dissents=(minority,))
    outcomes: list[Any] = ["adopted"] * 6
    outcomes[1] = {"outcome": "adopted_with_changes", "change": "Telefontiden bliver tre dage om ugen.", "code": "economy"}
    outcomes[5] = {"outcome": "rejected", "reason": "Beboerne ville selv betale den over huslejen.", "code": "economy"}
    said = {
        "outcome": "adopted_with_changes",
        "reason": "Daglig telefontid vil koste mere end rammen på 60.000 kr.",
        "codes": ["need", "economy"],
        "review_on": (today() + timedelta(days=200)).isoformat(),
    }

    seen = decide(nine, proposal, outcomes, **nine.votes(7, 1, 1), **said)

    assert seen["proposal"]["dissents"] == [minority]
    assert [point["outcome"] for point in seen["points"]].count("adopted") == 4
    assert [(point["change"], point["code"]) for point in seen["points"] if point["change"]] == [
        ("Telefontiden bliver tre dage om ugen.", "economy")
    ]
    assert len(seen["recommendations_without_task"]) == 5, "what was rejected asks for no task"
    (review,) = nine.resident().get(f"/decisions/{seen['id']}/reviews").json["items"]
    assert (review["state"], review["day"]) == ("awaited", said["review_on"])


@pytest.mark.invariant(43)
def test_charging_posts_are_rejected_and_yet_of_use(nine: Board) -> None:
    proposal = nine.proposal(*recommendations("Én aftale for alle.", "40 ladestandere i 2027.", "10 % af pladserne."))
    away = nine.members[6]
    nine.sitting(away).post(f"/docket/{nine.newest()}/recuse", reason="Ansat hos en ladeoperatør.")
    said = {
        "outcome": "rejected",
        "reason": "Arbejder og brug af parkeringspladser i en afdeling skal besluttes på afdelingsmødet.",
        "codes": ["other_competence", "scope"],
        "message_to_proposer": "Din ide blev ikke vedtaget i den form, gruppen foreslog. Her kan du læse hvorfor.",
    }

    seen = decide(nine, proposal, ["rejected"] * 3, **nine.votes(2, 5, 1), **said)

    assert (seen["outcome"], seen["recused"]) == ("rejected", [str(away)])
    assert (seen["ballot"]["entitled"], len(seen["ballot"]["present"])) == (8, 8)
    assert seen["recommendations_without_task"] == []
    (published,) = told(nine, DecisionPublished.kind)
    assert published["message_to_proposer"] == said["message_to_proposer"]
    made = nine.task(seen["id"], title="En vejledning på to sider ud fra gruppens materiale", owner="Administrationen")
    assert made.json["state"] == "planned"
