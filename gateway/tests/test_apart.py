"""When two wrote at once: what differs is set side by side as people read it, whatever kind of field it is."""

from types import SimpleNamespace
from typing import Any

import pytest

from gateway.pages.apart import Apart, differences, seen_now
from gateway.pages.posted import Field

VISIT = SimpleNamespace(name={"p1": "Anna Sørensen", "p2": "Bo Lund"}.get)
SEATS = Field(
    name="seats",
    label="Pladser",
    kind="rows",
    rows=(Field(name="category", kind="choice", options=[("resident", "Beboere")]), Field(name="places", kind="number")),
)


def apart(f: Field, mine: Any, now: Any) -> list[Apart]:
    return differences([f], {f.name: mine}, {"facts": {"version": 3, "now": {f.name: now}}}, VISIT, {})


@pytest.mark.parametrize(
    ("f", "mine", "now", "said"),
    [
        (Field(name="text", kind="text"), "Mit\r\nord", "Dit ord", ("Dit ord", "Mit\nord")),
        (Field(name="kr", kind="number"), "150.000", 100000, ("100000", "150000")),
        (Field(name="day", kind="day"), "24.3.2026", "2026-03-25", ("25. marts 2026", "24. marts 2026")),
        (Field(name="day", kind="day"), "en dag", None, ("", "en dag")),
        (Field(name="lines", kind="lines"), "a\nb", ["a"], ("a", "a\nb")),
        (Field(name="who", kind="people"), ["p1", "p2"], ["p1"], ("Anna Sørensen", "Anna Sørensen\nBo Lund")),
        (Field(name="yes", kind="yes"), True, False, ("Nej", "Ja")),
        (SEATS, [{"category": "resident", "places": "5"}], [{"category": "resident", "places": 4}], ("Beboere · 4", "Beboere · 5")),
    ],
)  # fmt: skip
def test_what_differs_is_said_as_people_read_it(f: Field, mine: Any, now: Any, said: tuple[str, str]) -> None:
    (found,) = apart(f, mine, now)

    assert (found.now, found.mine) == said


@pytest.mark.parametrize(
    ("f", "mine", "now"),
    [
        (Field(name="text", kind="text"), "Samme\r\nord ", "Samme\nord"),
        (Field(name="kr", kind="number"), "150.000", 150000),
        (Field(name="kr", kind="number"), "", None),
        (Field(name="day", kind="day"), "24.3.2026", "2026-03-24"),
        (SEATS, [{"category": "resident", "places": "5"}], [{"category": "resident", "places": 5}]),
        (Field(name="hidden", kind="hidden"), "a", "b"),
    ],
)
def test_what_says_the_same_is_not_set_apart(f: Field, mine: Any, now: Any) -> None:
    assert apart(f, mine, now) == []


def test_whoever_has_seen_both_sends_under_the_version_that_stands() -> None:
    fields = [Field(name="text", kind="text"), Field(name="version", kind="version")]
    problem = {"facts": {"version": 3, "now": "Dit"}}

    assert seen_now(fields, {"text": "Mit", "version": "2"}, problem) == {"text": "Mit", "version": "3"}
