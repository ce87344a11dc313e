"""What can be asked about sign-ups: plain reads, straight from the tables."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.identity import Duty
from chassis.paging import after, page
from chassis.work import Work
from services.groups.rules import sign_up as rules
from services.groups.rules.group import Group, open_for_sign_up
from services.groups.rules.seat import fits
from services.groups.rules.sign_up import SignUp, State
from services.groups.store import copies
from services.groups.store.tables import GROUPS, SIGN_UPS, sign_ups

WHEN_OVER = {"withdraw", "decline"}
"""What is left to do about a sign-up when its group is over."""


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


def mine_in(work: Work, found: Group) -> dict[str, Any] | None:
    """My own sign-up for a group, as its page shows it."""
    mine = _my_sign_up(work, found.id)
    if mine is None:
        return None
    shown = _sign_up(work, found, mine)
    return {name: shown[name] for name in ("id", "category", "state", "answer_by", "reason", "may")}


def open_to_me(work: Work, found: Group) -> list[str]:
    """Whether I may sign up for a group today."""
    mine = _my_sign_up(work, found.id)
    again = mine is None or mine.state is State.WITHDRAWN
    if work.who.person_id is None or not again or not open_for_sign_up(found, today=work.today):
        return []
    standing = copies.my_standing(work, body_id=found.body_id)
    return ["apply"] if any(fits(plan.category, standing) for plan in found.seats) else []


def _my_sign_up(work: Work, group_id: UUID) -> SignUp | None:
    mine = (sign_ups.c.group_id == group_id, sign_ups.c.person_id == work.who.person_id)
    row = work.execute(
        select(sign_ups).where(*mine).order_by(sign_ups.c.applied_at.desc(), sign_ups.c.id.desc()).limit(1)
    ).first()
    return None if row is None else SIGN_UPS.made(row)


def _sees_all(work: Work, found: Group) -> bool:
    who = work.who
    in_body = any(mandate.body_id == found.body_id for mandate in who.mandates)
    return in_body or who.has(Duty.SECRETARY) or (who.person_id is not None and who.person_id == found.facilitator_id)


def _sign_up(work: Work, group: Group, found: SignUp) -> dict[str, Any]:
    may = rules.LIFE.open_to(found, work.who)
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
