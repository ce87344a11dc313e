"""The shapes of what goes out: they describe the answers, and tests hold every answer to them.

No answer is put through its shape on the way out: that would cost time at each request, and change nothing.
"""

import types
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from marshmallow import EXCLUDE, Schema, fields

from chassis.shapes import Choice, Day, Id, Moment, Nested, Yes

__all__ = [
    "Answer",
    "Choice",
    "Day",
    "Id",
    "Ids",
    "Map",
    "May",
    "Moment",
    "Nested",
    "Number",
    "OneOf",
    "Several",
    "Share",
    "Words",
    "Yes",
    "all_of",
    "items_of",
    "page_of",
    "record",
]


class Answer(Schema):
    """Base of all that goes out: each field is always there, but for those that say `sometimes`; more may come later."""

    class Meta:
        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:  # noqa: ARG002  marshmallow names it
        """What is shown is shown always."""
        field_obj.required = not field_obj.metadata.get("sometimes")


class Words(fields.String):
    """What somebody wrote, or a word of ours."""


class Number(fields.Integer):
    """A whole number."""


class Share(fields.Float):
    """A number with decimals."""


class Several(fields.List[Any]):
    """Several of one kind, in an order that means something."""


class Map(fields.Dict):
    """Values by a key: an id, or a word."""


class Ids(fields.List[Any]):
    """The ids of several things."""

    def __init__(self, **more: Any) -> None:
        super().__init__(Id(), **more)


class May(fields.List[Any]):
    """What whoever asks may do with the thing now; each word ends the address of the route that does it."""

    def __init__(self, **more: Any) -> None:
        says = "What whoever asks may do with it now."
        super().__init__(fields.String(), metadata={"description": says}, **more)


class OneOf(fields.Field[Any]):
    """A value of one of several shapes."""

    def __init__(self, *shapes: type[Answer], **more: Any) -> None:
        super().__init__(**more)
        self.shapes = shapes


@cache
def page_of(shape: type[Answer]) -> type[Answer]:
    """A page of such things, and the cursor of the next page."""
    ahead = "Send it as `cursor` to get the next page; null: this was the last."
    cursor = Words(allow_none=True, metadata={"description": ahead})
    return _made(f"{shape.__name__}Page", "A page of a list.", {"items": Several(Nested(shape)), "next_cursor": cursor})


@cache
def items_of(shape: type[Answer]) -> type[Answer]:
    """All such things that there are."""
    return _made(f"{shape.__name__}List", "A whole list.", {"items": Several(Nested(shape))})


@cache
def record(kind: type, called: str = "") -> type[Answer]:
    """The shape of a frozen value that is shown as it is kept: all its fields, by their types.

    `called`: what to call it where another shape has the value's own name.
    """
    return _made(called or kind.__name__, kind.__doc__ or "", all_of(kind))


def all_of(kind: type) -> dict[str, fields.Field[Any]]:
    """All fields of a frozen value, by their types: for a shape that shows them beside its own."""
    hints = get_type_hints(kind)
    return {field.name: field_for(hints[field.name]) for field in fields_of(kind)}


def field_for(hint: Any, **more: Any) -> fields.Field[Any]:
    """The field for a type."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        (inner,) = (each for each in inside if each is not type(None))
        return field_for(inner, allow_none=True, **more)
    if origin in {tuple, list, frozenset}:
        return Several(field_for(inside[0]), **more)
    if origin is dict:
        return Map(values=field_for(inside[1]), **more)
    if is_dataclass(hint):
        return Nested(record(cast(type, hint)), **more)
    if issubclass(hint, Enum):
        return Choice(hint, **more)
    plain: fields.Field[Any] = PLAIN[hint](**more)
    return plain


PLAIN: dict[type, Any] = {
    str: Words,
    int: Number,
    float: Share,
    bool: Yes,
    UUID: Id,
    date: Day,
    datetime: Moment,
}


def _made(name: str, doc: str, inside: dict[str, fields.Field[Any]]) -> type[Answer]:
    meta = type("Meta", (Answer.Meta,), {"register": False})
    return type(name, (Answer,), {"__doc__": doc, "Meta": meta, **inside})
