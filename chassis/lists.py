"""Statements about many rows at once, in the driver's own binary form: bytes travel as they are, not spelled out as text.

They write their values as `%(name)b`, and go to the driver as they stand, with `exec_driver_sql` or, to read binary too, `ask`.
"""

from collections.abc import Mapping
from typing import Any, cast

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import Connection


def driver(connection: Connection) -> psycopg.Connection[Any]:
    """The driver's connection; what is asked over it belongs to the same transaction."""
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)


def ask(connection: Connection, statement: str, values: Mapping[str, Any]) -> list[Any]:
    """The rows that a statement finds. Errors are the driver's own."""
    return driver(connection).cursor(binary=True, row_factory=namedtuple_row).execute(statement, values).fetchall()
