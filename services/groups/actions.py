"""What people do with charters, groups and sign-ups: one function for each thing."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from chassis.refusal import Refused
from chassis.work import Work
from contracts.groups import SeatCategory
from services.groups.rules import charter, sign_up
from services.groups.rules.charter import Charter
from services.groups.rules.group import Circle, Group, open_for_sign_up
from services.groups.rules.sign_up import ALREADY_SIGNED_UP, SignUp
from services.groups.rules.wording import revised
from services.groups.store import copies, seats
from services.groups.store.tables import CHARTERS, GROUPS, SIGN_UPS, house, share_group, sign_ups


def draft_charter(
    work: Work, *, title: str, body_id: UUID, idea_id: UUID | None = None, department_ids: tuple[UUID, ...] | None = None
) -> Charter:
    """Somebody begins to write a charter."""
    body = copies.body(work, body_id)
    copies.must_know_departments(work, department_ids or ())
    begun, told = charter.draft(
        id=uuid7(),
        who=work.who,
        title=title,
        body_id=body_id,
        body=body.kind,
        body_department=body.department_id,
        department_ids=department_ids,
        idea_id=idea_id,
        now=work.now,
    )
    return CHARTERS.put(work, begun, told)


def edit_charter(work: Work, id: UUID, says: dict[str, Any]) -> Charter:
    """The charter says something else."""
    found = CHARTERS.get(work, id)
    edited, told = found.edit(who=work.who, wording=revised(found.wording, says))
    return CHARTERS.put(work, edited, told)


def propose_charter(work: Work, id: UUID) -> Charter:
    """The charter is laid before its body."""
    found = CHARTERS.get(work, id)
    members = copies.voting_members(work, found.body_id, on=work.today)
    proposed, told = found.propose(who=work.who, policy=copies.policy(work).policy, members=members, today=work.today)
    return CHARTERS.put(work, proposed, told)


def close_sign_up(work: Work, id: UUID) -> Group:
    """Sign-up ends."""
    closed, told = GROUPS.get(work, id).close_sign_up(who=work.who)
    return GROUPS.put(work, closed, told)


def form_group(work: Work, id: UUID) -> Group:
    """The group has its members."""
    found = GROUPS.get(work, id)
    in_force = CHARTERS.see(work, found.charter_id).state is charter.State.IN_FORCE
    formed, told = found.form(who=work.who, charter_in_force=in_force, circle=_circle(work, id), today=work.today)
    return GROUPS.put(work, formed, told)


def dissolve_group(work: Work, id: UUID, *, reason: str) -> Group:
    """The group is given up."""
    dissolved, told = GROUPS.get(work, id).dissolve(who=work.who, reason=reason)
    return GROUPS.put(work, dissolved, told)


def apply(work: Work, group_id: UUID, *, category: SeatCategory, brings: str, first_time: bool | None = None) -> SignUp:
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
        category=category,
        brings=brings,
        first_time=first_time,
        signed_up=_signed_up(work, group_id),
        now=work.now,
    )
    try:
        return SIGN_UPS.put(work, made, told)
    except IntegrityError:  # the same person's twin request was a moment faster
        raise Refused(ALREADY_SIGNED_UP) from None


def offer_seat(work: Work, id: UUID) -> SignUp:
    """The body offers a person a seat."""
    found = SIGN_UPS.get(work, id)
    over = share_group(work, found.group_id).over
    left = seats.vacant_places(work, found.group_id, found.category)
    days = copies.policy(work).policy.offer_days
    offered, told = found.offer(who=work.who, today=work.today, offer_days=days, vacant=left, group_over=over)
    return SIGN_UPS.put(work, offered, told)


def reserve_seat(work: Work, id: UUID) -> SignUp:
    """The body puts a person on the reserve list."""
    reserved, told = SIGN_UPS.get(work, id).reserve(who=work.who)
    return SIGN_UPS.put(work, reserved, told)


def not_select(work: Work, id: UUID, *, reason: str) -> SignUp:
    """The body gives a person no seat, and says why."""
    told_no, told = SIGN_UPS.get(work, id).not_select(who=work.who, reason=reason)
    return SIGN_UPS.put(work, told_no, told)


def withdraw_sign_up(work: Work, id: UUID) -> SignUp:
    """A person takes the application back."""
    withdrawn, told = SIGN_UPS.get(work, id).withdraw(who=work.who)
    return SIGN_UPS.put(work, withdrawn, told)


def accept_seat(work: Work, id: UUID, *, consent_note: str = "") -> SignUp:
    """A person says yes. Whoever comes a moment too late for the last place is on the reserve list."""
    found = SIGN_UPS.get(work, id)
    over = share_group(work, found.group_id).over
    answered, told = found.accept(who=work.who, today=work.today, group_over=over, consent_note=consent_note)
    if not seats.take(work, found.group_id, found.category):
        answered, told = found.miss(who=house(work))
    return SIGN_UPS.put(work, answered, told)


def decline_seat(work: Work, id: UUID) -> SignUp:
    """A person says no; the place goes to the next in line."""
    declined, told = SIGN_UPS.get(work, id).decline(who=work.who)
    kept = SIGN_UPS.put(work, declined, told)
    seats.offer_vacant(work, kept.group_id, kept.category)
    return kept


def leave_group(work: Work, id: UUID) -> SignUp:
    """A member leaves; the place goes to the next in line."""
    left, told = SIGN_UPS.get(work, id).leave(who=work.who)
    kept = SIGN_UPS.put(work, left, told)
    share_group(work, kept.group_id)
    seats.give_back(work, kept.group_id, kept.category)
    seats.offer_vacant(work, kept.group_id, kept.category)
    return kept


def _signed_up(work: Work, group_id: UUID) -> bool:
    mine = (sign_ups.c.group_id == group_id, sign_ups.c.person_id == work.who.person_id)
    return (
        work.execute(select(sign_ups.c.id).where(*mine, sign_ups.c.state != sign_up.State.WITHDRAWN).limit(1)).scalar()
        is not None
    )


def _circle(work: Work, group_id: UUID) -> Circle:
    """Who has said yes to the group, and who still waits for an answer."""
    shown = select(sign_ups.c.state, sign_ups.c.category, sign_ups.c.has_board_office, sign_ups.c.sits_in_body)
    rows = work.execute(shown.where(sign_ups.c.group_id == group_id)).all()
    members = [row for row in rows if row.state == sign_up.State.ACCEPTED]
    return Circle(
        residents_without_office=sum(row.category == SeatCategory.RESIDENT and not row.has_board_office for row in members),
        body_members=sum(row.sits_in_body for row in members),
        unanswered=sum(row.state in sign_up.WAITING for row in rows),
    )
