"""What is done with credentials: make one, revoke it, and show it at the door."""

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import func, select, update
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.partners.rules import credential, grant
from services.partners.rules.credential import Credential, State
from services.partners.store.tables import CREDENTIALS, GRANTS, credentials, grants

PREFIX = "samskab_"
"""A secret says whose it is, so that whoever finds one where it should not lie knows whom to tell."""

WITH_GRANT = select(credentials.c.id, credentials.c.grant_id, credentials.c.last_used_on, grants.c.scopes, grants.c.kinds).join(
    grants, (grants.c.association_id == credentials.c.association_id) & (grants.c.id == credentials.c.grant_id)
)


@dataclass(frozen=True)
class Known:
    """What a good credential opens."""

    credential_id: UUID
    grant_id: UUID
    scopes: frozenset[str]


def make(work: Work, grant_id: UUID, *, name: str, days: int | None) -> tuple[Credential, str]:
    """One more credential, and its secret, which nobody can see again."""
    of = GRANTS.get(work, grant_id)
    secret = PREFIX + token_urlsafe(32)
    new, told = credential.make(
        who=work.who, id=uuid7(), of=of, good=_good(work, grant_id), name=name, hash=hashed(secret), days=days, now=work.now
    )
    return CREDENTIALS.put(work, new, told), secret


def revoke(work: Work, id: UUID) -> Credential:
    """It opens nothing from this moment."""
    return CREDENTIALS.put(work, *CREDENTIALS.get(work, id).revoke(who=work.who, now=work.now))


def show(work: Work, hash: str) -> Known:
    """What a credential opens, by the hash of its secret; that it was used is noted by the day. Raises `NotFound`."""
    alive = (credentials.c.state == State.GOOD, credentials.c.expires_at > work.now, grants.c.state == grant.State.GIVEN)
    row = work.execute(WITH_GRANT.where(credentials.c.hash == hash, *alive)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    if row.last_used_on is None or row.last_used_on < work.today:
        work.execute(update(credentials).where(credentials.c.id == row.id).values(last_used_on=work.today))
    return Known(row.id, row.grant_id, grant.reads(tuple(row.scopes), tuple(row.kinds)))


def hashed(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash gives nothing away."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def _good(work: Work, grant_id: UUID) -> int:
    """Its grant is held meanwhile, so that of two who make one at once the second counts the first."""
    alive = (credentials.c.grant_id == grant_id, credentials.c.state == State.GOOD, credentials.c.expires_at > work.now)
    return int(work.execute(select(func.count()).select_from(credentials).where(*alive)).scalar_one())
