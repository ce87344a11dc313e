"""What whoever asks may see: a docket is its body's, a decision everybody's once it is published."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true

from chassis.identity import Duty
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.decisions.rules import decision as decided
from services.decisions.store.tables import decisions


def before_me(work: Work, body_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """What is the body's own. An alternate sees it too, so as to be able to stand in."""
    return true() if work.who.has(Duty.SECRETARY) else body_id.in_([mandate.body_id for mandate in work.who.mandates])


def on_my_docket(work: Work, body_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """What lies before my bodies; staff see every docket, for they write what the administration recommends."""
    return true() if work.who.employee else before_me(work, body_id)


def sees_docket(work: Work, body_id: UUID) -> bool:
    """Whether the body's docket is open to me."""
    staff = work.who.employee or work.who.has(Duty.SECRETARY)
    return staff or any(mandate.body_id == body_id for mandate in work.who.mandates)


def readable(work: Work) -> ColumnElement[bool]:
    """Everybody reads what is published; what is prepared is the body's own."""
    return or_(decisions.c.state != decided.State.PREPARED, before_me(work, decisions.c.body_id))


def readable_decision(work: Work, id: UUID) -> Any:
    """A decision that I may read. Raises `NotFound`."""
    row = work.execute(select(decisions).where(decisions.c.id == id, readable(work))).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return row
