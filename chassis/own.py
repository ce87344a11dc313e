"""A database connection of somebody's own, outside any pool: each statement commits by itself, and it can be listened on."""

from typing import Any, cast

import psycopg
from sqlalchemy import Connection, CursorResult, Engine


class OwnConnection:
    """Made when first used, and again after it was lost or closed. One thread uses it.

    Nothing that is written over it waits for the disk: what a crash of the server loses is simply done again.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.connection: Connection | None = None

    def execute(self, statement: Any, values: Any = None) -> CursorResult[Any]:
        """Run a statement. Whatever goes wrong, the next statement gets a new connection."""
        try:
            return self._there().execute(statement, values)
        except Exception:
            self.close()
            raise

    def raw(self) -> psycopg.Connection[Any]:
        """The driver's connection, for listening."""
        return cast("psycopg.Connection[Any]", self._there().connection.driver_connection)

    def close(self) -> None:
        """Give it up, with every lock that it holds."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _there(self) -> Connection:
        if self.connection is None or self.connection.invalidated:
            self.connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self.connection.exec_driver_sql("set synchronous_commit = off")
        return self.connection
