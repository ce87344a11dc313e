"""The places of a group: taken through one gate, given back, and offered to the reserve list when they fall vacant."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.groups import SeatCategory, SeatPlan
from services.groups.rules.group import Group, refills
from services.groups.rules.seat import vacant
from services.groups.rules.sign_up import SignUp, State
from services.groups.store.copies import policy
from services.groups.store.tables import SIGN_UPS, house, seats, share_group, sign_ups

SEATED = (State.OFFERED, State.ACCEPTED)
"""Who has a seat, or an offer of one."""

IN_LINE = (sign_ups.c.line.asc().nulls_last(), sign_ups.c.applied_at, sign_ups.c.id)
"""The order of a reserve list: as the lots fell, and as people applied where none were drawn."""

LOOK = 20
"""So many of a reserve list are looked at in one go."""


def lay_out(work: Work, group_id: UUID, plans: tuple[SeatPlan, ...]) -> None:
    """The places that the charter gives, those of one category counted together; after an amendment as many as it says."""
    here = {"association_id": work.who.association_id, "group_id": group_id, "taken": 0}
    places: Counter[SeatCategory] = Counter()
    for plan in plans:
        places[plan.category] += plan.places
    rows = insert(seats).values([here | {"category": category, "places": many} for category, many in places.items()])
    as_many = {"places": rows.excluded.places}
    work.execute(rows.on_conflict_do_update(index_elements=list(seats.primary_key.columns), set_=as_many))


def hold(work: Work, group_id: UUID) -> Group:
    """The group; nobody else takes, gives back or offers a place of it until the work is done.

    Everybody takes locks in one order, so that nobody waits in a circle: the group, its places, and then sign-ups.
    """
    group = share_group(work, group_id)
    in_order = select(seats.c.category).where(seats.c.group_id == group_id).order_by(seats.c.category)
    work.execute(in_order.with_for_update())
    return group


def take(work: Work, group_id: UUID, category: SeatCategory) -> bool:
    """Take a place; False when the last one is gone. Two who do this at once stand in line here.

    Where none is free, somebody may be leaving just now: their work is waited for before anybody is told no.
    """
    here = (seats.c.group_id == group_id, seats.c.category == category)
    one_more = update(seats).where(*here, seats.c.taken < seats.c.places).values(taken=seats.c.taken + 1)
    if work.execute(one_more).rowcount:
        return True
    work.execute(select(seats.c.taken).where(*here).with_for_update())
    return bool(work.execute(one_more).rowcount)


def give_back(work: Work, group_id: UUID, category: SeatCategory) -> None:
    """A member's place is free again."""
    held = (seats.c.group_id == group_id, seats.c.category == category)
    work.execute(update(seats).where(*held).values(taken=seats.c.taken - 1))


def vacant_places(work: Work, group_id: UUID, category: SeatCategory) -> int:
    """How many places are neither taken nor on offer. Ask while you `hold` them."""
    place = select(seats.c.places, seats.c.taken).where(seats.c.group_id == group_id, seats.c.category == category)
    row = work.execute(place).one()
    on_offer = (sign_ups.c.group_id == group_id, sign_ups.c.category == category, sign_ups.c.state == State.OFFERED)
    offered = work.execute(select(func.count()).select_from(sign_ups).where(*on_offer)).scalar()
    return vacant(places=row.places, taken=row.taken, offered=offered)


def household_seated(work: Work, group: Group, sign_up: SignUp) -> bool:
    """Whether somebody else of the person's household has a seat or an offer, where the charter gives each household one."""
    if not group.one_per_household or not sign_up.household:
        return False
    seated = (sign_ups.c.group_id == group.id, sign_ups.c.household == sign_up.household, sign_ups.c.state.in_(SEATED))
    return bool(work.execute(select(sign_ups.c.id).where(*seated, sign_ups.c.id != sign_up.id).limit(1)).first())


def in_line(group: Group, category: SeatCategory) -> Select[Any]:
    """The reserve list of a category, whoever is next first; without those of a household that has a seat, where one is all."""
    waiting = (sign_ups.c.group_id == group.id, sign_ups.c.category == category, sign_ups.c.state == State.RESERVE)
    asked = select(sign_ups.c.id).where(*waiting).order_by(*IN_LINE)
    if not group.one_per_household:
        return asked
    other = sign_ups.alias()
    same = (other.c.group_id == group.id, other.c.household == sign_ups.c.household, other.c.state.in_(SEATED))
    return asked.where((sign_ups.c.household == "") | ~exists().where(*same))


def offer_vacant(work: Work, group_id: UUID, category: SeatCategory) -> None:
    """Offer vacant places to the reserve list, whoever is first in line first. Hold the places before any sign-up."""
    group = hold(work, group_id)
    if not refills(group, today=work.today):
        return
    left = vacant_places(work, group_id, category)
    while left and (next_ones := work.execute(in_line(group, category).limit(LOOK)).scalars().all()):
        left -= _offer_first(work, group, next_ones, vacant=left)


def _offer_first(work: Work, group: Group, ids: Sequence[UUID], *, vacant: int) -> bool:
    """Offer a seat to the first of these who still waits for one."""
    days = policy(work).policy.offer_days
    for id in ids:
        sign_up = SIGN_UPS.get(work, id)
        if sign_up.state is not State.RESERVE:  # withdrawn or offered by somebody while we waited for it
            continue
        offered, told = sign_up.offer(
            who=house(work),
            today=work.today,
            offer_days=days,
            vacant=vacant,
            group_over=False,
            their_turn=True,
            household_seated=household_seated(work, group, sign_up),
        )
        SIGN_UPS.put(work, offered, told)
        return True
    return False
