"""What people do with meetings, minutes, contributions and proposals."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from gateway.pages.dates import evening
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field

TWO_HOURS = timedelta(hours=2)


def _starts(_: Any, meeting: Mapping[str, Any]) -> Any:
    return meeting.get("starts") or evening(meeting.get("day"))


def _ends(_: Any, meeting: Mapping[str, Any]) -> Any:
    begins = evening(meeting.get("day"))
    return meeting.get("ends") or (begins and begins + TWO_HOURS)


def _of_agenda(_: Any, meeting: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Minutes begin as the agenda."""
    return [{"title": item["title"], "closed": item.get("closed")} for item in meeting.get("agenda", [])]


def _members(visit: Any, meeting: Mapping[str, Any]) -> choices.Pairs:
    return choices.people(visit, (each["person_id"] for each in meeting.get("members", [])))


def _themes(visit: Any, contribution: Mapping[str, Any]) -> choices.Pairs:
    work = _work_of(visit, contribution)
    return [(theme["id"], str(theme["name"])) for theme in work.get("themes", [])]


def _recommendations(visit: Any, contribution: Mapping[str, Any]) -> choices.Pairs:
    proposal = (_work_of(visit, contribution).get("proposal")) or {}
    points = (visit.find(f"/proposals/{proposal['id']}") or {}).get("recommendations", []) if proposal else []
    return [(point["id"], f"{number}. {point['text'][:80]}") for number, point in enumerate(points, 1)]


def _questions(_: Any, proposal: Mapping[str, Any]) -> choices.Pairs:
    return [(str(number), str(question)) for number, question in enumerate(proposal.get("questions", []))]


def _work_of(visit: Any, contribution: Mapping[str, Any]) -> Mapping[str, Any]:
    group = contribution.get("group_id") or contribution["args"].get("gruppe")
    return (visit.find(f"/work/{group}") or {}) if group else {}


WHEN_AND_WHERE = (
    Field(name="starts", label="Begynder", kind="moment", start=_starts),
    Field(name="ends", label="Slutter", kind="moment", start=_ends),
    Field(name="place", label="Sted", hint="Fx Selskabslokalet i Søbakken.", start=there("place"), needed=False),
    Field(name="online_link", label="Link, hvis man kan være med online", start=there("online_link"), needed=False),
    Field(
        name="accessibility",
        label="Godt at vide",
        kind="text",
        hint="Elevator, tolk, børnepasning, mad og andet, der gør det lettere at være med.",
        start=there("accessibility"),
        needed=False,
    ),
    Field(
        name="agenda",
        label="Dagsorden",
        kind="rows",
        row_label="Punkt",
        start=there("agenda"),
        needed=False,
        rows=(
            Field(name="title", label="Punkt"),
            Field(name="kind", label="Slags", kind="choice", options=choices.of("agenda"), needed=False),
            Field(name="closed", label="Lukket punkt: kun overskriften er offentlig", kind="yes"),
        ),
    ),
)

