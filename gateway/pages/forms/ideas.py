"""What people do with ideas."""

from dataclasses import replace
from typing import Any

from gateway.pages import words
from gateway.pages.forms.choices import departments
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field


def origins(visit: Any, _: Any) -> list[tuple[str, str]]:
    """As what somebody can speak: what they are, and what they sit in."""
    who = visit.must_be_known()
    kinds = {visit.bodies.get(str(mandate.body_id), {}).get("kind") for mandate in who.mandates if mandate.voting}
    can = {"resident": who.resident, "administration": who.employee}
    can |= {kind: kind in kinds for kind in ("department_board", "organisation_board")}
    open_to = [origin for origin, yes in can.items() if yes] or ["resident"]
    return [(origin, words.word("origin", origin)) for origin in open_to]


def into(visit: Any, idea: Any) -> list[tuple[str, str]]:
    """What an idea can be merged into: those like it first, then those that most stand behind."""
    text = f"{idea.get('title', '')} {idea.get('text', '')}"[:BEGINNING]
    found = visit.items("/ideas/similar", text=text, besides=idea["id"])
    for state in ("published", "taken_up", "parked"):
        found += visit.items("/ideas", state=state, sort="endorsers", limit=100)
    alive = {each["id"]: each for each in found if each["state"] in {"published", "taken_up", "parked"}}
    alive.pop(str(idea["id"]), None)
    return [(id, f"{each['title']} ({words.count(each['endorsers'], 'støtte', 'støtter')})") for id, each in alive.items()]


def _reason(label: str, hint: str) -> Field:
    return Field(name="reason", label=label, kind="text", hint=hint)


READ_BY_ALL = "Alle beboere kan læse begrundelsen."
BEGINNING = 500

TITLE = Field(name="title", label="Overskrift", hint="Kort og klart, højst 120 tegn. Fx: Øget brug af beboerlokaler.")
TEXT = Field(
    name="text",
    label="Hvad handler det om?",
    kind="text",
    hint="Hvad oplever du i dag, og hvem ville få glæde af en forandring? Skriv ikke navne på naboer.",
)
CONCERNS = Field(
    name="departments",
    label="Hvilke afdelinger gælder det?",
    kind="people",
    hint="Vælg ingen, hvis det gælder dem alle.",
    needed=False,
    options=departments,
    start=lambda _, idea: idea.get("departments"),
)
FROM = Field(
    name="origin",
    label="Hvem kommer ideen fra?",
    kind="choice",
    options=origins,
    start=lambda visit, thing: origins(visit, thing)[0][0],
)

