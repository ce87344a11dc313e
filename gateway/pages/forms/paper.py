"""What staff write down for people who are reached on paper: they sign up and answer by letter, by telephone, at the office."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gateway.pages import words
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import ADDRESS, FIRST_TIME
from gateway.pages.posted import Field

BEEN = (("ja", "Ja, det er første gang"), ("nej", "Nej, personen har været med før"))
NOTE = Field(
    name="consent_note",
    label="Hvordan og hvornår sagde personen det?",
    hint="Fx: Ringede til kontoret den 3. marts. Det bliver gemt sammen med dit navn.",
)


def _seats(_: Any, group: Mapping[str, Any]) -> choices.Pairs:
    return [(seat["category"], words.word("category", seat["category"])) for seat in group.get("seats", [])]


def _one_seat(_: Any, group: Mapping[str, Any]) -> str | None:
    found = _seats(_, group)
    return found[0][0] if len(found) == 1 else None


def _answer(verb: str, label: str, done: str, title: str) -> Form:
    return Form(
        thing="paper_answer",
        verb=verb,
        label=label,
        title=title,
        send="Gem svaret",
        path=f"/sign_ups/{{id}}/{verb}",
        acts_for="for_person",
        done=done,
        fields=(Field(name="for_person", kind="hidden", start=lambda _, thing: thing["args"].get("person")), NOTE),
    )


FORMS = (
    Form(
        thing="paper",
        verb="apply",
        label="Skriv en tilmelding fra papir",
        title="En tilmelding fra papir",
        send="Gem tilmeldingen",
        intro="For beboere, der får besked på papir. Personen skal selv have bedt om det.",
        path="/groups/{id}/apply",
        acts_for="for_person",
        done="Tilmeldingen er skrevet ned.",
        fields=(
            Field(name="for_person", label="Hvem melder sig?", kind="person", options=choices.on_paper),
            Field(name="category", label="Som hvad?", kind="choice", options=_seats, start=_one_seat),
            Field(name="brings", label="Hvad vil personen gerne bidrage med?", kind="text", needed=False),
            replace(FIRST_TIME, label="Er det første gang, personen er med i en gruppe eller en bestyrelse?", options=BEEN),
            replace(ADDRESS, label="Personens adresse med etage og dør"),
            NOTE,
        ),
    ),
    _answer("accept", "Skriv et ja fra papir", "Svaret er skrevet ned.", "Personen siger ja til pladsen"),
    _answer("decline", "Skriv et nej fra papir", "Svaret er skrevet ned.", "Personen siger nej tak til pladsen"),
    _answer("withdraw", "Skriv en fortrydelse fra papir", "Tilmeldingen er trukket tilbage.", "Personen trækker sin tilmelding"),
    _answer("leave", "Skriv en udtræden fra papir", "Personen er ude af gruppen.", "Personen forlader gruppen"),
)
"""The person is chosen once, when they sign up; their later answers are written down beside their sign-up."""
