"""What others told and ideas keeps a copy of: the policy, departments and bodies."""

from uuid import UUID

from sqlalchemy import select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from contracts.people import BodyKind, Policy
from services.ideas.store.tables import bodies, departments, policies


def answer_days(work: Work) -> int:
    """How long the association gives itself to answer; the usual until it has set its own."""
    policy = work.execute(select(policies.c.policy)).scalar()
    return (plain.structure(policy, Policy) if policy else Policy()).answer_days


def must_know_departments(work: Work, ids: tuple[UUID, ...]) -> None:
    """Raise `NotFound` unless all of these departments are known."""
    if not ids:
        return
    known = set(work.execute(select(departments.c.department_id).where(departments.c.department_id.in_(ids))).scalars())
    if not known.issuperset(ids):
        raise NotFound(NOT_FOUND)


def sits_in(work: Work) -> frozenset[BodyKind]:
    """The kinds of body in which the asker has a vote."""
    mine = [mandate.body_id for mandate in work.who.mandates if mandate.voting]
    kinds = work.execute(select(bodies.c.body).where(bodies.c.body_id.in_(mine))).scalars() if mine else ()
    return frozenset(map(BodyKind, kinds))
