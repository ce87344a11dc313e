"""What partners tells: what an association lets a partner hear and read, and which credentials there are for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.event import Event


class Scope(StrEnum):
    """What a partner may read of the API, as far as everybody in the association may."""

    ASSOCIATION = "association:read"
    IDEAS = "ideas:read"
    GROUPS = "groups:read"
    MEETINGS = "meetings:read"
    DECISIONS = "decisions:read"


@dataclass(frozen=True, kw_only=True)
class GrantGiven(Event):
    """The association lets a partner hear these kinds of events and read these parts of the API."""

    kind = "grant.given"
    grant_id: UUID
    kinds: tuple[str, ...]
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, kw_only=True)
class GrantChanged(Event):
    """The partner hears and reads this from now on; carries all of it."""

    kind = "grant.changed"
    grant_id: UUID
    kinds: tuple[str, ...]
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, kw_only=True)
class GrantTested(Event):
    """Somebody sent a test event, to see whether it arrives. Only the partner with this grant gets it."""

    kind = "grant.tested"
    grant_id: UUID


@dataclass(frozen=True, kw_only=True)
class GrantRevoked(Event):
    """The partner hears and reads nothing of the association any more."""

    kind = "grant.revoked"
    grant_id: UUID


@dataclass(frozen=True, kw_only=True)
class CredentialMade(Event):
    """There is one more credential for a grant, good until the given moment."""

    kind = "credential.made"
    credential_id: UUID
    grant_id: UUID
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class CredentialRevoked(Event):
    """The credential is no good any more."""

    kind = "credential.revoked"
    credential_id: UUID
    grant_id: UUID
