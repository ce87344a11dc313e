"""Posts what was written down in the outbox: the only publisher of its service, and only after a commit."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from chassis import clock
from chassis.transport import Parcel, Transport

NOBODY = UUID(int=0)
FAIRLY = text("""
    with recursive waiting as (
        (select association_id from outbox where state = 'waiting' and association_id > :after order by association_id limit 1)
        union all
        select (select o.association_id from outbox o where o.state = 'waiting' and o.association_id > waiting.association_id
                order by o.association_id limit 1)
        from waiting where waiting.association_id is not null
    )
    select letter.association_id, letter.id, letter.kind, letter.thing, letter.subject, letter.body
    from (select association_id from waiting where association_id is not null limit :associations) as turn
    cross join lateral (
        select * from outbox o where o.association_id = turn.association_id and o.state = 'waiting' and o.not_before <= :now
        order by o.id limit :each
    ) as letter
    limit :most
""")
"""A skip-scan: a few letters of each association that has any, whatever the others pile up."""

SENT = text("""
    update outbox set state = 'sent', sent_at = :now
    where (association_id, id) in (select * from unnest(cast(:associations as uuid[]), cast(:ids as uuid[])))
""")
LATER = text("""
    update outbox set attempts = attempts + 1, not_before = :later
    where (association_id, id) in (select * from unnest(cast(:associations as uuid[]), cast(:ids as uuid[])))
""")
ONE_RELAY = text("select pg_try_advisory_lock(hashtext('relay'))")
RETRY = timedelta(seconds=5)


class Relay:
    """Takes unsent letters by state, a few of each association in turn, and marks them sent when they are confirmed.

    No transaction is open while it waits for the transport. A crash in between sends a letter twice; the inbox absorbs that.
    """

    def __init__(self, service: str, engine: Engine, transport: Transport, *, most: int = 200, each: int = 20) -> None:
        self.service, self.engine, self.transport = service, engine, transport
        self.most, self.each, self.after = most, each, NOBODY

    def send_some(self) -> int:
        """Send one list of letters; return how many were confirmed. Raises `Lost` when the transport is not there."""
        letters = self._waiting() or self._from_the_start()
        if not letters:
            return 0
        self.after = letters[-1].association_id
        confirmed = self.transport.publish(
            [Parcel(letter.id, self.service, letter.kind, bytes(letter.body)) for letter in letters]
        )
        self._mark(letters, confirmed)
        return len(confirmed)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Hold the service's one relay lock, on a connection of its own; False when another process has it."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield bool(connection.execute(ONE_RELAY).scalar())

    def _from_the_start(self) -> Sequence[Any]:
        if self.after == NOBODY:
            return []
        self.after = NOBODY
        return self._waiting()

    def _waiting(self) -> Sequence[Any]:
        values = {"after": self.after, "now": clock.now(), "associations": self.most, "each": self.each, "most": self.most}
        with self.engine.begin() as connection:
            return connection.execute(FAIRLY, values).all()

    def _mark(self, letters: Sequence[Any], confirmed: set[UUID]) -> None:
        now: datetime = clock.now()
        sent = [letter for letter in letters if letter.id in confirmed]
        refused = [letter for letter in letters if letter.id not in confirmed]
        with self.engine.begin() as connection:
            if sent:
                connection.execute(SENT, _keys(sent) | {"now": now})
            if refused:
                connection.execute(LATER, _keys(refused) | {"later": now + RETRY})


def _keys(letters: Sequence[Any]) -> dict[str, Any]:
    return {"associations": [letter.association_id for letter in letters], "ids": [letter.id for letter in letters]}
