"""Posts what was written down in the outbox: the only publisher of its service, and only after a commit."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Engine, text

from chassis import clock, failpoint, metrics, spans
from chassis.own import OwnConnection
from chassis.transport import Parcel, Transport
from contracts.event import MOST_BYTES

NOBODY = UUID(int=0)
FAIRLY = """
    with recursive turns as (
        (select association_id from outbox where state = 'waiting' and association_id > %(after)b order by association_id limit 1)
        union all
        select (select o.association_id from outbox o where o.state = 'waiting' and o.association_id > turns.association_id
                order by o.association_id limit 1)
        from turns where turns.association_id is not null
    )
    select letter.association_id, letter.id, letter.kind, letter.audience, letter.body, letter.attempts,
           length(letter.body) <= %(largest)b as fits
    from (select association_id from turns where association_id is not null limit %(most)b) as turn
    cross join lateral (
        select * from outbox o
        where o.association_id = turn.association_id and o.state = 'waiting' and o.id <> all(%(but)b::uuid[])
        order by o.id limit greatest(%(each)b, %(most)b / (select count(*) from turns))
    ) as letter
    limit %(most)b
"""
"""A skip-scan: a few letters of each association that has any, whatever the others pile up; many when few have any."""

THESE = "(association_id, id) in (select * from unnest(%(associations)b::uuid[], %(ids)b::uuid[]))"
SENT = f"update outbox set state = 'sent', sent_at = %(now)b where {THESE}"
REFUSED = f"update outbox set state = 'refused', attempts = attempts + 1, due = %(later)b where {THESE}"
AGAIN = text("update outbox set state = 'waiting' where state = 'refused' and due <= :now")
LOCK = "7, 1"
ONE_RELAY = text(f"select pg_try_advisory_lock({LOCK})")
FREEZE = timedelta(seconds=60)
"""Longer than a transport is ever waited for: a relay that did not ask its database anything for so long hangs."""

END_A_FROZEN_ONE = text("""
    select pg_terminate_backend(a.pid) from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.classid = 7 and l.objid = 1 and l.objsubid = 2 and l.granted
      and a.datname = current_database() and a.query_start < clock_timestamp() - make_interval(secs => :freeze)
""")
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=5)
log = structlog.get_logger()


class Relay:
    """Takes unsent letters by state, a few of each association in turn, and marks them sent when they are confirmed.

    All it asks its database goes over one connection, which also holds the lock of the one active relay: without the lock nothing
    is marked. No transaction is open while it waits for the transport. While one list is on its way, the last one is marked and
    the next one looked for. A crash in between sends letters twice; the inbox absorbs that.
    """

    def __init__(self, service: str, engine: Engine, transport: Transport, *, most: int = 500, each: int = 50) -> None:
        self.service, self.transport = service, transport
        self.most, self.each, self.after = most, each, NOBODY
        self.database = OwnConnection(engine)
        self.ahead: Sequence[Any] = []
        self.unmarked: tuple[Sequence[Any], set[UUID]] = ([], set())

    def send_some(self) -> int:
        """Send one list of letters; return how many were confirmed. Raises `Lost` when the transport is not there."""
        letters, self.ahead = self.ahead or self._look(), []
        if not letters:
            return 0
        self.after = letters[-1].association_id
        failpoint.reached("relay.before_publish")
        parcels = [Parcel(each.id, self.service, each.kind, each.body, each.audience) for each in letters if each.fits]
        began = spans.now()
        with metrics.awaiting(self.service, len(parcels)):
            confirmed = self.transport.publish(parcels, lambda: self._meanwhile(letters))
        spans.published(self.service, letters, confirmed, began)
        failpoint.reached("relay.confirmed")
        self._mark()
        self.unmarked = (letters, confirmed)
        if not self.ahead:
            self._mark()
        return len(confirmed)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Hold the service's one relay lock; False when another process has it, unless that one hangs: then it loses it."""
        try:
            alone = bool(self.database.execute(ONE_RELAY).scalar())
            if not alone and self.database.execute(END_A_FROZEN_ONE, {"freeze": FREEZE.total_seconds()}).all():
                log.warning("a relay that hung was ended", service=self.service)
            yield alone
            self._mark()
        finally:
            self.ahead, self.unmarked = [], ([], set())
            self.database.close()

    def _meanwhile(self, letters: Sequence[Any]) -> None:
        self._mark()
        self.ahead = self._look(but=[letter.id for letter in letters])

    def _look(self, but: Sequence[UUID] = ()) -> Sequence[Any]:
        """The next list: from where the last one ended, or else from the start."""
        found = self._waiting(but)
        if not found:
            self.database.execute(AGAIN, {"now": clock.now()})
            self.after = NOBODY
            found = self._waiting(but)
        return found

    def _waiting(self, but: Sequence[UUID]) -> Sequence[Any]:
        asked = {"after": self.after, "most": self.most, "each": self.each, "largest": MOST_BYTES, "but": list(but)}
        return self.database.ask(FAIRLY, asked)

    def _mark(self) -> None:
        (letters, confirmed), self.unmarked = self.unmarked, ([], set())
        if not letters:
            return
        now = clock.now()
        sent = [letter for letter in letters if letter.id in confirmed]
        refused = [letter for letter in letters if letter.id not in confirmed]
        if sent:
            self.database.write(SENT, _keys(sent) | {"now": now})
        if refused:
            later = now + _patience(max(letter.attempts for letter in refused))
            log.warning(
                "letters refused", service=self.service, letters=len(refused), kinds=sorted({each.kind for each in refused})
            )
            self.database.write(REFUSED, _keys(refused) | {"later": later})
        metrics.published(self.service, sent=len(sent), refused=len(refused))
        failpoint.reached("relay.marked")


def _patience(attempts: int) -> timedelta:
    wait: timedelta = min(FIRST_WAIT * 2 ** min(attempts, 10), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311  jitter, not a secret


def _keys(letters: Sequence[Any]) -> dict[str, Any]:
    return {"associations": [letter.association_id for letter in letters], "ids": [letter.id for letter in letters]}
