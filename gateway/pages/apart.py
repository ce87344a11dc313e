"""When somebody else wrote meanwhile: what stands now beside what one wrote, and the version that has now been seen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.pages import dates, posted
from gateway.pages.posted import Field

A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
UNSAID = {"told", "hidden", "version", "part"}


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
    mine = posted.body(fields, values)
    told = [f for f in fields if f.name in now and f.kind not in UNSAID]
    pairs = [(f, _said(f, now[f.name], visit, thing), _said(f, mine.get(f.name), visit, thing)) for f in told]
    return [Apart(label=f.label, now=theirs, mine=ours) for f, theirs, ours in pairs if theirs != ours]


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
    """A value as people read it; of several, each on its line."""
    if isinstance(value, list):
        return "\n".join(filter(None, (_one(f, each, visit, thing) for each in value)))
    if f.kind == "yes":
        return "Ja" if value else "Nej"
    said = "" if value is None else str(value)
    if f.kind == "day" and A_DAY.fullmatch(said):
        return dates.day(said)
    if f.kind in {"choice", "person"}:
        return dict(f.chosen_from(visit, thing)).get(said, said)
    return said.replace("\r\n", "\n").strip()


def _one(f: Field, value: Any, visit: Any, thing: Any) -> str:
    """One of several: a row of fields, a person, a line."""
    if isinstance(value, Mapping):
        said = [_said(inner, value.get(inner.name), visit, thing) for inner in f.rows if inner.kind not in UNSAID]
        return " · ".join(filter(None, said))
    return visit.name(value) if f.kind == "people" else str(value)
