"""A part of what `make fuzz` sends, the same at each run: every operation, and rows of them."""

import os
from collections.abc import Iterator

import pytest

from tests.fuzz.ground import Ground, ground, half_way
from tests.fuzz.sends import Sends

SEED = 20_260_324
INPUTS = int(os.environ.get("FUZZ_INPUTS", "2"))
ROWS = 30
STEPS = 12


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ground(half_way) as made:
        yield made


def test_whatever_is_sent_to_any_operation_is_answered_as_the_document_says(place: Ground) -> None:
    sends = Sends(place, SEED)

    for name in sorted(sends.operations):
        sends.one_by_one(name, INPUTS)

    assert sends.sent > len(sends.operations)
    assert {200, 401, 403, 404, 422} <= sends.answered.keys()


def test_what_is_made_can_be_acted_on_by_anybody_and_is_answered_as_the_document_says(place: Ground) -> None:
    sends = Sends(place, SEED)

    for _ in range(ROWS):
        sends.in_a_row(STEPS)

    assert sends.sent > ROWS
    assert {200, 401, 403, 404} <= sends.answered.keys()
