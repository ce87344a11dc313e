"""What the gateway remembers: one-time links, sessions, and letters that were not sent by mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Engine, Index, MetaData, Text, Uuid, delete, func, insert, select, update
from uuid_utils.compat import uuid7

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


class GatewayDatabase(Service):
    """The gateway's own small database, made and migrated the way the services' are."""

    @property
    def migrations(self) -> Path:
        """The folder of its migrations."""
        return Path(__file__).parent / "migrations"


SERVICE = GatewayDatabase(name="gateway", tables=TABLES, routes=(), listens={})


class Store:
    """Opens the database for one association at a time; row-level security shows no other's rows."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def of(self, association_id: UUID) -> Iterator[Connection]:
        """One transaction in one association."""
        with self.engine.begin() as connection:
            speak_for(connection, association_id)
            yield connection


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


def keep_letter(db: Connection, **letter: Any) -> None:
    """Keep a letter that is not sent by mail."""
    db.execute(insert(letters), letter | {"id": uuid7()})


def newest_letters(db: Connection, to: str | None) -> list[Any]:
    """The newest letters, to one address or to all."""
    asked = select(letters).order_by(letters.c.sent_at.desc(), letters.c.id.desc()).limit(20)
    return list(db.execute(asked.where(letters.c.to == to) if to else asked))


def _good(hash: str, now: datetime) -> Any:
    return (links.c.hash == hash) & links.c.used_at.is_(None) & (links.c.asked_at <= now) & (links.c.good_until > now)
