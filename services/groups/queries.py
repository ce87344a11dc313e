"""What can be asked about charters, groups and sign-ups: plain reads, straight from the tables."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select, tuple_

from chassis.identity import Duty
from chassis.paging import after, page
from chassis.problems import language
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.groups.rules import charter as charter_rules
from services.groups.rules import group as group_rules
from services.groups.rules import sign_up as sign_up_rules
from services.groups.rules.charter import Charter
from services.groups.rules.group import Group, open_for_sign_up, quiet
from services.groups.rules.seat import fits
from services.groups.rules.sign_up import SignUp, State
from services.groups.rules.wording import Lack, missing
from services.groups.store import copies
from services.groups.store.tables import CHARTERS, GROUPS, SIGN_UPS, charters, groups, last_met, seats, sign_ups

EDITABLE = {charter_rules.State.DRAFT, charter_rules.State.RETURNED}
WHEN_OVER = {"withdraw", "decline"}
"""What is left to do about a sign-up when its group is over."""


def charters_in(work: Work, *, state: charter_rules.State | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of charters, newest first; drafts are for those who write them."""
    statement = _charters_i_see(work)
    if state:
        statement = statement.where(charters.c.state == state)
    if where := after(cursor):
        statement = statement.where(tuple_(charters.c.drafted_at, charters.c.id) < tuple_(*where))
    rows = work.execute(statement.order_by(charters.c.drafted_at.desc(), charters.c.id.desc()).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.drafted_at, row.id), lambda row: _charter(CHARTERS.made(row)))


