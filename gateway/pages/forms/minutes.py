"""What people do with minutes."""

from collections.abc import Mapping
from typing import Any

from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field


def _of_agenda(_: Any, meeting: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Minutes begin as the agenda."""
    return [{"title": item["title"], "closed": item.get("closed")} for item in meeting.get("agenda", [])]


def _in_public(_: Any, minutes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The public version as it is now: where nothing else is written, what the group reads."""
    return [
        {name: item.get(f"public_{name}") if item.get(f"public_{name}") is not None else item[name] for name in ("title", "text")}
        | {"closed": item["closed"]}
        for item in minutes.get("items", [])
    ]


SAID = (
    Field(name="title", label="Punkt"),
    Field(name="text", label="Referat", kind="text", needed=False),
    Field(name="closed", label="Lukket punkt: kun overskriften er offentlig", kind="yes"),
)

FOR_ALL = (
    Field(name="title", label="Overskrift for alle"),
    Field(name="text", label="Tekst for alle", kind="text", blank="", needed=False),
    Field(name="closed", label="Lukket punkt: kun overskriften er offentlig", kind="yes"),
)

ALSO_IN_PUBLIC = (
    Field(name="public_title", label="Overskrift for alle, hvis den er en anden", needed=False),
    Field(name="public_text", label="Tekst for alle, hvis den er en anden", kind="text", needed=False),
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
        verb="redact",
        label="Gør klar til offentliggørelse",
        title="Hvad må alle læse?",
        intro="Skriv det uden navne, mailadresser, telefonnumre og sager om enkeltpersoner. Gruppen læser stadig det godkendte.",
        send="Gem den offentlige udgave",
        path="/minutes/{id}/redact",
        done="Den offentlige udgave er gemt.",
        fields=(
            Field(name="items", label="Punkter", kind="rows", row_label="Punkt", fixed=True, start=_in_public, rows=FOR_ALL),
        ),
    ),
    Form(
        thing="minutes",
        verb="correct",
        label="Ret en fejl",
        title="Ret det offentlige referat",
        intro="Rettelsen bliver en ny udgave. De gamle kan stadig læses.",
        send="Offentliggør rettelsen",
        path="/minutes/{id}/correct",
        done="Rettelsen er offentlig.",
        fields=(
            Field(name="changed", label="Hvad er rettet?", hint="Fx: En forkert dato i punkt 2."),
            Field(
                name="items", label="Punkter", kind="rows", row_label="Punkt", start=there("items"), rows=(*SAID, *ALSO_IN_PUBLIC)
            ),
        ),
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
