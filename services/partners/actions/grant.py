"""What people do with grants: let a partner in, to more or to less, send a test, take it back; who did it is kept."""

from uuid import UUID

from sqlalchemy import insert
from uuid_utils.compat import uuid7

from chassis.work import Work
from contracts.event import plain
from contracts.partners import Scope
from services.partners.rules import grant
from services.partners.rules.grant import Grant
from services.partners.store.tables import GRANTS, acts


def give(work: Work, *, name: str, kinds: tuple[str, ...], scopes: tuple[Scope, ...]) -> Grant:
    """The association lets a partner in."""
    new, told = grant.give(who=work.who, id=uuid7(), name=name, kinds=kinds, scopes=scopes, now=work.now)
    return _noted(work, GRANTS.put(work, new, told), "give")


def change(work: Work, id: UUID, *, kinds: tuple[str, ...], scopes: tuple[Scope, ...]) -> Grant:
    """The partner hears and reads more, or less, from now on."""
    changed, told = GRANTS.get(work, id).change(who=work.who, kinds=kinds, scopes=scopes)
    return _noted(work, GRANTS.put(work, changed, told), "change")


def test(work: Work, id: UUID) -> Grant:
    """A test event is on its way."""
    return _noted(work, GRANTS.put(work, *GRANTS.get(work, id).test(who=work.who)), "test")


def revoke(work: Work, id: UUID) -> Grant:
    """The partner is let in no more, from this moment."""
    return _noted(work, GRANTS.put(work, *GRANTS.get(work, id).revoke(who=work.who)), "revoke")


def _noted(work: Work, kept: Grant, act: str) -> Grant:
    row = {"association_id": work.who.association_id, "grant_id": kept.id, "number": kept.version}
    granted = {"kinds": plain.unstructure(kept.kinds), "scopes": plain.unstructure(kept.scopes)}
    work.execute(insert(acts), row | granted | {"act": act, "by": work.who.person_id, "at": work.now})
    return kept
