"""What a secretary does to publish several decisions together."""

from collections.abc import Mapping
from typing import Any

from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field


def _prepared(visit: Any, found: Mapping[str, Any]) -> choices.Pairs:
    """What waits to be published and is not in this round already."""
    inside = {each["decision_id"] for each in found.get("decisions", [])}
    waiting = visit.items("/decisions", state="prepared", limit=100)
    return [(each["id"], str(each["title"])) for each in waiting if each["id"] not in inside]


def _not_out(_: Any, found: Mapping[str, Any]) -> choices.Pairs:
    return [(each["decision_id"], str(each["title"])) for each in found.get("decisions", []) if not each["published"]]


FORMS = (
    Form(
        thing="round",
        verb="open",
        label="Saml flere beslutninger",
        title="Offentliggør flere beslutninger samlet",
        send="Begynd",
        intro="Saml de beslutninger, der hører til samme møde, og offentliggør dem på én gang.",
        path="/rounds",
        done="Nu kan du lægge beslutninger i.",
        fields=(Field(name="title", label="Hvad skal den hedde?", hint="Fx Bestyrelsesmødet den 23. juni."),),
    ),
    Form(
        thing="round",
        verb="gather",
        label="Læg en beslutning i",
        title="Hvilken beslutning skal med?",
        send="Læg i",
        path="/rounds/{id}/gather",
        done="Beslutningen er lagt i.",
        fields=(Field(name="decision_id", label="Beslutning", kind="person", options=_prepared),),
    ),
    Form(
        thing="round",
        verb="leave_out",
        label="Tag en beslutning ud",
        title="Hvilken beslutning skal ikke med?",
        send="Tag ud",
        path="/rounds/{id}/leave_out",
        done="Beslutningen er taget ud.",
        fields=(Field(name="decision_id", label="Beslutning", kind="person", options=_not_out),),
    ),
    Form(
        thing="round",
        verb="publish",
        label="Offentliggør dem alle",
        path="/rounds/{id}/publish",
        tone="main",
        done="Her kan du se, hvad der er offentliggjort.",
    ),
    Form(
        thing="round",
        verb="give_up",
        label="Opgiv",
        path="/rounds/{id}/give_up",
        tone="grave",
        done="Den samlede offentliggørelse er opgivet. Beslutningerne venter stadig.",
    ),
)
"""Publishing is pressed again when it stopped on the way: what is out is not published twice."""
