"""What the gateway remembers: links, sessions, what employees did, letters not sent by mail, and how much was asked for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import OperationalError
from uuid_utils.compat import uuid7

from chassis import closed
from chassis.pool import speak_for
from chassis.post import NAMES
from chassis.service import Service
from chassis.tables import moment, nested, notes

TABLES = MetaData(naming_convention=NAMES)

links = notes(
    "links",
    TABLES,
    Column("hash", Text),
    more=(
        Column("address", Text, nullable=False),  # a hash too: an address is nobody's business here
        nested("persons"),
        moment("asked_at"),
        moment("good_until"),
        moment("used_at", nullable=True),
        Index("links_address_ix", "association_id", "address", "asked_at"),
    ),
)

sessions = notes(
    "sessions",
    TABLES,
    Column("hash", Text),
    more=(
        Column("person_id", Uuid, nullable=False),
        moment("began_at"),
        moment("good_until"),
        Index("sessions_person_ix", "association_id", "person_id"),
    ),
)

letters = notes(
    "letters",
    TABLES,
    Column("id", Uuid),
    more=(
        Column("to", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("text", Text, nullable=False),
        moment("sent_at"),
        Index("letters_newest_ix", "association_id", "sent_at"),
    ),
)

tickets = notes(
    "tickets",
    TABLES,
    Column("whom", Text),
    more=(
        Column("minute", Integer, nullable=False),
        Column("taken", Integer, nullable=False),
        Index("tickets_minute_ix", "association_id", "minute"),
    ),
)
"""How many requests were let in in a minute, by whom; a row is written anew in the next minute."""

LIGHTLY = text("set local synchronous_commit = off")
TAKE = text("""
    insert into tickets (association_id, whom, minute, taken) values (:association_id, :whom, :minute, :handful)
    on conflict (association_id, whom) do update set minute = excluded.minute,
        taken = excluded.taken + case when tickets.minute = excluded.minute then tickets.taken else 0 end
    returning taken
""")
SWEEP = text("delete from tickets where association_id = :association_id and minute < :minute - 5")


closed_ones = closed.table(TABLES)
LOOK_AGAIN = 1.0
"""Seconds between two looks at which associations are closed."""


class GatewayDatabase(Service):
    """The gateway's own small database, made and migrated the way the services' are."""

    @property
    def migrations(self) -> Path:
        """The folder of its migrations."""
        return Path(__file__).parent / "migrations"


acts = notes(
    "acts",
    TABLES,
    Column("id", Uuid),
    more=(
        Column("person_id", Uuid, nullable=False),
        Column("acts_for", Uuid),
        nested("roles"),
        Column("method", Text, nullable=False),
        Column("route", Text, nullable=False),
        Column("request_id", Uuid),
        moment("at"),
        Column("answered", Integer),
        Index("acts_newest_ix", "association_id", "at", "id"),
    ),
)
"""What employees did, or tried to do, in an association, and as what: the association reads it itself."""

at_work = Table(
    "at_work",
    TABLES,
    Column("address", Text, primary_key=True),
    Column("association_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    info={"no_association": "an employee of many associations acts in one of them at a time: this says in which"},
)
"""Where somebody who signed in as an employee acts now, by the hash of their address."""


SERVICE = GatewayDatabase(name="gateway", tables=TABLES, routes=(), listens={})


class Store:
    """Opens the database for one association at a time; row-level security shows no other's rows."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.looked, self.shut = -LOOK_AGAIN, dict[UUID, str]()

    @contextmanager
    def of(self, association_id: UUID) -> Iterator[Connection]:
        """One transaction in one association. Raises `Refused` where that is closed."""
        with self.engine.begin() as connection:
            closed.refuse(speak_for(connection, association_id))
            yield connection

    def closed(self, association_id: UUID) -> str | None:
        """Why an association is closed, if it is; known within a second. While nobody can say, what was said last."""
        if time.monotonic() - self.looked >= LOOK_AGAIN:
            self.looked = time.monotonic()
            with suppress(OperationalError), self.engine.connect() as connection:
                self.shut = {row.association_id: row.state for row in connection.execute(select(closed_ones))}
        return self.shut.get(association_id)


def add_link(db: Connection, **link: Any) -> None:
    """Keep a link; those that were over before it was asked for go."""
    db.execute(delete(links).where(links.c.good_until < link["asked_at"]))
    db.execute(insert(links), link)


