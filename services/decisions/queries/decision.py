"""What can be asked about decisions."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import after, page
from chassis.work import Work
from services.decisions.queries.row import only
from services.decisions.queries.seen import readable, readable_decision
from services.decisions.queries.task import progress_of
from services.decisions.rules import decision as decided
from services.decisions.rules.ballot import speaks_for
from services.decisions.store.tables import DECISIONS, decisions, tasks

CARRIED_OUT = {"adopted", "adopted_with_changes"}
DECISION_BRIEFLY = (
    "id",
    "title",
    "state",
    "outcome",
    "reason",
    "body_id",
    "charter_id",
    "group_id",
    "proposal_id",
    "idea_id",
    "edition",
    "prepared_at",
    "published_at",
)
DECISION_IN_FULL = (
    *DECISION_BRIEFLY,
    "docket_item_id",
    "proposal",
    "conditions",
    "message",
    "points",
    "ballot",
    "recused",
    "double_roles",
    "staff_recommendation",
    "supersedes",
    "superseded_by",
)


def decisions_in(
    work: Work, *, state: decided.State | None, group_id: UUID | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    """A page of decisions, newest first, each with how far it is carried out."""
    asked = select(decisions).where(readable(work))
    asked = asked.where(decisions.c.state == state) if state else asked
    asked = asked.where(decisions.c.group_id == group_id) if group_id else asked
    if where := after(cursor):
        asked = asked.where(tuple_(decisions.c.prepared_at, decisions.c.id) < tuple_(*where))
    rows = work.execute(asked.order_by(decisions.c.prepared_at.desc(), decisions.c.id.desc()).limit(limit + 1)).all()
    done = progress_of(work, [row.id for row in rows])

    def brief(row: Any) -> dict[str, Any]:
        return only(row, *DECISION_BRIEFLY) | {"progress": done.get(row.id)}

    return page(rows, limit, lambda row: (row.prepared_at, row.id), brief)


def decision(work: Work, id: UUID) -> dict[str, Any]:
    """One decision, how far it is carried out, and what I can do with it. Until it is published the body alone sees it."""
    row = readable_decision(work, id)
    found = DECISIONS.made(row)
    with_task = set(work.execute(select(tasks.c.recommendation_id).where(tasks.c.decision_id == id)).scalars())
    to_carry_out = [point.recommendation_id for point in found.points if point.outcome in CARRIED_OUT]
    return only(row, *DECISION_IN_FULL) | {
        "progress": progress_of(work, [id]).get(id),
        "recommendations_without_task": [wanted for wanted in to_carry_out if wanted not in with_task],
        "may": [move for move in decided.LIFE.open_to(found, work.who) if move == "publish"] + _planning(work, found),
    }


def _planning(work: Work, found: decided.Decision) -> list[str]:
    can = found.state is not decided.State.PREPARED and speaks_for(found.body_id, work.who)
    return ["plan_task"] if can else []
