"""What people do with ideas."""

from typing import Any

from gateway.pages import words
from gateway.pages.forms.choices import departments
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field


def origins(visit: Any, _: Any) -> list[tuple[str, str]]:
    """As what somebody can speak: what they are, and what they sit in."""
    who = visit.must_be_known()
    kinds = {visit.bodies.get(str(mandate.body_id), {}).get("kind") for mandate in who.mandates}
    can = {"resident": who.resident, "administration": who.employee}
    can |= {kind: kind in kinds for kind in ("department_board", "organisation_board")}
    open_to = [origin for origin, yes in can.items() if yes] or ["resident"]
    return [(origin, words.word("origin", origin)) for origin in open_to]


def _reason(label: str, hint: str) -> Field:
    return Field(name="reason", label=label, kind="text", hint=hint)


READ_BY_ALL = "Alle beboere kan læse begrundelsen."

FORMS = (
    Form(
        thing="idea",
        verb="submit",
        label="Send ideen",
        title="Fortæl om din ide",
        intro="Skriv kort, hvad det handler om, og hvad der kunne blive bedre. Du behøver ikke have løsningen.",
        path="/ideas",
        tone="main",
        done="Tak. Din ide er sendt. Den bliver læst igennem, før alle kan se den.",
        fields=(
            Field(name="title", label="Overskrift", hint="Kort og klart, højst 120 tegn. Fx: Øget brug af beboerlokaler."),
            Field(
                name="text",
                label="Hvad handler det om?",
                kind="text",
                hint="Hvad oplever du i dag, og hvem ville få glæde af en forandring? Skriv ikke navne på naboer.",
            ),
            Field(
                name="departments",
                label="Hvilke afdelinger gælder det?",
                kind="people",
                hint="Vælg ingen, hvis det gælder dem alle.",
                needed=False,
                options=departments,
            ),
            Field(
                name="origin",
                label="Hvem kommer ideen fra?",
                kind="choice",
                options=origins,
                start=lambda visit, thing: origins(visit, thing)[0][0],
            ),
        ),
    ),
    Form(
        thing="idea",
        verb="endorse",
        label="Støt ideen",
        path="/ideas/{id}/endorse",
        tone="main",
        done="Tak. Du støtter nu ideen.",
    ),
    Form(
        thing="idea",
        verb="withdraw_endorsement",
        label="Træk min støtte tilbage",
        path="/ideas/{id}/withdraw_endorsement",
        done="Du støtter ikke længere ideen.",
    ),
    Form(
        thing="idea",
        verb="publish",
        label="Offentliggør ideen",
        path="/ideas/{id}/publish",
        tone="main",
        done="Ideen er offentlig. Alle kan nu læse og støtte den.",
    ),
    Form(
        thing="idea",
        verb="reject",
        label="Offentliggør ikke",
        title="Hvorfor bliver ideen ikke offentliggjort?",
        path="/ideas/{id}/reject",
        tone="grave",
        done="Ideen bliver ikke offentliggjort. Forslagsstilleren kan læse hvorfor.",
        fields=(_reason("Begrundelse", "Forslagsstilleren får begrundelsen at se."),),
    ),
    Form(
        thing="idea",
        verb="withdraw",
        label="Træk ideen tilbage",
        path="/ideas/{id}/withdraw",
        tone="grave",
        done="Ideen er trukket tilbage.",
    ),
    Form(
        thing="idea",
        verb="park",
        label="Sæt ideen i bero",
        title="Hvorfor skal ideen vente?",
        path="/ideas/{id}/park",
        done="Ideen er sat i bero.",
        fields=(_reason("Begrundelse", READ_BY_ALL),),
    ),
    Form(
        thing="idea",
        verb="resume",
        label="Tag ideen frem igen",
        path="/ideas/{id}/resume",
        done="Ideen er offentlig igen.",
    ),
    Form(
        thing="idea",
        verb="decline",
        label="Sig nej til ideen",
        title="Hvorfor tager I ikke ideen op?",
        path="/ideas/{id}/decline",
        tone="grave",
        done="Ideen har fået svar.",
        fields=(_reason("Begrundelse", READ_BY_ALL),),
    ),
)
"""In the words that residents use. What each may do is the service's to say."""
