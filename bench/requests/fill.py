"""Fills the databases of a played story with many of the same: rows are cloned, so that no table's shape is repeated here."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg

Sql = psycopg.Connection[Any]
CLONE = """
    insert into {table} select r.* from {table} t, unnest(%(associations)s::uuid[]) with ordinality a (id, number),
        generate_series(1, %(each)s) n, lateral jsonb_populate_record(t, jsonb_build_object('association_id', a.id, {change})) r
    where {template} on conflict do nothing
"""
IDEA = """'id', md5('idea-' || a.id || '-' || n)::uuid, 'author_id', md5('author-' || a.id || '-' || n %% 50)::uuid,
    'title', t.title || ' ' || n, 'state', 'published', 'submitted_at', %(now)s - n * interval '1 minute', 'version', 3,
    'answer_by', (%(now)s + interval '30 days')::date, 'overdue', false, 'charter_id', null, 'outcome', null, 'reason', ''"""
STANDING = """'idea_id', md5('idea-' || a.id || '-' || n)::uuid, 'state', 'published', 'endorsers', %(endorsers)s,
    'submitted_at', %(now)s - n * interval '1 minute'"""
BREADTH = "'idea_id', md5('idea-' || a.id || '-' || n)::uuid"
ENDORSEMENT = """'id', md5('endorsement-' || a.id || '-' || n)::uuid, 'state', 'given',
    'idea_id', md5('idea-' || a.id || '-' || 1 + (n - 1) / %(endorsers)s)::uuid, 'person_id', md5('endorser-' || n)::uuid"""
PERSON = """'id', md5('person-' || a.id || '-' || n)::uuid, 'external_id', 'P' || n, 'name', 'Beboer ' || n,
    'email', 'p' || n || '@' || a.id || '.example'"""
SESSION = """'person_id', md5('person-' || a.id || '-' || n)::uuid, 'began_at', %(now)s - interval '1 minute',
    'hash', encode(sha256(convert_to('session-' || a.id || '-' || n, 'utf8')), 'hex'), 'good_until', %(now)s + interval '1 day'"""


@dataclass(frozen=True)
class Template:
    """What is cloned: a person of the story, and an idea."""

    association_id: UUID
    person_id: UUID
    idea_id: UUID
    departments: tuple[UUID, ...]


@dataclass(frozen=True)
class Visitor:
    """Somebody cloned, who asks. Nothing is known of them before a round, and nothing is left after it."""

    association_id: UUID
    slug: str
    number: int

    @property
    def person_id(self) -> UUID:
        """Who it is."""
        return named("person", self.association_id, self.number)

    @property
    def session(self) -> str:
        """What their browser names."""
        return f"session-{self.association_id}-{self.number}"


def named(kind: str, association_id: UUID, number: int) -> UUID:
    """The id of the n-th thing of a kind, as the statements above make it."""
    return UUID(hashlib.md5(f"{kind}-{association_id}-{number}".encode(), usedforsecurity=False).hexdigest())


def template(ideas: Sql, people: Sql, slug: str) -> Template:
    """The story's association, a resident, and the idea that all began with."""
    association_id = _one(people, "select association_id from doors where slug = %s", slug)
    idea_id, person_id = _row(ideas, "select id, author_id from ideas where association_id = %s limit 1", association_id)
    departments = _one(people, "select departments from persons where id = %s", person_id)
    return Template(association_id, person_id, idea_id, tuple(map(UUID, departments)))


def associations(people: Sql, t: Template, ids: Sequence[UUID]) -> None:
    """More associations, each with a door of its own."""
    name = "'a-' || a.number"
    _clone(people, "associations", f"'id', a.id, 'slug', {name}, 'name', {name}, 'host', null", t, ids, 1)
    _clone(people, "doors", f"'slug', {name}, 'name', {name}, 'title', {name}", t, ids, 1)


def persons(people: Sql, t: Template, ids: Sequence[UUID], each: int) -> None:
    """So many residents in each association."""
    _clone(people, "persons", PERSON, t, ids, each, of=("id", t.person_id))
    people.execute("vacuum analyze persons")


def ideas(database: Sql, t: Template, ids: Sequence[UUID], each: int, endorsers: int) -> None:
    """So many published ideas in each association, and so many who stand behind each."""
    _clone(database, "ideas", IDEA, t, ids, each, of=("id", t.idea_id))
    _clone(database, "standing", STANDING, t, ids, each, of=("idea_id", t.idea_id), endorsers=endorsers)
    _clone(database, "breadth", BREADTH, t, ids, each, of=("idea_id", t.idea_id))
    first = _row(database, "select 'id', id from endorsements where idea_id = %s limit 1", t.idea_id)
    _clone(database, "endorsements", ENDORSEMENT, t, ids, each * endorsers, of=first, endorsers=endorsers)
    _settled(database)


def hot(database: Sql, t: Template, *, number: int, endorsers: int) -> UUID:
    """One more idea, which so many stand behind."""
    here = [named("hot", t.association_id, number)]
    ideas(database, t, here, 1, endorsers)
    idea_id = named("idea", here[0], 1)
    for table in ("ideas", "standing", "breadth", "endorsements"):
        database.execute(f"update {table} set association_id = %s where association_id = %s", [t.association_id, here[0]])
    _settled(database)
    return idea_id


def sessions(gateway: Sql, t: Template, visitors: Sequence[Visitor]) -> None:
    """Sign them in."""
    here, most = sorted({visitor.association_id for visitor in visitors}), max(visitor.number for visitor in visitors)
    first = _row(gateway, "select 'hash', hash from sessions where association_id = %s limit 1", t.association_id)
    _clone(gateway, "sessions", SESSION, t, here, most, of=first)


def undo(database: Sql, persons: Sequence[UUID]) -> None:
    """Take away what these have written in ideas."""
    who = [list(persons)]
    database.execute("delete from endorsements where person_id = any(%s)", who)
    database.execute("delete from standing s using ideas i where i.id = s.idea_id and i.author_id = any(%s)", who)
    database.execute("delete from ideas where author_id = any(%s)", who)
    database.execute("truncate outbox")
    _settled(database)


def _settled(database: Sql) -> None:
    database.execute("vacuum analyze ideas, standing, breadth, endorsements, outbox")


def _clone(
    database: Sql,
    table: str,
    change: str,
    t: Template,
    ids: Sequence[UUID],
    each: int,
    of: tuple[str, Any] | None = None,
    **more: Any,
) -> None:
    where = f"t.association_id = %(from)s{f' and t.{of[0]} = %(of)s' if of else ''}"
    values = {"associations": list(ids), "each": each, "from": t.association_id, "of": of and of[1], "now": datetime.now(UTC)}
    database.execute(CLONE.format(table=table, change=change, template=where), values | more)


def _row(database: Sql, statement: str, *values: Any) -> Any:
    found = database.execute(statement, values).fetchone()
    if found is None:
        raise LookupError(statement)
    return found


def _one(database: Sql, statement: str, *values: Any) -> Any:
    return _row(database, statement, *values)[0]
