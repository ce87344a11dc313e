"""What happens to sign-ups when something is told."""

from uuid import UUID

from sqlalchemy import select

from chassis.work import Work
from contracts.groups import SeatCategory
from contracts.people import DayTurned
from services.groups.rules import sign_up
from services.groups.store import seats
from services.groups.store.tables import SIGN_UPS, sign_ups


def expire_offers(work: Work, heard: DayTurned) -> None:
    """Take back every offer that was not answered in time, then offer those seats to the reserve lists.

    First the places of all these groups, in order, and then the sign-ups: see `seats.hold` about waiting in a circle.
    """
    late = (sign_ups.c.state == sign_up.State.OFFERED, sign_ups.c.answer_by < heard.day)
    rows = work.execute(select(sign_ups.c.id, sign_ups.c.group_id).where(*late).order_by(sign_ups.c.id)).all()
    for group_id in sorted({row.group_id for row in rows}):
        seats.hold(work, group_id)
    fell_vacant: set[tuple[UUID, SeatCategory]] = set()
    for id, _ in rows:
        found = SIGN_UPS.get(work, id)
        if found.state is not sign_up.State.OFFERED:  # answered while we waited for it
            continue
        expired, told = found.expire(who=work.who, day=heard.day)
        SIGN_UPS.put(work, expired, told)
        fell_vacant.add((found.group_id, found.category))
    for group_id, category in sorted(fell_vacant):
        seats.offer_vacant(work, group_id, category)
