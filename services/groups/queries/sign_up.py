"""What can be asked about sign-ups: plain reads, straight from the tables."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_

from chassis.identity import Duty
from chassis.paging import after, page
from chassis.work import Work
from contracts.event import plain
from contracts.groups import SeatCategory
from services.groups.rules import sign_up as rules
from services.groups.rules.draw import IN_TURN, composes, in_turn, must_compose
from services.groups.rules.group import Group, open_for_sign_up
from services.groups.rules.seat import fits
from services.groups.rules.sign_up import SignUp, State
from services.groups.store import copies, seats
from services.groups.store.tables import GROUPS, SIGN_UPS, sign_ups

WHEN_OVER = {"withdraw", "decline"}
"""What is left to do about a sign-up when its group is over."""

BY_HAND = {"offer", "reserve"}
"""What nobody does by hand where the seats go by lot or in order."""


FURTHEST = 100
"""A place in line further back than this is told as this: nobody needs to count on."""


def sign_ups_of(work: Work, group_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of a group's sign-ups, first come first; those who have no part in composing it see their own only."""
    found = GROUPS.see(work, group_id)
    statement = select(sign_ups).where(sign_ups.c.group_id == group_id)
    if not _sees_all(work, found):
        statement = statement.where(sign_ups.c.person_id == work.who.person_id)
    if where := after(cursor):
        statement = statement.where(tuple_(sign_ups.c.applied_at, sign_ups.c.id) > tuple_(*where))
    rows = work.execute(statement.order_by(sign_ups.c.applied_at, sign_ups.c.id).limit(limit + 1)).all()
    next_ones, shared = _next_ones(work, found), _shared_households(work, found, [row.household for row in rows])
    return page(
        rows,
        limit,
        lambda row: (row.applied_at, row.id),
        lambda row: _sign_up(work, found, SIGN_UPS.made(row), next_ones) | {"shares_household": row.household in shared},
    )


def reserve_list(work: Work, group_id: UUID) -> dict[str, Any]:
    """The first of each category's reserve list, whoever is next first, for those who compose the group."""
    found = GROUPS.see(work, group_id)
    must_compose(work.who, found.body_id)
    return {
        "items": [
            {"category": category, "place": place, "sign_up_id": row.id, "person_id": row.person_id, "line": row.line}
            for category in dict.fromkeys(plan.category for plan in found.seats)
            for place, row in enumerate(work.execute(_line(found, category).limit(FURTHEST)), start=1)
        ]
    }


def sign_up(work: Work, id: UUID) -> dict[str, Any]:
    """One sign-up, as whoever just did something with it sees it."""
    found = SIGN_UPS.see(work, id)
    group = GROUPS.see(work, found.group_id)
    return _sign_up(work, group, found, _next_ones(work, group))


def mine_in(work: Work, found: Group) -> dict[str, Any] | None:
    """My own sign-up for a group, as its page shows it, with my place on the reserve list."""
    mine = _my_sign_up(work, found.id)
    if mine is None:
        return None
    shown = _sign_up(work, found, mine, {})
    says = {name: shown[name] for name in ("id", "category", "state", "answer_by", "reason", "line", "may")}
    return says | {"place": _place(work, found, mine)}


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


def _line(group: Group, category: SeatCategory) -> Select[Any]:
    waiting = (sign_ups.c.group_id == group.id, sign_ups.c.category == category, sign_ups.c.state == State.RESERVE)
    return select(sign_ups.c.id, sign_ups.c.person_id, sign_ups.c.line).where(*waiting).order_by(*seats.IN_LINE)


def _place(work: Work, group: Group, mine: SignUp) -> int | None:
    """My place on the category's reserve list, counted no further than anybody needs to know."""
    if mine.state is not State.RESERVE:
        return None
    ahead = _line(group, mine.category).limit(FURTHEST)
    ids = [row.id for row in work.execute(ahead)]
    return ids.index(mine.id) + 1 if mine.id in ids else FURTHEST


def _next_ones(work: Work, group: Group) -> dict[SeatCategory, UUID]:
    """Who is first on each reserve list and can be offered a place that is vacant, where nobody chooses and the body composes."""
    if group.selection not in IN_TURN or not composes(work.who, group.body_id):
        return {}
    vacant = [plan.category for plan in group.seats if seats.vacant_places(work, group.id, plan.category)]
    first = {category: work.execute(seats.in_line(group, category).limit(1)).scalar() for category in vacant}
    return {category: id for category, id in first.items() if id is not None}


def _shared_households(work: Work, group: Group, homes: list[str]) -> set[str]:
    """Which of these households two or more applicants share."""
    asked = [home for home in homes if home]
    if not asked or not group.one_per_household:
        return set()
    there = (sign_ups.c.group_id == group.id, sign_ups.c.household.in_(asked), sign_ups.c.state != State.WITHDRAWN)
    many = select(sign_ups.c.household).where(*there).group_by(sign_ups.c.household).having(func.count() > 1)
    return set(work.execute(many).scalars())


def _sees_all(work: Work, found: Group) -> bool:
    who = work.who
    in_body = any(mandate.body_id == found.body_id for mandate in who.mandates)
    leads = who.person_id is not None and who.person_id == found.facilitator_id
    return who.house or in_body or who.has(Duty.SECRETARY) or leads


def _reads(work: Work, found: SignUp) -> bool:
    """Whether somebody reads what the applicant brings, and what staff noted: whoever composes, and the applicant."""
    who = work.who
    in_body = any(mandate.body_id == found.body_id for mandate in who.mandates)
    return in_body or who.has(Duty.SECRETARY) or (who.person_id is not None and who.person_id == found.person_id)


def _may(work: Work, group: Group, found: SignUp, next_ones: dict[SeatCategory, UUID]) -> list[str]:
    """What I can do with it: nothing by hand where the charter leaves nobody to choose, but for whoever is next."""
    may = rules.LIFE.open_to(found, work.who)
    if group.over:
        return [verb for verb in may if verb in WHEN_OVER]
    chosen = not in_turn(group.selection, found.category, sits_in_body=found.sits_in_body)
    free = chosen or next_ones.get(found.category) == found.id
    return [verb for verb in may if free or verb not in BY_HAND]


def _sign_up(work: Work, group: Group, found: SignUp, next_ones: dict[SeatCategory, UUID]) -> dict[str, Any]:
    found = replace(found, body_id=group.body_id)  # another body may have taken the group over since
    reads = _reads(work, found)
    return {
        "id": found.id,
        "group_id": found.group_id,
        "person_id": found.person_id,
        "category": found.category,
        "brings": found.brings if reads else "",
        "first_time": found.first_time,
        "departments": found.departments,
        "has_board_office": found.has_board_office,
        "sits_in_body": found.sits_in_body,
        "applied_at": found.applied_at,
        "state": found.state,
        "answer_by": found.answer_by,
        "reason": found.reason,
        "line": found.line,
        "consents": plain.unstructure(found.consents) if reads else [],
        "may": _may(work, group, found, next_ones),
    }
