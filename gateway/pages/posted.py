"""What a form holds: read as it was written, and made into what the API understands."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from chassis.clock import DENMARK
from gateway.pages.dates import for_input

LEFT_OUT: Any = object()
EMPTY_ROWS = 2
MOST_ROWS = 60
DAY = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4})")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Options = Callable[[Any, Any], Sequence[tuple[str, str]]]
"""Given the visit and the thing: what can be chosen, as value and label."""

Start = Callable[[Any, Any], Any]
"""Given the visit and the thing: what the field holds before anything is written."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing to fill in.

    `kind`: line, text, day, moment, number, choice, pick (a choice by large buttons), person (one), people (several), yes, lines
    (one thing a line), rows (small groups of fields), hidden, version (hidden, a number), told (shown, not sent), part (a heading
    over the fields that follow). `blank` says what an empty field becomes: left out, or this value. `means` says what a choice
    stands for; a `whole` choice is a number. Rows of a single field (`only`) are sent as a plain list. A field that is `asked_if`
    something is shown only where the thing says so.
    """

    name: str
    label: str = ""
    kind: str = "line"
    hint: str = ""
    needed: bool = True
    options: Sequence[tuple[str, str]] | Options = ()
    start: Start | None = None
    rows: tuple["Field", ...] = ()
    row_label: str = "Nummer"
    fixed: bool = False
    blank: Any = LEFT_OUT
    means: Mapping[str, Any] | None = None
    only: str | None = None
    whole: bool = False
    asked_if: str = ""

    def chosen_from(self, visit: Any, thing: Any) -> Sequence[tuple[str, str]]:
        """What can be chosen here."""
        return self.options(visit, thing) if callable(self.options) else self.options


def start(fields: Sequence[Field], visit: Any, thing: Any) -> dict[str, Any]:
    """What the form holds before anything is written."""
    return {f.name: _started(f, f.start(visit, thing) if f.start else None) for f in fields}


def read(fields: Sequence[Field], posted: MultiDict[str, str], prefix: str = "") -> dict[str, Any]:
    """What was written, word for word; rows in which nothing was written are gone."""
    return {f.name: _read(f, posted, f"{prefix}{f.name}") for f in fields}


def body(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The same as the API understands it. What makes no sense goes as it was written: the service says what is wrong."""
    made = {f.name: _made(f, values.get(f.name)) for f in fields}
    return {name: value for name, value in made.items() if value is not LEFT_OUT}


def room_for_more(field: Field, rows: Sequence[Mapping[str, Any]], more: int = EMPTY_ROWS) -> list[Mapping[str, Any]]:
    """The rows, and empty ones to write in."""
    empty = {inner.name: _started(inner, None) for inner in field.rows}
    spare = 0 if field.fixed else more
    return [*rows, *[empty] * max(0, min(spare, MOST_ROWS - len(rows)))]


def _started(f: Field, value: Any) -> Any:
    if f.kind == "rows":
        return [{inner.name: _started(inner, row.get(inner.name)) for inner in f.rows} for row in value or []]
    if f.kind == "people":
        return [str(each) for each in value or []]
    if f.kind == "yes":
        return bool(value)
    if f.kind == "lines":
        return "\n".join(value or [])
    if f.kind == "moment":
        return for_input(value)
    return "" if value is None else str(value)


def _read(f: Field, posted: MultiDict[str, str], name: str) -> Any:
    if f.kind == "rows":
        rows = [read(f.rows, posted, f"{name}-{number}-") for number in _numbers(posted, name)]
        return rows if f.fixed else [row for row in rows if _written(f.rows, row)]
    if f.kind == "people":
        return [_seen(value) for value in posted.getlist(name)]
    if f.kind == "yes":
        return name in posted
    return _seen(posted.get(name, "")) if f.kind in {"hidden", "version", "told"} else posted.get(name, "").replace("\r\n", "\n")


def _numbers(posted: MultiDict[str, str], name: str) -> list[int]:
    found = {int(m[1]) for key in posted if (m := re.match(rf"{re.escape(name)}-(\d{{1,3}})-", key))}
    return sorted(found)[:MOST_ROWS]


def _written(fields: Sequence[Field], row: Mapping[str, Any]) -> bool:
    return any(row[f.name] for f in fields if f.kind not in {"yes", "hidden", "version", "told", "part"})


def _made(f: Field, value: Any) -> Any:
    if f.kind == "rows":
        rows = [body(f.rows, row) for row in value or []]
        return [row.get(f.only, "") for row in rows] if f.only else rows
    if f.kind in {"told", "part"}:
        return LEFT_OUT
    if f.kind in {"people", "yes"}:
        return value
    if f.kind == "lines":
        return [line.strip() for line in (value or "").split("\n") if line.strip()]
    written = (value or "").strip()
    if f.means and written in f.means:
        return f.means[written]
    make = _whole if f.whole else MAKERS.get(f.kind, str)
    return make(written) if written else f.blank


def _number(written: str) -> Any:
    digits = written.replace(".", "").replace(" ", "").replace("\u00a0", "").removesuffix("kr")
    return int(digits) if re.fullmatch(r"-?\d{1,12}", digits) else written


def _day(written: str) -> str:
    as_danes_write = DAY.fullmatch(written)
    return f"{as_danes_write[3]}-{as_danes_write[2]:0>2}-{as_danes_write[1]:0>2}" if as_danes_write else written


def _moment(written: str) -> str:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=DENMARK).isoformat()
    except ValueError:
        return written


def _whole(written: str) -> Any:
    return int(written) if re.fullmatch(r"\d{1,9}", written) else written


MAKERS: dict[str, Callable[[str], Any]] = {"number": _number, "day": _day, "moment": _moment, "version": _whole}


def _seen(text: str) -> str:
    return UNSEEN.sub("", text)


def visible(text: Any) -> Any:
    """Text without the signs that no page can show."""
    return _seen(text) if isinstance(text, str) else text
