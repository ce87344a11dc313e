"""Which charters somebody may read: drafts are for those who write them, all others for everybody."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from chassis.identity import Duty
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.groups.rules.charter import Charter, State
from services.groups.store.tables import CHARTERS, charters


def charters_i_see(work: Work) -> Select[Any]:
    """All that I may read."""
    if work.who.has(Duty.SECRETARY):
        return select(charters)
    mine = [mandate.body_id for mandate in work.who.mandates]
    public = charters.c.state != State.DRAFT
    return select(charters).where(or_(public, charters.c.drafted_by == work.who.person_id, charters.c.body_id.in_(mine)))


def charter(work: Work, id: UUID) -> Charter:
    """One that I may read. Raises `NotFound`."""
    row = work.execute(charters_i_see(work).where(charters.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return CHARTERS.made(row)
