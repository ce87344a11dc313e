"""What can be asked about reviews."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import after, day, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.decisions.queries.row import only
from services.decisions.queries.seen import before_me, readable_decision
from services.decisions.rules import review as looked
from services.decisions.store.tables import REVIEWS, decisions, reviews


def due_reviews(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of what has come round to be looked at in my bodies, the longest waiting first; a secretary sees every body's."""
    asked = select(reviews, decisions.c.title).join(decisions, decisions.c.id == reviews.c.decision_id)
    asked = asked.where(reviews.c.state == looked.State.DUE, before_me(work, reviews.c.body_id))
    if where := after(cursor, day, UUID):
        asked = asked.where(tuple_(reviews.c.day, reviews.c.id) > tuple_(*where))
    rows = work.execute(asked.order_by(reviews.c.day, reviews.c.id).limit(limit + 1)).all()
    return page(
        rows,
        limit,
        lambda row: (row.day, row.id),
        lambda row: _shown(work, row) | {"title": row.title},
    )


def reviews_of(work: Work, decision_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of a decision's reviews, in order. Whoever may read the decision may read what was found."""
    original_id = readable_decision(work, decision_id).original_id
    mine = select(reviews).where(reviews.c.decision_id == original_id)
    if where := after(cursor, day, UUID):
        mine = mine.where(tuple_(reviews.c.day, reviews.c.id) > tuple_(*where))
    rows = work.execute(mine.order_by(reviews.c.day, reviews.c.id).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.day, row.id), lambda row: _shown(work, row))


def review(work: Work, id: UUID) -> dict[str, Any]:
    """One review, with the name of what is looked at."""
    asked = select(reviews, decisions.c.title).join(decisions, decisions.c.id == reviews.c.decision_id)
    row = work.execute(asked.where(reviews.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return _shown(work, row) | {"title": row.title}


def _shown(work: Work, row: Any) -> dict[str, Any]:
    shown = only(row, "id", "decision_id", "body_id", "day", "state", "found", "held_on", "next_day", "version")
    return shown | {"may": looked.LIFE.open_to(REVIEWS.made(row), work.who)}
