"""What people do with groups and sign-ups."""

from collections.abc import Mapping
from typing import Any

from gateway.pages import words
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field, Start


def there(name: str) -> Start:
    """What the thing holds in this field already."""
    return lambda _, thing: thing.get(name)


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


def held_roles(_: Any, group: Mapping[str, Any]) -> choices.Pairs:
    """The roles that somebody holds."""
    return [(role, said) for role, said in words.WORDS["role"].items() if group.get(f"{role}_id")]


def vacant_roles(_: Any, group: Mapping[str, Any]) -> choices.Pairs:
    """The roles that nobody holds."""
    return [(role, words.word("role", role)) for role in group.get("vacant_roles", [])]


def leaders_to_be(visit: Any, group: Mapping[str, Any]) -> choices.Pairs:
    """Who can hold a role: those with a vote in the body, and the staff."""
    return list(dict.fromkeys([*choices.in_body(visit, group.get("body_id")), *choices.employees(visit, group)]))


def _only_role(visit: Any, group: Mapping[str, Any]) -> Any:
    found = held_roles(visit, group)
    return found[0][0] if len(found) == 1 else None


def _only_vacant(visit: Any, group: Mapping[str, Any]) -> Any:
    found = vacant_roles(visit, group)
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

FORMS = (
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
        thing="group",
        verb="vacate_role",
        label="Forlad en rolle",
        title="Hvilken rolle bliver ledig?",
        intro="Der skal ikke gives nogen grund. Gruppen viser, at rollen er ledig, og bestyrelsen udpeger en ny.",
        path="/groups/{id}/vacate_role",
        tone="grave",
        done="Rollen er nu ledig.",
        fields=(Field(name="role", label="Rolle", kind="choice", options=held_roles, start=_only_role),),
    ),
    Form(
        thing="group",
        verb="fill_role",
        label="Udpeg en ny",
        title="Udpeg en ny til en ledig rolle",
        path="/groups/{id}/fill_role",
        done="Der er udpeget en ny.",
        fields=(
            Field(name="role", label="Rolle", kind="choice", options=vacant_roles, start=_only_vacant),
            Field(
                name="person_id",
                label="Hvem",
                kind="person",
                hint="Tovholderen sidder i bestyrelsen. Facilitatoren er ansat eller hyret.",
                options=leaders_to_be,
            ),
            Field(name="employed", label="Facilitatoren er ansat eller hyret til opgaven", kind="yes", start=lambda *_: True),
        ),
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
