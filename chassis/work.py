"""One transaction on behalf of someone: all reading and writing happens inside one."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, MetaData, Table, insert, text
from uuid_utils.compat import uuid7

from chassis import clock, telemetry
from chassis.identity import Identity
from contracts.event import MOST_BYTES, Event, Letter, plain

SPEAK_FOR = text("select set_config('app.association_id', :association, true)")


class LetterTooLarge(Exception):
    """The event does not fit into one letter; the change that would have told it is undone."""


@dataclass(frozen=True)
class Work:
    """A transaction, who it is for, and what time it is. Row-level security shows it one association's rows and no others."""

    connection: Connection
    who: Identity
    now: datetime
    outbox: Table
    heard_kinds: frozenset[str]

    @property
    def today(self) -> date:
        """The calendar day in Denmark."""
        return clock.day_of(self.now)

    def execute(self, statement: Any, values: Any = None) -> Any:
        """Run a statement in this transaction."""
        return self.connection.execute(statement, values)

    def tell(self, event: Event, *, subject: UUID, sequence: int) -> None:
        """Write the event down beside the change; the relay posts it later, if anybody listens."""
        letter = Letter(
            id=uuid7(),
            association_id=self.who.association_id,
            kind=event.kind,
            source=event.teller(),
            subject=subject,
            sequence=sequence,
            at=self.now,
            data=plain.unstructure(event),
            trace=telemetry.trace(),
            correlation=telemetry.request_id(),
            cause=self.who.cause,
        )
        body = letter.to_bytes()
        if len(body) > MOST_BYTES:
            raise LetterTooLarge(f"{event.kind}: {len(body)} bytes, at most {MOST_BYTES}")
        self.connection.execute(
            insert(self.outbox),
            {
                "association_id": letter.association_id,
                "id": letter.id,
                "kind": letter.kind,
                "subject": subject,
                "thing": letter.thing,
                "sequence": sequence,
                "body": body,
                "state": "waiting" if event.kind in self.heard_kinds else "journal",
                "not_before": self.now,
            },
        )


Begin = Callable[[Identity], AbstractContextManager[Work]]


def work_on(engine: Engine, tables: MetaData, *, heard_kinds: frozenset[str], wake: Callable[[], None] = lambda: None) -> Begin:
    """Return `begin(who)`: a context manager that commits and wakes the post, or rolls all back.

    The association is set for this transaction alone, so that a pooled connection remembers nothing.
    """

    @contextmanager
    def begin(who: Identity) -> Iterator[Work]:
        with engine.begin() as connection:
            connection.execute(SPEAK_FOR, {"association": str(who.association_id)})
            yield Work(connection, who, clock.now(), tables.tables["outbox"], heard_kinds)
        wake()

    return begin
