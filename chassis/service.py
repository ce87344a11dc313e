"""What a service is made of, and how it is put to work: its web application, and its post."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, MetaData, create_engine

from chassis import wake, web
from chassis.listener import Listener
from chassis.pool import pool
from chassis.reader import Listens, Order, Reader
from chassis.relay import Relay
from chassis.sealed import Sealer
from chassis.tokens import Verifier
from chassis.transport import Transport
from chassis.work import Begin, Work, work_on
from contracts.event import Event

THREADS = 8
"""Of a web process. Each keeps its connection, and the bell has one: with fewer, they are opened and closed all the time."""

Told = tuple[UUID, int, Event]
"""The thing's id, its version, and the event that says how it stands."""

TellsAgain = Callable[[Work], Iterable[Told]]


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service: its name, its tables, its routes, and what it does when it hears something.

    `order` says, thing by thing, in which order its letters are applied; where nothing is said, in any.
    `now_and_then` are things that its post process does about every second, whatever it hears.
    `tells_again` has, thing by thing, how all of an association's things of that kind are told as they stand now.
    """

    name: str
    tables: MetaData
    routes: Sequence[Any]
    listens: Listens
    order: Mapping[str, Order] = field(default_factory=dict)
    now_and_then: Sequence[Callable[[Engine, Begin], None]] = ()
    tells_again: Mapping[str, TellsAgain] = field(default_factory=dict)

    @property
    def migrations(self) -> Path:
        """The folder of its migrations."""
        return Path(__file__).parent.parent / "services" / self.name / "migrations"

    @property
    def topics(self) -> list[tuple[str, str]]:
        """What its queue is bound to: each kind it listens to, and the whole thing where order is strict."""
        strict = {event.thing() for event in self.listens if self.order.get(event.thing()) is Order.STRICT}
        return sorted({(e.teller(), f"{e.thing()}.*" if e.thing() in strict else e.kind) for e in self.listens})


def heard_kinds(services: Iterable[Service]) -> frozenset[str]:
    """The kinds of event that some service's queue is bound to; the others stay in the teller's journal."""
    asked = {topic for service in services for topic in service.topics}
    return frozenset(
        kind
        for kind, event in Event.known.items()
        if (event.teller(), kind) in asked or (event.teller(), f"{event.thing()}.*") in asked
    )


@dataclass(frozen=True)
class Running:
    """A service on its database: what the web process and the post process are made from. Make it after any fork."""

    service: Service
    begin: Begin
    engine: Engine
    post_engine: Engine
    reader_engine: Engine
    relay: Relay
    reader: Reader
    listener: Listener

    def app(self, verifier: Verifier, sealer: Sealer | None = None) -> Flask:
        """Its web application. `sealer` is for a service that lets callers keep something for it."""
        made = web.create_app(self.service.name, self.service.routes, self.begin, verifier, self.engine)
        made.extensions["sealer"] = sealer
        return made

    def close(self) -> None:
        """Let go of the database."""
        self.relay.database.close()
        self.reader.database.close()
        for engine in (self.engine, self.post_engine, self.reader_engine):
            engine.dispose()


def run_on(
    service: Service,
    *,
    url: str,
    post_url: str,
    transport: Transport,
    heard: frozenset[str],
    ring: Callable[[], None] | None = None,
) -> Running:
    """Put a service on its database. `ring` is called after each commit; by default the database tells the post."""
    engine = pool(url, service.name, "web", size=THREADS + 1, more=4)
    post_engine = pool(post_url, service.name, "post", size=4, more=6)
    reader_engine = create_engine(url, pool_size=1, hide_parameters=True)  # begins again by itself: no ping before each list
    ring = ring or wake.Bell(engine).ring
    begin, begin_reading = (work_on(each, heard_kinds=heard, wake=ring) for each in (engine, reader_engine))
    return Running(
        service,
        begin,
        engine,
        post_engine,
        reader_engine,
        Relay(service.name, post_engine, transport),
        Reader(service.name, post_engine, begin_reading, service.listens, service.order),
        Listener(service.name, post_engine),
    )
