"""What people do with meetings."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from gateway.pages.dates import evening
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field

TWO_HOURS = timedelta(hours=2)


def _starts(_: Any, meeting: Mapping[str, Any]) -> Any:
    return meeting.get("starts") or evening(meeting.get("day"))


def _ends(_: Any, meeting: Mapping[str, Any]) -> Any:
    begins = evening(meeting.get("day"))
    return meeting.get("ends") or (begins and begins + TWO_HOURS)


def _members(visit: Any, meeting: Mapping[str, Any]) -> choices.Pairs:
    return choices.people(visit, (each["person_id"] for each in meeting.get("members", [])))


def _expected(visit: Any, meeting: Mapping[str, Any]) -> list[str]:
    """Everybody but those who sent an apology."""
    away = {each["person_id"] for each in meeting.get("answers", []) if each["state"] == "apology"}
    return [id for id, _ in _members(visit, meeting) if id not in away]


AGENDA = Field(
    name="agenda",
    label="Dagsorden",
    kind="rows",
    row_label="Punkt",
    start=there("agenda"),
    needed=False,
    rows=(
        Field(name="title", label="Punkt"),
        Field(name="kind", label="Slags", kind="choice", options=choices.of("agenda"), needed=False),
        Field(name="closed", label="Lukket punkt: kun overskriften er offentlig", kind="yes"),
    ),
)

WHEN_AND_WHERE = (
    Field(name="starts", label="Begynder", kind="moment", start=_starts),
    Field(name="ends", label="Slutter", kind="moment", start=_ends),
    Field(name="place", label="Sted", hint="Fx Selskabslokalet i Søbakken.", start=there("place"), blank="", needed=False),
    Field(
        name="online_link",
        label="Link, hvis man kan være med online",
        hint="Kun gruppen kan se linket.",
        start=there("online_link"),
        blank="",
        needed=False,
    ),
    Field(name="interpreter", label="Der er tolk", kind="yes", start=there("interpreter")),
    Field(name="child_care", label="Der er børnepasning", kind="yes", start=there("child_care")),
    Field(
        name="accessibility",
        label="Godt at vide",
        kind="text",
        hint="Elevator, teleslynge, mad og andet, der gør det lettere at være med.",
        start=there("accessibility"),
        blank="",
        needed=False,
    ),
    AGENDA,
)

FORMS = (
    Form(
        thing="work",
        verb="plan_meeting",
        label="Planlæg et møde mere",
        title="Planlæg et møde mere",
        path="/groups/{id}/meetings",
        done="Mødet er planlagt.",
        send="Planlæg mødet",
        fields=(Field(name="day", label="Dag", kind="day"),),
    ),
    Form(
        thing="meeting",
        verb="accept",
        label="Ja, jeg kommer",
        path="/meetings/{id}/accept",
        done="Tak. Gruppen kan se, at du kommer.",
    ),
    Form(
        thing="meeting",
        verb="apologise",
        label="Nej, jeg melder afbud",
        path="/meetings/{id}/apologise",
        done="Dit afbud er noteret.",
    ),
    Form(
        thing="meeting",
        verb="prepare_agenda",
        label="Forbered dagsordenen",
        title="Forbered dagsordenen",
        intro="Den kan ændres, til der indkaldes. Bagefter får alle besked om hver ændring.",
        send="Gem dagsordenen",
        path="/meetings/{id}/agenda",
        method="PUT",
        done="Dagsordenen er gemt.",
        fields=(AGENDA,),
    ),
    Form(
        thing="meeting",
        verb="convene",
        label="Indkald til mødet",
        title="Indkald til mødet",
        send="Indkald",
        path="/meetings/{id}/convene",
        tone="main",
        done="Gruppen er indkaldt.",
        fields=WHEN_AND_WHERE,
    ),
    Form(
        thing="meeting",
        verb="change",
        label="Ret tid eller sted",
        title="Ret tid, sted eller dagsorden",
        intro="Alle i gruppen får besked om ændringen.",
        send="Gem ændringen",
        path="/meetings/{id}/change",
        done="Mødet er ændret.",
        fields=WHEN_AND_WHERE,
    ),
    Form(
        thing="meeting",
        verb="hold",
        label="Notér fremmøde",
        title="Hvem var med til mødet?",
        send="Mødet er holdt",
        path="/meetings/{id}/hold",
        tone="main",
        done="Fremmødet er noteret.",
        fields=(
            Field(
                name="present",
                label="Til stede",
                kind="people",
                options=_members,
                start=_expected,
            ),
            Field(name="guests", label="Antal gæster", kind="number", start=lambda *_: 0),
        ),
    ),
    Form(
        thing="meeting",
        verb="cancel",
        label="Aflys mødet",
        title="Hvorfor bliver mødet aflyst?",
        path="/meetings/{id}/cancel",
        tone="grave",
        done="Mødet er aflyst.",
        fields=(Field(name="reason", label="Begrundelse", kind="text"),),
    ),
)
