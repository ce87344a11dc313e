"""What is said about an idea, and a single comment."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, tuple_

from chassis.identity import Duty
from chassis.paging import after, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.ideas.rules.comment import LIFE, State
from services.ideas.rules.idea import State as IdeaState
from services.ideas.rules.idea import may_see
from services.ideas.store.tables import COMMENTS, comments, ideas

OF_IDEA = (
    select(comments)
    .where(comments.c.association_id == bindparam("association"), comments.c.idea_id == bindparam("idea"))
    .order_by(comments.c.written_at, comments.c.id)
    .limit(bindparam("most"))
)
OF_IDEA_AFTER = OF_IDEA.where(tuple_(comments.c.written_at, comments.c.id) > tuple_(bindparam("moment"), bindparam("after")))
IDEA = select(ideas.c.state, ideas.c.author_id).where(
    ideas.c.association_id == bindparam("association"), ideas.c.id == bindparam("idea")
)


def comments_on(work: Work, idea_id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of what is said about an idea, oldest first. What is hidden or taken back leaves its place empty."""
    _must_see(work, idea_id)
    values: dict[str, Any] = {"association": work.who.association_id, "idea": idea_id, "most": limit + 1}
    where = after(cursor)
    if where:
        values |= dict(zip(("moment", "after"), where, strict=True))
    rows = work.execute(OF_IDEA_AFTER if where else OF_IDEA, values).all()
    return page(rows, limit, lambda row: (row.written_at, row.id), lambda row: _shown(work, row))


def comment(work: Work, id: UUID) -> dict[str, Any]:
    """One comment."""
    row = work.execute(select(comments).where(comments.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    if row.author_id != work.who.person_id:
        _must_see(work, row.idea_id)
    return _shown(work, row)


def _must_see(work: Work, idea_id: UUID) -> None:
    idea = work.execute(IDEA, {"association": work.who.association_id, "idea": idea_id}).one_or_none()
    if idea is None or not may_see(state=IdeaState(idea.state), author_id=idea.author_id, who=work.who):
        raise NotFound(NOT_FOUND)


def _shown(work: Work, row: Any) -> dict[str, Any]:
    """As much of a comment as the asker may read."""
    mine = row.author_id == work.who.person_id
    readable = row.state == State.SHOWN or (row.state == State.HIDDEN and (mine or _moderator(work)))
    return {
        "id": row.id,
        "idea_id": row.idea_id,
        "author_id": row.author_id if readable else None,
        "text": row.text if readable else None,
        "written_at": row.written_at,
        "state": row.state,
        "reason": row.reason if readable else "",
        "version": row.version,
        "may": LIFE.open_to(COMMENTS.made(row), work.who),
    }


def _moderator(work: Work) -> bool:
    return work.who.has(Duty.MODERATOR, Duty.SECRETARY)
