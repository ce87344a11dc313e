"""What can be asked about decisions."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import after, page
from chassis.work import Work
from services.decisions.queries.docket_item import staff_recommendation_of
from services.decisions.queries.row import only
from services.decisions.queries.seen import readable, readable_decision
from services.decisions.queries.task import late_tasks_of, progress_by_recommendation, progress_of
from services.decisions.rules import decision as decided
from services.decisions.rules import survey
from services.decisions.rules.ballot import speaks_for
from services.decisions.store.tables import DECISIONS, DOCKET, decisions, surveys, tasks

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
    "original_id",
    "corrects",
)
DECISION_IN_FULL = (
    *DECISION_BRIEFLY,
    "version",
    "docket_item_id",
    "proposal",
    "codes",
    "conditions",
    "message",
    "message_to_proposer",
    "points",
    "review_on",
    "ballot",
    "recused",
    "double_roles",
    "correction",
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
    originals = [row.original_id for row in rows]
    done, late = progress_of(work, originals), late_tasks_of(work, originals)

    def brief(row: Any) -> dict[str, Any]:
        far = {"progress": done.get(row.original_id), "late_tasks": late.get(row.original_id, 0)}
        return only(row, *DECISION_BRIEFLY) | far

    return page(rows, limit, lambda row: (row.prepared_at, row.id), brief)


def decision(work: Work, id: UUID) -> dict[str, Any]:
    """One decision, how far it is carried out, and what I can do with it. Until it is published the body alone sees it.

    What staff recommended is read from the docket: it stands beside the decision and is no part of it.
    """
    row = readable_decision(work, id)
    found = DECISIONS.made(row)
    return only(row, *DECISION_IN_FULL) | {
        "staff_recommendation": staff_recommendation_of(DOCKET.see(work, found.docket_item_id)),
        "later": _later(work, found),
        "progress": progress_of(work, [found.original_id]).get(found.original_id),
        "progress_by_recommendation": progress_by_recommendation(work, found.original_id),
        "recommendations_without_task": _without_task(work, found),
        "survey_id": _survey(work, found),
        "may": [move for move in decided.LIFE.open_to(found, work.who) if move == "publish"] + _afterwards(work, found),
    }


def _later(work: Work, found: decided.Decision) -> dict[str, Any] | None:
    """What stands in its place now, and whether that puts it right or decides anew."""
    if found.superseded_by is None:
        return None
    later = DECISIONS.see(work, found.superseded_by)
    return {"id": later.id, "corrects": later.corrects is not None, "correction": later.correction}


def _without_task(work: Work, found: decided.Decision) -> list[UUID]:
    theirs = select(tasks.c.recommendation_id).where(tasks.c.decision_id == found.original_id)
    with_task = set(work.execute(theirs).scalars())
    to_carry_out = [point.recommendation_id for point in found.points if point.outcome in CARRIED_OUT]
    return [wanted for wanted in to_carry_out if wanted not in with_task]


def _survey(work: Work, found: decided.Decision) -> UUID | None:
    asked = select(surveys.c.id).where(surveys.c.id == survey.id_of(found.group_id))
    opened: UUID | None = work.execute(asked.where(surveys.c.decision_id == found.original_id)).scalar()
    return opened


def _afterwards(work: Work, found: decided.Decision) -> list[str]:
    if not speaks_for(found.body_id, work.who):
        return []
    moves = {decided.State.PREPARED: [], decided.State.PUBLISHED: ["plan_task", "plan_review", "correct"]}
    return moves.get(found.state, ["plan_task"])
