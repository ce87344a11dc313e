"""What can be asked about a group's work: plain reads. What only the group may see is not there for others."""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.meetings.rules import contribution as contributions_rule
from services.meetings.rules import meeting as meeting_rule
from services.meetings.rules import minutes as minutes_rule
from services.meetings.rules import proposal as proposal_rule
from services.meetings.rules.circle import Circle, leads
from services.meetings.rules.contribution import Contribution
from services.meetings.rules.meeting import Meeting
from services.meetings.rules.minutes import Minutes
from services.meetings.rules.proposal import Proposal, State
from services.meetings.store import copies
from services.meetings.store.tables import (
    CONTRIBUTIONS,
    MEETINGS,
    MINUTES,
    PROPOSALS,
    contributions,
    meetings,
    minutes,
    proposals,
    themes,
)

HANDED_OVER = {State.SUBMITTED, State.DECIDED}


def group_work(work: Work, group_id: UUID) -> dict[str, Any]:
    """All that the group has done so far, as far as I may see it."""
    circle, about = copies.circle(work, group_id), copies.group(work, group_id)
    proposal = _proposal_of(work, group_id)
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


def meetings_of(work: Work, group_id: UUID) -> list[dict[str, Any]]:
    """The group's meetings, in the order of their days."""
    rows = work.execute(select(meetings).where(meetings.c.group_id == group_id).order_by(meetings.c.day, meetings.c.id)).all()
    written = select(minutes.c.meeting_id, minutes.c.id, minutes.c.state).where(minutes.c.group_id == group_id)
    about = {row.meeting_id: row for row in work.execute(written)}
    return [_meeting(work, MEETINGS.made(row), about.get(row.id)) for row in rows]


def meeting(work: Work, id: UUID) -> dict[str, Any]:
    """One meeting."""
    found = MEETINGS.see(work, id)
    written = select(minutes.c.id, minutes.c.state).where(minutes.c.meeting_id == id)
    circle = copies.circle(work, found.group_id)
    return _meeting(work, found, work.execute(written).one_or_none()) | {"members": plain.unstructure(circle.members)}


def minutes_of(work: Work, id: UUID) -> dict[str, Any]:
    """Minutes: the group sees all, others the public version once it is published."""
    found = MINUTES.see(work, id)
    inside = copies.circle(work, found.group_id).takes_part(work.who)
    if not inside and found.state is not minutes_rule.State.PUBLISHED:
        raise NotFound(NOT_FOUND)
    return _minutes(work, found, inside=inside)


def contributions_of(work: Work, group_id: UUID) -> list[dict[str, Any]]:
    """What was brought: the group sees who brought it; others see it without the giver once the proposal is submitted."""
    inside = copies.circle(work, group_id).takes_part(work.who)
    proposal = _proposal_of(work, group_id)
    if not inside and (proposal is None or proposal.state not in HANDED_OVER):
        return []
    rows = work.execute(
        select(contributions).where(contributions.c.group_id == group_id).order_by(contributions.c.given_at, contributions.c.id)
    )
    return [_contribution(work, CONTRIBUTIONS.made(row), inside=inside) for row in rows]


def contribution(work: Work, id: UUID) -> dict[str, Any]:
    """One contribution, for those who take part."""
    found = CONTRIBUTIONS.see(work, id)
    if not copies.circle(work, found.group_id).takes_part(work.who):
        raise NotFound(NOT_FOUND)
    return _contribution(work, found, inside=True)


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


def _beginnings(work: Work, circle: Circle, proposal: Proposal | None) -> list[str]:
    if circle.closed or not circle.formed:
        return []
    may = ["contribute"] if circle.has(work.who.person_id) else []
    may += ["name_theme"] if circle.takes_part(work.who) else []
    may += ["plan_meeting"] if leads(circle, work.who) else []
    drafts = circle.has(work.who.person_id) or work.who.person_id == circle.facilitator_id
    return may + (["draft_proposal"] if proposal is None and drafts else [])


def _proposal_moves(work: Work, found: Proposal, circle: Circle) -> list[str]:
    """What I can do with it now; whoever has answered is not asked again."""
    me = work.who.person_id
    writes = circle.has(me) or me == circle.facilitator_id
    on_roster = any(member.person_id == me for member in found.roster)
    answered = any(given.person_id == me for given in found.consents)
    can = {"edit": writes, "ask_consent": writes, "consent": on_roster and not answered, "reopen": on_roster, "submit": on_roster}
    return [verb for verb in proposal_rule.LIFE.open_to(found, work.who) if can.get(verb)]


def _proposal_of(work: Work, group_id: UUID) -> Proposal | None:
    row = work.execute(select(proposals).where(proposals.c.group_id == group_id)).one_or_none()
    return None if row is None else PROPOSALS.made(row)


def _meeting(work: Work, found: Meeting, written: Any) -> dict[str, Any]:
    call = plain.unstructure(found.call) if found.call else {}
    may = meeting_rule.LIFE.open_to(found, work.who)
    if found.state is meeting_rule.State.HELD and written is None and leads(found, work.who):
        may.append("draft_minutes")
    return {
        "id": found.id,
        "group_id": found.group_id,
        "state": found.state,
        "day": found.day,
        **{name: call.get(name) for name in ("starts", "ends", "place", "online_link", "accessibility")},
        "agenda": call.get("agenda", []),
        "present": found.present,
        "guests": found.guests,
        "minutes_by": found.minutes_by,
        "minutes_overdue": found.minutes_overdue,
        "minutes": written and {"id": written.id, "state": written.state},
        "reason": found.reason,
        "may": may,
    }


def _minutes(work: Work, found: Minutes, *, inside: bool) -> dict[str, Any]:
    moves = minutes_rule.LIFE.open_to(found, work.who)
    if not copies.circle(work, found.group_id).has(work.who.person_id):
        moves = [verb for verb in moves if verb != "comment"]
    return {
        "id": found.id,
        "meeting_id": found.meeting_id,
        "group_id": found.group_id,
        "state": found.state,
        "items": plain.unstructure(found.items if inside else found.public_items),
        "comments": plain.unstructure(found.comments) if inside else [],
        "may": moves if inside else [],
    }


def _contribution(work: Work, found: Contribution, *, inside: bool) -> dict[str, Any]:
    return {
        "id": found.id,
        "kind": found.kind,
        "text": found.text,
        "given_at": found.given_at,
        "given_by": found.given_by if inside else None,
        "meeting_id": found.meeting_id,
        "theme_id": found.theme_id,
        "recommendation_id": found.recommendation_id,
        "reason": found.reason,
        "state": found.state,
        "may": contributions_rule.LIFE.open_to(found, work.who),
    }
