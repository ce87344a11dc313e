"""Two small services, one that tells and one that counts what it hears: enough to see every letter from commit to effect."""

import os
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import BigInteger, Column, Identity, Integer, Text, Uuid, create_engine, insert, make_url, text

from chassis.migrate import OF_ASSOCIATION
from chassis.post import tables
from chassis.reader import Order
from chassis.refusal import NOT_FOUND, NotFound
from chassis.service import Service
from chassis.tables import notes
from chassis.work import Work
from contracts.groups import GroupOpened
from contracts.ideas import EndorsementGiven, IdeaPublished, IdeaWithdrawn

TELLS = tables()
COUNTS = tables()
effects = notes(
    "effects",
    COUNTS,
    Column("number", BigInteger, Identity()),
    more=(
        Column("letter", Uuid, nullable=False),
        Column("subject", Uuid, nullable=False),
        Column("turn", Integer, nullable=False),
        Column("kind", Text, nullable=False),
    ),
)
"""One row for each time that a letter had its effect, numbered as it happened: two rows for one letter are one too many."""

PASSWORD = "broken-on-purpose"
ROLES = ("f_ideas", "f_ideas_post", "f_counter", "f_counter_post")
KILLER = UUID(int=13)
TOO_EARLY, FIRST = UUID(int=7), UUID(int=8)
ripe = False
"""Whether what was too early is not so any more; it is not either once `FIRST` was counted."""

COUNTED_BEFORE = text("select 1 from effects where subject = :subject")


def count_endorsement(work: Work, heard: EndorsementGiven) -> None:
    """One more; about `KILLER` the process dies, about `TOO_EARLY` it is refused until it is ripe."""
    if heard.idea_id == KILLER:
        os._exit(71)
    if heard.idea_id == TOO_EARLY and not ripe and not work.execute(COUNTED_BEFORE, {"subject": FIRST}).first():
        raise NotFound(NOT_FOUND)
    _count(work, heard.idea_id, 0, "endorsement.given")


def count_idea(work: Work, heard: IdeaPublished) -> None:
    """The next thing about an idea; its title says the how-manieth it is."""
    _count(work, heard.idea_id, int(heard.title), "idea.published")


def _count(work: Work, subject: UUID, turn: int, kind: str) -> None:
    row = {"association_id": work.who.association_id, "letter": work.who.cause, "subject": subject, "turn": turn, "kind": kind}
    work.execute(insert(effects), row)
    cause = work.who.cause or subject
    work.tell(GroupOpened(group_id=cause, charter_id=subject), subject=cause, sequence=1)


def tell_ideas_again(work: Work) -> Any:
    """Every idea as the outbox last told of it: this service has no tables of its own."""
    asked = "select distinct on (subject) subject, sequence from outbox where thing = 'idea' order by subject, sequence desc"
    for row in work.connection.exec_driver_sql(asked).all():
        yield row.subject, row.sequence, IdeaPublished(idea_id=row.subject, title=str(row.sequence))


TELLER = Service(name="ideas", tables=TELLS, routes=[], listens={}, tells_again={"idea": tell_ideas_again})
COUNTER = Service(
    name="counter",
    tables=COUNTS,
    routes=[],
    listens={EndorsementGiven: count_endorsement, IdeaPublished: count_idea},
    order={"idea": Order.STRICT},
)
HEARD = frozenset({EndorsementGiven.kind, IdeaPublished.kind, IdeaWithdrawn.kind})
BY_NAME = {"ideas": TELLER, "counter": COUNTER}


def url_of(admin_url: str, name: str, *, post: bool = False, port: int | None = None) -> str:
    """How one of the pair reaches its database, for its work or for its post."""
    role = f"f_{name}_post" if post else f"f_{name}"
    url = make_url(admin_url).set(username=role, password=PASSWORD, database=f"f_{name}")
    return (url.set(port=port) if port else url).render_as_string(hide_password=False)


def lay_out(admin_url: str) -> None:
    """Their databases, empty, without migrations: they never leave the tests."""
    plain = make_url(admin_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as admin:
        for role in ROLES:
            known = admin.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
            admin.execute(f"{'alter' if known else 'create'} role {role} login password '{PASSWORD}'")
        for name in BY_NAME:
            admin.execute(f"drop database if exists f_{name} with (force)")
            admin.execute(f"create database f_{name}")
    for service in BY_NAME.values():
        _tables(admin_url, service)


def _tables(admin_url: str, service: Service) -> None:
    engine = create_engine(make_url(admin_url).set(database=f"f_{service.name}"))
    with engine.begin() as connection:
        service.tables.create_all(connection)
        for table in service.tables.tables:
            connection.exec_driver_sql(f"grant all on {table} to f_{service.name}, f_{service.name}_post")
            connection.exec_driver_sql(f"alter table {table} enable row level security")
            connection.exec_driver_sql(f"create policy all_letters on {table} to f_{service.name}_post using (true)")
            if table != "unreadable":
                connection.exec_driver_sql(
                    f"create policy of_association on {table} to f_{service.name} using ({OF_ASSOCIATION})"
                )
        connection.exec_driver_sql(f"grant usage on all sequences in schema public to f_{service.name}")
    engine.dispose()