def charter(work: Work, id: UUID) -> dict[str, Any]:
    """One charter: all that it says, what it lacks, and what I can do with it."""
    row = work.execute(_charters_i_see(work).where(charters.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    found = CHARTERS.made(row)
    return _charter(found) | {
        "missing": [_said(lack) for lack in _lacks(work, found)],
        "may": charter_rules.LIFE.open_to(found, work.who),
    }


def groups_in(work: Work, *, state: group_rules.State | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of groups, newest first."""
    statement = select(groups)
    if state:
        statement = statement.where(groups.c.state == state)
    if where := after(cursor):
        statement = statement.where(tuple_(groups.c.opened_at, groups.c.id) < tuple_(*where))
    rows = work.execute(statement.order_by(groups.c.opened_at.desc(), groups.c.id.desc()).limit(limit + 1)).all()
    places = _places(work, [row.id for row in rows])
    return page(rows, limit, lambda row: (row.opened_at, row.id), lambda row: _group(GROUPS.made(row), places[row.id]))


def group(work: Work, id: UUID) -> dict[str, Any]:
    """One group: its task and dates, its places and members, my own sign-up, and what I can do."""
    found = GROUPS.see(work, id)
    mine = _my_sign_up(work, id)
    met = work.execute(select(last_met.c.day).where(last_met.c.group_id == id)).scalar()
    return _group(found, _places(work, [id])[id]) | {
        "members": _members(work, id),
        "last_met": met,
        "quiet": quiet(found, last_met=met, today=work.today),
        "my_sign_up": mine and _mine(work, found, mine),
        "may": group_rules.LIFE.open_to(found, work.who) + _applying(work, found, mine),
    }


def sign_ups_of(work: Work, group_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of a group's sign-ups, first come first; those who have no part in composing it see their own only."""
    found = GROUPS.see(work, group_id)
    statement = select(sign_ups).where(sign_ups.c.group_id == group_id)
    if not _sees_all(work, found):
        statement = statement.where(sign_ups.c.person_id == work.who.person_id)
    if where := after(cursor):
        statement = statement.where(tuple_(sign_ups.c.applied_at, sign_ups.c.id) > tuple_(*where))
    rows = work.execute(statement.order_by(sign_ups.c.applied_at, sign_ups.c.id).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.applied_at, row.id), lambda row: _sign_up(work, found, SIGN_UPS.made(row)))


def sign_up(work: Work, id: UUID) -> dict[str, Any]:
    """One sign-up, as whoever just did something with it sees it."""
    found = SIGN_UPS.see(work, id)
    return _sign_up(work, GROUPS.see(work, found.group_id), found)


def _charters_i_see(work: Work) -> Select[Any]:
    if work.who.has(Duty.SECRETARY):
        return select(charters)
    mine = [mandate.body_id for mandate in work.who.mandates]
    public = charters.c.state != charter_rules.State.DRAFT
    return select(charters).where(or_(public, charters.c.drafted_by == work.who.person_id, charters.c.body_id.in_(mine)))


def _lacks(work: Work, found: Charter) -> list[Lack]:
    if found.state not in EDITABLE:
        return []
    members = copies.voting_members(work, found.body_id, on=work.today)
    return missing(found.wording, policy=copies.policy(work).policy, members=members, today=work.today)


def _said(lack: Lack) -> dict[str, str]:
    sentence = lack.no.da if language() == "da" else lack.no.en
    return {"field": lack.field, "slug": lack.no.slug, "says": sentence.format_map(lack.facts)}


def _charter(found: Charter) -> dict[str, Any]:
    return {
        "id": found.id,
        "body_id": found.body_id,
        "idea_id": found.idea_id,
        "department_ids": found.department_ids,
        "drafted_by": found.drafted_by,
        "drafted_at": found.drafted_at,
        "state": found.state,
        "edition": found.edition,
        "reason": found.reason,
        "policy_version": found.policy_version,
        "meetings_min": found.meetings_min,
        "meetings_max": found.meetings_max,
        "group_id": found.group_id if found.state is charter_rules.State.IN_FORCE else None,
        **plain.unstructure(found.wording),
    }


def _group(found: Group, places: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": found.id,
        "charter_id": found.charter_id,
        "body_id": found.body_id,
        "idea_id": found.idea_id,
        "title": found.title,
        "background": found.background,
        "purpose": found.purpose,
        "state": found.state,
        "reason": found.reason,
        "sponsor_id": found.sponsor_id,
        "facilitator_id": found.facilitator_id,
        "opened_at": found.opened_at,
        "sign_up_until": found.sign_up_until,
        "meetings": found.meetings,
        "handover": found.handover,
        "decision_by": found.decision_by,
        "formed_on": found.formed_on,
        "proposal_id": found.proposal_id,
        "decision_id": found.decision_id,
        "outcome": found.outcome,
        "seats": places,
    }


def _places(work: Work, ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in work.execute(select(seats).where(seats.c.group_id.in_(ids)).order_by(seats.c.category)):
        found[row.group_id].append({"category": row.category, "places": row.places, "taken": row.taken})
    return found


def _members(work: Work, group_id: UUID) -> list[dict[str, Any]]:
    accepted = (sign_ups.c.group_id == group_id, sign_ups.c.state == State.ACCEPTED)
    rows = work.execute(select(sign_ups.c.person_id, sign_ups.c.category).where(*accepted).order_by(sign_ups.c.applied_at))
    return [{"person_id": row.person_id, "category": row.category} for row in rows]


def _my_sign_up(work: Work, group_id: UUID) -> SignUp | None:
    mine = (sign_ups.c.group_id == group_id, sign_ups.c.person_id == work.who.person_id)
    row = work.execute(
        select(sign_ups).where(*mine).order_by(sign_ups.c.applied_at.desc(), sign_ups.c.id.desc()).limit(1)
    ).first()
    return None if row is None else SIGN_UPS.made(row)


def _mine(work: Work, found: Group, mine: SignUp) -> dict[str, Any]:
    shown = _sign_up(work, found, mine)
    return {name: shown[name] for name in ("id", "category", "state", "answer_by", "reason", "may")}


def _applying(work: Work, found: Group, mine: SignUp | None) -> list[str]:
    again = mine is None or mine.state is State.WITHDRAWN
    if work.who.person_id is None or not again or not open_for_sign_up(found, today=work.today):
        return []
    standing = copies.my_standing(work, body_id=found.body_id)
    return ["apply"] if any(fits(plan.category, standing) for plan in found.seats) else []


def _sees_all(work: Work, found: Group) -> bool:
    who = work.who
    in_body = any(mandate.body_id == found.body_id for mandate in who.mandates)
    return in_body or who.has(Duty.SECRETARY) or (who.person_id is not None and who.person_id == found.facilitator_id)


def _sign_up(work: Work, group: Group, found: SignUp) -> dict[str, Any]:
    may = sign_up_rules.LIFE.open_to(found, work.who)
    return {
        "id": found.id,
        "group_id": found.group_id,
        "person_id": found.person_id,
        "category": found.category,
        "brings": found.brings,
        "first_time": found.first_time,
        "departments": found.departments,
        "has_board_office": found.has_board_office,
        "sits_in_body": found.sits_in_body,
        "applied_at": found.applied_at,
        "state": found.state,
        "answer_by": found.answer_by,
        "reason": found.reason,
        "consent_note": found.consent_note,
        "consent_taken_by": found.consent_taken_by,
        "may": [verb for verb in may if verb in WHEN_OVER] if group.over else may,
    }
