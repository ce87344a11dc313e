"""What is made from the code says what the code says."""

from pathlib import Path

import pytest

from tests.generate import HOUSE, everything, marks
from tests.invariants import INVARIANTS

EVERYTHING = everything()


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: str(path.relative_to(HOUSE)))
def test_generated_files_are_true(path: Path) -> None:
    assert path.exists() and path.read_text(encoding="utf-8") == EVERYTHING[path], "run `make docs`"


def test_no_golden_letter_is_left_of_an_event_that_is_gone() -> None:
    assert {*(HOUSE / "contracts/examples").glob("*.json")} <= set(EVERYTHING), "an event that was once told stays known"


def test_no_schema_is_left_of_an_event_that_does_not_leave_any_more() -> None:
    assert {*(HOUSE / "contracts/schemas").glob("*.json")} <= set(EVERYTHING)


def test_every_mark_names_a_rule_there_is() -> None:
    assert {number for number, _ in marks()} <= set(INVARIANTS)
