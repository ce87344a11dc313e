"""What a partner's program gets of the feed: the next page of what it was granted, and where that page ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.refusal import No, NotAllowed
from chassis.work import Work
from contracts.outside import TO_ONE, named
from services.partners.rules import credential, grant
from services.partners.store import feed
from services.partners.store.tables import credentials, grants

NO_GOOD = No(
    "credential-no-good",
    "Nøglen virker ikke mere.",
    "The credential is no good any more: it, or its grant, was revoked, or it has expired.",
)
KINDS_NOT_GRANTED = No(
    "kinds-not-granted",
    "Foreningen har ikke givet adgang til disse hændelser: {kinds}.",
    "The association has not granted these events: {kinds}. Its administrator can, on the page Integrationer.",
)
GRANT = (
    select(grants.c.id, grants.c.kinds)
    .join(credentials, (credentials.c.association_id == grants.c.association_id) & (credentials.c.grant_id == grants.c.id))
    .where(credentials.c.state == credential.State.GOOD, grants.c.state == grant.State.GIVEN)
)


class Forgotten(Exception):
    """What came after this position is not kept any more."""


class TakenBack(Exception):
    """What was at this position was taken back when an older state was restored."""


@dataclass(frozen=True, slots=True)
class Page:
    """Facts in the order of the feed, and the position up to which the reader now has all that it was granted."""

    facts: Sequence[Any]
    ends: int


def page(work: Work, *, after: int | None, begin_now: bool, types: frozenset[str], most: int) -> Page:
    """The next page after a position; with none, from the oldest that is kept, or from now on.

    What is granted is read anew each time. Raises `NotAllowed`, `Forgotten`, `TakenBack`.
    """
    grant_id, granted = _granted(work)
    if types - granted:
        raise NotAllowed(KINDS_NOT_GRANTED, kinds=sorted(types - granted))
    head = feed.head(work, after)
    if after is None:
        after = head.newest if begin_now else head.forgotten
    if after < head.forgotten:
        raise Forgotten
    if after not in (head.forgotten, head.newest) and not head.given:
        raise TakenBack
    wanted = types or granted
    facts = feed.page(work, kinds=wanted, grant=grant_id, after=after, newest=head.newest, most=most) if wanted else ()
    full = len(facts) == most
    return Page(facts, facts[-1].position if full else max(after, head.newest))


def _granted(work: Work) -> tuple[UUID, frozenset[str]]:
    good = (credentials.c.id == work.who.credential, credentials.c.expires_at > work.now)
    row = work.execute(GRANT.where(*good)).one_or_none()
    if row is None:
        raise NotAllowed(NO_GOOD)
    return row.id, named(tuple(row.kinds)) | TO_ONE.keys()
