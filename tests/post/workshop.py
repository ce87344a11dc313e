"""A small service that only counts what it hears, so that the post can be watched at work."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event as Flag
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import Column, Integer, Uuid, create_engine, insert, make_url, select, text

from chassis import clock
from chassis.identity import Identity
from chassis.migrate import OF_ASSOCIATION
from chassis.post import tables
from chassis.reader import Order
from chassis.refusal import NOT_FOUND, NotFound
from chassis.service import Running, Service, run_on
from chassis.tables import notes
from chassis.transport import Parcel, Transport
from chassis.work import Work
from contracts.event import Letter, plain
from contracts.ideas import EndorsementGiven, IdeaPublished, IdeaTakenUp, IdeaWithdrawn
from deploy.postgres.provision import url_for

TABLES = tables()
effects = notes("effects", TABLES, Column("number", Integer), more=(Column("subject", Uuid, nullable=False),))
"""Written once for each letter that was applied, numbered in the order of applying."""


def apply(work: Work, heard: Any) -> None:
    """Leave a trace; a letter about the thing `missing` fails, as one that came too early does."""
    if heard.idea_id == MISSING:
        raise NotFound(NOT_FOUND)
    number = work.execute(text("select count(*) from effects")).scalar() + 1
    work.execute(insert(effects), {"association_id": work.who.association_id, "number": number, "subject": heard.idea_id})


MISSING = UUID(int=7)
SERVICE = Service(
    name="workshop",
    tables=TABLES,
    routes=[],
    listens={EndorsementGiven: apply, IdeaPublished: apply, IdeaTakenUp: apply},
    order={"idea": Order.STRICT},
)


def make(admin_url: str) -> None:
    """Its database, without migrations: it never leaves the workshop."""
    plain_url = admin_url.replace("+psycopg", "")
    with psycopg.connect(plain_url, autocommit=True) as admin:
        for role in ("workshop", "workshop_post"):
            if not admin.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
                admin.execute(f"create role {role} login password 'workshop'")
        admin.execute("drop database if exists workshop with (force)")
        admin.execute("create database workshop")
    engine = create_engine(make_url(admin_url).set(database="workshop"))
    with engine.begin() as connection:
        TABLES.create_all(connection)
        for table in TABLES.tables:
            connection.exec_driver_sql(f"grant all on {table} to workshop, workshop_post")
            connection.exec_driver_sql(f"alter table {table} enable row level security")
            connection.exec_driver_sql(f"create policy all_letters on {table} to workshop_post using (true)")
            if table != "unreadable":
                connection.exec_driver_sql(f"create policy of_association on {table} to workshop using ({OF_ASSOCIATION})")
    engine.dispose()


@dataclass
class Workshop:
    """The service at work over some transport, driven by hand."""

    running: Running
    transport: Transport
    here: UUID

    @classmethod
    def on(cls, admin_url: str, transport: Transport) -> "Workshop":
        """Begin with empty tables."""
        urls = [url_for(admin_url, role, "workshop", "workshop") for role in ("workshop", "workshop_post")]
        heard = frozenset({"idea.published", "idea.withdrawn", "idea.taken_up", "endorsement.given"})
        running = run_on(SERVICE, url=urls[0], post_url=urls[1], transport=transport, heard=heard, ring=lambda: None)
        return cls(running, transport, uuid4())

    def letter(self, event: Any, *, sequence: int = 1) -> Letter:
        """A letter from ideas."""
        return Letter(
            id=uuid4(),
            association_id=self.here,
            kind=event.kind,
            source="ideas",
            subject=event.idea_id if event.thing() == "idea" else uuid4(),
            sequence=sequence,
            at=clock.now(),
            data=plain.unstructure(event),
        )

    def send(self, *bodies: bytes, kind: str = "endorsement.given") -> set[UUID]:
        """Publish bodies as ideas would."""
        return self.transport.publish([Parcel(uuid4(), "ideas", kind, body) for body in bodies])

    def read_all(self) -> int:
        """Apply what waits and is due."""
        return sum(iter(self.running.reader.read_some, 0))

    def applied(self) -> list[UUID]:
        """What was applied, in order."""
        with self.running.begin(Identity(association_id=self.here)) as work:
            return list(work.execute(select(effects.c.subject).order_by(effects.c.number)).scalars())

    def inbox(self) -> dict[str, int]:
        """How many letters of this association are in which state."""
        with self.running.begin(Identity(association_id=self.here)) as work:
            return dict(work.execute(text("select state, count(*) from inbox group by state")).all())

    def unreadable(self) -> int:
        """How many bodies could not be read."""
        with self.running.post_engine.connect() as connection:
            return int(connection.execute(text("select count(*) from unreadable")).scalar() or 0)


class Listening:
    """The workshop's listener at work in a thread, which tells when it stored something."""

    def __init__(self, workshop: Workshop, store: Callable[[Any], None] | None = None) -> None:
        self.workshop, self.stopping, self.stored = workshop, Flag(), Flag()
        self.total, self.failure = 0, None
        self.store = store or workshop.running.listener.store
        self.thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Listening":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.thread.join(10)

    def until(self, total: int) -> None:
        """Wait until so many bodies were stored."""
        while self.total < total:
            assert self.stored.wait(20), f"{self.total} of {total} arrived"
            self.stored.clear()

    def _run(self) -> None:
        def store(bodies: Any) -> None:
            self.store(bodies)
            self.total += len(bodies)
            self.stored.set()

        try:
            self.workshop.transport.listen("workshop", SERVICE.topics, store, self.stopping)
        except Exception as failure:  # noqa: BLE001  whatever it is, the test looks at it
            self.failure = failure
            self.stored.set()


def endorsement(idea_id: UUID | None = None) -> EndorsementGiven:
    """Somebody endorsed some idea."""
    return EndorsementGiven(idea_id=idea_id or uuid4(), person_id=uuid4())


def published(idea_id: UUID) -> IdeaPublished:
    """The first thing told about an idea here."""
    return IdeaPublished(idea_id=idea_id, title="t")


def withdrawn(idea_id: UUID) -> IdeaWithdrawn:
    """Told about an idea, but nobody reacts."""
    return IdeaWithdrawn(idea_id=idea_id)


def taken_up(idea_id: UUID) -> IdeaTakenUp:
    """A later thing told about an idea."""
    return IdeaTakenUp(idea_id=idea_id, author_id=uuid4(), charter_id=uuid4())
