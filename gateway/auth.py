"""Signing in by a one-time link, and the sessions that come of it. Only hashes of links and sessions are kept."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import Connection

from chassis import clock
from gateway import store
from gateway.remembered import Remembered
from gateway.store import Store

LINK_IS_GOOD = timedelta(minutes=15)
MOST_LINKS = 5
"""Per address in the time that a link is good for."""

SESSION_IS_GOOD = timedelta(days=30)


class Auth:
    """Who is who at the door of an association."""

    def __init__(self, keeper: Store) -> None:
        self.store = keeper
        self.signed_in: Remembered[UUID | None] = Remembered()

    def new_link(self, association_id: UUID, address: str, persons: list[UUID]) -> str | None:
        """A new one-time link for an address, or None when it has asked too often.

        A link is kept for an address that nobody has, too: the answer takes as long, and too often is too often.
        """
        now, secret, of = clock.now(), token_urlsafe(32), _hash(address.strip().casefold())
        with self.store.of(association_id) as db:
            if store.links_since(db, of, now - LINK_IS_GOOD) >= MOST_LINKS:
                return None
            store.add_link(
                db,
                association_id=association_id,
                hash=_hash(secret),
                address=of,
                persons=[str(person) for person in persons],
                asked_at=now,
                good_until=now + LINK_IS_GOOD,
            )
        return secret

    def whom(self, association_id: UUID, secret: str) -> list[UUID]:
        """Whom a link can sign in; nobody when it is used, old or unknown. Looking does not use it up."""
        with self.store.of(association_id) as db:
            return store.look_at_link(db, _hash(secret), clock.now())

    def sign_in(self, association_id: UUID, secret: str, person_id: UUID, *, employee: bool = False) -> str | None:
        """Use a link up and begin a session for one of its persons; None when the link does not allow it any more."""
        now, session = clock.now(), token_urlsafe(32)
        with self.store.of(association_id) as db:
            whom = store.look_at_link(db, _hash(secret), now)
            if person_id not in whom or not store.use_link(db, _hash(secret), now):
                return None
            address = store.address_of(db, _hash(secret))
            _begin(db, association_id, session, person_id)
        if employee:
            self._go_to_work(address, association_id, person_id)
        return session

    def move(self, association_id: UUID, address: str, person_id: UUID) -> str:
        """Begin a session for an employee in another association than the one they acted in, which ends there."""
        session = token_urlsafe(32)
        with self.store.of(association_id) as db:
            _begin(db, association_id, session, person_id)
        self._go_to_work(_hash(address.strip().casefold()), association_id, person_id)
        return session

    def _go_to_work(self, address: str, association_id: UUID, person_id: UUID) -> None:
        """An employee acts in one association at a time: wherever it was before, they are signed out there."""
        with self.store.of(association_id) as db:
            before = store.go_to_work(db, address, association_id, person_id)
        if before is not None:
            self.sign_out_everywhere(*before)

    def person(self, association_id: UUID, session: str) -> UUID | None:
        """Whose session it is, if it still is one. Remembered for half a minute in each process."""

        def ask() -> UUID | None:
            with self.store.of(association_id) as db:
                return store.person_of(db, _hash(session), clock.now())

        return self.signed_in.get((association_id, _hash(session)), ask)

    def sign_out(self, association_id: UUID, session: str) -> None:
        """End this session."""
        self.signed_in.forget((association_id, _hash(session)))
        with self.store.of(association_id) as db:
            store.end_session(db, _hash(session))

    def sign_out_everywhere(self, association_id: UUID, person_id: UUID) -> None:
        """End all sessions of a person."""
        with self.store.of(association_id) as db:
            store.end_sessions_of(db, person_id)
        self.signed_in.clear()


def _begin(db: Connection, association_id: UUID, session: str, person_id: UUID) -> None:
    now = clock.now()
    store.add_session(
        db,
        association_id=association_id,
        hash=_hash(session),
        person_id=person_id,
        began_at=now,
        good_until=now + SESSION_IS_GOOD,
    )


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
