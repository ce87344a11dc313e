"""Takes letters off the transport and stores them. That is all: applying them is the reader's work."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from uuid_utils.compat import uuid7

from chassis import clock, failpoint, metrics
from chassis.transport import Lost
from chassis.work import columns
from contracts.event import MOST_BYTES, Letter, Unreadable

STORE = """
    insert into inbox (association_id, id, kind, thing, subject, sequence, body, state, due, stored_at)
    select l.*, 'waiting', %(now)b, %(now)b from unnest(
        %(association_id)b::uuid[], %(id)b::uuid[], %(kind)b::text[], %(thing)b::text[],
        %(subject)b::uuid[], %(sequence)b::bigint[], %(body)b::bytea[])
        as l (association_id, id, kind, thing, subject, sequence, body)
    where not exists (select from closed c where c.association_id = l.association_id and c.state = 'gone')
    on conflict do nothing
"""
"""A letter of an association that is gone is dropped: nothing of it comes back."""

PARK = text("insert into unreadable (id, body, reason, stored_at) values (:id, :body, :reason, :now)")
THERE = text("select 1")


class Listener:
    """Stores each letter once, however often it is delivered; what cannot be read is parked with the reason."""

    def __init__(self, service: str, engine: Engine) -> None:
        self.service, self.engine = service, engine

    def store(self, bodies: Sequence[bytes]) -> None:
        """Store all or raise `Lost`; only what was stored may be acknowledged."""
        letters: list[dict[str, Any]] = []
        parked: list[dict[str, Any]] = []
        for body in bodies:
            try:
                letters.append(_row(Letter.from_bytes(body), body))
            except Unreadable as why:
                parked.append({"id": uuid7(), "body": body[:MOST_BYTES], "reason": str(why), "now": clock.now()})
        failpoint.reached("listener.taken")
        try:
            new = self._put(letters, parked)
        except SQLAlchemyError as down:
            raise Lost(f"the inbox cannot be written ({type(down).__name__})") from down
        metrics.stored(self.service, letters=new, unreadable=len(parked))
        failpoint.reached("listener.stored")

    def wait_for_the_database(self) -> None:
        """Raise `Lost` while it is away: a broker that is not listened to counts no delivery as failed."""
        try:
            with self.engine.connect() as connection:
                connection.execute(THERE)
        except SQLAlchemyError as down:
            raise Lost(f"the inbox cannot be reached ({type(down).__name__})") from down

    def _put(self, letters: list[dict[str, Any]], parked: list[dict[str, Any]]) -> int:
        letters.sort(key=lambda row: (row["association_id"], row["id"]))  # two listeners that store the same wait, not deadlock
        with self.engine.begin() as connection:
            new = connection.exec_driver_sql(STORE, columns(letters) | {"now": clock.now()}).rowcount if letters else 0
            if parked:
                connection.execute(PARK, parked)
        return new


def _row(letter: Letter, body: bytes) -> dict[str, Any]:
    return {
        "association_id": letter.association_id,
        "id": letter.id,
        "kind": letter.kind,
        "thing": letter.thing,
        "subject": letter.subject,
        "sequence": letter.sequence,
        "body": body,
    }
