"""What boards and secretaries do with their docket and with decisions."""

from collections.abc import Mapping
from typing import Any

from gateway.pages import words
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field, Start


def _recommendations(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    text = item.get("text") or item.get("proposal") or {}
    return list(item.get("recommendations") or text.get("recommendations") or [])


def _points(_: Any, item: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"recommendation_id": each["id"], "about": each["text"]} for each in _recommendations(item)]


def _to_correct(_: Any, decision: Mapping[str, Any]) -> list[dict[str, Any]]:
    texts = {each["id"]: each["text"] for each in _recommendations(decision)}
    return [{**point, "about": texts.get(point["recommendation_id"], "")} for point in decision.get("points", [])]


def _as_it_stands(name: str) -> Start:
    return lambda _, decision: decision.get(name)


def _as_voted(name: str) -> Start:
    return lambda _, decision: (decision.get("ballot") or {}).get(name)


def _first_chair(visit: Any, item: Mapping[str, Any]) -> Any:
    return choices.first(choices.chairs(visit, item))


def _present(visit: Any, item: Mapping[str, Any]) -> list[str]:
    return [id for id, _ in choices.voters(visit, item)]


def _to_carry_out(_: Any, decision: Mapping[str, Any]) -> choices.Pairs:
    texts = {each["id"]: each["text"] for each in _recommendations(decision)}
    points = [point["recommendation_id"] for point in decision.get("points", [])]
    return [(id, f"{number}. {_short(texts.get(id, ''))}") for number, id in enumerate(points, 1)]


def _next_to_plan(_: Any, decision: Mapping[str, Any]) -> Any:
    waiting = decision.get("recommendations_without_task") or [None]
    return waiting[0]


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:68].rstrip()} …"


OUTCOMES = tuple(words.WORDS["outcome"].items())
CODES = tuple(words.WORDS["reason_code"].items())
OF_A_POINT = tuple((value, said) for value, said in OUTCOMES if value != "returned")

VOTE = (
    Field(name="meeting_day", label="Bestyrelsesmødets dato", kind="day"),
    Field(name="chair_id", label="Mødet blev ledet af", kind="person", options=choices.chairs, start=_first_chair),
    Field(
        name="present",
        label="Til stede",
        kind="people",
        hint="Dem, der kunne stemme. Inhabile står ikke på listen.",
        options=choices.voters,
        start=_present,
    ),
    Field(
        name="alternates",
        label="Suppleanter, der trådte ind",
        kind="people",
        hint="Kun dem, der havde stemmeret i stedet for et medlem.",
        options=choices.alternates,
        needed=False,
    ),
    Field(name="votes_for", label="Stemmer for", kind="number"),
    Field(name="votes_against", label="Stemmer imod", kind="number", start=lambda *_: 0),
    Field(name="abstained", label="Undlod at stemme", kind="number", start=lambda *_: 0),
    Field(
        name="chair_votes_for",
        label="Ved stemmelighed: mødelederen stemte for",
        kind="choice",
        options=(("ja", "Ja"), ("nej", "Nej")),
        needed=False,
        means={"ja": True, "nej": False},
    ),
)

