"""What people do with the proposal."""

from collections.abc import Mapping
from typing import Any

from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field


def _questions(_: Any, proposal: Mapping[str, Any]) -> choices.Pairs:
    return [(str(number), str(question)) for number, question in enumerate(proposal.get("questions", []))]


WITH_RECOMMENDATIONS = (
    Field(name="version", kind="version", start=there("version")),
    Field(name="title", label="Titel", start=there("title")),
    Field(name="summary", label="Kort fortalt", kind="text", start=there("summary"), blank="", needed=False),
    Field(
        name="recommendations",
        label="Anbefalinger",
        kind="rows",
        row_label="Anbefaling",
        hint="Bestyrelsen svarer på hver anbefaling for sig.",
        start=there("recommendations"),
        rows=(
            Field(name="id", kind="hidden"),
            Field(name="text", label="Vi anbefaler", kind="text"),
            Field(name="responsible", label="Hvem skal gøre det?"),
            Field(name="cost", label="Udgift", kind="choice", options=choices.of("cost")),
            Field(name="rent", label="Huslejestigning", kind="choice", options=choices.of("rent")),
            Field(name="question", label="Hvilket spørgsmål svarer det på?", kind="choice", options=_questions, whole=True),
            Field(name="first_step", label="Første skridt", kind="text", needed=False),
            Field(name="needs_department_meeting", label="Skal godkendes på afdelingsmødet", kind="yes"),
        ),
    ),
)

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
        label="Skriv i løsningsforslaget",
        title="Skriv løsningsforslaget",
        send="Gem",
        path="/proposals/{id}",
        method="PUT",
        tone="main",
        done="Løsningsforslaget er gemt.",
        fields=WITH_RECOMMENDATIONS,
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
