"""How an idea is put away with what lists need to know of it, shared by many, and found again after a merge."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import Event
from services.ideas.rules.idea import Idea, State
from services.ideas.store.tables import IDEAS, ideas, standing

SHARED = (
    select(
        ideas.c.id,
        ideas.c.author_id,
        ideas.c.state,
        ideas.c.merged_into,
        ideas.c.comments_closed,
        ideas.c.outcome,
    )
    .where(ideas.c.association_id == bindparam("association"), ideas.c.id == bindparam("id"))
    .with_for_update(read=True)
)
NEW = insert(standing)
LISTED = NEW.on_conflict_do_update(
    index_elements=["association_id", "idea_id"],
    set_={"state": NEW.excluded.state},
    where=standing.c.state != NEW.excluded.state,
)


def put_idea(work: Work, idea: Idea, told: Event) -> Idea:
    """Put the idea away and tell what happened. Whatever was submitted is listed under its state."""
    kept = IDEAS.put(work, idea, told)
    if kept.submitted_at is not None:
        row = {"state": kept.state, "origin": kept.origin, "departments": [str(id) for id in kept.departments]}
        key = {"association_id": work.who.association_id, "idea_id": kept.id, "submitted_at": kept.submitted_at}
        work.execute(LISTED, row | key | {"endorsers": 0, "in_departments": 0})
    return kept


def share_idea(work: Work, id: UUID) -> Any:
    """Look at an idea, and keep others from changing it until the work is done; many may do this at once."""
    row = work.execute(SHARED, {"association": work.who.association_id, "id": id}).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return row


def share_surviving(work: Work, id: UUID) -> Any:
    """The same for the idea that this one is part of now."""
    row = share_idea(work, id)
    while row.merged_into is not None:
        row = share_idea(work, row.merged_into)
    return row


def take_surviving(work: Work, id: UUID) -> Idea:
    """Take out the idea that this one is part of now: itself, unless it was merged."""
    seen = IDEAS.see(work, id)
    while seen.merged_into is not None:
        seen = IDEAS.see(work, seen.merged_into)
    taken = IDEAS.get(work, seen.id)
    return take_surviving(work, taken.id) if taken.state is State.MERGED else taken
