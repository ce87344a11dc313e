"""A group at work, for the tests over HTTP."""

from collections.abc import Iterator

import pytest

from chassis import clock
from services.meetings.tests.works import Works
from tests.kit import Hall


@pytest.fixture
def works(hall: Hall) -> Iterator[Works]:
    yield Works(hall)
    clock.set_to(None)
