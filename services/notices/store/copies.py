"""What others told and notices keeps a copy of: how many days ahead the association calls, who is on paper, who belongs where."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.circle import Whom
from contracts.people import MandateRegistered, Policy
from services.notices.store.tables import circles, mandates, merges, on_paper, policies


def notice_days(work: Work) -> int:
    """How many days ahead the association calls to a meeting; the usual until it has set its own."""
    known: int | None = work.execute(select(policies.c.notice_days)).scalar()
    return Policy().notice_days if known is None else known


def keep_policy(work: Work, notice_days: int) -> None:
    """Remember it."""
    row = insert(policies).values(association_id=work.who.association_id, notice_days=notice_days)
    work.execute(row.on_conflict_do_update(index_elements=["association_id"], set_={"notice_days": notice_days}))


def keep_person(work: Work, person_id: UUID, *, paper: bool) -> None:
    """Remember who is exempt from digital contact, and nobody else."""
    if paper:
        row = insert(on_paper).values(association_id=work.who.association_id, person_id=person_id)
        work.execute(row.on_conflict_do_nothing())
    else:
        work.execute(delete(on_paper).where(on_paper.c.person_id == person_id))


def forget_person(work: Work, person_id: UUID) -> None:
    """A person who is gone belongs nowhere any more."""
    for table in (on_paper, circles, mandates):
        work.execute(delete(table).where(table.c.person_id == person_id))


def keep_mandate(work: Work, told: MandateRegistered) -> None:
    """Remember who sits in which body."""
    facts = {name: getattr(told, name) for name in ("body_id", "person_id", "seat", "starts", "ends")}
    row = insert(mandates).values(association_id=work.who.association_id, mandate_id=told.mandate_id, **facts)
    work.execute(row.on_conflict_do_update(index_elements=["association_id", "mandate_id"], set_=facts))


def keep_merge(work: Work, idea_id: UUID, into_id: UUID) -> None:
    """Remember which idea goes on as part of which."""
    row = insert(merges).values(association_id=work.who.association_id, idea_id=idea_id, into_id=into_id)
    work.execute(row.on_conflict_do_nothing())


def belongs(work: Work, whom: Whom, of: UUID, person_id: UUID, *, by: UUID) -> None:
    """A person belongs to a circle, by a thing of theirs."""
    named = {"whom": whom, "of_id": of, "person_id": person_id, "source_id": by}
    work.execute(insert(circles).values(association_id=work.who.association_id, **named).on_conflict_do_nothing())


def belongs_no_more(work: Work, *, by: UUID) -> None:
    """Whoever belonged to a circle by this thing does so no more."""
    work.execute(delete(circles).where(circles.c.source_id == by))
