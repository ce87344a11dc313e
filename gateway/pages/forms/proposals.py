"""What people do with the proposal."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field


def _questions(visit: Any, thing: Mapping[str, Any]) -> choices.Pairs:
    """The charter's questions, as the proposal knows them."""
    of = thing if "questions" in thing else visit.find(f"/proposals/{thing['proposal_id']}") or {}
    return [(str(number), str(question)) for number, question in enumerate(of.get("questions", []))]


POINT = (
    Field(name="text", label="Vi anbefaler", kind="text", start=there("text")),
    Field(name="responsible", label="Hvem skal gøre det?", start=there("responsible")),
    Field(name="cost", label="Udgift", kind="choice", options=choices.of("cost"), start=there("cost")),
    Field(name="rent", label="Huslejestigning", kind="choice", options=choices.of("rent"), start=there("rent")),
    Field(
        name="question",
        label="Hvilket spørgsmål svarer det på?",
        kind="choice",
        options=_questions,
        whole=True,
        start=there("question"),
    ),
    Field(
        name="first_step",
        label="Første skridt",
        kind="text",
        hint="Hvad sker der først, og hvem tager fat? Det skal stå her, før gruppen kan godkende.",
        start=there("first_step"),
        blank="",
        needed=False,
    ),
    Field(
        name="needs_department_meeting",
        label="Skal godkendes på afdelingsmødet",
        kind="yes",
        start=there("needs_department_meeting"),
    ),
)
SEEN = Field(name="version", kind="version", start=there("version"))

FORMS = (
    Form(
        thing="work",
        verb="draft_proposal",
        label="Begynd løsningsforslaget",
        title="Begynd gruppens løsningsforslag",
        send="Begynd",
        path="/groups/{id}/proposal",
        done="Løsningsforslaget er begyndt. Skriv anbefalingerne, når I er klar.",
        fields=(
            Field(name="title", label="Titel", start=there("title")),
            Field(name="summary", label="Kort fortalt", kind="text", needed=False),
        ),
    ),
    Form(
        thing="proposal",
        verb="edit",
        label="Ret titel og indledning",
        title="Titel og indledning",
        send="Gem",
        path="/proposals/{id}",
        method="PUT",
        done="Løsningsforslaget er gemt.",
        fields=(
            SEEN,
            Field(name="title", label="Titel", start=there("title")),
            Field(name="summary", label="Kort fortalt", kind="text", start=there("summary"), blank="", needed=False),
        ),
    ),
    Form(
        thing="proposal",
        verb="write_recommendation",
        label="Skriv en anbefaling",
        title="En ny anbefaling",
        intro="Bestyrelsen svarer på hver anbefaling for sig.",
        send="Gem",
        path="/proposals/{id}/recommendations",
        tone="main",
        done="Anbefalingen er gemt.",
        fields=tuple(replace(field, start=None) for field in POINT),
    ),
    Form(
        thing="recommendation",
        verb="edit",
        label="Ret",
        title="Ret anbefalingen",
        send="Gem",
        path="/recommendations/{id}",
        method="PUT",
        done="Anbefalingen er gemt.",
        fields=(SEEN, *POINT),
    ),
    Form(
        thing="recommendation",
        verb="take_out",
        label="Tag ud",
        title="Tag anbefalingen ud af løsningsforslaget?",
        intro="De bidrag, den bygger på, skal så indgå i en anden anbefaling eller have et svar.",
        send="Tag den ud",
        path="/recommendations/{id}/take_out",
        tone="grave",
        done="Anbefalingen er taget ud.",
        fields=(SEEN, Field(name="text", kind="told", start=there("text"))),
    ),
    Form(
        thing="proposal",
        verb="ask_consent",
        label="Bed gruppen om at godkende",
        path="/proposals/{id}/ask_consent",
        done="Gruppens medlemmer bliver nu bedt om at godkende løsningsforslaget.",
    ),
    Form(
        thing="proposal",
        verb="consent",
        label="Godkend løsningsforslaget",
        title="Godkend løsningsforslaget",
        intro="Er der noget, du ser anderledes på, kan du skrive en mindretalsudtalelse. Den følger med, ord for ord.",
        send="Jeg godkender",
        path="/proposals/{id}/consent",
        tone="main",
        done="Tak. Dit svar er noteret.",
        fields=(Field(name="dissent", label="Mindretalsudtalelse", kind="text", needed=False),),
    ),
    Form(
        thing="proposal",
        verb="reopen",
        label="Ret i teksten igen",
        path="/proposals/{id}/reopen",
        tone="grave",
        done="Løsningsforslaget er åbent igen. Alle skal godkende den nye tekst.",
    ),
    Form(
        thing="proposal",
        verb="submit",
        label="Aflever til bestyrelsen",
        path="/proposals/{id}/submit",
        tone="main",
        done="Løsningsforslaget er afleveret til bestyrelsen.",
    ),
)
