"""The places of a group: taken through one gate, given back, and offered to the reserve list when they fall vacant."""

from collections import Counter
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.groups import SeatCategory, SeatPlan
from services.groups.rules.group import refills
from services.groups.rules.seat import vacant
from services.groups.rules.sign_up import State
from services.groups.store.copies import policy
from services.groups.store.tables import SIGN_UPS, house, seats, share_group, sign_ups


def lay_out(work: Work, group_id: UUID, plans: tuple[SeatPlan, ...]) -> None:
    """The places that the charter gives, none of them taken; after an amendment those that it adds."""
    here = {"association_id": work.who.association_id, "group_id": group_id, "taken": 0}
    places = Counter[SeatCategory]()
    for plan in plans:
        places[plan.category] += plan.places
    rows = insert(seats).values([here | {"category": category, "places": number} for category, number in places.items()])
    as_many = {"places": rows.excluded.places}
    work.execute(rows.on_conflict_do_update(index_elements=list(seats.primary_key.columns), set_=as_many))


def take(work: Work, group_id: UUID, category: SeatCategory) -> bool:
    """Take a place; False when the last one is gone. Two who do this at once stand in line here."""
    free = (seats.c.group_id == group_id, seats.c.category == category, seats.c.taken < seats.c.places)
    return bool(work.execute(update(seats).where(*free).values(taken=seats.c.taken + 1)).rowcount)


def give_back(work: Work, group_id: UUID, category: SeatCategory) -> None:
    """A member's place is free again."""
    held = (seats.c.group_id == group_id, seats.c.category == category)
    work.execute(update(seats).where(*held).values(taken=seats.c.taken - 1))


def vacant_places(work: Work, group_id: UUID, category: SeatCategory, *, hold: bool = False) -> int:
    """How many places are neither taken nor on offer. `hold`: nobody else takes or gives back one meanwhile."""
    place = select(seats.c.places, seats.c.taken).where(seats.c.group_id == group_id, seats.c.category == category)
    row = work.execute(place.with_for_update() if hold else place).one()
    on_offer = (sign_ups.c.group_id == group_id, sign_ups.c.category == category, sign_ups.c.state == State.OFFERED)
    offered = work.execute(select(func.count()).select_from(sign_ups).where(*on_offer)).scalar()
    return vacant(places=row.places, taken=row.taken, offered=offered)


def offer_vacant(work: Work, group_id: UUID, category: SeatCategory) -> None:
    """Offer vacant places to the reserve list, whoever applied first first.

    Locks are taken in one order, so that nobody waits in a circle: the sign-ups whose places fell vacant (the caller's),
    the group, the places, the reserves.
    """
    group = share_group(work, group_id)
    if not refills(group, today=work.today):
        return
    left = vacant_places(work, group_id, category, hold=True)
    waiting = (sign_ups.c.group_id == group_id, sign_ups.c.category == category, sign_ups.c.state == State.RESERVE)
    in_line = select(sign_ups.c.id).where(*waiting).order_by(sign_ups.c.applied_at, sign_ups.c.id)
    for id in work.execute(in_line).scalars().all() if left else ():
        if left and _offer(work, id, vacant=left):
            left -= 1


def _offer(work: Work, id: UUID, *, vacant: int) -> bool:
    sign_up = SIGN_UPS.get(work, id)
    if sign_up.state is not State.RESERVE:  # withdrawn or offered by somebody while we waited for it
        return False
    days = policy(work).policy.offer_days
    offered, told = sign_up.offer(who=house(work), today=work.today, offer_days=days, vacant=vacant, group_over=False)
    SIGN_UPS.put(work, offered, told)
    return True
