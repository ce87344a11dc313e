"""The shared understanding over HTTP, on a real database."""

from typing import Any

from services.meetings.tests.works import Works


def path(works: Works) -> str:
    return f"/groups/{works.group_id}/shared_understanding"


def worded(works: Works) -> Any:
    return works.post(works.anna, path(works), text="Booking er besværlig.")


def test_a_group_words_it_agrees_and_rewords_it_and_the_old_words_stay(works: Works) -> None:
    assert "word_understanding" in works.see()["may"]
    worded(works)
    assert "word_understanding" not in works.see()["may"]
    works.post(works.anna, f"{path(works)}/agree", level=2, edition=1)
    seen = works.post(works.bo, f"{path(works)}/agree", level=4, edition=1)
    assert (seen["mean"], seen["spread"], seen["my_level"], seen["answers"]) == (3.0, 1.0, 4, 2)

    again = works.ask(works.facilitator).put(path(works), text="Nøglen er problemet.", edition=1).json
    assert (again["edition"], again["mean"], again["earlier"][0]["mean"]) == (2, None, 3.0)
    late = works.ask(works.bo).post(f"{path(works)}/agree", level=5, edition=1)
    assert (late.status_code, late.json["facts"]["now"]) == (409, "Nøglen er problemet.")
    over = works.ask(works.bo).put(path(works), text="Bos ord", edition=1)
    assert (over.status_code, over.json["facts"]["yours"]) == (409, "Bos ord")


def test_who_said_how_far_is_told_to_nobody_else(works: Works) -> None:
    worded(works)
    works.post(works.anna, f"{path(works)}/agree", level=1, edition=1)

    for who in (works.bo, works.facilitator):
        assert str(works.anna.person_id) not in works.ask(who).get(path(works)).text


def test_a_group_has_one_sentence_and_it_is_its_own_until_the_proposal_is_handed_over(works: Works) -> None:
    assert works.ask(works.anna).get(path(works)).status_code == 404
    assert works.ask(works.anna).put(path(works), text="x", edition=1).status_code == 404
    worded(works)

    assert works.ask(works.bo).post(path(works), text="En til").status_code == 409
    assert works.ask(works.neighbour).get(path(works)).status_code == 404
    assert works.ask(works.neighbour).post(f"{path(works)}/agree", level=3, edition=1).status_code == 403
    assert works.ask(works.neighbour).put(path(works), text="x", edition=1).status_code == 403
    works.submitted()
    assert works.ask(works.neighbour).get(path(works)).json["text"] == "Booking er besværlig."


def test_an_answer_off_the_scale_is_named_by_field(works: Works) -> None:
    worded(works)
    answer = works.ask(works.anna).post(f"{path(works)}/agree", level=6, edition=1)

    assert (answer.status_code, answer.json["fields"][0]["field"]) == (422, "level")
