"""A database connection of somebody's own, outside any pool: each statement commits by itself, and it can be listened on."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, CursorResult, Engine

from chassis import lists

Found = TypeVar("Found")


class OwnConnection:
    """Made when first used, and again after it was lost or closed. One thread uses it.

    Nothing that is written over it waits for the disk: what a crash of the server loses is simply done again.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.connection: Connection | None = None

    def execute(self, statement: Any, values: Any = None) -> CursorResult[Any]:
        """Run a statement. Whatever goes wrong, the next statement gets a new connection."""
        return self._kept(lambda connection: connection.execute(statement, values))

    def write(self, statement: str, values: Mapping[str, Any]) -> CursorResult[Any]:
        """The same for a statement in the driver's binary form (`chassis.lists`)."""
        return self._kept(lambda connection: connection.exec_driver_sql(statement, values))

    def ask(self, statement: str, values: Mapping[str, Any]) -> list[Any]:
        """The rows that a statement in the driver's binary form finds."""
        return self._kept(lambda connection: lists.ask(connection, statement, values))

    def raw(self) -> psycopg.Connection[Any]:
        """The driver's connection, for listening."""
        return lists.driver(self._there())

    def close(self) -> None:
        """Give it up, with every lock that it holds."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _kept(self, work: Callable[[Connection], Found]) -> Found:
        try:
            return work(self._there())
        except Exception:
            self.close()
            raise

    def _there(self) -> Connection:
        if self.connection is None or self.connection.invalidated:
            self.connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self.connection.exec_driver_sql("set synchronous_commit = off")
        return self.connection
