"""What can be asked about the proposal."""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.meetings.rules import proposal as rule
from services.meetings.rules.circle import Circle
from services.meetings.rules.proposal import Proposal, State
from services.meetings.store import copies
from services.meetings.store.tables import PROPOSALS, contributions, proposals

HANDED_OVER = {State.SUBMITTED, State.DECIDED}


def proposal(work: Work, id: UUID) -> dict[str, Any]:
    """The proposal: the group's own until it is submitted, everybody's from then on."""
    found = PROPOSALS.see(work, id)
    circle = copies.circle(work, found.group_id)
    inside = circle.takes_part(work.who)
    if not inside and found.state not in HANDED_OVER:
        raise NotFound(NOT_FOUND)
    feeds = Counter(
        work.execute(select(contributions.c.recommendation_id).where(contributions.c.group_id == found.group_id)).scalars().all()
    )
    return {
        "id": found.id,
        "group_id": found.group_id,
        "title": found.title,
        "summary": found.summary,
        "questions": copies.group(work, found.group_id).questions,
        "recommendations": [plain.unstructure(point) | {"fed_by": feeds[point.id]} for point in found.recommendations],
        "roster": [member.person_id for member in found.roster] if inside else [],
        "consented": [given.person_id for given in found.consents] if inside else [],
        "dissents": list(found.dissents),
        "returned_because": found.returned_because,
        "edition": found.edition,
        "state": found.state,
        "version": found.version,
        "may": _proposal_moves(work, found, circle) if inside else [],
    }


def _proposal_moves(work: Work, found: Proposal, circle: Circle) -> list[str]:
    """What I can do with it now; whoever has answered is not asked again."""
    me = work.who.person_id
    writes = circle.has(me) or me == circle.facilitator_id
    on_roster = any(member.person_id == me for member in found.roster)
    answered = any(given.person_id == me for given in found.consents)
    can = {"edit": writes, "ask_consent": writes, "consent": on_roster and not answered, "reopen": on_roster, "submit": on_roster}
    return [verb for verb in rule.LIFE.open_to(found, work.who) if can.get(verb)]


def proposal_of(work: Work, group_id: UUID) -> Proposal | None:
    """The group's one proposal, or none yet."""
    row = work.execute(select(proposals).where(proposals.c.group_id == group_id)).one_or_none()
    return None if row is None else PROPOSALS.made(row)
