"""Applies the letters in the inbox: each one's effect once, in the order that its thing asks for, one association at a time."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from chassis import clock, telemetry
from chassis.identity import Identity
from chassis.refusal import Refused
from chassis.work import Begin, Work
from contracts.event import Event, Letter, Unreadable

Reaction = Callable[[Work, Any], None]
Listens = Mapping[type[Event], Reaction]
BACKOFF = [timedelta(seconds=s) for s in (1, 5, 30, 120, 600, 1800, 7200, 21600)]
"""How long a letter waits after each failed attempt; after the last it is parked."""
NOBODY = UUID(int=0)
log = structlog.get_logger()


class Order(StrEnum):
    """What a consumer asks of the letters about one thing."""

    UNORDERED = "unordered"
    LATEST = "latest"
    STRICT = "strict"


NEXT_ASSOCIATION = text("""
    select association_id from inbox where state = 'waiting' and association_id > :after and due <= :now
    order by association_id limit 1
""")
ONE_READER = text("select pg_try_advisory_xact_lock(hashtext('reader'), hashtext(:association))")
TAKE = text("""
    select i.id, i.kind, i.thing, i.subject, i.sequence, i.body, i.attempts from inbox i
    where i.association_id = :association and i.state = 'waiting' and i.due <= :now
      and not (i.thing = any(:ordered) and exists (
        select 1 from inbox e where e.association_id = i.association_id and e.thing = i.thing and e.subject = i.subject
          and e.sequence < i.sequence and e.state in ('waiting', 'parked')))
    order by i.id limit 1 for update skip locked
""")
SETTLE = text(
    "update inbox set state = :state, settled_at = :now, reason = null where association_id = :association and id = :id"
)
FAILED = text("""
    update inbox set state = :state, attempts = attempts + :attempt, due = :due, reason = :reason,
        settled_at = case when :state = 'parked' then cast(:now as timestamptz) end
    where association_id = :association and id = :id
""")
LAST_HEARD = text(
    "select sequence from heard where association_id = :association and thing = :thing and subject = :subject for update"
)
HEARD = text("""
    insert into heard (association_id, thing, subject, sequence) values (:association, :thing, :subject, :sequence)
    on conflict (association_id, thing, subject) do update set sequence = excluded.sequence
""")
RELEASE = text("""
    update inbox set state = 'waiting' where association_id = :association and thing = :thing and subject = :subject
      and state = 'held' and sequence = :sequence
""")


class Reader:
    """Reads for one service. The effect, the letters it leads to and the letter's own state change are one transaction."""

    def __init__(self, engine: Engine, begin: Begin, listens: Listens, order: Mapping[str, Order]) -> None:
        self.engine, self.begin, self.order = engine, begin, order
        self.reactions = {event.kind: reaction for event, reaction in listens.items()}
        self.ordered = [thing for thing, order in order.items() if order is Order.STRICT]
        self.after = NOBODY

    def read_one(self) -> bool:
        """Apply one letter of the association whose turn it is; False when nothing waits."""
        association = self._next() or self._first()
        if association is None:
            return False
        self.after = association
        return self._read(association)

    def _read(self, association: UUID) -> bool:
        taken: Any = None
        who = Identity(association_id=association)
        try:
            with self.begin(who) as work:
                if not work.execute(ONE_READER, {"association": str(association)}).scalar():
                    return False
                values = {"association": association, "now": work.now, "ordered": self.ordered}
                taken = work.execute(TAKE, values).one_or_none()
                if taken is None:
                    return False
                self._apply(work, taken)
        except DBAPIError as down:
            if down.connection_invalidated:
                raise
            self._failed(who, taken, down, poison=False)
        except Exception as failure:  # noqa: BLE001  whatever a reaction raises is that letter's failure, and is kept with it
            self._failed(who, taken, failure, poison=isinstance(failure, Unreadable))
        return True

    def _apply(self, work: Work, taken: Any) -> None:
        order = self.order.get(taken.thing, Order.UNORDERED)
        key = {"association": work.who.association_id, "thing": taken.thing, "subject": taken.subject}
        last = 0 if order is Order.UNORDERED else work.execute(LAST_HEARD, key).scalar() or 0
        if order is Order.STRICT and taken.sequence > last + 1:
            self._settle(work, taken, "held")
            return
        if order is Order.UNORDERED or taken.sequence > last:
            self._react(work, taken)
        if order is not Order.UNORDERED and taken.sequence > last:
            work.execute(HEARD, key | {"sequence": taken.sequence})
            work.execute(RELEASE, key | {"sequence": taken.sequence + 1})
        self._settle(work, taken, "done")

    def _react(self, work: Work, taken: Any) -> None:
        reaction = self.reactions.get(taken.kind)
        if reaction is None:
            return  # bound for the sake of order, or newer than we are: stepped over
        letter = Letter.from_bytes(bytes(taken.body))
        telemetry.begin(
            request=str(letter.correlation) if letter.correlation else None,
            traceparent=letter.trace,
            association=str(letter.association_id),
            letter=letter.kind,
        )
        caused = Identity(association_id=letter.association_id, cause=letter.id)
        reaction(Work(work.connection, caused, work.now, work.outbox, work.heard_kinds), letter.event())

    def _settle(self, work: Work, taken: Any, state: str) -> None:
        work.execute(SETTLE, {"association": work.who.association_id, "id": taken.id, "state": state, "now": work.now})

    def _failed(self, who: Identity, taken: Any, failure: Exception, *, poison: bool) -> None:
        if taken is None:
            raise failure
        parked = poison or taken.attempts >= len(BACKOFF)
        due = clock.now() if parked else clock.now() + BACKOFF[taken.attempts]
        reason = f"refused: {failure.no.slug}" if isinstance(failure, Refused) else type(failure).__name__
        log.warning("letter parked" if parked else "letter waits", kind=taken.kind, letter=str(taken.id), reason=reason)
        state = "parked" if parked else "waiting"
        values = {"association": who.association_id, "id": taken.id, "attempt": 1, "due": due, "now": clock.now()}
        with self.begin(who) as work:
            work.execute(FAILED, values | {"state": state, "reason": reason})

    def _next(self) -> UUID | None:
        with self.engine.begin() as connection:
            return connection.execute(NEXT_ASSOCIATION, {"after": self.after, "now": clock.now()}).scalar()

    def _first(self) -> UUID | None:
        if self.after == NOBODY:
            return None
        self.after = NOBODY
        return self._next()