SAID = (
    Field(name="title", label="Punkt"),
    Field(name="text", label="Referat", kind="text", needed=False),
    Field(name="closed", label="Lukket punkt: kun overskriften er offentlig", kind="yes"),
)

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
        verb="plan_meeting",
        label="Planlæg et møde mere",
        title="Planlæg et møde mere",
        path="/groups/{id}/meetings",
        done="Mødet er planlagt.",
        send="Planlæg mødet",
        fields=(Field(name="day", label="Dag", kind="day"),),
    ),
    Form(
        thing="meeting",
        verb="convene",
        label="Indkald til mødet",
        title="Indkald til mødet",
        send="Indkald",
        path="/meetings/{id}/convene",
        tone="main",
        done="Gruppen er indkaldt.",
        fields=WHEN_AND_WHERE,
    ),
    Form(
        thing="meeting",
        verb="change",
        label="Ret tid eller sted",
        title="Ret tid, sted eller dagsorden",
        intro="Alle i gruppen får besked om ændringen.",
        send="Gem ændringen",
        path="/meetings/{id}/change",
        done="Mødet er ændret.",
        fields=WHEN_AND_WHERE,
    ),
    Form(
        thing="meeting",
        verb="hold",
        label="Notér fremmøde",
        title="Hvem var med til mødet?",
        send="Mødet er holdt",
        path="/meetings/{id}/hold",
        tone="main",
        done="Fremmødet er noteret.",
        fields=(
            Field(
                name="present",
                label="Til stede",
                kind="people",
                options=_members,
                start=lambda visit, meeting: [id for id, _ in _members(visit, meeting)],
            ),
            Field(name="guests", label="Antal gæster", kind="number", start=lambda *_: 0),
        ),
    ),
    Form(
        thing="meeting",
        verb="cancel",
        label="Aflys mødet",
        title="Hvorfor bliver mødet aflyst?",
        path="/meetings/{id}/cancel",
        tone="grave",
        done="Mødet er aflyst.",
        fields=(Field(name="reason", label="Begrundelse", kind="text"),),
    ),
    Form(
        thing="meeting",
        verb="draft_minutes",
        label="Skriv referat",
        title="Skriv referatet",
        send="Gem kladden",
        path="/meetings/{id}/minutes",
        tone="main",
        done="Kladden til referatet er gemt.",
        fields=(Field(name="items", label="Punkter", kind="rows", row_label="Punkt", start=_of_agenda, rows=SAID),),
    ),
    Form(
        thing="minutes",
        verb="edit",
        label="Ret referatet",
        title="Ret referatet",
        send="Gem",
        path="/minutes/{id}",
        method="PUT",
        done="Referatet er gemt.",
        fields=(Field(name="items", label="Punkter", kind="rows", row_label="Punkt", start=there("items"), rows=SAID),),
    ),
    Form(
        thing="minutes",
        verb="send_for_comments",
        label="Send til kommentering",
        path="/minutes/{id}/send_for_comments",
        tone="main",
        done="Gruppen kan nu kommentere referatet.",
    ),
    Form(
        thing="minutes",
        verb="comment",
        label="Skriv en kommentar",
        title="Din kommentar til referatet",
        send="Send kommentaren",
        path="/minutes/{id}/comment",
        done="Din kommentar er sendt.",
        fields=(Field(name="text", label="Kommentar", kind="text"),),
    ),
    Form(
        thing="minutes",
        verb="approve",
        label="Godkend referatet",
        path="/minutes/{id}/approve",
        tone="main",
        done="Referatet er godkendt.",
    ),
    Form(
        thing="minutes",
        verb="publish",
        label="Offentliggør referatet",
        path="/minutes/{id}/publish",
        tone="main",
        done="Referatet er offentligt.",
    ),
    Form(
        thing="work",
        verb="contribute",
        label="Giv et bidrag",
        title="Hvad vil du give gruppen?",
        intro="Et ønske, en erfaring, en bekymring, en ide. Intet går tabt: hvert bidrag bliver brugt eller besvaret.",
        send="Giv bidraget",
        path="/groups/{id}/contributions",
        tone="main",
        done="Tak for dit bidrag.",
        fields=(
            Field(name="kind", label="Slags", kind="choice", options=choices.of("kind")),
            Field(name="text", label="Dit bidrag", kind="text"),
        ),
    ),
    Form(
        thing="work",
        verb="name_theme",
        label="Opret et tema",
        title="Opret et tema",
        intro="Et tema samler bidrag, der hører sammen.",
        path="/groups/{id}/themes",
        done="Temaet er oprettet.",
        fields=(Field(name="name", label="Temaets navn"),),
    ),
    Form(
        thing="contribution",
        verb="gather",
        label="Saml under et tema",
        title="Hvilket tema hører bidraget til?",
        send="Gem",
        path="/contributions/{id}/gather",
        done="Bidraget er samlet under temaet.",
        fields=(Field(name="theme_id", label="Tema", kind="person", options=_themes),),
    ),
    Form(
        thing="contribution",
        verb="trace",
        label="Indgår i en anbefaling",
        title="Hvilken anbefaling indgår bidraget i?",
        send="Gem",
        path="/contributions/{id}/trace",
        done="Bidraget indgår nu i anbefalingen.",
        fields=(Field(name="recommendation_id", label="Anbefaling", kind="person", options=_recommendations),),
    ),
    Form(
        thing="contribution",
        verb="answer",
        label="Svar, hvorfor det ikke er med",
        title="Hvorfor er bidraget ikke med i løsningsforslaget?",
        send="Gem svaret",
        path="/contributions/{id}/answer",
        done="Bidraget er besvaret.",
        fields=(Field(name="reason", label="Begrundelse", kind="text"),),
    ),
    Form(
        thing="contribution",
        verb="withdraw",
        label="Træk bidraget tilbage",
        path="/contributions/{id}/withdraw",
        tone="grave",
        done="Bidraget er trukket tilbage.",
    ),
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
"""In the words that groups use."""
