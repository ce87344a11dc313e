"""Applies the letters in the inbox: each one's effect once, in the order that its thing asks for, one association at a time."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import psycopg
import structlog
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7

from chassis import clock, failpoint, lists, metrics, telemetry
from chassis.identity import Identity
from chassis.own import OwnConnection
from chassis.refusal import Refused
from chassis.work import Begin, Work
from contracts.event import Event, Letter, Unreadable

Reaction = Callable[[Work, Any], None]
Listens = Mapping[type[Event], Reaction]
BACKOFF = [timedelta(seconds=s) for s in (1, 5, 30, 120, 600, 1800, 7200, 21600)]
"""How long a letter waits after each failed attempt; after the last it is parked."""

AT_ONCE = 100
"""Letters of one association that are applied in one transaction."""

NOBODY = UUID(int=0)
DIED = "its reader died with it in hand"
INFRASTRUCTURE = ("08", "53", "57P")
"""Classes of SQLSTATE that say nothing about the letter: connection, resources, a server that stops."""

log = structlog.get_logger()


class Order(StrEnum):
    """What a consumer asks of the letters about one thing."""

    UNORDERED = "unordered"
    LATEST = "latest"
    STRICT = "strict"


TURNS = text("""
    with recursive turns as (
        (select association_id from inbox where state = 'waiting' and association_id > :after order by association_id limit 1)
        union all
        select (select i.association_id from inbox i where i.state = 'waiting' and i.association_id > turns.association_id
                order by i.association_id limit 1)
        from turns where turns.association_id is not null
    )
    select association_id from turns where association_id is not null limit :most
""")
"""A skip-scan: who has letters waiting, however many of each."""

TURNS_AHEAD = 20
"""Associations whose turn is known in advance: what comes meanwhile waits for no more lists than these."""

DUE = text("update inbox set state = 'waiting' where state = 'retry' and due <= :now")
ALONE = text("select pg_try_advisory_xact_lock(hashtext('reader'), hashtext(:association))")
TAKE = """
    select id, kind, thing, subject, sequence, body, attempts from inbox
    where association_id = %(association)b and state = 'waiting' and (%(only)b::uuid[] is null or id = any(%(only)b::uuid[]))
    order by id limit %(most)b
"""
"""Asked after `ALONE` has answered: in one statement with it, it would see what another reader has just settled as waiting."""

IN_HAND = """
    with before as (select reader, letters from in_hand where association_id = %(association)b), now as (
        insert into in_hand (association_id, reader, letters) values (%(association)b, %(reader)b, %(letters)b::uuid[])
        on conflict (association_id) do update set reader = excluded.reader, letters = excluded.letters)
    select letters from before where reader <> %(reader)b
"""
OUT_OF_HAND = text("delete from in_hand where association_id = :association and reader = :reader")
SETTLE = """
    with out_of_hand as (delete from in_hand where association_id = %(association)b)
    update inbox i set state = s.state, reason = s.reason, settled_at = %(now)b, due = %(now)b
    from unnest(%(ids)b::uuid[], %(states)b::text[], %(reasons)b::text[]) as s (id, state, reason)
    where i.association_id = %(association)b and i.id = s.id
"""
FAILED = text("""
    update inbox set state = :state, attempts = attempts + 1, due = :due, reason = :reason, settled_at = :settled
    where association_id = :association and id = :id and state = 'waiting'
""")
LAST_HEARD = text("""
    select thing, subject, sequence from heard where association_id = :association and subject = any(cast(:subjects as uuid[]))
""")
HEARD = text("""
    insert into heard (association_id, thing, subject, sequence)
    select :association, h.* from unnest(cast(:things as text[]), cast(:subjects as uuid[]), cast(:sequences as bigint[])) as h
    on conflict (association_id, thing, subject) do update set sequence = excluded.sequence
