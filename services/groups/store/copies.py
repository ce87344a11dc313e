"""What others told and groups keeps a copy of: the policy, departments, bodies, and who sits where."""

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import or_, select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from contracts.people import BodyKind, Policy, Seat
from services.groups.rules.charter import Charter
from services.groups.rules.seat import Standing, standing_of
from services.groups.rules.sign_up import State
from services.groups.store.tables import bodies, departments, mandates, policies, sign_ups


class PolicyInForce(NamedTuple):
    """The association's policy and its version; version 0 is the one that holds until the association has set its own."""

    version: int
    policy: Policy


class Body(NamedTuple):
    """What kind of body it is, and of which department if of one."""

    kind: BodyKind
    department_id: UUID | None


def policy(work: Work) -> PolicyInForce:
    """What holds today."""
    row = work.execute(select(policies.c.version, policies.c.policy)).one_or_none()
    return PolicyInForce(row.version, plain.structure(row.policy, Policy)) if row else PolicyInForce(0, Policy())


def policy_kept_with(work: Work, charter: Charter) -> Policy:
    """What an amendment is measured by: as many meetings as the charter was adopted with, and for the rest what holds today."""
    today = policy(work).policy
    least, most = charter.meetings_min or today.meetings_min, charter.meetings_max or today.meetings_max
    return replace(today, meetings_min=least, meetings_max=most)


def body(work: Work, id: UUID) -> Body:
    """A body. Raises `NotFound`."""
    row: Any = work.execute(select(bodies.c.body, bodies.c.department_id).where(bodies.c.body_id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return Body(BodyKind(row.body), row.department_id)


def must_know_departments(work: Work, ids: tuple[UUID, ...]) -> None:
    """Raise `NotFound` unless all of these departments are known."""
    if not ids:
        return
    known = set(work.execute(select(departments.c.department_id).where(departments.c.department_id.in_(ids))).scalars())
    if not known.issuperset(ids):
        raise NotFound(NOT_FOUND)


def voting_members(work: Work, body_id: UUID, *, on: date) -> frozenset[UUID]:
    """Who has a vote in the body on a day. An alternate has none."""
    in_force = (mandates.c.starts <= on, or_(mandates.c.ends.is_(None), mandates.c.ends >= on))
    voting = select(mandates.c.person_id).where(mandates.c.body_id == body_id, mandates.c.seat != Seat.ALTERNATE, *in_force)
    return frozenset(work.execute(voting).scalars())


def members_of(work: Work, group_id: UUID) -> tuple[UUID, ...]:
    """Who has a seat in a group, in the order of their applications."""
    accepted = (sign_ups.c.group_id == group_id, sign_ups.c.state == State.ACCEPTED)
    return tuple(work.execute(select(sign_ups.c.person_id).where(*accepted).order_by(sign_ups.c.applied_at)).scalars())


def my_standing(work: Work, *, body_id: UUID) -> Standing:
    """What the asker is in the association, as far as a group of this body is concerned."""
    mine = [mandate.body_id for mandate in work.who.mandates]
    rows = work.execute(select(bodies.c.body_id, bodies.c.body).where(bodies.c.body_id.in_(mine))) if mine else []
    return standing_of(work.who, body_id=body_id, kinds={row.body_id: BodyKind(row.body) for row in rows})
