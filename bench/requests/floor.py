"""The floor's database: the same associations, ideas and endorsements as the house has, and the same group."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from bench.floors.web import Base
from bench.requests.fill import Sql, Template
from bench.requests.sizes import Sizes

DATABASE = "floor_web"
IDEAS = """
    insert into ideas (association_id, id, author_id, title, text, origin, state, submitted_at, endorsers)
    select a.id, md5('idea-' || a.id || '-' || n)::uuid, md5('author-' || a.id || '-' || n %% 50)::uuid,
        %(title)s || ' ' || n, %(text)s, 'resident', 'published', %(now)s - n * interval '1 minute', %(endorsers)s
    from unnest(%(associations)s::uuid[]) a (id), generate_series(1, %(each)s) n
"""
ENDORSEMENTS = """
    insert into endorsements (association_id, person_id, idea_id, given_at)
    select a.id, md5('endorser-' || n)::uuid, md5('idea-' || a.id || '-' || 1 + (n - 1) / %(endorsers)s)::uuid, %(now)s
    from unnest(%(associations)s::uuid[]) a (id), generate_series(1, %(each)s * %(endorsers)s) n
"""
GROUP = "insert into groups (association_id, id, title, purpose, state) values (%s, %s, %s, %s, 'active')"
MEMBERS = """
    insert into members (association_id, group_id, person_id, name, category)
    select %s, %s, gen_random_uuid(), 'Beboer ' || n, 'resident' from generate_series(1, 10) n
"""
MEETINGS = """
    insert into meetings (association_id, group_id, id, starts, place, state)
    select %s, %s, gen_random_uuid(), now() + n * interval '14 days', 'Selskabslokalet i Søbakken', 'held'
    from generate_series(1, 3) n
"""


def make(database: Sql) -> None:
    """The tables."""
    Base.metadata.create_all(create_engine("postgresql+psycopg://", creator=lambda: database, poolclass=StaticPool))


def fill(database: Sql, ideas: Sql, t: Template, ids: Sequence[UUID], sizes: Sizes, group_id: UUID) -> None:
    """The tables, and what is in them."""
    make(database)
    title, text = ideas.execute("select title, text from ideas where id = %s", [t.idea_id]).fetchone() or ("", "")
    values = {"associations": list(ids), "each": sizes.ideas, "endorsers": sizes.endorsers, "now": datetime.now(UTC)}
    database.execute(IDEAS, values | {"title": title, "text": text})
    database.execute(ENDORSEMENTS, values)
    fill_group(database, t.association_id, group_id, title, text)
    database.execute("vacuum analyze")


def fill_group(database: Sql, association_id: UUID, group_id: UUID, title: str, purpose: str) -> None:
    """A group with ten members, which has met three times."""
    here = [association_id, group_id]
    database.execute(GROUP, [*here, title, purpose])
    database.execute(MEMBERS, here)
    database.execute(MEETINGS, here)


def undo(database: Sql, persons: Sequence[UUID], endorsers: int) -> None:
    """Take away what these have written."""
    who = [list(persons)]
    database.execute("delete from endorsements where person_id = any(%s)", who)
    database.execute("delete from ideas where author_id = any(%s)", who)
    database.execute("update ideas set endorsers = %s where endorsers <> %s", [endorsers, endorsers])
    database.execute("truncate outbox")
    database.execute("vacuum analyze ideas, endorsements, outbox")
