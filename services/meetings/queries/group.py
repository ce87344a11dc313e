"""All that a group has done so far."""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from chassis.work import Work
from contracts.event import plain
from services.meetings.queries.meeting import meetings_of
from services.meetings.queries.proposal import proposal_of
from services.meetings.rules.circle import Circle, leads
from services.meetings.rules.proposal import Proposal
from services.meetings.store import copies
from services.meetings.store.tables import contributions, themes


def group_work(work: Work, group_id: UUID) -> dict[str, Any]:
    """All that the group has done so far, as far as I may see it."""
    circle, about = copies.circle(work, group_id), copies.group(work, group_id)
    proposal = proposal_of(work, group_id)
    states = (
        select(contributions.c.state, func.count()).where(contributions.c.group_id == group_id).group_by(contributions.c.state)
    )
    named = select(themes.c.id, themes.c.name).where(themes.c.group_id == group_id).order_by(themes.c.id)
    return {
        "group_id": group_id,
        "title": about.title,
        "questions": about.questions,
        "fewest": about.fewest,
        "most": about.most,
        "meetings": meetings_of(work, group_id),
        "themes": [{"id": row.id, "name": row.name} for row in work.execute(named)],
        "contributions": dict(Counter({row[0]: row[1] for row in work.execute(states)})),
        "proposal": proposal and {"id": proposal.id, "title": proposal.title, "state": proposal.state},
        "members": plain.unstructure(circle.members),
        "may": _beginnings(work, circle, proposal),
    }


def _beginnings(work: Work, circle: Circle, proposal: Proposal | None) -> list[str]:
    if circle.closed or not circle.formed:
        return []
    may = ["contribute"] if circle.has(work.who.person_id) else []
    may += ["name_theme"] if circle.takes_part(work.who) else []
    may += ["plan_meeting"] if leads(circle, work.who) else []
    drafts = circle.has(work.who.person_id) or work.who.person_id == circle.facilitator_id
    return may + (["draft_proposal"] if proposal is None and drafts else [])
