"""Lists a page at a time: a cursor is where the last page ended, so that nothing is skipped or shown twice."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields

from chassis.shapes import Shape, Whole

MOST = 100
USUAL = 20
EMPTY: dict[str, Any] = {"items": [], "next_cursor": None}


class PageShape(Shape):
    """Which page is asked for."""

    limit = Whole(1, MOST, load_default=USUAL)
    cursor = fields.String(load_default=None, allow_none=True)


class LongPageShape(PageShape):
    """The same of a list that is hardly ever longer than one page, so that whoever asks for no number usually gets it all."""

    limit = Whole(1, MOST, load_default=MOST)


def page(
    rows: Sequence[Any], limit: int, key: Callable[[Any], tuple[Any, ...]], shown: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """One page out of `limit + 1` rows: what to show, and the cursor of the next page if there is one."""
    more = len(rows) > limit
    return {"items": [shown(row) for row in rows[:limit]], "next_cursor": _cursor(*key(rows[limit - 1])) if more else None}


def moment(value: Any) -> datetime:
    """A moment in a cursor."""
    return datetime.fromisoformat(value)


def day(value: Any) -> date:
    """A day in a cursor."""
    return date.fromisoformat(value)


def word(value: Any) -> str:
    """A name or a number as people write it, in a cursor; no sign that no column holds."""
    if not isinstance(value, str) or "\0" in value or any(0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        raise ValueError(value)
    return value


def number(value: Any) -> int:
    """A count in a cursor, no larger than a column holds."""
    if not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError(value)
    return value


USUALLY: tuple[Callable[[Any], Any], ...] = (moment, UUID)


def after(cursor: str | None, *read: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """Where the last page ended: a moment and an id, or what `read` reads. Raises `ValidationError` for a cursor not ours."""
    if cursor is None:
        return None
    try:
        ended = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return tuple(reads(value) for reads, value in zip(read or USUALLY, ended, strict=True))
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        raise ValidationError({"cursor": ["wrong-type"]}) from None


def _cursor(*ended: Any) -> str:
    said = [value if isinstance(value, int) else value.isoformat() if isinstance(value, date) else str(value) for value in ended]
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
