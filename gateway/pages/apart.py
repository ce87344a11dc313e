"""When somebody else wrote meanwhile: what stands now beside what one wrote, and the version that has now been seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.pages.posted import Field


@dataclass(frozen=True, kw_only=True)
class Apart:
    """A field that two wrote differently."""

    label: str
    now: str
    mine: str


def differences(
    fields: Sequence[Field], values: Mapping[str, Any], problem: Mapping[str, Any], visit: Any, thing: Any
) -> list[Apart]:
    """The fields where what stands now is not what was written; none where nobody was in the way."""
    now = _stands(fields, problem)
    pairs = [
        (f, _said(f, now[f.name], visit, thing), _said(f, values.get(f.name), visit, thing)) for f in fields if f.name in now
    ]
    return [Apart(label=f.label, now=theirs, mine=mine) for f, theirs, mine in pairs if theirs != mine and f.kind != "told"]


def seen_now(fields: Sequence[Field], values: Mapping[str, Any], problem: Mapping[str, Any]) -> dict[str, Any]:
    """What was written, under the version that stands now: whoever has seen both may send theirs again."""
    facts = problem.get("facts", {}) if _stands(fields, problem) else {}
    return dict(values) | {f.name: str(facts[f.name]) for f in fields if f.kind == "version" and f.name in facts}


def _stands(fields: Sequence[Field], problem: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands now, by field; a thing of one text is said without the field's name."""
    now = problem.get("facts", {}).get("now")
    if isinstance(now, str):
        text = next((f.name for f in fields if f.kind in {"text", "told"}), None)
        return {text: now} if text else {}
    return now if isinstance(now, Mapping) else {}


def _said(f: Field, value: Any, visit: Any, thing: Any) -> str:
    """A value as people read it."""
    if f.kind == "yes":
        return "Ja" if value else "Nej"
    said = "" if value is None else str(value)
    if f.kind in {"choice", "person"}:
        return dict(f.chosen_from(visit, thing)).get(said, said)
    return said.replace("\r\n", "\n").strip()
