"""What people do with contributions and themes."""

from collections.abc import Mapping
from typing import Any

from gateway.pages.dates import weekday
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field


def _themes(visit: Any, contribution: Mapping[str, Any]) -> choices.Pairs:
    work = _work_of(visit, contribution)
    return [(theme["id"], str(theme["name"])) for theme in work.get("themes", [])]


def _recommendations(visit: Any, contribution: Mapping[str, Any]) -> choices.Pairs:
    proposal = (_work_of(visit, contribution).get("proposal")) or {}
    points = (visit.find(f"/proposals/{proposal['id']}") or {}).get("recommendations", []) if proposal else []
    return [(point["id"], f"{number}. {point['text'][:80]}") for number, point in enumerate(points, 1)]


def _work_of(visit: Any, contribution: Mapping[str, Any]) -> Mapping[str, Any]:
    group = contribution.get("group_id") or contribution["args"].get("gruppe")
    return (visit.find(f"/work/{group}") or {}) if group else {}


def _other_themes(visit: Any, theme: Mapping[str, Any]) -> choices.Pairs:
    return [pair for pair in _themes(visit, theme) if pair[0] != theme["id"]]


def _meetings(_: Any, work: Mapping[str, Any]) -> choices.Pairs:
    """The meetings that something can be brought to; none: before, between or after them."""
    found = [meeting for meeting in work.get("meetings", []) if meeting["state"] != "cancelled"]
    return [(meeting["id"], str(weekday(meeting["starts"] or meeting["day"])).capitalize()) for meeting in found]


SAID = (
    Field(name="kind", label="Slags", kind="choice", options=choices.of("kind"), start=there("kind")),
    Field(name="text", label="Dit bidrag", kind="text", start=there("text")),
)

FORMS = (
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
            Field(
                name="meeting_id",
                label="Til et bestemt møde",
                kind="person",
                hint="Lad det stå tomt, hvis du skriver før eller mellem møderne.",
                options=_meetings,
                needed=False,
            ),
        ),
    ),
    Form(
        thing="contribution",
        verb="edit",
        label="Ret bidraget",
        title="Ret dit bidrag",
        send="Gem",
        path="/contributions/{id}",
        method="PUT",
        done="Dit bidrag er rettet.",
        fields=SAID,
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
        thing="theme",
        verb="rename",
        label="Omdøb temaet",
        title="Hvad skal temaet hedde?",
        send="Gem",
        path="/themes/{id}/rename",
        done="Temaet har fået et nyt navn.",
        fields=(Field(name="name", label="Temaets navn", start=there("name")),),
    ),
    Form(
        thing="theme",
        verb="merge",
        label="Læg sammen med et andet",
        title="Hvilket tema skal det lægges sammen med?",
        intro="Alle bidrag under temaet flytter med over.",
        send="Læg sammen",
        path="/themes/{id}/merge",
        done="Temaerne er lagt sammen.",
        fields=(Field(name="into_theme_id", label="Tema", kind="person", options=_other_themes),),
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
)
