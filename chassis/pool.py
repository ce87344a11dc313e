"""Pools of database connections that cost a request no round trip of their own."""

import select
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DisconnectionError

from chassis import lists, metrics

CLOSED = "(select state from closed where association_id = cast({} as uuid)) as closed"
SPEAK_FOR = text(f"select set_config('app.association_id', :association, true), {CLOSED.format(':association')}")
BEGIN_FOR = "begin; select set_config('app.association_id', '{0}', true), " + CLOSED.format("'{0}'")


def pool(url: str, service: str, name: str, *, size: int, more: int) -> Engine:
    """So many connections kept, and so many more when they are needed, all counted; one that was lost is replaced unasked."""
    engine = create_engine(url, pool_size=size, max_overflow=more, hide_parameters=True)
    event.listen(engine, "checkout", _still_there)  # before they are counted: what is replaced was never lent out
    return metrics.watch_pool(service, name, engine, size + more)


def speak_for(connection: Connection, association_id: UUID) -> str | None:
    """Begin the transaction and set the association for it alone, in one round trip; why that association is closed, if it is.

    Where that fails the same is asked in the ordinary way, so that what is wrong is said as it always is.
    """
    raw = lists.driver(connection).pgconn
    if raw.transaction_status == psycopg.pq.TransactionStatus.IDLE:
        said = raw.exec_(BEGIN_FOR.format(association_id).encode())
        if said.status == psycopg.pq.ExecStatus.TUPLES_OK:
            state = said.get_value(0, 1)
            return None if state is None else state.decode()
        raw.exec_(b"rollback")
    return connection.execute(SPEAK_FOR, {"association": str(association_id)}).one().closed  # type: ignore[no-any-return]


def _still_there(connection: "psycopg.Connection[Any]", *_: Any) -> None:
    """Nothing comes over a connection that nobody uses, but for the news that the other end closed it."""
    if connection.closed:
        raise DisconnectionError
    watched = select.poll()
    watched.register(connection.fileno(), select.POLLIN)
    if watched.poll(0):
        raise DisconnectionError
