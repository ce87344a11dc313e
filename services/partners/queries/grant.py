"""What can be asked about grants and their credentials, by those whom the association trusts with them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import after, page
from chassis.refusal import NOT_ALLOWED, NotAllowed
from chassis.work import Work
from services.partners.rules import credential as key_rules
from services.partners.rules import grant as rules
from services.partners.store.tables import CREDENTIALS, GRANTS, acts, credentials, grants

MOST_ACTS = 100


def grants_in(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of grants, the newest first, those that are taken back too."""
    _must_be_trusted(work)
    asked = select(grants)
    if where := after(cursor):
        asked = asked.where(tuple_(grants.c.given_at, grants.c.id) < tuple_(*where))
    rows = work.execute(asked.order_by(grants.c.given_at.desc(), grants.c.id.desc()).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.given_at, row.id), _shown)


def grant(work: Work, id: UUID) -> dict[str, Any]:
    """One grant, its credentials, and who did what with it."""
    found = GRANTS.see(work, id)
    _must_be_trusted(work)
    mine = select(credentials).where(credentials.c.grant_id == id).order_by(credentials.c.made_at.desc()).limit(MOST_ACTS)
    keys = [_key(work, row) for row in work.execute(mine)]
    good = sum(key["state"] == "good" for key in keys)
    moves = rules.LIFE.open_to(found, work.who)
    return _shown(found) | {
        "credentials": keys,
        "acts": _acts(work, id),
        "may": moves + (["make_credential"] if moves and good < key_rules.AT_ONCE else []),
    }


def credential(work: Work, id: UUID) -> dict[str, Any]:
    """One credential, never its secret."""
    CREDENTIALS.see(work, id)
    _must_be_trusted(work)
    return _key(work, work.execute(select(credentials).where(credentials.c.id == id)).one())


def _must_be_trusted(work: Work) -> None:
    if not rules.entrusts(None, work.who):
        raise NotAllowed(NOT_ALLOWED)


def _shown(found: Any) -> dict[str, Any]:
    names = ("id", "name", "kinds", "scopes", "given_by", "given_at", "state")
    return {name: getattr(found, name) for name in names}


def _key(work: Work, row: Any) -> dict[str, Any]:
    expired = row.state == key_rules.State.GOOD and row.expires_at <= work.now
    shown = ("id", "grant_id", "name", "made_at", "expires_at", "revoked_at", "last_used_on")
    return {name: getattr(row, name) for name in shown} | {
        "person_id": row.made_by,
        "state": "expired" if expired else row.state,
        "may": key_rules.LIFE.open_to(CREDENTIALS.made(row), work.who),
    }


def _acts(work: Work, id: UUID) -> list[dict[str, Any]]:
    asked = select(acts).where(acts.c.grant_id == id).order_by(acts.c.number.desc()).limit(MOST_ACTS)
    return [
        {"act": row.act, "person_id": row.by, "at": row.at, "kinds": row.kinds, "scopes": row.scopes}
        for row in work.execute(asked)
    ]