def links_since(db: Connection, address: str, since: datetime) -> int:
    """How many links this address asked for since then."""
    asked = select(func.count()).where(links.c.address == address, links.c.asked_at > since)
    return int(db.execute(asked).scalar_one())


def look_at_link(db: Connection, hash: str, now: datetime) -> list[UUID]:
    """Whom an unused link can sign in; nobody when it is used, old or unknown."""
    found = db.execute(select(links.c.persons).where(_good(hash, now))).scalar()
    return [UUID(person) for person in found or []]


def use_link(db: Connection, hash: str, now: datetime) -> bool:
    """Use a link up; whether it was still good. Of two at once one is told yes."""
    return bool(db.execute(update(links).where(_good(hash, now)).values(used_at=now)).rowcount)


def add_session(db: Connection, **session: Any) -> None:
    """Keep a session; those that are over go."""
    db.execute(delete(sessions).where(sessions.c.good_until < session["began_at"]))
    db.execute(insert(sessions), session)


def person_of(db: Connection, hash: str, now: datetime) -> UUID | None:
    """Whose session it is, if it still is one."""
    good = (sessions.c.hash == hash, sessions.c.began_at <= now, sessions.c.good_until > now)
    found: UUID | None = db.execute(select(sessions.c.person_id).where(*good)).scalar()
    return found


def end_session(db: Connection, hash: str) -> None:
    """End one session."""
    db.execute(delete(sessions).where(sessions.c.hash == hash))


def end_sessions_of(db: Connection, person_id: UUID) -> None:
    """End all sessions of a person."""
    db.execute(delete(sessions).where(sessions.c.person_id == person_id))


def take_tickets(db: Connection, association_id: UUID, whom: str, minute: int, handful: int) -> int:
    """Take a handful of this minute's tickets; how many are taken now. With the first, those of minutes ago are swept out."""
    here = {"association_id": association_id, "minute": minute}
    db.execute(LIGHTLY)  # what a crash of the server loses is let in once more
    taken = int(db.execute(TAKE, here | {"whom": whom, "handful": handful}).scalar_one())
    if taken == handful:
        db.execute(SWEEP, here)
    return taken


def keep_letter(db: Connection, **letter: Any) -> None:
    """Keep a letter that is not sent by mail."""
    db.execute(insert(letters), letter | {"id": uuid7()})


def newest_letters(db: Connection, to: str | None) -> list[Any]:
    """The newest letters, to one address or to all."""
    asked = select(letters).order_by(letters.c.sent_at.desc(), letters.c.id.desc()).limit(20)
    return list(db.execute(asked.where(letters.c.to == to) if to else asked))


def address_of(db: Connection, hash: str) -> str:
    """The hash of the address that a link was asked for."""
    return str(db.execute(select(links.c.address).where(links.c.hash == hash)).scalar() or "")


def go_to_work(db: Connection, address: str, association_id: UUID, person_id: UUID) -> tuple[UUID, UUID] | None:
    """An employee acts in this association from now on; return where, and as whom, they did so before, if elsewhere."""
    here = {"address": address, "association_id": association_id, "person_id": person_id}
    db.execute(upsert(at_work).values(here).on_conflict_do_nothing())
    before = db.execute(select(at_work).where(at_work.c.address == address).with_for_update()).one()
    db.execute(update(at_work).where(at_work.c.address == address).values(here))
    return None if before.association_id == association_id else (before.association_id, before.person_id)


def add_act(db: Connection, **act: Any) -> UUID:
    """Keep what an employee is about to do; return its id."""
    id = uuid7()
    db.execute(insert(acts), act | {"id": id})
    return id


def answer_act(db: Connection, id: UUID, answered: int) -> None:
    """Keep what came of it."""
    db.execute(update(acts).where(acts.c.id == id).values(answered=answered))


def newest_acts(db: Connection, most: int, before: tuple[datetime, UUID] | None = None) -> list[Any]:
    """What employees did, newest first."""
    asked = select(acts).order_by(acts.c.at.desc(), acts.c.id.desc()).limit(most)
    return list(db.execute(asked.where(tuple_(acts.c.at, acts.c.id) < tuple_(*before)) if before else asked))


def _good(hash: str, now: datetime) -> Any:
    return (links.c.hash == hash) & links.c.used_at.is_(None) & (links.c.asked_at <= now) & (links.c.good_until > now)
