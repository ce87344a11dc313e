"""What happens to a group when something is told."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert

from chassis.clock import day_of
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.decisions import DecisionPublished, Outcome
from contracts.groups import Role
from contracts.meetings import MeetingHeld, ProposalSubmitted
from contracts.people import DayTurned, PersonGone
from services.groups.rules.group import MEETING_STATES, OVER, Group, State, holder
from services.groups.store import copies
from services.groups.store.tables import GROUPS, groups, last_met


def start_group(work: Work, heard: MeetingHeld) -> None:
    """The group has met; the first time it becomes active by it."""
    found = GROUPS.get(work, heard.group_id)
    _met(work, found.id, heard)
    met = day_of(heard.starts)
    if found.still_since is not None and met > found.still_since:
        stirred, told = found.stir(who=work.who, met=met)
        found = GROUPS.put(work, stirred, told)
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
        resumed, told = found.resume(who=work.who, decision_id=heard.decision_id, today=work.today)
        GROUPS.put(work, resumed, told)
    else:
        _close(work, found, heard)


def flag_still(work: Work, heard: DayTurned) -> None:
    """Say of every group that should be meeting and has not for too long that it is still."""
    days = copies.policy(work).policy.still_days
    got_on = func.greatest(groups.c.at_work_since, last_met.c.day)  # one that is null is passed over
    same = (last_met.c.association_id == groups.c.association_id) & (last_met.c.group_id == groups.c.id)
    met = groups.outerjoin(last_met, same)
    idle = select(groups.c.id, last_met.c.day).select_from(met)
    idle = idle.where(groups.c.state.in_(MEETING_STATES), groups.c.still_since.is_(None), got_on < heard.day - timedelta(days))
    for id, day in work.execute(idle.order_by(groups.c.id)).all():
        members = copies.members_of(work, id)
        still, told = GROUPS.get(work, id).fall_still(who=work.who, last_met=day, still_days=days, day=heard.day, members=members)
        GROUPS.put(work, still, told)


def vacate_ended_mandates(work: Work, heard: DayTurned) -> None:
    """A sponsor who has had no vote in the body for a week is none: not at once, for elections are registered late (ours)."""
    at_work = select(groups.c.id, groups.c.body_id, groups.c.sponsor_id).where(groups.c.state.not_in(OVER))
    for id, body_id, sponsor_id in work.execute(at_work.where(groups.c.sponsor_id.is_not(None)).order_by(groups.c.id)).all():
        voting = [copies.voting_members(work, body_id, on=heard.day - timedelta(days)) for days in (0, 7)]
        if not any(sponsor_id in members for members in voting):
            _vacate(work, id, sponsor_id)


def vacate_roles_of(work: Work, heard: PersonGone) -> None:
    """Somebody the association no longer knows leads no group."""
    held = or_(groups.c.sponsor_id == heard.person_id, groups.c.facilitator_id == heard.person_id)
    for id in work.execute(select(groups.c.id).where(held, groups.c.state.not_in(OVER)).order_by(groups.c.id)).scalars().all():
        _vacate(work, id, heard.person_id)


def _vacate(work: Work, id: UUID, person_id: UUID) -> None:
    found = GROUPS.get(work, id)
    for role in Role:
        if not found.over and holder(found, role) == person_id:
            vacated, told = found.vacate_role(who=work.who, role=role)
            found = GROUPS.put(work, vacated, told)


def _close(work: Work, found: Group, heard: DecisionPublished) -> None:
    decided, told = found.decide(who=work.who, decision_id=heard.decision_id, outcome=heard.outcome)
    closed, told_too = GROUPS.put(work, decided, told).close(who=work.who)
    GROUPS.put(work, closed, told_too)


def _met(work: Work, group_id: UUID, heard: MeetingHeld) -> None:
    row = insert(last_met).values(association_id=work.who.association_id, group_id=group_id, day=day_of(heard.starts))
    latest = {"day": func.greatest(last_met.c.day, row.excluded.day)}
    work.execute(row.on_conflict_do_update(index_elements=["association_id", "group_id"], set_=latest))
