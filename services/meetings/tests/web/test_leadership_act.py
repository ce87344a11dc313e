"""Leadership acts, who has been heard, and the figures, over HTTP on a real database."""

from uuid import uuid4

import pytest

from contracts.groups import SeatCategory
from services.meetings.tests.works import Works
from tests.kit import person


def test_the_facilitator_notes_acts_and_sees_how_many_of_each(works: Works) -> None:
    wish = works.bring(works.anna)
    theme = works.post(works.anna, f"/groups/{works.group_id}/themes", name="Nøgler")
    meeting = works.see()["meetings"][0]["id"]
    acts = f"/groups/{works.group_id}/leadership_acts"
    about = {"contributions": [wish["id"]], "themes": [theme["id"]], "meeting_id": meeting}
    noted = works.post(works.facilitator, acts, act="invite", note="Bo kom til orde.", **about)
    works.post(works.facilitator, acts, act="invite")
    slip = works.post(works.facilitator, acts, act="reframe")
    works.post(works.facilitator, f"/leadership_acts/{slip['id']}/take_back")

    seen = works.ask(works.facilitator).get(acts).json
    assert (seen["counts"]["invite"], seen["counts"]["reframe"], len(seen["counts"]), len(seen["items"])) == (2, 0, 10, 2)
    assert (noted["contributions"], noted["themes"], noted["meeting_id"]) == ([wish["id"]], [theme["id"]], meeting)


@pytest.mark.parametrize("about", ["contributions", "themes", "meeting_id"])
def test_an_act_is_about_what_the_group_has(works: Works, about: str) -> None:
    other = str(uuid4())
    answer = works.ask(works.facilitator).post(
        f"/groups/{works.group_id}/leadership_acts", act="frame", **{about: other if about == "meeting_id" else [other]}
    )

    assert answer.status_code == 404


def test_acts_and_who_has_not_been_heard_are_for_those_who_lead(works: Works) -> None:
    act = works.post(works.facilitator, f"/groups/{works.group_id}/leadership_acts", act="frame")

    for who in (works.anna, works.neighbour):
        assert works.ask(who).get(f"/groups/{works.group_id}/leadership_acts").status_code == 403
        assert works.ask(who).get(f"/groups/{works.group_id}/heard").status_code == 403
        assert works.ask(who).post(f"/groups/{works.group_id}/leadership_acts", act="frame").status_code == 403
        assert works.ask(who).post(f"/leadership_acts/{act['id']}/take_back").status_code == 403
    bad = works.ask(works.facilitator).post(f"/groups/{works.group_id}/leadership_acts", act="dominate")
    assert (bad.status_code, bad.json["fields"][0]["field"]) == (422, "act")


def test_who_has_not_been_heard_is_seen_without_a_ranking(works: Works) -> None:
    lone = person(works.here)
    works.seat(lone, SeatCategory.ORGANISATION_BOARD)
    works.bring(works.anna), works.bring(works.anna)
    taken_back = works.bring(works.bo)
    works.post(works.bo, f"/contributions/{taken_back['id']}/withdraw")

    seen = works.ask(works.facilitator).get(f"/groups/{works.group_id}/heard").json
    assert {each["person_id"] for each in seen["not_heard"]} == {str(works.bo.person_id), str(lone.person_id)}
    assert seen["categories_not_heard"] == ["organisation_board"]
    assert str(works.anna.person_id) not in str(seen)


def test_the_figures_say_how_far_different_wishes_were_brought_together(works: Works) -> None:
    lone = person(works.here)
    works.seat(lone, SeatCategory.ORGANISATION_BOARD)
    given = [works.bring(who) for who in (works.anna, works.anna, lone, works.bo)]
    one, _ = works.drafted("Ét system", "Nøglefri adgang")["recommendations"]
    theme = works.post(works.anna, f"/groups/{works.group_id}/themes", name="Nøgler")
    works.post(works.anna, f"/groups/{works.group_id}/themes", name="Tomt")
    for each in (given[0], given[2]):
        works.post(works.facilitator, f"/contributions/{each['id']}/gather", theme_id=theme["id"])
        works.post(works.facilitator, f"/contributions/{each['id']}/trace", recommendation_id=one["id"])
    works.post(works.facilitator, f"/contributions/{given[1]['id']}/answer", reason="Uden for rammen.")
    works.post(works.bo, f"/contributions/{given[3]['id']}/withdraw")
    works.post(works.facilitator, f"/groups/{works.group_id}/leadership_acts", act="synthesise")

    seen = works.ask(works.anna).get(f"/groups/{works.group_id}/figures").json
    assert (seen["contributions_n"], seen["contributors_share"]) == (3, 0.667)
    assert (seen["integration_rate"], seen["answered_rate"]) == (0.667, 1.0)
    assert (seen["recommendations_n"], seen["cross_role_integration"]) == (2, 0.5)
    assert (seen["theme_diversity"], seen["acts_n_by_type"]["synthesise"], seen["dissent_n"]) == (0.5, 1, 0)
    assert (seen["contribution_gini"], seen["shared_understanding_agreement"]) == (0.444, None)
    assert works.ask(works.neighbour).get(f"/groups/{works.group_id}/figures").status_code == 403


def test_figures_of_nothing_are_none_and_not_zero(works: Works) -> None:
    seen = works.ask(works.anna).get(f"/groups/{works.group_id}/figures").json

    assert (seen["contributions_n"], seen["integration_rate"], seen["theme_diversity"], seen["contribution_gini"]) == (
        0,
        None,
        None,
        None,
    )
