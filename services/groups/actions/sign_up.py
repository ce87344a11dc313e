"""What people do with sign-ups and seats: one function for each thing."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from chassis.refusal import Refused
from chassis.work import Work
from services.groups.rules import sign_up
from services.groups.rules.draw import in_turn
from services.groups.rules.group import Group, open_for_sign_up
from services.groups.rules.sign_up import ALREADY_SIGNED_UP, Application, SignUp
from services.groups.store import copies, seats
from services.groups.store.tables import SIGN_UPS, house, share_group, sign_ups


def apply(work: Work, group_id: UUID, says: Application) -> SignUp:
    """A person signs up for a group."""
    group = share_group(work, group_id)
    made, told = sign_up.apply(
        id=uuid7(),
        who=work.who,
        group_id=group_id,
        body_id=group.body_id,
        open_now=open_for_sign_up(group, today=work.today),
        categories=frozenset(plan.category for plan in group.seats),
        standing=copies.my_standing(work, body_id=group.body_id),
        says=says,
        signed_up=_signed_up(work, group_id),
        now=work.now,
        today=work.today,
    )
    try:
        return SIGN_UPS.put(work, made, told)
    except IntegrityError:  # the same person's twin request was a moment faster
        raise Refused(ALREADY_SIGNED_UP) from None


def offer_seat(work: Work, id: UUID) -> SignUp:
    """The body offers a person a seat."""
    group, found = _to_compose(work, id)
    offered, told = found.offer(
        who=work.who,
        today=work.today,
        offer_days=copies.policy(work).policy.offer_days,
        vacant=seats.vacant_places(work, group.id, found.category),
        group_over=group.over,
        their_turn=_their_turn(work, group, found),
        household_seated=seats.household_seated(work, group, found),
    )
    return SIGN_UPS.put(work, offered, told)


def reserve_seat(work: Work, id: UUID) -> SignUp:
    """The body puts a person on the reserve list."""
    group, found = _to_compose(work, id)
    chosen = not _in_turn(group, found)
    reserved, told = found.reserve(who=work.who, their_turn=chosen)
    return SIGN_UPS.put(work, reserved, told)


def not_select(work: Work, id: UUID, *, reason: str) -> SignUp:
    """The body gives a person no seat, and says why."""
    _, found = _to_compose(work, id)
    told_no, told = found.not_select(who=work.who, reason=reason)
    return SIGN_UPS.put(work, told_no, told)


def withdraw_sign_up(work: Work, id: UUID, *, consent_note: str = "") -> SignUp:
    """A person takes the application back."""
    withdrawn, told = SIGN_UPS.get(work, id).withdraw(who=work.who, today=work.today, consent_note=consent_note)
    return SIGN_UPS.put(work, withdrawn, told)


def accept_seat(work: Work, id: UUID, *, consent_note: str = "") -> SignUp:
    """A person says yes. Whoever comes a moment too late for the last place is on the reserve list."""
    group, found = _held(work, id)
    answered, told = found.accept(who=work.who, today=work.today, group_over=group.over, consent_note=consent_note)
    if not seats.take(work, found.group_id, found.category):
        answered, told = found.miss(who=house(work))
    return SIGN_UPS.put(work, answered, told)


def decline_seat(work: Work, id: UUID, *, consent_note: str = "") -> SignUp:
    """A person says no; the place goes to the next in line."""
    _, found = _held(work, id)
    declined, told = found.decline(who=work.who, today=work.today, consent_note=consent_note)
    kept = SIGN_UPS.put(work, declined, told)
    seats.offer_vacant(work, kept.group_id, kept.category)
    return kept


def leave_group(work: Work, id: UUID, *, consent_note: str = "") -> SignUp:
    """A member leaves; the place goes to the next in line."""
    _, found = _held(work, id)
    left, told = found.leave(who=work.who, today=work.today, consent_note=consent_note)
    kept = SIGN_UPS.put(work, left, told)
    seats.give_back(work, kept.group_id, kept.category)
    seats.offer_vacant(work, kept.group_id, kept.category)
    return kept


def _to_compose(work: Work, id: UUID) -> tuple[Group, SignUp]:
    """A sign-up and its group, for the body that composes the group now: another may have taken it over since."""
    group, found = _held(work, id)
    return group, replace(found, body_id=group.body_id)


def _held(work: Work, id: UUID) -> tuple[Group, SignUp]:
    """A sign-up and its group, whose places are held first."""
    group = seats.hold(work, SIGN_UPS.see(work, id).group_id)
    return group, SIGN_UPS.get(work, id)


def _in_turn(group: Group, found: SignUp) -> bool:
    """Whether the charter leaves nobody to choose who gets this seat."""
    return in_turn(group.selection, found.category, sits_in_body=found.sits_in_body)


def _their_turn(work: Work, group: Group, found: SignUp) -> bool:
    """Whether the body may offer this person a seat: where nobody chooses, only to whoever is first on the reserve list."""
    if not _in_turn(group, found):
        return True
    return bool(work.execute(seats.in_line(group, found.category).limit(1)).scalar() == found.id)


def _signed_up(work: Work, group_id: UUID) -> bool:
    mine = (sign_ups.c.group_id == group_id, sign_ups.c.person_id == work.who.person_id)
    return (
        work.execute(select(sign_ups.c.id).where(*mine, sign_ups.c.state != sign_up.State.WITHDRAWN).limit(1)).scalar()
        is not None
    )
