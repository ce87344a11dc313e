"""What is measured: a service that tells, and one that counts what it hears and tells on, each on a database of its own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
from sqlalchemy import Column, Uuid, create_engine, insert
from uuid_utils.compat import uuid7

from bench.servers import Servers
from chassis.migrate import OF_ASSOCIATION
from chassis.post import tables
from chassis.service import Running, Service, run_on
from chassis.tables import moment, notes
from chassis.transport import Transport
from chassis.transport.rabbitmq import RabbitMQ, queue_of
from chassis.work import Work
from contracts.ideas import EndorsementGiven, EndorsementWithdrawn
from deploy.postgres.provision import url_for

TABLES = tables()
effects = notes("effects", TABLES, Column("idea_id", Uuid), more=(Column("person_id", Uuid, nullable=False), moment("at")))
COUNT = insert(effects)
PASSWORD = "bench"  # noqa: S105  of a database that lives for some minutes


def count(work: Work, heard: EndorsementGiven) -> None:
    """One row as the effect."""
    values = {"association_id": work.who.association_id, "idea_id": heard.idea_id, "person_id": heard.person_id, "at": work.now}
    work.execute(COUNT, values)


def count_and_tell(work: Work, heard: EndorsementGiven) -> None:
    """One row as the effect, and a letter that follows from it."""
    count(work, heard)
    work.tell(EndorsementWithdrawn(idea_id=heard.idea_id, person_id=heard.person_id), subject=uuid7(), sequence=1)


TELLER = Service(name="ideas", tables=tables(), routes=[], listens={})
COUNTER = Service(name="counter", tables=TABLES, routes=[], listens={EndorsementGiven: count})
TELLS_ON = replace(COUNTER, listens={EndorsementGiven: count_and_tell})
HEARD = frozenset({"endorsement.given", "endorsement.withdrawn"})
QUEUE = queue_of(COUNTER.name)


def put_up(servers: Servers) -> None:
    """Make both databases and the counter's queue."""
    for service in (TELLER, COUNTER):
        _make(servers, service)
    transport = RabbitMQ(servers.amqp_url)
    bind(transport)


def bind(transport: RabbitMQ) -> None:
    """Declare the counter's queue as its listener does."""
    from threading import Event as Flag

    done = Flag()
    done.set()
    transport.listen(COUNTER.name, COUNTER.topics, lambda _: None, done)


def running(service: Service, admin_url: str, transport: Transport, ring: Callable[[], None] | None = None) -> Running:
    """The service on its database."""
    admin, name = _sqlalchemy(admin_url), service.name
    url, post_url = (url_for(admin, role, PASSWORD, name) for role in (name, f"{name}_post"))
    return run_on(service, url=url, post_url=post_url, transport=transport, heard=HEARD, ring=ring)


def _make(servers: Servers, service: Service) -> None:
    name, post = service.name, f"{service.name}_post"
    with servers.sql("postgres") as admin:
        for role in (name, post):
            admin.execute(f"create role {role} login password '{PASSWORD}'")
        admin.execute(f"create database {name}")
    engine = create_engine(_sqlalchemy(servers.admin_url).rpartition("/")[0] + f"/{name}")
    service.tables.create_all(engine)
    engine.dispose()
    with servers.sql(name) as admin:
        for table in service.tables.tables:
            _guard(admin, table, name, post)


def _guard(admin: psycopg.Connection[Any], table: str, name: str, post: str) -> None:
    admin.execute(f"grant select, insert, update, delete on {table} to {name}, {post}")
    admin.execute(f"alter table {table} enable row level security")
    admin.execute(f"alter table {table} force row level security")
    admin.execute(f"create policy all_letters on {table} to {post} using (true) with check (true)")
    if table != "unreadable":
        admin.execute(f"create policy of_association on {table} to {name} using ({OF_ASSOCIATION}) with check ({OF_ASSOCIATION})")


def _sqlalchemy(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")
