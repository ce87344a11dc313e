"""Pools of database connections that cost a request no round trip of their own."""

import select
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DisconnectionError

from chassis import lists

SPEAK_FOR = text("select set_config('app.association_id', :association, true)")
BEGIN_FOR = "begin; select set_config('app.association_id', '{}', true)"


def pool(url: str, *, size: int, more: int) -> Engine:
    """So many connections kept open, and so many more when they are needed; one that was lost is replaced unasked."""
    engine = create_engine(url, pool_size=size, max_overflow=more, hide_parameters=True)
    event.listen(engine, "checkout", _still_there)
    return engine


def speak_for(connection: Connection, association_id: Any) -> None:
    """Begin the transaction and set the association for it alone, in one round trip.

    Where that fails the same is asked in the ordinary way, so that what is wrong is said as it always is.
    """
    raw = lists.driver(connection).pgconn
    if raw.transaction_status == psycopg.pq.TransactionStatus.IDLE:
        said = raw.exec_(BEGIN_FOR.format(association_id).encode())
        if said.status == psycopg.pq.ExecStatus.TUPLES_OK:
            return
    connection.execute(SPEAK_FOR, {"association": str(association_id)})


def _still_there(connection: "psycopg.Connection[Any]", *_: Any) -> None:
    """Nothing comes over a connection that nobody uses, but for the news that the other end closed it."""
    if connection.closed:
        raise DisconnectionError
    watched = select.poll()
    watched.register(connection.fileno(), select.POLLIN)
    if watched.poll(0):
        raise DisconnectionError
