"""The course of a group as a picture: from the idea to what is carried out, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.pages import dates

STEPS = ("Ide", "Kommissorium", "Gruppe", "Møder", "Løsningsforslag", "Beslutning", "Gennemført")

REACHED = {
    "recruiting": 2,
    "selecting": 2,
    "formed": 3,
    "active": 3,
    "proposal_submitted": 5,
    "decided": 6,
    "closed": 6,
}
"""Which step a group is at, counted from zero, by its state."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: done, now, next or stopped."""

    label: str
    state: str
    path: str | None = None
    note: str = ""


def of_idea(idea: Mapping[str, Any]) -> list[Step]:
    """The course as seen from an idea that is not taken up yet, or not any more."""
    stopped = idea["state"] in {"declined", "rejected", "withdrawn", "hidden", "merged"}
    return _made(0, {0: dates.day(idea.get("submitted_at"))}, {}, stopped=stopped)


def of_charter(charter: Mapping[str, Any]) -> list[Step]:
    """The course as seen from a charter whose group does not exist."""
    paths = {0: f"/ideer/{charter['idea_id']}"} if charter.get("idea_id") else {}
    return _made(1, {}, paths, stopped=charter["state"] in {"rejected", "revoked"})


def of_group(
    group: Mapping[str, Any], *, held: int = 0, planned: int = 0, decision: Mapping[str, Any] | None = None
) -> list[Step]:
    """The course as seen from a group."""
    at = REACHED.get(group["state"], _before_dissolved(group, held))
    percent = (decision or {}).get("progress")
    if at == 6 and percent == 100:
        at = 7
    if at == 6 and group.get("outcome") in {"rejected"}:
        at = 5
    notes = {
        2: f"Tilmelding til {dates.day(group.get('sign_up_until'))}" if group["state"] == "recruiting" else "",
        3: f"{held} af {planned} holdt" if planned else "",
        5: _decision_note(group, decision),
        6: f"{percent} %" if percent is not None else "",
    }
    paths = {
        0: group.get("idea_id") and f"/ideer/{group['idea_id']}",
        1: f"/kommissorier/{group['charter_id']}",
        4: group.get("proposal_id") and f"/forslag/{group['proposal_id']}",
        5: decision and f"/beslutninger/{decision['id']}",
        6: decision and f"/beslutninger/{decision['id']}",
    }
    return _made(at, notes, paths, stopped=group["state"] == "dissolved" or (at == 5 and group.get("outcome") == "rejected"))


def _before_dissolved(group: Mapping[str, Any], held: int) -> int:
    return 3 if held or group.get("formed_on") else 2


def _decision_note(group: Mapping[str, Any], decision: Mapping[str, Any] | None) -> str:
    if decision:
        return dates.day(decision.get("published_at") or decision.get("prepared_at"))
    return f"senest {dates.day(group.get('decision_by'))}" if group.get("decision_by") else ""


def _made(at: int, notes: Mapping[int, str], paths: Mapping[int, Any], *, stopped: bool) -> list[Step]:
    return [
        Step(
            label=label,
            state="done" if number < at else ("stopped" if stopped else "now") if number == at else "next",
            path=paths.get(number) or None,
            note=notes.get(number, ""),
        )
        for number, label in enumerate(STEPS)
    ]
