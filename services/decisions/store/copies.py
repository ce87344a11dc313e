"""What others told and decisions keeps a copy of: the policy, and who sits where."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from chassis.work import Work
from contracts.event import plain
from contracts.people import Policy, Seat
from services.decisions.rules.ballot import Roster, roster
from services.decisions.store.tables import mandates, policies


def roster_on(work: Work, body_id: UUID, day: date) -> Roster:
    """Everybody who sits in the body on that day, by what people has told; a mandate's last day is included."""
    in_force = (mandates.c.starts <= day, or_(mandates.c.ends.is_(None), mandates.c.ends >= day))
    rows = work.execute(select(mandates.c.person_id, mandates.c.seat).where(mandates.c.body_id == body_id, *in_force))
    return roster((row.person_id, Seat(row.seat)) for row in rows)


def policy_of(work: Work) -> Policy:
    """What the association has decided about its own practice, or what is usual until it has."""
    kept = work.execute(select(policies.c.policy)).scalar()
    return plain.structure(kept, Policy) if kept else Policy()
