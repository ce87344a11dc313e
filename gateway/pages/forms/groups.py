"""What people do with charters, groups and sign-ups."""

from collections.abc import Mapping
from typing import Any

from gateway.pages import words
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field, Start


def there(name: str) -> Start:
    """What the thing holds in this field already."""
    return lambda _, thing: thing.get(name)


def _days(_: Any, thing: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"day": day} for day in thing.get("meetings", [])]


def _idea(_: Any, thing: Mapping[str, Any]) -> Any:
    return thing["args"].get("ide")


def _idea_title(visit: Any, thing: Mapping[str, Any]) -> Any:
    id = thing["args"].get("ide")
    found = visit.find(f"/ideas/{id}") if id else None
    return found and found["title"]


def sponsors(visit: Any, charter: Mapping[str, Any]) -> choices.Pairs:
    """Who sits in the body with a vote."""
    return choices.in_body(visit, charter.get("body_id"))


def seats_for_me(visit: Any, group: Mapping[str, Any]) -> choices.Pairs:
    """The seats of the group that somebody can apply for; whether they fit is the service's to say."""
    who = visit.must_be_known()
    fits = {"resident": who.resident, "employee": who.employee, "external": not (who.resident or who.employee)}
    offered = [seat["category"] for seat in group.get("seats", [])]
    mine = [each for each in offered if fits.get(each, bool(who.mandates))]
    return [(each, words.word("category", each)) for each in mine or offered]


def _own_seat(visit: Any, group: Mapping[str, Any]) -> Any:
    found = seats_for_me(visit, group)
    return found[0][0] if len(found) == 1 else None


FIRST_TIME = Field(
    name="first_time",
    label="Er det første gang, du er med i en gruppe eller en bestyrelse?",
    kind="choice",
    options=(("ja", "Ja, det er første gang"), ("nej", "Nej, jeg har været med før")),
    means={"ja": True, "nej": False},
    blank=None,
    needed=False,
)
ADDRESS = Field(
    name="address",
    label="Din adresse med etage og dør",
    hint="Der er højst én plads til hver husstand. Adressen bliver ikke gemt, kun om en anden har skrevet den samme.",
    needed=False,
    asked_if="one_per_household",
)

