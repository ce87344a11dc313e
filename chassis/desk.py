"""Where an operator looks at letters and decides about them: what lies where, one letter without personal data, and the moves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from chassis import clock, metrics
from contracts.event import Event, Letter, Unreadable

LYING = text("""
    select 'outbox' as box, state, count(*) as letters, min(due) as oldest from outbox where state in ('waiting', 'refused')
        group by state
    union all select 'inbox', state, count(*), min(stored_at) from inbox where state = 'waiting' group by state
    union all select 'inbox', state, count(*), min(stored_at) from inbox where state in ('retry', 'held', 'parked') group by state
    union all select 'unreadable', 'parked', count(*), min(stored_at) from unreadable having count(*) > 0
""")
STATES = [
    ("outbox", "waiting"),
    ("outbox", "refused"),
    *(("inbox", s) for s in ("waiting", "retry", "held", "parked")),
    ("unreadable", "parked"),
]
WHERE = """
    state = any(:states) and (cast(:id as uuid) is null or id = :id) and (cast(:kind as text) is null or kind = :kind)
    and (cast(:association as uuid) is null or association_id = :association)
    and (cast(:reason as text) is null or reason like '%' || :reason || '%')
    and (cast(:since as timestamptz) is null or stored_at >= :since)
"""
FIND = text(f"""
    select association_id, id, kind, subject, sequence, state, attempts, due, reason, stored_at, body from inbox
    where {WHERE} order by stored_at, id limit :most
""")
AGAIN = text(f"""
    update inbox set state = 'waiting', attempts = 0, due = :now, reason = null, settled_at = null
    where (association_id, id) in (select association_id, id from inbox where {WHERE} limit :most)
""")
ASIDE = text(f"""
    update inbox set state = 'parked', reason = :why, settled_at = :now
    where (association_id, id) in (select association_id, id from inbox where {WHERE} limit :most)
""")
DISCARD = text(f"""
    update inbox set state = 'discarded', reason = :why, settled_at = :now
    where (association_id, id) in (select association_id, id from inbox where {WHERE} limit :most)
    returning association_id, thing, subject, sequence
""")
STEP_OVER = text("""
    update heard set sequence = :sequence where association_id = :association_id and thing = :thing and subject = :subject
      and sequence = :sequence - 1
""")
LET_GO = text("""
    update inbox set state = 'waiting', reason = null
    where association_id = :association_id and thing = :thing and subject = :subject and sequence > :sequence and state = 'held'
""")
SEND_AGAIN = text("""
    update outbox set state = 'waiting', due = :now where state = 'sent' and audience = ''
      and (cast(:id as uuid) is null or id = :id) and (cast(:kind as text) is null or kind = :kind)
      and (cast(:association as uuid) is null or association_id = :association)
      and (cast(:since as timestamptz) is null or sent_at >= :since)
""")
ASSOCIATIONS = text("""
    with recursive known as (
        (select association_id from outbox order by association_id limit 1)
        union all
        select (select o.association_id from outbox o where o.association_id > known.association_id
                order by o.association_id limit 1)
        from known where known.association_id is not null
    )
    select association_id from known where association_id is not null
""")
UNREADABLE = text("select id, reason, stored_at, length(body) as bytes from unreadable order by stored_at limit :most")
THROW_AWAY = text("delete from unreadable where id = :id")
ASIDE_STATES = ("retry", "held", "parked")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which letters are meant: all that fit every word that is given. `reason` is part of why they lie there."""

    id: UUID | None = None
    kind: str | None = None
    association: UUID | None = None
    reason: str | None = None
    since: datetime | None = None
    most: int = 10_000

    def values(self, *states: str) -> dict[str, Any]:
        """For the statements above."""
        return {**vars(self), "states": list(states), "now": clock.now()}


def lying(connection: Connection) -> list[tuple[str, str, int, float]]:
    """Box, state, how many letters, and the age in seconds of the oldest; every box and state, also the empty ones."""
    now = clock.now()
    found = {(row.box, row.state): row for row in connection.execute(LYING)}
    return [
        (box, state, row.letters, max((now - row.oldest).total_seconds(), 0.0))
        if (row := found.get((box, state)))
        else (box, state, 0, 0.0)
        for box, state in STATES
    ]


def measure(service: str, engine: Engine) -> None:
    """Tell the metrics how the boxes look."""
    with engine.connect() as connection:
        metrics.lying(service, lying(connection))


def find(connection: Connection, asked: Asked, *states: str) -> list[Any]:
    """Letters in the inbox, oldest first; without states those that lie aside."""
    return list(connection.execute(FIND, asked.values(*(states or ASIDE_STATES))))


def try_again(connection: Connection, asked: Asked) -> int:
    """Letters that lie aside are read anew, as if they had just come; return how many."""
    return int(connection.execute(AGAIN, asked.values(*ASIDE_STATES)).rowcount)


def park(connection: Connection, asked: Asked, why: str) -> int:
    """Letters that are not applied yet are set aside until somebody says otherwise; return how many."""
    return int(connection.execute(ASIDE, asked.values("waiting", "retry", "held") | {"why": why}).rowcount)


def discard(connection: Connection, asked: Asked, why: str) -> int:
    """Parked letters are given up for good, with the reason kept; what waited for their order goes on. Return how many."""
    gone = list(connection.execute(DISCARD, asked.values("parked") | {"why": why}))
    for row in sorted(gone, key=lambda row: int(row.sequence)):
        connection.execute(STEP_OVER, dict(row._mapping))
        connection.execute(LET_GO, dict(row._mapping))
    return len(gone)


def send_again(connection: Connection, asked: Asked) -> int:
    """Letters that were sent are sent once more to all who listen; return how many."""
    return int(connection.execute(SEND_AGAIN, asked.values()).rowcount)


def associations(connection: Connection) -> list[UUID]:
    """Every association that this service ever told something about."""
    return list(connection.execute(ASSOCIATIONS).scalars())


def unreadable(connection: Connection, most: int = 100) -> list[Any]:
    """Bodies that were no letters: when they came, how large they are, and what is wrong with them."""
    return list(connection.execute(UNREADABLE, {"most": most}))


def throw_away(connection: Connection, id: UUID) -> bool:
    """Give up a body that is no letter."""
    return connection.execute(THROW_AWAY, {"id": id}).rowcount == 1


def shown(body: bytes) -> str:
    """A letter as an operator may see it: ids, numbers, days and words of a fixed list; what somebody wrote is only measured."""
    try:
        letter = Letter.from_bytes(body)
    except Unreadable as why:
        return f"no letter: {why}"
    event = Event.known.get(letter.kind)
    raw = json.loads(body)
    raw["data"] = _safe(letter.data, event) if event else f"({len(raw['data'])} fields of a kind that is not known here)"
    return json.dumps(raw, ensure_ascii=False, indent=2)


def _safe(value: Any, hint: Any) -> Any:
    """The value without free text, as its type says."""
    if isinstance(value, Mapping):
        hints = get_type_hints(hint) if isinstance(hint, type) else {}
        return {name: _safe(inner, hints.get(name)) for name, inner in value.items()}
    if isinstance(value, list):
        inner = next((a for a in get_args(hint) if a is not Ellipsis), None) if get_origin(hint) else None
        return [_safe(each, inner) for each in value]
    if isinstance(value, str) and not _fixed(hint):
        return f"({len(value)} characters)"
    return value


def _fixed(hint: Any) -> bool:
    options = get_args(hint) or (hint,)
    return any(
        isinstance(o, type) and (issubclass(o, StrEnum) or issubclass(o, UUID | datetime) or o.__name__ == "date")
        for o in options
    )
