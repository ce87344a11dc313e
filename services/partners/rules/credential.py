"""The life of a credential: a secret that a partner's program shows, good until it expires or is revoked.

good --revoke--> revoked    an administrator or a secretary
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.event import Event
from contracts.partners import CredentialMade, CredentialRevoked
from services.partners.rules import grant
from services.partners.rules.grant import Grant, entrusts

AT_ONCE = 2
"""So many good ones a grant has at a time: the old one works until the new one is in its place."""

USUALLY = timedelta(days=365)
TWO_ALREADY = No(
    "two-credentials-already",
    "Integrationen har allerede to nøgler, der virker. Tag en af dem tilbage, før du laver en ny.",
    "The grant has two good credentials already. Revoke one of them before you make another.",
)
GRANT_REVOKED = No(
    "grant-revoked",
    "Integrationens adgang er taget tilbage. Giv den en ny adgang først.",
    "The grant is revoked. Give a new one first.",
)


class State(StrEnum):
    """Whether the credential was taken back."""

    GOOD = "good"
    REVOKED = "revoked"


LIFE = Life.drawn(__doc__, revoke=entrusts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Credential:
    """A secret that was shown once. Only its hash is kept."""

    id: UUID
    grant_id: UUID
    name: str
    hash: str
    made_by: UUID | None
    made_at: datetime
    expires_at: datetime
    revoked_by: UUID | None = None
    revoked_at: datetime | None = None
    state: State = State.GOOD
    version: int = 0

    def revoke(self, *, who: Identity, now: datetime) -> tuple[Credential, Event]:
        """It opens nothing any more."""
        state = State(LIFE.step(self, "revoke", who))
        gone = replace(self, state=state, revoked_by=who.person_id, revoked_at=now)
        return gone, CredentialRevoked(credential_id=self.id, grant_id=self.grant_id)


def make(
    *, who: Identity, id: UUID, of: Grant, good: int, name: str, hash: str, days: int | None, now: datetime
) -> tuple[Credential, Event]:
    """One more credential for a grant that has so many `good` ones."""
    if not entrusts(of, who):
        raise NotAllowed(NOT_ALLOWED)
    if of.state is not grant.State.GIVEN:
        raise Refused(GRANT_REVOKED)
    if good >= AT_ONCE:
        raise Refused(TWO_ALREADY)
    expires = now + (timedelta(days=days) if days else USUALLY)
    new = Credential(id=id, grant_id=of.id, name=name, hash=hash, made_by=who.person_id, made_at=now, expires_at=expires)
    return new, CredentialMade(credential_id=id, grant_id=of.id, expires_at=expires)