FORMS = (
    Form(
        thing="idea",
        verb="write",
        label="Send ideen",
        title="Fortæl om din ide",
        intro="Skriv kort, hvad det handler om, og hvad der kunne blive bedre. Du behøver ikke have løsningen.",
        path="/ideas",
        tone="main",
        done="Tak. Din ide er sendt. Den bliver læst igennem, før alle kan se den.",
        fields=(TITLE, TEXT, CONCERNS, FROM),
    ),
    Form(
        thing="idea",
        verb="draft",
        label="Send ideen",
        title="Fortæl om din ide",
        path="/ideas/drafts",
        tone="main",
        done="Kladden er gemt. Kun du kan se den.",
        fields=(TITLE, TEXT, CONCERNS, FROM),
    ),
    Form(
        thing="idea",
        verb="edit",
        label="Skriv videre",
        title="Skriv videre på din ide",
        send="Gem kladden",
        path="/ideas/{id}",
        method="PUT",
        done="Kladden er gemt. Kun du kan se den.",
        fields=(
            replace(TITLE, needed=False, blank="", start=lambda _, idea: idea.get("title")),
            replace(TEXT, needed=False, blank="", start=lambda _, idea: idea.get("text")),
            CONCERNS,
        ),
    ),
    Form(
        thing="idea",
        verb="submit",
        label="Send ideen",
        path="/ideas/{id}/submit",
        tone="main",
        done="Tak. Din ide er sendt. Den bliver læst igennem, før alle kan se den.",
    ),
    Form(
        thing="idea",
        verb="discard",
        label="Slet kladden",
        path="/ideas/{id}/discard",
        tone="grave",
        done="Kladden er slettet.",
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
        title="Hvorfor trækker du ideen tilbage?",
        path="/ideas/{id}/withdraw",
        tone="grave",
        done="Ideen er trukket tilbage.",
        fields=(
            Field(
                name="reason",
                label="Begrundelse",
                kind="text",
                hint="De, der har støttet ideen, får begrundelsen at se. Har ingen set ideen endnu, kan den udelades.",
                needed=False,
                blank="",
            ),
        ),
    ),
    Form(
        thing="idea",
        verb="hide",
        label="Skjul ideen",
        title="Hvorfor skal ideen skjules?",
        path="/ideas/{id}/hide",
        tone="grave",
        done="Ideen er skjult. Forslagsstilleren kan læse hvorfor.",
        fields=(_reason("Begrundelse", "Forslagsstilleren får begrundelsen at se."),),
    ),
    Form(
        thing="idea",
        verb="show",
        label="Vis ideen igen",
        path="/ideas/{id}/show",
        done="Ideen er offentlig igen.",
    ),
    Form(
        thing="idea",
        verb="merge",
        label="Læg sammen med en anden",
        title="Læg ideen sammen med en anden",
        send="Læg sammen",
        intro="Ideen fortsætter som en del af den anden. Alle, der støtter den, tæller med dér, én gang hver, og får besked om "
        "alt, der sker med den. Det kan ikke fortrydes.",
        path="/ideas/{id}/merge",
        tone="grave",
        done="Ideerne er lagt sammen. Støtterne flytter med om et øjeblik.",
        fields=(
            Field(
                name="into_id",
                label="Hvilken ide skal den være en del af?",
                kind="person",
                hint="Dem, der ligner mest, står først.",
                options=into,
            ),
            _reason("Begrundelse", READ_BY_ALL),
        ),
    ),
    Form(
        thing="idea",
        verb="close_comments",
        label="Luk for kommentarer",
        path="/ideas/{id}/close_comments",
        done="Ideen kan ikke længere kommenteres.",
    ),
    Form(
        thing="idea",
        verb="open_comments",
        label="Åbn for kommentarer",
        path="/ideas/{id}/open_comments",
        done="Ideen kan kommenteres igen.",
    ),
    Form(
        thing="idea",
        verb="comment",
        label="Send kommentaren",
        title="Skriv en kommentar",
        path="/ideas/{id}/comments",
        tone="main",
        done="Tak. Alle kan nu læse din kommentar.",
        fields=(
            Field(
                name="text",
                label="Din kommentar",
                kind="text",
                hint="Alle i boligforeningen kan læse den. Skriv ikke navne på naboer.",
            ),
        ),
    ),
    Form(
        thing="comment",
        verb="hide",
        label="Skjul",
        title="Hvorfor skal kommentaren skjules?",
        send="Skjul kommentaren",
        path="/comments/{id}/hide",
        tone="grave",
        done="Kommentaren er skjult. Den, der skrev den, kan læse hvorfor.",
        fields=(_reason("Begrundelse", "Den, der skrev kommentaren, får begrundelsen at se."),),
    ),
    Form(
        thing="comment",
        verb="show",
        label="Vis igen",
        path="/comments/{id}/show",
        done="Kommentaren kan læses igen.",
    ),
    Form(
        thing="comment",
        verb="withdraw",
        label="Træk min kommentar tilbage",
        path="/comments/{id}/withdraw",
        tone="grave",
        done="Kommentaren er trukket tilbage.",
    ),
    Form(
        thing="idea",
        verb="take_up",
        label="Tag ideen op",
        title="Hvorfor tager I ideen op?",
        intro="Det er foreningens svar: Vi arbejder videre med den. Derefter kan I skrive et kommissorium.",
        path="/ideas/{id}/take_up",
        tone="main",
        done="Ideen er taget op.",
        fields=(_reason("Begrundelse", READ_BY_ALL),),
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
