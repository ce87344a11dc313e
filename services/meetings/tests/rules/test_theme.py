"""The rules of themes, asked directly."""

from uuid import uuid4

import pytest

from chassis.refusal import NotAllowed
from services.meetings.rules import theme
from services.meetings.tests.kit import BO, CIRCLE, OUTSIDER


def test_themes_are_named_by_those_who_take_part() -> None:
    assert theme.name_theme(id=uuid4(), who=BO, circle=CIRCLE, name="Booking")[0].name == "Booking"
    with pytest.raises(NotAllowed):
        theme.name_theme(id=uuid4(), who=OUTSIDER, circle=CIRCLE, name="Booking")
