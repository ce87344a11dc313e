"""What people do with date polls."""

from collections.abc import Mapping
from typing import Any

from gateway.pages import dates
from gateway.pages.dates import evening
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field


def _times(_: Any, poll: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"option_id": each["id"], "when": dates.span(each["starts"], each["ends"]), "says": each["i_say"]}
        for each in poll.get("options", [])
    ]


def _options(_: Any, poll: Mapping[str, Any]) -> choices.Pairs:
    return [(each["id"], dates.span(each["starts"], each["ends"])) for each in poll.get("options", [])]


def _first_time(_: Any, meeting: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The charter's day is the first of the times."""
    return [{"at": evening(meeting.get("day"))}]


FORMS = (
    Form(
        thing="meeting",
        verb="ask_for_dates",
        label="Spørg, hvornår I kan",
        title="Hvornår kan I mødes?",
        intro="Medlemmerne siger ja, hvis nødvendigt eller nej til hver tid. Kun de, der ikke har svaret, bliver mindet om det.",
        send="Spørg medlemmerne",
        path="/meetings/{id}/date_poll",
        done="Medlemmerne bliver nu spurgt.",
        fields=(
            Field(
                name="starts",
                label="Tider",
                kind="rows",
                row_label="Tid",
                only="at",
                hint="Mindst to. Samme dag må gerne stå flere gange.",
                start=_first_time,
                rows=(Field(name="at", label="Begynder", kind="moment"),),
            ),
            Field(
                name="minutes",
                label="Hvor mange minutter varer mødet?",
                kind="number",
                hint="Fx 90 eller 120.",
                start=lambda *_: 120,
            ),
            Field(
                name="answer_by",
                label="Sidste dag for svar",
                kind="day",
                hint="Der skal også være tid til at indkalde bagefter.",
            ),
        ),
    ),
    Form(
        thing="date_poll",
        verb="answer",
        label="Svar på, hvornår du kan",
        title="Hvornår kan du?",
        send="Send mit svar",
        path="/date_polls/{id}/answer",
        tone="main",
        done="Tak. Dit svar er noteret.",
        fields=(
            Field(
                name="answers",
                label="Tider",
                kind="rows",
                row_label="Tid",
                fixed=True,
                start=_times,
                rows=(
                    Field(name="option_id", kind="hidden"),
                    Field(name="when", kind="told"),
                    Field(name="says", label="Kan du?", kind="pick", options=choices.of("says")),
                ),
            ),
        ),
    ),
    Form(
        thing="date_poll",
        verb="decide",
        label="Vælg denne tid",
        title="Hvilken tid bliver det?",
        send="Vælg tiden",
        path="/date_polls/{id}/decide",
        done="Tiden er valgt. Nu kan du indkalde til mødet.",
        fields=(Field(name="option_id", label="Tid", kind="choice", options=_options),),
    ),
    Form(
        thing="date_poll",
        verb="drop",
        label="Luk uden at vælge en tid",
        path="/date_polls/{id}/drop",
        tone="grave",
        done="Der bliver ikke spurgt mere.",
    ),
)
