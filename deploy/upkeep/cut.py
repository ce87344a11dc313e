"""One moment in all databases: what each of them holds is read as it was then, so no letter arrived before it was written."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from deploy.command.reach import Reach
from deploy.upkeep.errand import CannotDo

HOLD = text("lock table inbox in share mode")
HEAD = text("select version_num from alembic_version")


@dataclass(frozen=True)
class Held:
    """A database as it was at the moment: a transaction that sees it so, the name others reach the same sight by, its version."""

    connection: Connection
    snapshot: str
    revision: str
    at: datetime


@contextmanager
def cut(reach: Reach) -> Iterator[dict[str, Held]]:
    """Hold all databases still for as long as it takes to begin to read them: some milliseconds.

    While every inbox is locked no letter can be stored. So whatever lies in an inbox was in its teller's outbox before the first
    database was looked at. The other way round, a letter that counts as sent and was not stored is found by
    `letters.send_again_what_is_missing`.
    """
    with ExitStack() as seen:
        with ExitStack() as still:
            for service in reach.databases:
                if "inbox" in service.tables.tables:
                    _hold(still.enter_context(reach.seeing_all(service.name)))
            found = {service.name: _look(seen, reach, service.name) for service in reach.databases}
        yield found


def _hold(connection: Connection) -> None:
    connection.execute(text("set local lock_timeout = '10s'"))
    try:
        connection.execute(HOLD)
    except OperationalError as busy:
        raise CannotDo("an inbox is written to without a pause; type the same command again") from busy


def _look(seen: ExitStack, reach: Reach, name: str) -> Held:
    connection = seen.enter_context(reach.admin(name).execution_options(isolation_level="REPEATABLE READ").connect())
    connection.execute(text("set transaction read only"))
    connection.execute(text("set local timezone = 'UTC'"))
    row = connection.execute(text("select pg_export_snapshot() as snapshot, clock_timestamp() as at")).one()
    return Held(connection, row.snapshot, str(connection.execute(HEAD).scalar()), row.at)
