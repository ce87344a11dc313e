"""What can be asked about charters: plain reads, straight from the tables."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.identity import Duty
from chassis.paging import after, number, page
from chassis.problems import language
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.groups.rules import amendment
from services.groups.rules import charter as rules
from services.groups.rules.charter import Charter, State
from services.groups.rules.lack import Lack, hints, missing
from services.groups.rules.template import keeps
from services.groups.rules.wording import Wording, changed
from services.groups.store import copies, editions, readable
from services.groups.store.tables import CHARTERS, GROUPS, amendments, charters

EDITABLE = {State.DRAFT, State.RETURNED}
HAS_A_GROUP = {State.IN_FORCE, State.REVOKED}


def charters_in(work: Work, *, state: State | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of charters, newest first; drafts are for those who write them."""
    statement = readable.charters_i_see(work)
    if state:
        statement = statement.where(charters.c.state == state)
    if where := after(cursor):
        statement = statement.where(tuple_(charters.c.drafted_at, charters.c.id) < tuple_(*where))
    rows = work.execute(statement.order_by(charters.c.drafted_at.desc(), charters.c.id.desc()).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.drafted_at, row.id), lambda row: _charter(CHARTERS.made(row)))


def charter(work: Work, id: UUID) -> dict[str, Any]:
    """One charter: all that it says, what it lacks, the amendment that is under way, and what I can do with it."""
    found = readable.charter(work, id)
    return _charter(found) | {
        "missing": [said(lack) for lack in _lacks(work, found)],
        "hints": [said(hint) for hint in hints(found.wording)] if found.state in EDITABLE else [],
        "amendment_id": _amendment_under_way(work, found),
        "may": _open_to_me(work, found),
    }


def editions_of(work: Work, id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the editions that were laid before the body, whole, with what each changed in the one before; newest first."""
    readable.charter(work, id)
    (older_than,) = after(cursor, number) or (None,)
    rows = editions.newest_of(work, id, older_than=older_than, most=limit + 1)
    says = [editions.wording_of(row) for row in rows]
    changes = [changed(before, after_it) for after_it, before in pairwise(says)] + [()] * bool(rows)
    found = list(zip(rows, says, changes, strict=True))
    return page(found, limit, lambda each: (each[0].edition,), lambda each: _edition(*each[:2]) | {"changed": list(each[2])})


def changes_between(work: Work, id: UUID, *, one: int | None, other: int | None) -> dict[str, Any]:
    """What of two editions differs, field by field: what it was in the one, and is in the other. Raises `NotFound`.

    Where nothing is said: the newest, and the one before it.
    """
    readable.charter(work, id)
    kept = {row.edition: editions.wording_of(row) for row in editions.of(work, id)}
    newer = other or max(kept, default=0)
    older = one or max((edition for edition in kept if edition < newer), default=newer)
    if older not in kept or newer not in kept:
        raise NotFound(NOT_FOUND)
    return {"one": older, "other": newer, "changes": differences(kept[older], kept[newer])}


def differences(before: Wording, after_it: Wording) -> list[dict[str, Any]]:
    """Field by field what was and what is."""
    was, now = plain.unstructure(before), plain.unstructure(after_it)
    return [{"field": name, "was": was[name], "now": now[name]} for name in changed(before, after_it)]


def said(lack: Lack) -> dict[str, Any]:
    """A lack as a person reads it."""
    sentence = lack.no.da if language() == "da" else lack.no.en
    facts = {"department_ids": lack.facts["department_ids"]} if "department_ids" in lack.facts else {}
    return {"field": lack.field, "slug": lack.no.slug, "says": sentence.format_map(lack.facts), **facts}


def _lacks(work: Work, found: Charter) -> list[Lack]:
    if found.state not in EDITABLE:
        return []
    members = copies.voting_members(work, found.body_id, on=work.today)
    return missing(found.wording, policy=copies.policy(work).policy, members=members, today=work.today)


def _amendment_under_way(work: Work, found: Charter) -> UUID | None:
    """The amendment that may still change the charter; while it is a draft only those who write it see it."""
    drafts = [amendment.State.DRAFT] if writes(work, found.body_id) else []
    seen = [amendment.State.PROPOSED, amendment.State.RETURNED, *drafts]
    mine = select(amendments.c.id).where(amendments.c.charter_id == found.id, amendments.c.state.in_(seen))
    id: UUID | None = work.execute(mine).scalar()
    return id


def writes(work: Work, body_id: UUID) -> bool:
    """Whether I write charters for this body."""
    return work.who.has(Duty.SECRETARY) or work.who.sits_in(body_id)


def _open_to_me(work: Work, found: Charter) -> list[str]:
    """The moves that I can make; amending and keeping as a template make other things of it."""
    moves = [move for move in rules.LIFE.open_to(found, work.who) if move != "ask_revocation"]
    at_work = found.state is State.IN_FORCE and not GROUPS.see(work, found.group_id).over
    if at_work and writes(work, found.body_id):
        moves += ["amend"] if _amendment_under_way(work, found) is None else []
        moves += [] if found.revocation else ["ask_revocation"]
    return moves + (["keep_as_template"] if keeps(work.who) else [])


def _edition(row: Any, says: Wording) -> dict[str, Any]:
    return {
        "edition": row.edition,
        "standing": row.standing,
        "why": row.why,
        "laid_at": row.laid_at,
        "settled_at": row.settled_at,
        "reason": row.reason,
        "text": plain.unstructure(says) | {"scope": says.scope},
    }


def _charter(found: Charter) -> dict[str, Any]:
    return {
        "id": found.id,
        "body_id": found.body_id,
        "idea_id": found.idea_id,
        "drafted_by": found.drafted_by,
        "drafted_at": found.drafted_at,
        "state": found.state,
        "edition": found.edition,
        "reason": found.reason,
        "revocation": found.revocation,
        "policy_version": found.policy_version,
        "meetings_min": found.meetings_min,
        "meetings_max": found.meetings_max,
        "group_id": found.group_id if found.state in HAS_A_GROUP else None,
        "version": found.version,
        **plain.unstructure(found.wording),
        "scope": found.wording.scope,
    }
