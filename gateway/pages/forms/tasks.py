"""How what was decided is carried out, and looked at again: what is done with tasks and reviews."""

from collections.abc import Mapping
from typing import Any

from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field


def _waiting(visit: Any, task: Mapping[str, Any]) -> choices.Pairs:
    named = [str(each.get("department_id", "")) if isinstance(each, dict) else str(each) for each in task.get("departments", [])]
    mine = [(id, visit.departments.get(id, "Afdeling")) for id in named if id]
    return mine or choices.departments(visit, task)


FORMS = (
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
    Form(
        thing="task",
        verb="report",
        label="Meld, hvor langt det er",
        title="Hvor langt er opgaven?",
        send="Gem",
        path="/tasks/{id}/report",
        done="Det er noteret.",
        fields=(
            Field(
                name="percent",
                label="Hvor mange procent er gjort?",
                kind="number",
                hint="Et tal fra 0 til 99.",
                start=lambda _, task: task.get("percent"),
            ),
            Field(
                name="note",
                label="Status med få ord",
                kind="text",
                hint="Alle beboere kan læse det.",
                start=lambda _, task: task.get("note"),
                blank="",
                needed=False,
            ),
        ),
    ),
    Form(
        thing="task",
        verb="revise",
        label="Ret opgaven",
        send="Gem",
        path="/tasks/{id}",
        method="PUT",
        done="Opgaven er rettet.",
        fields=(
            Field(name="title", label="Hvad skal gøres?", start=lambda _, task: task.get("title")),
            Field(name="owner", label="Hvem har ansvaret?", start=lambda _, task: task.get("owner")),
            Field(
                name="owner_id",
                label="Hvilken medarbejder?",
                kind="person",
                options=choices.employees,
                start=lambda _, task: task.get("owner_id"),
                needed=False,
            ),
            Field(name="due", label="Senest færdig", kind="day", start=lambda _, task: task.get("due")),
            Field(name="weight", label="Hvor meget vejer opgaven?", kind="number", start=lambda _, task: task.get("weight")),
        ),
    ),
    Form(
        thing="review",
        verb="hold",
        label="Skriv opfølgningen",
        title="Hvad er der kommet ud af det?",
        send="Gem opfølgningen",
        path="/reviews/{id}/hold",
        tone="main",
        done="Opfølgningen er gemt.",
        fields=(
            Field(name="found", label="Det fandt vi", kind="text", hint="Alle beboere kan læse det."),
            Field(
                name="next_day",
                label="Hvornår følger I op igen?",
                kind="day",
                hint="Lad feltet stå tomt, hvis I er færdige.",
                needed=False,
            ),
        ),
    ),
)
"""Works in a department wait for its meeting; what is stopped is stopped with a reason that everybody can read."""
