"""Takes letters off the transport and stores them. That is all: applying them is the reader's work."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from uuid_utils.compat import uuid7

from chassis import clock
from chassis.transport import Lost
from contracts.event import MOST_BYTES, Letter, Unreadable

STORE = text("""
    insert into inbox (association_id, id, kind, thing, subject, sequence, body, state, due, stored_at)
    values (:association_id, :id, :kind, :thing, :subject, :sequence, :body, 'waiting', :now, :now)
    on conflict do nothing
""")
PARK = text("insert into unreadable (id, body, reason, stored_at) values (:id, :body, :reason, :now)")


class Listener:
    """Stores each letter once, however often it is delivered; what cannot be read is parked with the reason."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def store(self, bodies: Sequence[bytes]) -> None:
        """Store all or raise `Lost`; only what was stored may be acknowledged."""
        letters: list[dict[str, Any]] = []
        parked: list[dict[str, Any]] = []
        for body in bodies:
            try:
                letters.append(_row(Letter.from_bytes(body), body))
            except Unreadable as why:
                parked.append({"id": uuid7(), "body": body[:MOST_BYTES], "reason": str(why), "now": clock.now()})
        try:
            with self.engine.begin() as connection:
                if letters:
                    connection.execute(STORE, letters)
                if parked:
                    connection.execute(PARK, parked)
        except SQLAlchemyError as down:
            raise Lost(f"the inbox cannot be written ({type(down).__name__})") from down


def _row(letter: Letter, body: bytes) -> dict[str, Any]:
    return {
        "association_id": letter.association_id,
        "id": letter.id,
        "kind": letter.kind,
        "thing": letter.thing,
        "subject": letter.subject,
        "sequence": letter.sequence,
        "body": body,
        "now": clock.now(),
    }
