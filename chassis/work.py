"""One transaction on behalf of someone: all reading and writing happens inside one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Connection, Engine, text
from uuid_utils.compat import uuid7

from chassis import clock, telemetry
from chassis.identity import Identity
from chassis.pool import speak_for
from contracts.event import MOST_BYTES, Event, Letter, plain

WRITE_DOWN = """
    insert into outbox (association_id, id, kind, thing, subject, sequence, body, audience, state, due)
    select %(association_id)b, l.*, %(now)b from unnest(
        %(id)b::uuid[], %(kind)b::text[], %(thing)b::text[], %(subject)b::uuid[], %(sequence)b::bigint[],
        %(body)b::bytea[], %(audience)b::text[], %(state)b::text[]) as l
"""
FORGET_EARLIER = text("""
    delete from outbox where association_id = :association_id and thing = :thing and subject = :subject and sequence = :sequence
      and audience = :audience
""")


class LetterTooLarge(Exception):
    """The event does not fit into one letter; the change that would have told it is undone."""


class Saw(Protocol):
    """What somebody saw before they wrote."""

    def must_be(self, id: UUID, version: int, stands: Callable[[], Mapping[str, Any]]) -> None:
        """Raise where a thing does not stand as it was seen."""


@dataclass(frozen=True)
class Work:
    """A transaction, who it is for, and what time it is. Row-level security shows it one association's rows and no others.

    `replay`: what is heard in it was told before, and is told anew so that copies are right.
    """

    connection: Connection
    who: Identity
    now: datetime
    heard_kinds: frozenset[str]
    told: list[Mapping[str, Any]] = field(default_factory=list)
    letter: Letter | None = None
    seen: Saw | None = None
    closed: str | None = None

    @property
    def today(self) -> date:
        """The calendar day in Denmark."""
        return clock.day_of(self.now)

    @property
    def replay(self) -> bool:
        """Whether what goes on repeats how things stand, for somebody who came later."""
        return self.letter is not None and self.letter.replay

    def execute(self, statement: Any, values: Any = None) -> Any:
        """Run a statement in this transaction."""
        return self.connection.execute(statement, values)

    def caused_by(self, letter: Letter) -> "Work":
        """The same transaction, for the house, because of a letter."""
        return replace(self, who=Identity(association_id=self.who.association_id, cause=letter.id), letter=letter)

    def tell(self, event: Event, *, subject: UUID, sequence: int) -> None:
        """Write the event down beside the change; the relay posts it later, if anybody listens. Raises `LetterTooLarge`."""
        self._write(event, subject, sequence, state="waiting" if event.kind in self.heard_kinds else "journal")

    def tell_again(self, event: Event, *, subject: UUID, sequence: int, to: str) -> None:
        """Tell one consumer how a thing stands now, marked as a replay; nobody else hears it."""
        key = {"association_id": self.who.association_id, "thing": event.thing(), "subject": subject, "sequence": sequence}
        self.execute(FORGET_EARLIER, key | {"audience": to})
        self._write(event, subject, sequence, state="waiting", audience=to)

    def _write(self, event: Event, subject: UUID, sequence: int, *, state: str, audience: str = "") -> None:
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
            replay=bool(audience),
        )
        body = letter.to_bytes()
        if len(body) > MOST_BYTES:
            raise LetterTooLarge(f"{event.kind}: {len(body)} bytes, at most {MOST_BYTES}")
        row = {"id": letter.id, "kind": letter.kind, "thing": letter.thing, "subject": subject, "sequence": sequence}
        self.told.append(row | {"body": body, "audience": audience, "state": state})

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the work that is undone by itself when it fails: what it changed, and what it told."""
        told = len(self.told)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self.told[told:]
            raise

    def write_down(self) -> None:
        """Put what was told into the outbox, in one go."""
        if self.told:
            self.connection.exec_driver_sql(
                WRITE_DOWN, {"association_id": self.who.association_id, "now": self.now} | columns(self.told)
            )
            self.told.clear()


Begin = Callable[[Identity], AbstractContextManager[Work]]


def columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows turned on their side, for a statement that takes a list for each column."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def work_on(engine: Engine, *, heard_kinds: frozenset[str], wake: Callable[[], None] = lambda: None) -> Begin:
    """Return `begin(who)`: a context manager that commits and wakes the post, or rolls all back.

    The association is set for this transaction alone, so that a pooled connection remembers nothing.
    """

    @contextmanager
    def begin(who: Identity) -> Iterator[Work]:
        with engine.begin() as connection:
            closed = speak_for(connection, who.association_id)
            work = Work(connection, who, clock.now(), heard_kinds, closed=closed)
            yield work
            told = bool(work.told)
            work.write_down()
        if told:
            wake()

    return begin
