"""The feed of an association: putting a fact at its end, taking a page out of it, forgetting its beginning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Uuid, bindparam, text
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
HEAD = text("""
    select newest, forgotten, exists (
        select from feed where association_id = :association and position = :after
    ) as given from feeds where association_id = :association
""")
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
RESUMED = "feed.resumed"
LEAP = 1_000_000_000
LEAPT = text("""
    with head as (
        insert into feeds (association_id, newest)
        select distinct association_id, cast(:leap as bigint) from grants
        where cast(:association as uuid) is null or association_id = :association
        on conflict (association_id) do update set newest = feeds.newest + :leap returning association_id, newest
    )
    insert into feed (association_id, position, id, kind, source, subject, sequence, at, fed_at, data)
    select association_id, newest, gen_random_uuid(), :kind, 'partners', association_id, 0, :now, :now, '{}' from head
""")
"""The mark at the new end is of a kind that nobody is granted."""

FORGOTTEN = text("update feeds set forgotten = greatest(forgotten, :first - 1) where association_id = :association")


@dataclass(frozen=True, slots=True)
class Head:
    """How far the feed goes, up to where it is forgotten, and whether the position that was asked about was given out."""

    newest: int
    forgotten: int
    given: bool


def put(work: Work, letter: Letter, data: dict[str, Any], *, grant: UUID | None = None) -> None:
    """Put a fact at the end. Of two who put at once the second waits until the first is done, and nobody skips a position."""
    values = {"id": letter.id, "kind": letter.kind, "source": letter.source, "subject": letter.subject}
    values |= {"sequence": letter.sequence, "at": letter.at, "data": data, "grant": grant}
    work.execute(PUT, values | {"association": work.who.association_id, "now": work.now})


def head(work: Work, after: int | None) -> Head:
    """Both ends, as everybody sees them now: whatever is up to the newest is committed."""
    row = work.execute(HEAD, {"association": work.who.association_id, "after": after}).one_or_none()
    return Head(row.newest, row.forgotten, row.given) if row else Head(0, 0, given=False)


def page(work: Work, *, kinds: Iterable[str], grant: UUID, after: int, newest: int, most: int) -> Sequence[Any]:
    """The first facts of these kinds after a position; what is for one partner, to that one only."""
    values = {"association": work.who.association_id, "kinds": sorted(kinds), "grant": grant}
    found: Sequence[Any] = work.execute(PAGE, values | {"after": after, "newest": newest, "most": most}).all()
    return found


def leap(connection: Connection, now: datetime, here: UUID | None = None) -> None:
    """Go on far beyond every position that may have been given out after the moment that was brought back.

    Whoever read so far has a position that is given to nothing else, and is told so. `here` is one association; none: all.
    """
    connection.execute(LEAPT, {"association": here, "leap": LEAP, "kind": RESUMED, "now": now})


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
