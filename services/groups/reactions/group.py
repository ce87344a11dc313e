"""What happens to a group when something is told."""

from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from chassis.clock import day_of
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.decisions import DecisionPublished, Outcome
from contracts.meetings import MeetingHeld, ProposalSubmitted
from services.groups.rules.group import MEETING_STATES, Group, State
from services.groups.store.tables import GROUPS, last_met


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


def _close(work: Work, found: Group, heard: DecisionPublished) -> None:
    decided, told = found.decide(who=work.who, decision_id=heard.decision_id, outcome=heard.outcome)
    closed, told_too = GROUPS.put(work, decided, told).close(who=work.who)
    GROUPS.put(work, closed, told_too)


def _met(work: Work, group_id: UUID, heard: MeetingHeld) -> None:
    row = insert(last_met).values(association_id=work.who.association_id, group_id=group_id, day=day_of(heard.starts))
    latest = {"day": func.greatest(last_met.c.day, row.excluded.day)}
    work.execute(row.on_conflict_do_update(index_elements=["association_id", "group_id"], set_=latest))
