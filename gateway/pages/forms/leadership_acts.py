"""What the facilitator notes: ten acts, each one press, and one form with a note."""

from collections.abc import Mapping
from typing import Any

from gateway.pages import words
from gateway.pages.dates import weekday
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field

PRESS = "note_"
"""What the verb of a press begins with; the act follows."""


def _meetings(_: Any, work: Mapping[str, Any]) -> choices.Pairs:
    found = [meeting for meeting in work.get("meetings", []) if meeting["state"] in {"convened", "held"}]
    return [(meeting["id"], str(weekday(meeting["starts"] or meeting["day"])).capitalize()) for meeting in found]


def _brought(visit: Any, work: Mapping[str, Any]) -> choices.Pairs:
    given = visit.every(f"/groups/{work['group_id']}/contributions")
    return [(each["id"], str(each["text"])[:80]) for each in given if each["state"] != "withdrawn"]


def _themes(_: Any, work: Mapping[str, Any]) -> choices.Pairs:
    return [(theme["id"], str(theme["name"])) for theme in work.get("themes", [])]


FORMS = (
    *(
        Form(
            thing="work",
            verb=f"{PRESS}{act}",
            label=said,
            path="/groups/{id}/leadership_acts",
            done=f"Noteret: {said[0].lower()}{said[1:]}.",
            fixed={"act": act},
        )
        for act, said in words.WORDS["act"].items()
    ),
    Form(
        thing="work",
        verb="note_act",
        label="Notér med en bemærkning",
        title="Hvad gjorde du?",
        send="Notér",
        path="/groups/{id}/leadership_acts",
        done="Det er noteret.",
        fields=(
            Field(name="act", label="Handling", kind="choice", options=choices.of("act")),
            Field(name="note", label="Bemærkning", kind="text", needed=False),
            Field(name="meeting_id", label="På mødet", kind="person", options=_meetings, needed=False),
            Field(name="themes", label="Temaer, det handlede om", kind="people", options=_themes, needed=False),
            Field(name="contributions", label="Bidrag, det handlede om", kind="people", options=_brought, needed=False),
        ),
    ),
    Form(
        thing="act",
        verb="take_back",
        label="Fortryd",
        path="/leadership_acts/{id}/take_back",
        tone="grave",
        done="Noteringen tæller ikke med.",
    ),
)
