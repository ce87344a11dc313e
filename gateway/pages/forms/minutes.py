"""What people do with minutes."""

from collections.abc import Mapping
from typing import Any

from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field


def _of_agenda(_: Any, meeting: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Minutes begin as the agenda."""
    return [{"title": item["title"], "closed": item.get("closed")} for item in meeting.get("agenda", [])]


SAID = (
    Field(name="title", label="Punkt"),
    Field(name="text", label="Referat", kind="text", needed=False),
    Field(name="closed", label="Lukket punkt: kun overskriften er offentlig", kind="yes"),
)

FORMS = (
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
)
