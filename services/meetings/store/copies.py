"""What others told, kept here so that a rule can be handed the facts: the group's circle, and the policy."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from contracts.groups import SeatCategory
from contracts.people import Policy
from services.meetings.rules.circle import Circle, Member
from services.meetings.rules.proposal import HANDED_OVER
from services.meetings.store.tables import date_polls, groups, minutes, policies, progress, proposals, seats


def circle(work: Work, group_id: UUID) -> Circle:
    """The group as it is now. Raises `NotFound` for one whose charter we have not heard of."""
    found = group(work, group_id)
    state = work.execute(select(progress).where(progress.c.group_id == group_id)).one_or_none()
    return Circle(
        group_id=group_id,
        charter_id=found.charter_id,
        body_id=found.body_id,
        facilitator_id=found.facilitator_id,
        sponsor_id=found.sponsor_id,
        questions=len(found.questions),
        fewest=found.fewest,
        most=found.most,
        formed=bool(state and state.formed),
        closed=bool(state and state.closed),
        members=members(work, group_id),
    )


def gathering(work: Work, group_id: UUID) -> Circle:
    """The same, with whether the body has its proposal; until the work is done nobody can hand it over meanwhile."""
    found = circle(work, group_id)
    state = select(proposals.c.state).where(proposals.c.group_id == group_id).with_for_update(read=True)
    return replace(found, handed_over=work.execute(state).scalar() in HANDED_OVER)


def one_at_a_time(work: Work, group_id: UUID) -> None:
    """What a group has only one of is begun by one person at a time. Raises `NotFound`."""
    if work.execute(select(groups.c.group_id).where(groups.c.group_id == group_id).with_for_update()).scalar() is None:
        raise NotFound(NOT_FOUND)


def group(work: Work, group_id: UUID) -> Any:
    """What the charter says of the group. Raises `NotFound`."""
    found = work.execute(select(groups).where(groups.c.group_id == group_id)).one_or_none()
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def members(work: Work, group_id: UUID) -> tuple[Member, ...]:
    """Who has a seat."""
    sitting = select(seats).where(seats.c.group_id == group_id, ~seats.c.has_left, seats.c.category.is_not(None))
    rows = work.execute(sitting.order_by(seats.c.sign_up_id))
    return tuple(Member(person_id=row.person_id, category=SeatCategory(row.category)) for row in rows)


def policy(work: Work) -> Policy:
    """What the association has decided, or the usual."""
    kept = work.execute(select(policies.c.policy)).scalar()
    return plain.structure(kept, Policy) if kept else Policy()


def keep(work: Work, table: Table, key: dict[str, Any], facts: dict[str, Any]) -> None:
    """Remember what was told, over what was known before."""
    row = insert(table).values(association_id=work.who.association_id, **key, **facts)
    work.execute(row.on_conflict_do_update(index_elements=["association_id", *key], set_=facts))


def hand_over(work: Work, circle: Circle) -> None:
    """Whom the charter names now leads what the group has begun: its date polls and its minutes."""
    now = {"facilitator_id": circle.facilitator_id, "sponsor_id": circle.sponsor_id}
    for table in (date_polls, minutes):
        others = (table.c.facilitator_id != circle.facilitator_id) | (table.c.sponsor_id != circle.sponsor_id)
        work.execute(update(table).where(table.c.group_id == circle.group_id, others).values(now))
