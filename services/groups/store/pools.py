"""Who takes part in a draw: read from the sign-ups, without names, and with households only as equal or not."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from chassis.work import Work
from contracts.groups import SeatCategory, SeatPlan
from services.groups.rules.draw import Pool, in_turn
from services.groups.rules.group import Group
from services.groups.rules.lot import Entrant
from services.groups.rules.sign_up import SignUp, State
from services.groups.store.seats import SEATED, vacant_places
from services.groups.store.tables import SIGN_UPS, seats, sign_ups


def hold_applicants(work: Work, group: Group) -> dict[UUID, SignUp]:
    """Those whose seats go by lot or in order and who have no answer yet, held; first come first."""
    work.execute(_of(group.id, State.APPLIED).order_by(sign_ups.c.id).with_for_update())
    return {one.id: one for one in applicants(work, group)}


def applicants(work: Work, group: Group) -> list[SignUp]:
    """The same, only looked at."""
    rows = work.execute(_of(group.id, State.APPLIED).order_by(sign_ups.c.applied_at, sign_ups.c.id))
    found = [SIGN_UPS.made(row) for row in rows]
    return [one for one in found if in_turn(group.selection, one.category, sits_in_body=one.sits_in_body)]


def pool(work: Work, group: Group, taking_part: Iterable[SignUp]) -> Pool:
    """The applicants of a draw, those who have a seat or an offer already, and how many were turned down with a reason."""
    there = list(taking_part)
    seated = [SIGN_UPS.made(row) for row in work.execute(_of(group.id, *SEATED).order_by(sign_ups.c.id))]
    turned_down = select(func.count()).select_from(sign_ups)
    turned_down = turned_down.where(sign_ups.c.group_id == group.id, sign_ups.c.state == State.NOT_SELECTED)
    number = _numbers([*there, *seated])
    return Pool(
        entrants=tuple(_entrant(one, number) for one in there),
        seated=tuple(_entrant(one, number) for one in seated),
        turned_down=work.execute(turned_down).scalar(),
    )


def vacant_plans(work: Work, group: Group, there: Pool) -> list[SeatPlan]:
    """How many places there are to fill in the categories that somebody takes part for."""
    wanted = {one.category for one in there.entrants}
    rows = work.execute(select(seats.c.category).where(seats.c.group_id == group.id).order_by(seats.c.category)).scalars()
    left = {SeatCategory(row): vacant_places(work, group.id, SeatCategory(row)) for row in rows if row in wanted}
    return [SeatPlan(category=category, places=places) for category, places in left.items()]


def _of(group_id: UUID, *states: State) -> Any:
    return select(sign_ups).where(sign_ups.c.group_id == group_id, sign_ups.c.state.in_(states))


def _numbers(people: Iterable[SignUp]) -> dict[str, int]:
    """A number for each household that two or more share: it says who belongs together, and not where."""
    homes = Counter(one.household for one in people if one.household)
    return {home: number for number, home in enumerate((home for home, many in homes.items() if many > 1), start=1)}


def _entrant(one: SignUp, number: dict[str, int]) -> Entrant:
    return Entrant(
        sign_up_id=one.id,
        category=one.category,
        departments=one.departments,
        first_time=bool(one.first_time),
        household=number.get(one.household),
    )
