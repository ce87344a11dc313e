"""An operator at a terminal, and an installation whose databases are those of the hall."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.command.reach import Reach
from tests.kit import Hall
from tests.upkeep.operator import Operator, secrets_of


@pytest.fixture
def operator(hall: Hall, admin_url: str, tmp_path: Path) -> Iterator[Operator]:
    folder = tmp_path / "secrets"
    secrets_of(hall, admin_url, folder)
    yield Operator(hall, Reach(folder), tmp_path)
