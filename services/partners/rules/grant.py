"""The life of a grant: what the association lets one partner hear and read, until it is taken back.

given --change--> given      an administrator or a secretary: more or less than before
given --test--> given        an administrator or a secretary: a test event is sent
given --revoke--> revoked    an administrator or a secretary
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.event import Event
from contracts.outside import named
from contracts.partners import GrantChanged, GrantGiven, GrantRevoked, GrantTested, Scope

EVENTS = "events:read"
"""What a partner needs to read the feed; whoever may hear anything has it."""

NOTHING_GRANTED = No(
    "nothing-granted",
    "Vælg mindst én slags hændelser eller ét område, der må læses. Skal integrationen slet ikke have adgang, så tag den tilbage.",
    "Choose at least one kind of event or one scope. To take away all access, revoke the grant.",
)
NO_SUCH_KIND = No(
    "no-such-kind",
    "Disse hændelser kan ikke gives til andre: {kinds}.",
    "These cannot be granted: {kinds}. The kinds that can are in /asyncapi.json.",
)


class State(StrEnum):
    """Whether the partner is let in."""

    GIVEN = "given"
    REVOKED = "revoked"


def entrusts(_: object, who: Identity) -> bool:
    """Whoever the association trusts with its data: an administrator or a secretary."""
    return who.has(Duty.ADMINISTRATOR, Duty.SECRETARY)


LIFE = Life.drawn(__doc__, change=entrusts, test=entrusts, revoke=entrusts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """What one partner may hear and read. `kinds` are kinds of events, or whole things: `idea.published`, `group.*`."""

    id: UUID
    name: str
    kinds: tuple[str, ...] = ()
    scopes: tuple[Scope, ...] = ()
    given_by: UUID | None
    given_at: datetime
    state: State = State.GIVEN
    version: int = 0

    def change(self, *, who: Identity, kinds: tuple[str, ...], scopes: tuple[Scope, ...]) -> tuple[Grant, Event]:
        """The partner may hear and read this from now on."""
        state = State(LIFE.step(self, "change", who))
        kinds, scopes = _granted(kinds, scopes)
        changed = replace(self, state=state, kinds=kinds, scopes=scopes)
        return changed, GrantChanged(grant_id=self.id, kinds=kinds, scopes=scopes)

    def test(self, *, who: Identity) -> tuple[Grant, Event]:
        """A test event is sent the way that all events go."""
        return replace(self, state=State(LIFE.step(self, "test", who))), GrantTested(grant_id=self.id)

    def revoke(self, *, who: Identity) -> tuple[Grant, Event]:
        """The partner is let in no more."""
        return replace(self, state=State(LIFE.step(self, "revoke", who))), GrantRevoked(grant_id=self.id)


def give(
    *, who: Identity, id: UUID, name: str, kinds: tuple[str, ...], scopes: tuple[Scope, ...], now: datetime
) -> tuple[Grant, Event]:
    """A partner is let in."""
    if not entrusts(None, who):
        raise NotAllowed(NOT_ALLOWED)
    kinds, scopes = _granted(kinds, scopes)
    new = Grant(id=id, name=name, kinds=kinds, scopes=scopes, given_by=who.person_id, given_at=now)
    return new, GrantGiven(grant_id=id, kinds=kinds, scopes=scopes)


def reads(scopes: tuple[Scope, ...], kinds: tuple[str, ...]) -> frozenset[str]:
    """All scopes that come with a grant."""
    return frozenset(scopes) | ({EVENTS} if kinds else set())


def _granted(kinds: tuple[str, ...], scopes: tuple[Scope, ...]) -> tuple[tuple[str, ...], tuple[Scope, ...]]:
    unknown = [kind for kind in kinds if not named((kind,))]
    if unknown:
        raise Refused(NO_SUCH_KIND, kinds=unknown, fields=["kinds"])
    if not kinds and not scopes:
        raise Refused(NOTHING_GRANTED, fields=["kinds"])
    return tuple(sorted(set(kinds))), tuple(sorted(set(scopes)))
