"""Lists a page at a time: a cursor is where the last page ended, so that nothing is skipped or shown twice."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields

from chassis.shapes import Shape, Whole

MOST = 100
USUAL = 20


class PageShape(Shape):
    """Which page is asked for."""

    limit = Whole(1, MOST, load_default=USUAL)
    cursor = fields.String(load_default=None, allow_none=True)


def page(
    rows: Sequence[Any], limit: int, key: Callable[[Any], tuple[datetime, UUID]], shown: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """One page out of `limit + 1` rows: what to show, and the cursor of the next page if there is one."""
    more = len(rows) > limit
    return {"items": [shown(row) for row in rows[:limit]], "next_cursor": _cursor(*key(rows[limit - 1])) if more else None}


def after(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Where the last page ended. Raises `ValidationError` for a cursor that is not ours."""
    if cursor is None:
        return None
    try:
        at, id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return datetime.fromisoformat(at), UUID(id)
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        raise ValidationError({"cursor": ["wrong-type"]}) from None


def _cursor(at: datetime, id: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), str(id)]).encode()).decode()