FORMS = (
    Form(
        thing="docket",
        verb="present",
        label="Fremlæg sagen",
        path="/docket/{id}/present",
        done="Sagen er fremlagt.",
    ),
    Form(
        thing="docket",
        verb="recommend",
        label="Skriv indstillingen",
        title="Administrationens indstilling",
        send="Gem indstillingen",
        intro="Indstillingen står ved siden af sagen og er ikke en del af beslutningen. Bestyrelsen kan beslutte noget andet.",
        path="/docket/{id}/recommend",
        done="Indstillingen er gemt.",
        fields=(
            Field(
                name="outcome",
                label="Vi indstiller, at sagen bliver",
                kind="choice",
                options=OUTCOMES,
                start=lambda _, item: (item.get("staff_recommendation") or {}).get("outcome"),
            ),
            Field(
                name="text",
                label="Begrundelse",
                kind="text",
                start=lambda _, item: (item.get("staff_recommendation") or {}).get("text"),
            ),
        ),
    ),
    Form(
        thing="docket",
        verb="recuse",
        label="Meld inhabilitet",
        title="Hvem er inhabil i sagen?",
        send="Notér inhabilitet",
        intro="En inhabil deltager hverken i drøftelsen eller i afstemningen.",
        path="/docket/{id}/recuse",
        done="Inhabiliteten er noteret.",
        fields=(
            Field(
                name="person_id",
                label="Hvem",
                kind="person",
                options=choices.roster,
                needed=False,
                hint="Vælg ingen, hvis det er dig selv.",
            ),
            Field(name="reason", label="Hvorfor", kind="text", needed=False),
        ),
    ),
    Form(
        thing="docket",
        verb="take_over",
        label="Lad organisationsbestyrelsen overtage",
        path="/docket/{id}/take_over",
        done="Organisationsbestyrelsen har overtaget sagen.",
    ),
    Form(
        thing="docket",
        verb="decide_charter",
        label="Skriv beslutningen ind",
        title="Bestyrelsens beslutning",
        intro="Vedtaget betyder ja til det, sagen lægger op til. En tilbagekaldelse bliver vedtaget eller afvist.",
        send="Gem beslutningen",
        path="/docket/{id}/decide_charter",
        tone="main",
        done="Beslutningen er skrevet ind.",
        fields=(
            Field(name="outcome", label="Beslutning", kind="choice", options=OUTCOMES),
            *VOTE,
            Field(
                name="reason",
                label="Begrundelse",
                kind="text",
                hint="Skal med, når kommissoriet bliver sendt tilbage eller afvist.",
                needed=False,
            ),
        ),
    ),
    Form(
        thing="docket",
        verb="decide_proposal",
        label="Skriv beslutningen ind",
        title="Bestyrelsens beslutning om løsningsforslaget",
        send="Gem beslutningen",
        intro="Beslutningen bliver først synlig for alle, når I offentliggør den.",
        path="/docket/{id}/decide_proposal",
        tone="main",
        done="Beslutningen er skrevet ind. Offentliggør den, når den er klar.",
        fields=(
            Field(name="outcome", label="Samlet beslutning", kind="choice", options=OUTCOMES),
            Field(
                name="points",
                label="Anbefaling for anbefaling",
                kind="rows",
                row_label="Anbefaling",
                fixed=True,
                start=_points,
                rows=(
                    Field(name="recommendation_id", kind="hidden"),
                    Field(name="about", kind="told"),
                    Field(name="outcome", label="Beslutning", kind="choice", options=OF_A_POINT),
                    Field(name="change", label="Hvad er ændret?", kind="text", needed=False),
                    Field(name="code", label="Grund", kind="choice", options=CODES, needed=False),
                    Field(name="reason", label="Begrundelse", kind="text", needed=False),
                ),
            ),
            Field(
                name="codes",
                label="Grunde",
                kind="people",
                hint="De tre første taler for, resten taler imod. Vælg dem, der vejede tungest.",
                options=CODES,
            ),
            Field(name="reason", label="Samlet begrundelse", kind="text", hint="Alle beboere kan læse den."),
            Field(name="conditions", label="Betingelser", kind="lines", hint="Én betingelse på hver linje.", needed=False),
            Field(name="message", label="Besked til gruppen", kind="text", needed=False),
            Field(name="message_to_proposer", label="Besked til forslagsstilleren", kind="text", needed=False),
            Field(
                name="review_on",
                label="Hvornår følger bestyrelsen op?",
                kind="day",
                hint="Den dag minder systemet bestyrelsen og gruppen om at se på, hvad der er kommet ud af det.",
                needed=False,
            ),
            *VOTE,
        ),
    ),
    Form(
        thing="decision",
        verb="publish",
        label="Offentliggør beslutningen",
        path="/decisions/{id}/publish",
        tone="main",
        done="Beslutningen er offentlig.",
    ),
    Form(
        thing="decision",
        verb="plan_task",
        label="Planlæg en opgave",
        title="Hvem gør hvad hvornår?",
        send="Gem opgaven",
        path="/decisions/{id}/tasks",
        tone="main",
        done="Opgaven er planlagt.",
        fields=(
            Field(name="title", label="Hvad skal gøres?"),
            Field(
                name="recommendation_id",
                label="Hvilken anbefaling hører det til?",
                kind="person",
                options=_to_carry_out,
                start=_next_to_plan,
                needed=False,
            ),
            Field(name="owner", label="Hvem har ansvaret?", hint="Fx Administrationen eller Driften."),
            Field(
                name="owner_id",
                label="Hvilken medarbejder?",
                kind="person",
                hint="Medarbejderen kan selv melde, hvor langt opgaven er.",
                options=choices.employees,
                needed=False,
            ),
            Field(name="due", label="Senest færdig", kind="day"),
            Field(
                name="weight",
                label="Hvor meget vejer opgaven?",
                kind="number",
                hint="1 er en almindelig opgave. En opgave, der er tre gange så stor, vejer 3.",
                start=lambda *_: 1,
                needed=False,
            ),
            Field(
                name="departments",
                label="Afventer afdelingsmødet i",
                kind="people",
                hint="Arbejder og aktiviteter i en afdeling skal først godkendes på afdelingsmødet.",
                options=choices.departments,
                needed=False,
            ),
        ),
    ),
    Form(
        thing="decision",
        verb="correct",
        label="Ret en skrivefejl",
        title="Ret en skrivefejl i beslutningen",
        send="Gem rettelsen",
        intro="Den gamle udgave bliver stående og henviser til rettelsen. En rettelse kan ikke ændre, hvad der blev besluttet.",
        path="/decisions/{id}/correct",
        done="Rettelsen er klar. Den bliver synlig for alle, når I offentliggør den.",
        fields=(
            Field(name="what", label="Hvad er rettet?", kind="text"),
            Field(name="why", label="Hvorfor?", kind="text"),
            Field(name="reason", label="Samlet begrundelse", kind="text", start=_as_it_stands("reason")),
            Field(name="codes", label="Grunde", kind="people", options=CODES, start=_as_it_stands("codes")),
            Field(
                name="conditions",
                label="Betingelser",
                kind="lines",
                hint="Én betingelse på hver linje.",
                start=_as_it_stands("conditions"),
                needed=False,
            ),
            Field(
                name="points",
                label="Anbefaling for anbefaling",
                kind="rows",
                row_label="Anbefaling",
                fixed=True,
                start=_to_correct,
                rows=(
                    Field(name="recommendation_id", kind="hidden"),
                    Field(name="about", kind="told"),
                    Field(name="change", label="Hvad er ændret?", kind="text", blank="", needed=False),
                    Field(name="reason", label="Begrundelse", kind="text", blank="", needed=False),
                ),
            ),
            Field(
                name="message", label="Besked til gruppen", kind="text", start=_as_it_stands("message"), blank="", needed=False
            ),
            Field(
                name="message_to_proposer",
                label="Besked til forslagsstilleren",
                kind="text",
                start=_as_it_stands("message_to_proposer"),
                blank="",
                needed=False,
            ),
            Field(name="votes_for", label="Stemmer for", kind="number", start=_as_voted("votes_for")),
            Field(name="votes_against", label="Stemmer imod", kind="number", start=_as_voted("votes_against")),
            Field(name="abstained", label="Undlod at stemme", kind="number", start=_as_voted("abstained")),
        ),
    ),
    Form(
        thing="decision",
        verb="plan_review",
        label="Planlæg en opfølgning",
        title="Hvornår skal der følges op?",
        send="Gem dagen",
        path="/decisions/{id}/reviews",
        done="Opfølgningen er planlagt.",
        fields=(Field(name="day", label="Dag", kind="day"),),
    ),
)
"""A decision is the body's: who writes it in says when the body met, who was there and how they voted."""
