"""A row of a table as it is shown."""

from typing import Any


def only(row: Any, *names: str) -> dict[str, Any]:
    """Some of its columns, by name."""
    return {name: getattr(row, name) for name in names}
