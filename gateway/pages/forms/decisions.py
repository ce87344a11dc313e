"""What boards and secretaries do with their docket, with decisions and with tasks."""

from collections.abc import Mapping
from typing import Any

from gateway.pages import words
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field


def _recommendations(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    text = item.get("text") or item.get("proposal") or {}
    return list(item.get("recommendations") or text.get("recommendations") or [])


def _points(_: Any, item: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"recommendation_id": each["id"], "about": each["text"]} for each in _recommendations(item)]


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


def _waiting(visit: Any, task: Mapping[str, Any]) -> choices.Pairs:
    named = [str(each.get("department_id", "")) if isinstance(each, dict) else str(each) for each in task.get("departments", [])]
    mine = [(id, visit.departments.get(id, "Afdeling")) for id in named if id]
    return mine or choices.departments(visit, task)


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:68].rstrip()} …"


OUTCOMES = tuple(words.WORDS["outcome"].items())
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
        title="Fremlæg sagen for bestyrelsen",
        send="Fremlæg",
        path="/docket/{id}/present",
        done="Sagen er fremlagt.",
        fields=(
            Field(
                name="staff_recommendation",
                label="Administrationens indstilling",
                kind="text",
                needed=False,
                start=lambda _, item: item.get("staff_recommendation"),
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
                    Field(name="reason", label="Begrundelse", kind="text", needed=False),
                ),
            ),
            Field(name="reason", label="Samlet begrundelse", kind="text", hint="Alle beboere kan læse den."),
            Field(name="conditions", label="Betingelser", kind="lines", hint="Én betingelse på hver linje.", needed=False),
            Field(name="message", label="Besked til gruppen", kind="text", needed=False),
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
            Field(name="due", label="Senest færdig", kind="day"),
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
    Form(thing="task", verb="start", label="Gå i gang", path="/tasks/{id}/start", tone="main", done="Opgaven er i gang."),
    Form(
        thing="task",
        verb="block",
        label="Afvent et afdelingsmøde",
        title="Hvilken afdelings møde skal sige ja først?",
        path="/tasks/{id}/block",
        done="Opgaven afventer afdelingsmødet.",
        fields=(Field(name="department_id", label="Afdeling", kind="person", options=choices.departments),),
    ),
    Form(
        thing="task",
        verb="approve",
        label="Skriv afdelingsmødets svar ind",
        title="Hvad sagde afdelingsmødet?",
        send="Gem svaret",
        path="/tasks/{id}/approve",
        done="Afdelingsmødets svar er skrevet ind.",
        fields=(
            Field(name="department_id", label="Afdeling", kind="person", options=_waiting),
            Field(name="meeting_day", label="Afdelingsmødets dato", kind="day"),
            Field(
                name="approved",
                label="Svar",
                kind="choice",
                options=(("ja", "Afdelingsmødet sagde ja"), ("nej", "Afdelingsmødet sagde nej")),
                means={"ja": True, "nej": False},
            ),
            Field(name="note", label="Bemærkning", kind="text", needed=False),
            Field(
                name="ballot_asked",
                label="Blev der krævet urafstemning?",
                kind="choice",
                options=(("ja", "Ja"), ("nej", "Nej")),
                means={"ja": True, "nej": False},
                hint="Kun når huslejen stiger mere end 15 %.",
                needed=False,
            ),
            Field(
                name="ballot_held",
                label="Er urafstemningen holdt?",
                kind="choice",
                options=(("ja", "Ja"), ("nej", "Nej")),
                means={"ja": True, "nej": False},
                needed=False,
            ),
        ),
    ),
    Form(
        thing="task",
        verb="finish",
        label="Opgaven er gennemført",
        path="/tasks/{id}/finish",
        tone="main",
        done="Opgaven er gennemført.",
    ),
    Form(
        thing="task",
        verb="stop",
        label="Stop opgaven",
        title="Hvorfor bliver opgaven stoppet?",
        path="/tasks/{id}/stop",
        tone="grave",
        done="Opgaven er stoppet.",
        fields=(Field(name="reason", label="Begrundelse", kind="text", hint="Alle beboere kan læse begrundelsen."),),
    ),
)
"""A decision is the body's: who writes it in says when the body met, who was there and how they voted."""
