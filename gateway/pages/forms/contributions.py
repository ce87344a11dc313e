"""What people do with contributions and themes."""

from collections.abc import Mapping
from typing import Any

from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
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
)
