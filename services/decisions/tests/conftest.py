"""A board for every test that asks for one."""

import pytest

from services.decisions.tests.kit import Board
from tests.kit import Hall


@pytest.fixture
def board(hall: Hall) -> Board:
    return Board(hall)
