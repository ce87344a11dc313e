"""What comes in has the form that the document says, and no other that happens to be read the same."""

from typing import Any

import pytest
from marshmallow import ValidationError
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict

from chassis.shapes import Day, Line, Shape, Text, Whole, Yes


class All(Shape):
    """One of each."""

    line = Line(20)
    text = Text(20)
    day = Day()
    number = Whole(0, 10)
    yes = Yes()


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("line", "a\x1cb", "unprintable"),
        ("text", "a\x1f", "unprintable"),
        ("text", "\x1d \x1e", "unprintable"),
        ("text", " \n ", "empty"),
        ("day", "20260324", "not-a-day"),
        ("day", "2026-W12-2", "not-a-day"),
        ("number", "3", "not-a-number"),
        ("number", "٣", "not-a-number"),
        ("yes", "true", "wrong-type"),
        ("yes", 1, "wrong-type"),
    ],
)
def test_what_only_looks_right_is_refused_by_name(field: str, value: Any, wrong: str) -> None:
    with pytest.raises(ValidationError) as said:
        All().load({field: value})

    assert said.value.messages == {field: [wrong]}


def test_a_query_writes_its_numbers_as_text() -> None:
    asked = MultiDictProxy(MultiDict({"number": "3"}), All())

    assert All().load(asked) == {"number": 3}
