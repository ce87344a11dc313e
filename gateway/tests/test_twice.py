"""Pressed twice, or written by two at once: one thing comes of it, and what was written is never lost."""

import pytest
from werkzeug.datastructures import MultiDict

from gateway.pages.forms import FORMS
from gateway.tests.kit import OURS, Browser, Village, told, well_made
from gateway.tests.page import Form

WRITTEN = {"title": "Bænke i gården", "text": "Så kan man sidde ned.", "origin": "resident"}


@pytest.fixture
def anna(village: Village) -> Browser:
    return village.visitor("anna@here.example")


def send(who: Browser, form: Form, **filled: str) -> object:
    return who.client.post(form.action, data=MultiDict([*form.sends(**filled), ("_seen", "ja")]), headers=OURS)


def test_a_form_that_is_sent_twice_makes_one_idea_and_leads_to_it_both_times(anna: Browser) -> None:
    form = anna.see("/ideer/ny").form_with("Send ideen")
    first, second = (send(anna, form, **WRITTEN) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(anna.api("GET", "/ideas/mine").json["items"]) == 1


def test_a_form_that_was_sent_and_is_sent_again_with_something_else_in_it_asks_first(anna: Browser) -> None:
    form = anna.see("/ideer/ny").form_with("Send ideen")
    send(anna, form, **WRITTEN)
    other = send(anna, form, **WRITTEN | {"text": "Og borde."})

    assert other.status_code == 422
    assert "Du har allerede sendt denne side én gang" in told(other.text)
    again = well_made(other.text).form_with("Send ideen")
    assert ("text", "Og borde.") in again.sends()
    assert send(anna, again).status_code == 303
    assert len(anna.api("GET", "/ideas/mine").json["items"]) == 2


def test_a_button_that_is_pressed_twice_does_it_once(village: Village, anna: Browser) -> None:
    idea = anna.api("POST", "/ideas", json={"title": "Bænke", "text": "Tekst"}).json["id"]
    camilla = village.visitor("camilla@here.example")
    form = camilla.see(f"/ideer/{idea}").form_with("Offentliggør")
    answers = [camilla.client.post(form.action, data=MultiDict(form.sends()), headers=OURS) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]


@pytest.mark.parametrize("key", ["æøå", "x" * 5000, "\r\nX-Evil: 1", ""])
def test_a_key_that_the_page_did_not_write_is_no_key(anna: Browser, key: str) -> None:
    assert anna.post("/ideer/ny", _key=key, _version=key, _seen="ja", **WRITTEN).status_code == 303


def test_every_form_that_sends_something_carries_a_key_of_its_own_but_those_that_leave_no_trace(anna: Browser) -> None:
    first, second = (dict(anna.see("/ideer/ny").form_with("Send ideen").sends())["_key"] for _ in range(2))

    assert first != second
    assert [f"{form.thing}.{form.verb}" for form in FORMS.values() if form.traceless] == ["anonymous_round.answer"]


def test_of_two_tabs_the_later_is_shown_both_texts_and_loses_nothing(anna: Browser) -> None:
    kept = anna.post("/ideer/ny", title="Bænke", text="Først", _draft="ja").headers["Location"]
    draft = kept.partition("?")[0].removeprefix(f"/{anna.slug}")
    edit = anna.see(draft).link("Skriv videre")
    one, other = (anna.see(edit).form_with("Gem kladden") for _ in range(2))
    assert send(anna, one, text="Skrevet i den ene").status_code == 303

    refused = send(anna, other, text="Skrevet i den anden")

    page = well_made(refused.text)
    assert refused.status_code == 412
    assert "En anden har ændret det imens" in told(refused.text)
    assert "Begge udgaver" in refused.text
    assert "Skrevet i den ene" in refused.text
    again = page.form_with("Gem kladden")
    assert ("text", "Skrevet i den anden") in again.sends()
    assert send(anna, again, text="Skrevet i den ene og i den anden").status_code == 303
    assert "Skrevet i den ene og i den anden" in anna.get(draft).text


def test_what_i_am_called_is_not_overwritten_from_an_old_tab(anna: Browser) -> None:
    me = anna.api("GET", "/me").json["id"]
    one, other = (anna.see(f"/goer/me/{me}/present").forms[-1] for _ in range(2))
    assert send(anna, one, chosen_name="Anna S.").status_code == 303
    refused = send(anna, other, chosen_name="A. Sørensen")

    assert refused.status_code == 412
    assert "Anna S." in refused.text
    assert "A. Sørensen" in refused.text
