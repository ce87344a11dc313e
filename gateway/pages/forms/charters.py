"""What people do with charters, their amendments, and the templates they are begun from."""

from collections.abc import Mapping
from typing import Any

from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field


def _days(_: Any, thing: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"day": day} for day in thing.get("meetings", [])]


def _asked_for(name: str) -> Any:
    return lambda _, thing: thing["args"].get(name)


def _begun_title(visit: Any, thing: Mapping[str, Any]) -> Any:
    """The title of the idea or the template that one came from."""
    for name, path in (("ide", "ideas"), ("skabelon", "templates")):
        id = thing["args"].get(name)
        found = visit.find(f"/{path}/{id}") if id else None
        if found:
            return found["title"]
    return None


def sponsors(visit: Any, charter: Mapping[str, Any]) -> choices.Pairs:
    """Who sits in the body with a vote."""
    return choices.in_body(visit, charter.get("body_id"))


def affected(visit: Any, charter: Mapping[str, Any]) -> choices.Pairs:
    """The departments that a task can affect: a department board's own, or any."""
    own = visit.bodies.get(str(charter.get("body_id")), {}).get("department_id")
    return [(own, visit.departments.get(own, "Afdelingen"))] if own else choices.departments(visit, charter)


def templates(visit: Any, _: Any) -> choices.Pairs:
    """The association's templates."""
    return [(each["id"], each["title"]) for each in visit.items("/templates", limit=100)]


def _employed(_: Any, thing: Mapping[str, Any]) -> bool:
    """Those who can be chosen are employees, so that is what a new one is."""
    return bool(thing.get("facilitator_employed") or not thing.get("facilitator_id"))


def _household(_: Any, thing: Mapping[str, Any]) -> bool:
    return bool(thing.get("one_per_household", True))


A_DEPARTMENT = Field(
    name="department_id",
    label="Fra afdeling",
    kind="choice",
    options=choices.departments,
    hint="Lad feltet stå, hvis det er lige meget.",
    blank=None,
    needed=False,
)

TASK = (
    Field(name="part_task", label="Opgaven", kind="part"),
    Field(name="title", label="Titel", start=there("title")),
    Field(name="topic", label="Emne", kind="choice", options=choices.of("topic"), start=there("topic"), blank=None),
    Field(
        name="background",
        label="Baggrund",
        kind="text",
        hint="Hvad er udfordringen, og hvorfor nu?",
        start=there("background"),
        blank="",
    ),
    Field(
        name="purpose",
        label="Formål",
        kind="text",
        hint="Hvad skal gruppen komme med et forslag til?",
        start=there("purpose"),
        blank="",
    ),
    Field(
        name="questions",
        label="Spørgsmål, som gruppen skal svare på",
        kind="lines",
        hint="Ét spørgsmål på hver linje.",
        start=there("questions"),
    ),
    Field(
        name="openness",
        label="Hvor åben er opgaven?",
        kind="choice",
        options=choices.of("openness"),
        whole=True,
        start=there("openness"),
        blank=None,
    ),
)
CONCERNS = (
    Field(name="part_concerns", label="Hvem det handler om", kind="part"),
    Field(
        name="stakeholders",
        label="Hvem berører det?",
        kind="lines",
        hint="En gruppe af mennesker på hver linje, fx beboere med små børn. Skriv ikke navne.",
        start=there("stakeholders"),
    ),
)
DEPARTMENTS = (
    Field(
        name="department_ids",
        label="Berørte afdelinger",
        kind="people",
        hint="Vælg ingen, hvis opgaven gælder hele boligforeningen.",
        options=affected,
        start=there("department_ids"),
        needed=False,
    ),
)
FRAMES = (
    Field(name="part_frames", label="Rammer og løfte", kind="part"),
    Field(
        name="frames",
        label="Rammer",
        kind="text",
        hint="Økonomi, tid og andet, som forslaget skal holde sig inden for.",
        start=there("frames"),
        blank="",
    ),
    Field(
        name="not_up_for_change",
        label="Det ligger fast",
        kind="text",
        hint="Hvad skal gruppen ikke tage stilling til?",
        start=there("not_up_for_change"),
        blank="",
    ),
    Field(
        name="commitment",
        label="Hvad lover bestyrelsen?",
        kind="choice",
        options=choices.of("commitment"),
        start=there("commitment"),
    ),
    Field(
        name="budget_kroner",
        label="Beløb i kroner",
        kind="number",
        hint="Fx 150.000. Lad feltet stå tomt, hvis der ikke er afsat et beløb.",
        start=there("budget_kroner"),
        blank=None,
        needed=False,
    ),
)
CIRCLE_HEAD = Field(name="part_circle", label="Deltagerkreds", kind="part")
MINORITY = Field(
    name="minority_reason",
    label="Hvorfor har beboerne ikke flertal?",
    kind="text",
    hint="Kun hvis beboerne har halvdelen af pladserne eller færre.",
    start=there("minority_reason"),
    blank="",
    needed=False,
)
HOUSEHOLD = Field(name="one_per_household", label="Højst én fra hver husstand", kind="yes", start=_household)
SELECTION = Field(
    name="selection",
    label="Sådan fordeles pladserne, hvis flere melder sig",
    kind="choice",
    options=choices.of("selection"),
    start=there("selection"),
)
SEAT = (
    Field(name="category", label="Hvem", kind="choice", options=choices.of("categories")),
    Field(name="places", label="Antal pladser", kind="number"),
)
TARGET = (
    Field(name="places", label="Mindst så mange pladser", kind="number"),
    Field(
        name="category",
        label="Til",
        kind="choice",
        options=choices.of("categories"),
        blank=None,
        needed=False,
    ),
)
NEW_ONES = Field(name="first_timers", label="Til folk, der ikke har været med før", kind="yes")


