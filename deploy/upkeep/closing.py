"""Closes an association in every database, and opens it again; waits until whatever was under way there is over."""

import time
from threading import Event as Flag
from uuid import UUID

from sqlalchemy import Connection, text

from chassis import clock
from chassis.closed import Closed
from deploy.command.reach import Reach
from deploy.upkeep.errand import CannotDo

MARK = text("""
    insert into closed (association_id, state, since) values (:here, :state, :now)
    on conflict (association_id) do update set state = excluded.state, since = excluded.since
""")
OPEN = text("delete from closed where association_id = :here")
UNDER_WAY = text("""
    select count(*) from pg_stat_activity
    where datname = current_database() and usename = any(:roles) and xact_start < :closed_at and state <> 'idle'
""")
PATIENCE = 60.0


def close(reach: Reach, here: UUID, state: Closed) -> None:
    """From now on nobody is let in. Whoever was let in before has finished when this returns. Raises `CannotDo`."""
    for database in reach.databases:
        with reach.seeing_all(database.name) as connection:
            connection.execute(MARK, {"here": here, "state": state, "now": clock.now()})
    for database in reach.databases:
        with reach.admin(database.name).execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            _until_over(connection, database.name)


def open_again(reach: Reach, here: UUID) -> None:
    """Let everybody in again."""
    for database in reversed(reach.databases):
        with reach.seeing_all(database.name) as connection:
            connection.execute(OPEN, {"here": here})


def _until_over(connection: Connection, name: str) -> None:
    """Transactions that began before the mark could be seen may still write: they are waited for, not guessed at."""
    closed_at = connection.execute(text("select clock_timestamp()")).scalar()
    until, pause = time.monotonic() + PATIENCE, Flag()
    while connection.execute(UNDER_WAY, {"closed_at": closed_at, "roles": [name, f"{name}_post"]}).scalar():
        if time.monotonic() > until:
            raise CannotDo(f"a transaction in {name} does not end; the association is closed, type the same command again")
        pause.wait(0.05)