""")
RELEASE = text("""
    update inbox i set state = 'waiting', reason = null from
        unnest(cast(:things as text[]), cast(:subjects as uuid[]), cast(:sequences as bigint[])) as h (thing, subject, sequence)
    where i.association_id = :association and i.subject = h.subject and i.thing = h.thing
      and i.sequence > h.sequence and i.sequence <= h.sequence + :most
      and (i.state = 'held' or (i.state = 'parked' and i.reason = :gap))
""")
APPLIED_BEFORE = text("""
    select thing, subject, max(sequence) as sequence from inbox where association_id = :association and state = 'done'
      and subject = any(cast(:subjects as uuid[])) group by thing, subject
""")
GAP = "an earlier letter about the same thing never came"
WAITED_FOR = timedelta(minutes=10)
PARK_GAPS = text("""
    update inbox set state = 'parked', reason = :gap, settled_at = :now where state = 'held' and stored_at < :before
""")
LOOK_AFTER = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter: done, held, or parked with the reason."""

    id: UUID
    state: str
    reason: str | None = None


class Reader:
    """Reads for one service. The effects, the letters they lead to and the letters' own states change in one transaction.

    Many letters of one association are applied together; if one of them fails, all are undone and tried one by one, so that only
    the failed one waits. What is in hand is written down beside it: a reader that dies leaves a trace, and a letter that kills
    every reader is found, tried ever more rarely, and parked.
    """

    def __init__(
        self, name: str, engine: Engine, begin: Begin, listens: Listens, order: Mapping[str, Order], *, most: int = AT_ONCE
    ) -> None:
        self.name, self.begin, self.order, self.most = name, begin, order, most
        self.reactions = {event.kind: reaction for event, reaction in listens.items()}
        self.database, self.id = OwnConnection(engine), uuid7()
        self.after, self.looked = NOBODY, clock.now() - LOOK_AFTER
        self.troubles: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self.turns: deque[UUID] = deque()

    def read_some(self) -> int:
        """Apply some letters of the association whose turn it is; return how many were looked at.

        0 when nothing waits, or only what another reader has in hand.
        """
        seen: set[UUID] = set()
        if abs(clock.now() - self.looked) >= LOOK_AFTER:
            self._look_after()
        while (association := self._turn()) is not None and association not in seen:
            seen.add(association)
            looked_at = self._read(association)
            telemetry.end()
            if looked_at:
                return looked_at
        return 0

    def _look_after(self) -> None:
        """Let go on what has waited long enough: letters to be tried again, and letters held for one that never came."""
        self.looked = now = clock.now()
        self._tell_of_troubles()
        self.database.execute(DUE, {"now": now})
        self.database.execute(PARK_GAPS, {"gap": GAP, "before": now - WAITED_FOR, "now": now})

    def _turn(self) -> UUID | None:
        """The next association that has letters waiting, from the one last served on, and then from the start."""
        for after in (self.after, NOBODY):
            if not self.turns:
                self.turns.extend(self.database.execute(TURNS, {"after": after, "most": TURNS_AHEAD}).scalars())
        if not self.turns:
            self.after = NOBODY
            return None
        self.after = self.turns.popleft()
        return self.after

    def _read(self, association: UUID, only: Sequence[UUID] | None = None) -> int:
        """One list in one transaction; with `only`, no more than these."""
        taken: Sequence[Any] = []
        who = Identity(association_id=association)
        try:
            with self.begin(who) as work:
                taken = self._take(work, only)
                if not taken:
                    return 0
                self._hold(association, taken, known=only is not None)
                failpoint.reached("reader.taken")
                outcomes = self._apply_all(work, taken)
                self._settle(work, outcomes)
                failpoint.reached("reader.before_commit")
            failpoint.reached("reader.committed")
        except _LeftBehind as died:
            return self._take_over(association, died.letters)
        except Exception as failure:  # noqa: BLE001  whatever a reaction raises is that letter's failure, and is kept with it
            return self._undone(association, taken, failure)
        self._count(association, outcomes)
        return len(taken)

    def _take(self, work: Work, only: Sequence[UUID] | None) -> Sequence[Any]:
        """What waits, oldest first; what failed before is tried alone, when nothing new lies beside it."""
        association = work.who.association_id
        if not work.execute(ALONE, {"association": str(association)}).scalar():
            return []
        found = lists.ask(
            work.connection, TAKE, {"association": association, "most": self.most, "only": list(only) if only else None}
        )
        return [letter for letter in found if not letter.attempts] or found[:1]

    def _hold(self, association: UUID, taken: Sequence[Any], *, known: bool) -> None:
        """Write down what is in hand. Raises `_LeftBehind` when another reader died with letters of this association in its."""
        values = {"association": association, "reader": self.id, "letters": [letter.id for letter in taken]}
        left = self.database.write(IN_HAND, values).scalar()
        if left and not known:
            raise _LeftBehind(left)

    def _take_over(self, association: UUID, letters: Sequence[UUID]) -> int:
        """One letter that was alone in a dead reader's hand is to blame; of several, each is tried alone."""
        if len(letters) == 1:
            self._failed(association, letters[0], self._attempts(association, letters[0]), DIED)
            self._let_go(association)
            return 1
        return sum(self._read(association, [letter]) for letter in letters)

    def _undone(self, association: UUID, taken: Sequence[Any], failure: Exception) -> int:
        """All was rolled back. A database that is away is nobody's fault; else the one to blame is found by trying each alone."""
        if not taken or _away(failure):
            raise failure
        if len(taken) > 1:
            return sum(self._read(association, [letter.id]) for letter in taken)
        reason = f"refused: {failure.no.slug}" if isinstance(failure, Refused) else type(failure).__name__
        self._failed(association, taken[0].id, taken[0].attempts, reason)
        self._let_go(association)
        return 1

    def _apply_all(self, work: Work, taken: Sequence[Any]) -> list[Outcome]:
        letters = [(row.id, _opened(bytes(row.body))) for row in _in_order(taken)]
        heard = self._heard(work, [letter for _, letter in letters if isinstance(letter, Letter)])
        before = dict(heard)
        outcomes = [Outcome(id, *self._apply(work, letter, heard)) for id, letter in letters]
        moved = {key: sequence for key, sequence in heard.items() if before.get(key) != sequence}
        if moved:
            things, subjects = zip(*moved, strict=True)
            values = {"association": work.who.association_id, "things": list(things), "subjects": list(subjects)}
            values |= {"sequences": list(moved.values()), "gap": GAP, "most": AT_ONCE}
            work.execute(HEARD, values)
            work.execute(RELEASE, values)
        return outcomes

    def _apply(self, work: Work, letter: Letter | Unreadable, heard: dict[tuple[str, UUID], int]) -> tuple[str, str | None]:
        """The state that the letter is in now, and why."""
        if isinstance(letter, Unreadable):
            return "parked", str(letter)
        order, key = self._order(letter), (letter.thing, letter.subject)
        last = heard.get(key, 0)
        if order is Order.STRICT and letter.sequence > last + 1 and not letter.replay:
            return "held", None
        if letter.sequence > last or (order is Order.UNORDERED and not letter.replay):
            try:
                self._react(work, letter)
            except Unreadable as why:
                return "parked", str(why)
            if order is not Order.UNORDERED or letter.replay:
                heard[key] = letter.sequence
        return "done", None

    def _react(self, work: Work, letter: Letter) -> None:
        """A kind without a reaction is bound for the sake of order, or newer than we are: it is stepped over."""
        reaction = self.reactions.get(letter.kind)
        if reaction is None:
            return
        event = letter.event()
        asked = str(letter.correlation) if letter.correlation else None
        here = str(letter.association_id)
        with telemetry.reacting(request=asked, traceparent=letter.trace, association=here, letter=letter.kind):
            reaction(work.caused_by(letter), event)
        metrics.LATENCY.labels(self.name).observe(max((work.now - letter.at).total_seconds(), 0.0))

    def _heard(self, work: Work, letters: Sequence[Letter]) -> dict[tuple[str, UUID], int]:
        """How far each thing was heard; of a thing without order only what a replay must not repeat."""
        ordered = [letter.subject for letter in letters if self._order(letter) is not Order.UNORDERED]
        replayed = [letter.subject for letter in letters if self._order(letter) is Order.UNORDERED and letter.replay]
        if not ordered and not replayed:
            return {}
        values: dict[str, Any] = {"association": work.who.association_id, "subjects": list({*ordered, *replayed})}
        rows = list(work.execute(LAST_HEARD, values))
        if replayed:
            rows += work.execute(APPLIED_BEFORE, values | {"subjects": replayed})
        heard: dict[tuple[str, UUID], int] = {}
        for row in rows:
            heard[row.thing, row.subject] = max(row.sequence, heard.get((row.thing, row.subject), 0))
        return heard

    def _order(self, letter: Letter) -> Order:
        return self.order.get(letter.thing, Order.UNORDERED)

    def _settle(self, work: Work, outcomes: Sequence[Outcome]) -> None:
        values: dict[str, Any] = {"association": work.who.association_id, "now": work.now}
        values |= {"ids": [each.id for each in outcomes], "states": [each.state for each in outcomes]}
        work.connection.exec_driver_sql(SETTLE, values | {"reasons": [each.reason for each in outcomes]})

    def _failed(self, association: UUID, id: UUID, attempts: int, reason: str) -> None:
        parked = attempts >= len(BACKOFF)
        now = clock.now()
        about = structlog.contextvars.get_contextvars() | {"association": str(association)}
        self._trouble("parked" if parked else "retry", reason, about | {"one": str(id)})
        values = {"association": association, "id": id, "reason": reason, "settled": now if parked else None}
        values |= {"state": "parked", "due": now} if parked else {"state": "retry", "due": now + BACKOFF[attempts]}
        self.database.execute(FAILED, values)

    def _attempts(self, association: UUID, id: UUID) -> int:
        asked = text("select attempts from inbox where association_id = :association and id = :id")
        return int(self.database.execute(asked, {"association": association, "id": id}).scalar() or 0)

    def _let_go(self, association: UUID) -> None:
        self.database.execute(OUT_OF_HAND, {"association": association, "reader": self.id})

    def _count(self, association: UUID, outcomes: Sequence[Outcome]) -> None:
        metrics.APPLIED.labels(self.name).inc(sum(each.state == "done" for each in outcomes))
        for each in outcomes:
            if each.state == "parked":
                self._trouble("parked", str(each.reason), {"association": str(association), "one": str(each.id)})

    def _trouble(self, state: str, reason: str, about: dict[str, Any]) -> None:
        """Count it; what happens to thousands is logged in one line a second, with one of them as an example."""
        (metrics.PARKED if state == "parked" else metrics.FAILED).labels(self.name).inc()
        self.troubles[state, reason].append(about)

    def _tell_of_troubles(self) -> None:
        for (state, reason), letters in self.troubles.items():
            log.warning(f"letters {state}", reason=reason, letters=len(letters), **letters[0])
        self.troubles.clear()


class _LeftBehind(Exception):
    """Another reader died with these letters in its hand."""

    def __init__(self, letters: Sequence[UUID]) -> None:
        super().__init__()
        self.letters = letters


def _opened(body: bytes) -> Letter | Unreadable:
    try:
        return Letter.from_bytes(body)
    except Unreadable as why:
        return why


def _in_order(taken: Sequence[Any]) -> Iterable[Any]:
    """As they came, but the letters about one thing by their number, from where the first of them lies."""
    place: dict[tuple[str, UUID], int] = {}
    for number, letter in enumerate(taken):
        place.setdefault((letter.thing, letter.subject), number)
    return sorted(taken, key=lambda letter: (place[letter.thing, letter.subject], letter.sequence))


def _away(failure: Exception) -> bool:
    """Whether the database is away, or out of something; then it is no letter's fault."""
    invalidated = isinstance(failure, DBAPIError) and failure.connection_invalidated
    original = failure.orig if isinstance(failure, DBAPIError) else failure
    if not isinstance(original, psycopg.Error):
        return invalidated
    return invalidated or original.sqlstate is None or original.sqlstate.startswith(INFRASTRUCTURE)