def seats(rows: tuple[Field, ...]) -> Field:
    """The plan of seats."""
    return Field(
        name="seats",
        label="Pladser",
        kind="rows",
        row_label="Pladstype",
        hint="Beboerne skal have over halvdelen af pladserne, medmindre I skriver hvorfor ikke.",
        start=there("seats"),
        rows=rows,
    )


def targets(rows: tuple[Field, ...]) -> Field:
    """At least so many of the seats go to whom."""
    return Field(
        name="targets",
        label="Mål for, hvem der får pladserne",
        kind="rows",
        row_label="Mål",
        hint="Fx mindst 4 pladser til beboere fra én afdeling.",
        start=there("targets"),
        rows=rows,
        needed=False,
    )


CIRCLE = (
    CIRCLE_HEAD,
    seats((*SEAT, A_DEPARTMENT)),
    targets((*TARGET, A_DEPARTMENT, NEW_ONES)),
    SELECTION,
    HOUSEHOLD,
    MINORITY,
)
CIRCLE_OF_AN_AMENDMENT = (CIRCLE_HEAD, seats((*SEAT, A_DEPARTMENT)), MINORITY)
CIRCLE_OF_A_TEMPLATE = (CIRCLE_HEAD, seats(SEAT), targets((*TARGET, NEW_ONES)), SELECTION, HOUSEHOLD, MINORITY)
MORE_MEETINGS = Field(
    name="more_meetings_reason",
    label="Hvorfor skal der være flere møder, end reglerne giver?",
    kind="text",
    hint="Kun hvis der bliver flere møder, end kommissoriet må have. Der kan højst blive 12.",
    start=there("more_meetings_reason"),
    blank="",
    needed=False,
)
SIGN_UP = Field(name="sign_up_until", label="Sidste dag for tilmelding", kind="day", start=there("sign_up_until"), blank=None)
MEETINGS = Field(
    name="meetings",
    label="Møder",
    kind="rows",
    row_label="Møde",
    hint="Det første først. Tid og sted kommer med indkaldelsen.",
    start=_days,
    only="day",
    rows=(Field(name="day", label="Dag", kind="day"),),
)
ENDS = (
    Field(name="handover", label="Løsningsforslaget afleveres senest", kind="day", start=there("handover"), blank=None),
    Field(name="decision_by", label="Bestyrelsen beslutter senest", kind="day", start=there("decision_by"), blank=None),
)
TIMETABLE_HEAD = Field(name="part_timetable", label="Tidsplan", kind="part")
HOURS = Field(
    name="facilitator_hours",
    label="Timer til facilitatoren",
    kind="number",
    hint="Den tid, der er afsat i alt: forberedelse, møder og opfølgning.",
    start=there("facilitator_hours"),
    blank=None,
)
ROLES = (
    Field(name="part_roles", label="Roller", kind="part"),
    Field(
        name="sponsor_id",
        label="Tovholder",
        kind="person",
        hint="Et medlem af bestyrelsen, som bærer gruppen politisk.",
        options=sponsors,
        start=there("sponsor_id"),
        blank=None,
    ),
    Field(
        name="facilitator_id",
        label="Facilitator",
        kind="person",
        hint="Leder møderne og har ikke selv en plads i gruppen.",
        options=choices.employees,
        start=there("facilitator_id"),
        blank=None,
    ),
    Field(name="facilitator_employed", label="Facilitatoren er ansat", kind="yes", start=_employed),
    Field(name="facilitator_hired", label="Facilitatoren er hyret til opgaven", kind="yes", start=there("facilitator_hired")),
    HOURS,
)
CHARTER_SAYS = (*TASK, *CONCERNS, *DEPARTMENTS, *FRAMES, *CIRCLE, TIMETABLE_HEAD, SIGN_UP, MEETINGS, *ENDS, *ROLES)
"""The charter lacks nothing before it is proposed; until then every field may stay empty."""

