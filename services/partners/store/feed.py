"""The feed of an association: putting a fact at its end, taking a page out of it, forgetting its beginning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from chassis.work import Work
from contracts.event import Letter

PUT = text("""
    with head as (
        insert into feeds (association_id, newest) values (:association, 1)
        on conflict (association_id) do update set newest = feeds.newest + 1 returning newest
    )
    insert into feed (association_id, position, id, kind, source, subject, sequence, at, fed_at, data, grant_id)
    select :association, newest, :id, :kind, :source, :subject, :sequence, :at, :now, :data, :grant from head
""").bindparams(bindparam("data", type_=JSONB), bindparam("grant", type_=Uuid))
HEAD = text("select newest, forgotten from feeds where association_id = :association")
HEAD_HELD = text("select newest from feeds where association_id = :association for update")
PAGE = text("""
    with found as (
        select p.position from unnest(cast(:kinds as text[])) as asked (kind) cross join lateral (
            select f.position from feed f
            where f.association_id = :association and f.kind = asked.kind and f.position > :after and f.position <= :newest
              and (f.grant_id is null or f.grant_id = :grant)
            order by f.position limit :most
        ) as p order by p.position limit :most
    )
    select f.* from found join feed f on f.association_id = :association and f.position = found.position order by f.position
""")
"""Of each kind asked for as many as a page needs, from its own index; then the first of them all."""

KEPT_FROM = text("""
    select position from feed where association_id = :association and fed_at >= :before order by position limit 1
""")
FORGET = text("delete from feed where association_id = :association and position < :first")
FORGOTTEN = text("update feeds set forgotten = greatest(forgotten, :first - 1) where association_id = :association")


@dataclass(frozen=True, slots=True)
class Head:
    """How far the feed goes, and up to where it is forgotten."""

    newest: int
    forgotten: int


def put(work: Work, letter: Letter, data: dict[str, Any], *, grant: UUID | None = None) -> None:
    """Put a fact at the end. Of two who put at once the second waits until the first is done, and nobody skips a position."""
    values = {"id": letter.id, "kind": letter.kind, "source": letter.source, "subject": letter.subject}
    values |= {"sequence": letter.sequence, "at": letter.at, "data": data, "grant": grant}
    work.execute(PUT, values | {"association": work.who.association_id, "now": work.now})


def head(work: Work) -> Head:
    """Both ends, as everybody sees them now: whatever is up to the newest is committed."""
    row = work.execute(HEAD, {"association": work.who.association_id}).one_or_none()
    return Head(row.newest, row.forgotten) if row else Head(0, 0)


def page(work: Work, *, kinds: Iterable[str], grant: UUID, after: int, newest: int, most: int) -> Sequence[Any]:
    """The first facts of these kinds after a position; what is for one partner, to that one only."""
    values = {"association": work.who.association_id, "kinds": sorted(kinds), "grant": grant}
    found: Sequence[Any] = work.execute(PAGE, values | {"after": after, "newest": newest, "most": most}).all()
    return found


def forget(work: Work, before: datetime) -> None:
    """Forget what was put there before a moment. Nobody puts anything meanwhile."""
    values = {"association": work.who.association_id, "before": before}
    newest = work.execute(HEAD_HELD, values).scalar()
    if newest is None:
        return
    first = work.execute(KEPT_FROM, values).scalar()
    values |= {"first": newest + 1 if first is None else first}
    work.execute(FORGET, values)
    work.execute(FORGOTTEN, values)