CHARTER_SAYS = (
    Field(name="title", label="Titel", start=there("title")),
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
        name="frames",
        label="Rammer",
        kind="text",
        hint="Økonomi, tid og andet, som forslaget skal holde sig inden for.",
        start=there("frames"),
        blank="",
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
    Field(
        name="not_up_for_change",
        label="Det ligger fast",
        kind="text",
        hint="Hvad skal gruppen ikke tage stilling til?",
        start=there("not_up_for_change"),
        blank="",
    ),
    Field(
        name="seats",
        label="Deltagerkreds",
        kind="rows",
        row_label="Pladstype",
        hint="Beboerne skal have over halvdelen af pladserne, medmindre I skriver hvorfor ikke.",
        start=there("seats"),
        rows=(
            Field(name="category", label="Hvem", kind="choice", options=choices.of("categories")),
            Field(name="places", label="Antal pladser", kind="number"),
        ),
    ),
    Field(
        name="minority_reason",
        label="Hvorfor har beboerne ikke flertal?",
        kind="text",
        hint="Kun hvis beboerne har halvdelen af pladserne eller færre.",
        start=there("minority_reason"),
        blank="",
        needed=False,
    ),
    Field(
        name="selection",
        label="Sådan fordeles pladserne, hvis flere melder sig",
        kind="choice",
        options=choices.of("selection"),
        start=there("selection"),
    ),
    Field(
        name="sign_up_until",
        label="Sidste dag for tilmelding",
        kind="day",
        start=there("sign_up_until"),
        blank=None,
    ),
    Field(
        name="meetings",
        label="Møder",
        kind="rows",
        row_label="Møde",
        hint="Det første først. Tid og sted kommer med indkaldelsen.",
        start=_days,
        only="day",
        rows=(Field(name="day", label="Dag", kind="day"),),
    ),
    Field(
        name="handover",
        label="Løsningsforslaget afleveres senest",
        kind="day",
        start=there("handover"),
        blank=None,
    ),
    Field(
        name="decision_by",
        label="Bestyrelsen beslutter senest",
        kind="day",
        start=there("decision_by"),
        blank=None,
    ),
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
        hint="En medarbejder, som leder møderne og ikke selv har en plads i gruppen.",
        options=choices.employees,
        start=there("facilitator_id"),
        blank=None,
    ),
)

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
            Field(name="title", label="Titel", start=_idea_title),
            Field(
                name="body_id",
                label="Hvem nedsætter gruppen?",
                kind="choice",
                options=choices.bodies,
                start=lambda visit, thing: choices.first(choices.bodies(visit, thing)),
            ),
            Field(name="idea_id", kind="hidden", start=_idea),
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
        fixed={"facilitator_employed": True},  # only employees can be chosen
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
        thing="group",
        verb="apply",
        label="Tilmeld dig",
        title="Tilmeld dig gruppen",
        send="Send tilmeldingen",
        intro="En tilmelding er ikke bindende. Bliver du udpeget, får du et tilbud, som du kan sige ja eller nej til.",
        path="/groups/{id}/apply",
        tone="main",
        done="Tak for din tilmelding. Du får svar, når gruppen er sammensat.",
        fields=(
            Field(name="category", label="Som hvad melder du dig?", kind="choice", options=seats_for_me, start=_own_seat),
            Field(
                name="brings",
                label="Hvad vil du gerne bidrage med?",
                kind="text",
                hint="Et par linjer er nok. De, der sammensætter gruppen, kan læse det.",
                needed=False,
            ),
            FIRST_TIME,
            ADDRESS,
        ),
    ),
    Form(
        thing="group",
        verb="announce_draw",
        label="Varsl lodtrækningen",
        path="/groups/{id}/draw/announce",
        done="Lodtrækningen er varslet. Alle kan nu se det fingeraftryk, som den er bundet af.",
    ),
    Form(
        thing="group",
        verb="try_draw",
        label="Prøv lodtrækningen",
        path="/groups/{id}/draw/try",
        done="Prøven er gemt. Ingen har fået en plads, og ingen har fået besked.",
    ),
    Form(
        thing="group",
        verb="hold_draw",
        label="Træk lod",
        title="Træk lod om pladserne",
        send="Træk lod nu",
        intro="Der trækkes lod én gang. Alle får svar med det samme: et tilbud om en plads eller en plads på reservelisten.",
        path="/groups/{id}/draw/hold",
        tone="main",
        done="Der er trukket lod, og alle har fået svar.",
        fields=(
            Field(
                name="shortfall_reason",
                label="Hvorfor trækkes der lod, hvis et af kommissoriets mål ikke kan nås?",
                kind="text",
                hint="Kun hvis der er mål, som ikke kan nås med de tilmeldte. Alle kan læse begrundelsen.",
                needed=False,
            ),
        ),
    ),
    Form(
        thing="group",
        verb="fill",
        label="Fordel pladserne efter tilmelding",
        path="/groups/{id}/fill",
        tone="main",
        done="Pladserne er tilbudt dem, der meldte sig først. De andre står på reservelisten.",
    ),
    Form(
        thing="group",
        verb="close_sign_up",
        label="Luk for tilmelding",
        path="/groups/{id}/close_sign_up",
        done="Tilmeldingen er lukket. Nu kan I sammensætte gruppen.",
    ),
    Form(
        thing="group",
        verb="form",
        label="Gruppen er sammensat",
        path="/groups/{id}/form",
        tone="main",
        done="Gruppen er sammensat og kan indkaldes.",
    ),
    Form(
        thing="group",
        verb="dissolve",
        label="Opløs gruppen",
        title="Hvorfor bliver gruppen opløst?",
        path="/groups/{id}/dissolve",
        tone="grave",
        done="Gruppen er opløst.",
        fields=(Field(name="reason", label="Begrundelse", kind="text", hint="Alle beboere kan læse begrundelsen."),),
    ),
    Form(
        thing="sign_up", verb="offer", label="Tilbyd plads", path="/sign_ups/{id}/offer", tone="main", done="Pladsen er tilbudt."
    ),
    Form(
        thing="sign_up",
        verb="reserve",
        label="Sæt på reservelisten",
        path="/sign_ups/{id}/reserve",
        done="Personen står nu på reservelisten.",
    ),
    Form(
        thing="sign_up",
        verb="not_select",
        label="Udpeg ikke",
        title="Hvorfor bliver personen ikke udpeget?",
        path="/sign_ups/{id}/not_select",
        done="Personen har fået svar.",
        fields=(Field(name="reason", label="Begrundelse", kind="text", hint="Personen får begrundelsen at se."),),
    ),
    Form(
        thing="sign_up",
        verb="accept",
        label="Ja tak til pladsen",
        path="/sign_ups/{id}/accept",
        tone="main",
        done="Velkommen. Du er nu medlem af gruppen.",
        fixed={},
    ),
    Form(
        thing="sign_up", verb="decline", label="Nej tak", path="/sign_ups/{id}/decline", done="Du har sagt nej tak til pladsen."
    ),
    Form(
        thing="sign_up",
        verb="withdraw",
        label="Træk min tilmelding tilbage",
        path="/sign_ups/{id}/withdraw",
        done="Din tilmelding er trukket tilbage.",
    ),
    Form(
        thing="sign_up",
        verb="leave",
        label="Forlad gruppen",
        path="/sign_ups/{id}/leave",
        tone="grave",
        done="Du er ude af gruppen.",
    ),
)
"""The charter lacks nothing before it is proposed; until then every field may stay empty."""