AMENDMENT_SAYS = (
    Field(
        name="why",
        label="Hvorfor skal kommissoriet ændres?",
        kind="text",
        hint="Bestyrelsen og gruppen kan læse det.",
        start=there("why"),
        blank="",
    ),
    *(*TASK, *CONCERNS, *DEPARTMENTS, *FRAMES, *CIRCLE_OF_AN_AMENDMENT),
    *(TIMETABLE_HEAD, SIGN_UP, MEETINGS, MORE_MEETINGS, *ENDS, *ROLES),
)
"""How seats are shared out is left out: people have signed up on those terms."""

GOOD_FOR = Field(
    name="good_for",
    label="Hvad er skabelonen god til?",
    kind="text",
    hint="Et par linjer, så andre ved, hvornår de skal bruge den.",
    start=there("good_for"),
    blank="",
    needed=False,
)
TEMPLATE_SAYS = (TASK[1], GOOD_FOR, *TASK[2:], *CONCERNS, *FRAMES, *CIRCLE_OF_A_TEMPLATE, HOURS)

FORMS = (
    Form(
        thing="charter",
        verb="draft",
        label="Skriv et kommissorium",
        send="Begynd kommissoriet",
        title="Et nyt kommissorium",
        intro="Kommissoriet er gruppens opgave på skrift. Begynd med titlen; resten udfylder du på næste side.",
        path="/charters",
        tone="main",
        done="Kladden er oprettet. Udfyld resten, når du er klar.",
        fields=(
            Field(name="title", label="Titel", start=_begun_title),
            Field(
                name="body_id",
                label="Hvem nedsætter gruppen?",
                kind="choice",
                options=choices.bodies,
                start=lambda visit, thing: choices.first(choices.bodies(visit, thing)),
            ),
            Field(
                name="template_id",
                label="Begynd fra en skabelon",
                kind="person",
                options=templates,
                start=_asked_for("skabelon"),
                needed=False,
            ),
            Field(name="idea_id", kind="hidden", start=_asked_for("ide")),
        ),
    ),
    Form(
        thing="charter",
        verb="edit",
        label="Skriv i kommissoriet",
        title="Skriv kommissoriet",
        send="Gem",
        intro="Du kan gemme, så tit du vil, og skrive videre senere.",
        path="/charters/{id}",
        method="PUT",
        tone="main",
        done="Kommissoriet er gemt.",
        fields=CHARTER_SAYS,
    ),
    Form(
        thing="charter",
        verb="propose",
        label="Læg det på bestyrelsens dagsorden",
        path="/charters/{id}/propose",
        tone="main",
        done="Kommissoriet ligger nu på bestyrelsens dagsorden.",
    ),
    Form(
        thing="charter",
        verb="amend",
        label="Foreslå en ændring",
        path="/charters/{id}/amend",
        done="Her er ændringen. Skriv, hvad der skal være anderledes, og hvorfor.",
    ),
    Form(
        thing="charter",
        verb="ask_revocation",
        label="Bed om, at det bliver tilbagekaldt",
        title="Hvorfor skal kommissoriet tilbagekaldes?",
        send="Læg det på bestyrelsens dagsorden",
        intro="Bestyrelsen afgør det. Bliver kommissoriet tilbagekaldt, bliver gruppen opløst med samme begrundelse.",
        path="/charters/{id}/ask_revocation",
        tone="grave",
        done="Spørgsmålet ligger nu på bestyrelsens dagsorden.",
        fields=(Field(name="reason", label="Begrundelse", kind="text", hint="Alle beboere kan læse begrundelsen."),),
    ),
    Form(
        thing="charter",
        verb="keep_as_template",
        label="Gem som skabelon",
        title="Gem kommissoriet som skabelon",
        send="Gem skabelonen",
        intro="Skabelonen får teksten og deltagerkredsen med, men ingen personer, afdelinger eller datoer.",
        path="/charters/{id}/keep_as_template",
        done="Skabelonen er gemt.",
        fields=(Field(name="title", label="Titel", start=there("title")), GOOD_FOR),
    ),
    Form(
        thing="amendment",
        verb="edit",
        label="Skriv i ændringen",
        title="Skriv ændringen",
        send="Gem",
        intro="Ret kun det, der skal være anderledes. Resten bliver, som det er.",
        path="/amendments/{id}",
        method="PUT",
        tone="main",
        done="Ændringen er gemt.",
        fields=AMENDMENT_SAYS,
    ),
    Form(
        thing="amendment",
        verb="propose",
        label="Læg den på bestyrelsens dagsorden",
        path="/amendments/{id}/propose",
        tone="main",
        done="Ændringen ligger nu på bestyrelsens dagsorden.",
    ),
    Form(
        thing="amendment",
        verb="withdraw",
        label="Træk ændringen tilbage",
        path="/amendments/{id}/withdraw",
        tone="grave",
        done="Ændringen er trukket tilbage.",
    ),
    Form(
        thing="template",
        verb="revise",
        label="Ret skabelonen",
        send="Gem",
        path="/templates/{id}",
        method="PUT",
        done="Skabelonen er gemt.",
        fields=TEMPLATE_SAYS,
    ),
    Form(
        thing="template",
        verb="share",
        label="Del med andre boligforeninger",
        title="Del skabelonen med andre boligforeninger",
        send="Del skabelonen",
        intro="Alle boligforeninger kan læse og kopiere den. Læs teksten igennem først: der må ikke stå navne på personer i den.",
        path="/templates/{id}/share",
        done="Skabelonen er delt.",
        fields=(
            Field(
                name="shown_as",
                label="Delt af",
                hint="Det navn, andre skal se, fx jeres boligforening. Lad feltet stå tomt, hvis I ikke vil nævnes.",
                start=lambda visit, _: visit.door.name,
                blank="",
                needed=False,
            ),
        ),
    ),
    Form(
        thing="template",
        verb="unshare",
        label="Hold op med at dele",
        path="/templates/{id}/unshare",
        done="Skabelonen er ikke længere delt. Andre kan stadig have en kopi.",
    ),
    Form(
        thing="template",
        verb="discard",
        label="Slet skabelonen",
        path="/templates/{id}/discard",
        tone="grave",
        done="Skabelonen er slettet.",
    ),
    Form(
        thing="shared_template",
        verb="copy",
        label="Kopiér til vores egne",
        path="/shared_templates/{id}/copy",
        tone="main",
        done="Nu er skabelonen jeres egen. I kan rette i den.",
    ),
)
