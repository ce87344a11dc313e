"""All that a group has done so far."""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from chassis.work import Work
from contracts.event import plain
from services.meetings.queries.meeting import meetings_of
from services.meetings.queries.theme import themes_of
from services.meetings.rules.circle import Circle, leads
from services.meetings.rules.proposal import HANDED_OVER, Proposal
from services.meetings.store import copies
from services.meetings.store import proposal as kept
from services.meetings.store.tables import contributions, shared_understandings


def group_work(work: Work, group_id: UUID) -> dict[str, Any]:
    """All that the group has done so far, as far as I may see it."""
    circle, about = copies.circle(work, group_id), copies.group(work, group_id)
    proposal = kept.of_group(work, group_id)
    states = (
        select(contributions.c.state, func.count()).where(contributions.c.group_id == group_id).group_by(contributions.c.state)
    )
    return {
        "group_id": group_id,
        "title": about.title,
        "questions": about.questions,
        "fewest": about.fewest,
        "most": about.most,
        "meetings": meetings_of(work, group_id),
        "themes": themes_of(work, group_id),
        "contributions": dict(Counter({row[0]: row[1] for row in work.execute(states)})),
        "proposal": proposal and {"id": proposal.id, "title": proposal.title, "state": proposal.state},
        "members": plain.unstructure(circle.members),
        "may": _beginnings(work, circle, proposal),
    }


def _beginnings(work: Work, circle: Circle, proposal: Proposal | None) -> list[str]:
    """What can be begun in the group now. While the body has the proposal, nothing more is gathered."""
    if circle.closed or not circle.formed:
        return []
    gathers = proposal is None or proposal.state not in HANDED_OVER
    can = {
        "contribute": gathers and circle.has(work.who.person_id),
        "name_theme": gathers and circle.takes_part(work.who),
        "word_understanding": gathers and circle.takes_part(work.who) and not _understood(work, circle.group_id),
        "open_round": gathers and circle.facilitates(work.who),
        "note_act": circle.facilitates(work.who),
        "plan_meeting": leads(circle, work.who),
        "draft_proposal": proposal is None and circle.writes(work.who),
    }
    return [verb for verb, possible in can.items() if possible]


def _understood(work: Work, group_id: UUID) -> bool:
    found = select(shared_understandings.c.id).where(shared_understandings.c.group_id == group_id)
    return work.execute(found).scalar() is not None
