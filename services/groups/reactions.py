"""What groups do when something is told: one function for each event heard."""

from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, select
from sqlalchemy.dialects.postgresql import insert

from chassis.clock import day_of
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.decisions import CharterDecided, DecisionPublished, Outcome
from contracts.event import plain
from contracts.groups import SeatCategory
from contracts.meetings import MeetingHeld, ProposalSubmitted
from contracts.people import BodyRegistered, DayTurned, DepartmentRegistered, MandateRegistered, PolicySet
from services.groups.rules import charter, group, sign_up
from services.groups.rules.charter import Charter
from services.groups.rules.group import MEETING_STATES, Group, State
from services.groups.rules.wording import finished
from services.groups.store import copies, seats
from services.groups.store.tables import (
    CHARTERS,
    GROUPS,
    SIGN_UPS,
    bodies,
    departments,
    last_met,
    mandates,
    policies,
    sign_ups,
)


def keep_policy(work: Work, heard: PolicySet) -> None:
    """Remember what the association has decided about its own practice."""
    _keep(work, policies, {}, {"version": heard.version, "policy": plain.unstructure(heard.policy)})


def keep_department(work: Work, heard: DepartmentRegistered) -> None:
    """Remember which departments there are."""
    _keep(work, departments, {"department_id": heard.department_id}, {"name": heard.name})


def keep_body(work: Work, heard: BodyRegistered) -> None:
    """Remember which bodies there are, and of which department."""
    _keep(work, bodies, {"body_id": heard.body_id}, {"body": heard.body, "department_id": heard.department_id})


def keep_mandate(work: Work, heard: MandateRegistered) -> None:
    """Remember who sits where, from when to when."""
    facts = {
        "body_id": heard.body_id,
        "person_id": heard.person_id,
        "seat": heard.seat,
        "starts": heard.starts,
        "ends": heard.ends,
    }
    _keep(work, mandates, {"mandate_id": heard.mandate_id}, facts)


def follow_charter(work: Work, heard: CharterDecided) -> None:
    """The body has adopted, returned or rejected a charter. What it said about an older edition was overtaken."""
    found = CHARTERS.get(work, heard.charter_id)
    if found.state is not charter.State.PROPOSED or found.edition != heard.edition:
        return
    if heard.outcome is Outcome.ADOPTED:
        _set_up(work, found)
    elif heard.outcome is Outcome.REJECTED:
        rejected, told = found.be_rejected(who=work.who, reason=heard.reason)
        CHARTERS.put(work, rejected, told)
    else:
        returned, told = found.be_returned(who=work.who, reason=heard.reason)
        CHARTERS.put(work, returned, told)


def start_group(work: Work, heard: MeetingHeld) -> None:
    """The group has met; the first time it becomes active by it."""
    found = GROUPS.get(work, heard.group_id)
    _met(work, found.id, heard)
    if found.state is State.FORMED:
        started, told = found.start(who=work.who)
        GROUPS.put(work, started, told)


def hand_over(work: Work, heard: ProposalSubmitted) -> None:
    """The group's proposal lies before the body. That it was submitted proves that the group has met."""
    found = GROUPS.get(work, heard.group_id)
    if found.over or heard.edition <= found.edition:
        return
    if heard.edition != found.edition + 1 or found.state not in MEETING_STATES:
        raise NotFound(NOT_FOUND)  # an earlier edition, or that it was sent back, has yet to be heard of
    if found.state is State.FORMED:
        started, told = found.start(who=work.who)
        found = GROUPS.put(work, started, told)
    handed, told = found.hand_over(who=work.who, proposal_id=heard.proposal_id, edition=heard.edition)
    GROUPS.put(work, handed, told)


def follow_decision(work: Work, heard: DecisionPublished) -> None:
    """The body's decision is published: a group whose proposal was sent back works again, any other is done and closes."""
    found = GROUPS.get(work, heard.group_id)
    if found.over or heard.decision_id in found.returned:
        return
    if found.state is not State.PROPOSAL_SUBMITTED:
        raise NotFound(NOT_FOUND)  # the proposal that was decided on has yet to be heard of
    if heard.outcome is Outcome.RETURNED:
        resumed, told = found.resume(who=work.who, decision_id=heard.decision_id)
        GROUPS.put(work, resumed, told)
    else:
        _close(work, found, heard)


def expire_offers(work: Work, heard: DayTurned) -> None:
    """Take back every offer that was not answered in time, then offer those seats to the reserve lists.

    First all sign-ups, in order, and then the seats: see `offer_vacant` about waiting in a circle.
    """
    late = (sign_ups.c.state == sign_up.State.OFFERED, sign_ups.c.answer_by < heard.day)
    fell_vacant: set[tuple[UUID, SeatCategory]] = set()
    for id in work.execute(select(sign_ups.c.id).where(*late).order_by(sign_ups.c.id)).scalars().all():
        found = SIGN_UPS.get(work, id)
        if found.state is not sign_up.State.OFFERED:  # answered while we waited for it
            continue
        expired, told = found.expire(who=work.who, day=heard.day)
        SIGN_UPS.put(work, expired, told)
        fell_vacant.add((found.group_id, found.category))
    for group_id, category in sorted(fell_vacant):
        seats.offer_vacant(work, group_id, category)


def _set_up(work: Work, proposed: Charter) -> None:
    """A charter comes into force and its group opens, with its places: one and the same moment."""
    now_in_force = copies.policy(work)
    adopted, told = proposed.come_into_force(who=work.who, policy=now_in_force.policy, policy_version=now_in_force.version)
    kept = CHARTERS.put(work, adopted, told)
    opened, told = group.open_group(
        id=kept.group_id,
        who=work.who,
        charter_id=kept.id,
        body_id=kept.body_id,
        idea_id=kept.idea_id,
        text=finished(kept.wording),
        now=work.now,
    )
    GROUPS.put(work, opened, told)
    seats.lay_out(work, opened.id, opened.seats)


def _close(work: Work, found: Group, heard: DecisionPublished) -> None:
    decided, told = found.decide(who=work.who, decision_id=heard.decision_id, outcome=heard.outcome)
    closed, told_too = GROUPS.put(work, decided, told).close(who=work.who)
    GROUPS.put(work, closed, told_too)


def _met(work: Work, group_id: UUID, heard: MeetingHeld) -> None:
    row = insert(last_met).values(association_id=work.who.association_id, group_id=group_id, day=day_of(heard.starts))
    latest = {"day": func.greatest(last_met.c.day, row.excluded.day)}
    work.execute(row.on_conflict_do_update(index_elements=["association_id", "group_id"], set_=latest))


def _keep(work: Work, table: Table, key: dict[str, Any], facts: dict[str, Any]) -> None:
    row = insert(table).values(association_id=work.who.association_id, **key, **facts)
    work.execute(row.on_conflict_do_update(index_elements=["association_id", *key], set_=facts))
