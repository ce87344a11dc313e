"""What people do with meetings and what grows out of them: one function for each thing."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NOT_NOW, NotFound, Refused
from chassis.work import Work
from contracts.meetings import Recommendation
from services.meetings.rules import contribution, meeting, minutes, proposal, theme
from services.meetings.rules.contribution import Contribution, Kind
from services.meetings.rules.meeting import Call, Meeting
from services.meetings.rules.minutes import Item, Minutes
from services.meetings.rules.proposal import Proposal
from services.meetings.rules.theme import Theme
from services.meetings.store import copies, tables
from services.meetings.store.tables import CONTRIBUTIONS, MEETINGS, MINUTES, PROPOSALS, THEMES


def new_id() -> UUID:
    """An id for a point that has none yet."""
    return uuid7()


def plan_meeting(work: Work, group_id: UUID, *, day: Any) -> Meeting:
    """One more day in the timetable, within what the charter allows."""
    circle = copies.circle(work, group_id)
    circle.must_work()
    return MEETINGS.put(work, *meeting.plan(id=uuid7(), who=work.who, circle=circle, day=day, planned=_planned(work, group_id)))


def convene_meeting(work: Work, id: UUID, call: Call) -> Meeting:
    """The group is called together."""
    found = MEETINGS.get(work, id)
    days = copies.policy(work).notice_days
    convened = found.convene(
        who=work.who, circle=copies.circle(work, found.group_id), call=call, today=work.today, notice_days=days
    )
    return MEETINGS.put(work, *convened)


def change_meeting(work: Work, id: UUID, call: Call) -> Meeting:
    """Another time or place."""
    found = MEETINGS.get(work, id)
    return MEETINGS.put(
        work, *found.change(who=work.who, circle=copies.circle(work, found.group_id), call=call, today=work.today)
    )


def hold_meeting(work: Work, id: UUID, *, present: tuple[UUID, ...], guests: int) -> Meeting:
    """It took place."""
    found = MEETINGS.get(work, id)
    held = found.hold(
        who=work.who,
        circle=copies.circle(work, found.group_id),
        present=present,
        guests=guests,
        now=work.now,
        minutes_days=copies.policy(work).minutes_days,
    )
    return MEETINGS.put(work, *held)


def cancel_meeting(work: Work, id: UUID, *, reason: str) -> Meeting:
    """It is called off."""
    return MEETINGS.put(work, *MEETINGS.get(work, id).cancel(who=work.who, reason=reason))


def draft_minutes(work: Work, meeting_id: UUID, items: tuple[Item, ...]) -> Minutes:
    """Begin the minutes; a meeting has one."""
    held = MEETINGS.get(work, meeting_id)
    if work.execute(select(tables.minutes.c.id).where(tables.minutes.c.meeting_id == meeting_id)).scalar():
        raise Refused(NOT_NOW)
    return MINUTES.put(work, *minutes.draft(id=uuid7(), who=work.who, of=held, items=items))


def edit_minutes(work: Work, id: UUID, items: tuple[Item, ...]) -> Minutes:
    """They say something else."""
    return MINUTES.put(work, *MINUTES.get(work, id).edit(who=work.who, items=items))


def send_minutes_for_comments(work: Work, id: UUID) -> Minutes:
    """The members may remark on them."""
    return MINUTES.put(work, *MINUTES.get(work, id).send_for_comments(who=work.who))


def comment_on_minutes(work: Work, id: UUID, *, text: str) -> Minutes:
    """A member remarks on them."""
    found = MINUTES.get(work, id)
    return MINUTES.put(work, *found.comment(who=work.who, circle=copies.circle(work, found.group_id), text=text, now=work.now))


def approve_minutes(work: Work, id: UUID) -> Minutes:
    """They stand."""
    return MINUTES.put(work, *MINUTES.get(work, id).approve(who=work.who))


def publish_minutes(work: Work, id: UUID) -> Minutes:
    """Everybody can read them."""
    return MINUTES.put(work, *MINUTES.get(work, id).publish(who=work.who))


def give_contribution(work: Work, group_id: UUID, *, kind: Kind, text: str, meeting_id: UUID | None) -> Contribution:
    """A member brings something."""
    circle = copies.circle(work, group_id)
    if meeting_id and MEETINGS.see(work, meeting_id).group_id != group_id:
        raise NotFound(NOT_FOUND)
    given = contribution.give(id=uuid7(), who=work.who, circle=circle, kind=kind, text=text, meeting_id=meeting_id, now=work.now)
    return CONTRIBUTIONS.put(work, *given)


def gather_contribution(work: Work, id: UUID, *, theme_id: UUID) -> Contribution:
    """It belongs to a theme of the same group."""
    found = CONTRIBUTIONS.get(work, id)
    if THEMES.see(work, theme_id).group_id != found.group_id:
        raise NotFound(NOT_FOUND)
    return CONTRIBUTIONS.put(work, *found.gather(who=work.who, circle=copies.circle(work, found.group_id), theme_id=theme_id))


def trace_contribution(work: Work, id: UUID, *, recommendation_id: UUID) -> Contribution:
    """It feeds a recommendation."""
    found = CONTRIBUTIONS.get(work, id)
    ours = _proposal_of(work, found.group_id)
    known = ours is not None and any(point.id == recommendation_id for point in ours.recommendations)
    circle = copies.circle(work, found.group_id)
    return CONTRIBUTIONS.put(work, *found.trace(who=work.who, circle=circle, recommendation_id=recommendation_id, known=known))


def answer_contribution(work: Work, id: UUID, *, reason: str) -> Contribution:
    """It is not taken in, and why."""
    return CONTRIBUTIONS.put(work, *CONTRIBUTIONS.get(work, id).answer(who=work.who, reason=reason))


def withdraw_contribution(work: Work, id: UUID) -> Contribution:
    """Its giver takes it back."""
    return CONTRIBUTIONS.put(work, *CONTRIBUTIONS.get(work, id).withdraw(who=work.who))


def name_theme(work: Work, group_id: UUID, *, name: str) -> Theme:
    """Open a theme."""
    return THEMES.put(work, *theme.name_theme(id=uuid7(), who=work.who, circle=copies.circle(work, group_id), name=name))


def rename_theme(work: Work, id: UUID, *, name: str) -> Theme:
    """It is called something else."""
    found = THEMES.get(work, id)
    return THEMES.put(work, *found.rename(who=work.who, circle=copies.circle(work, found.group_id), name=name))


def draft_proposal(work: Work, group_id: UUID, *, title: str, summary: str) -> Proposal:
    """Begin the group's one proposal."""
    circle = copies.circle(work, group_id)
    if _proposal_of(work, group_id) is not None:
        raise Refused(NOT_NOW)
    return PROPOSALS.put(work, *proposal.draft(id=uuid7(), who=work.who, circle=circle, title=title, summary=summary))


def edit_proposal(
    work: Work,
    id: UUID,
    *,
    seen: int,
    title: str | None,
    summary: str | None,
    recommendations: tuple[Recommendation, ...] | None,
) -> Proposal:
    """Write something else. A contribution that fed a recommendation which is gone is open again: nothing is lost."""
    found = PROPOSALS.get(work, id)
    edited = found.edit(
        who=work.who,
        circle=copies.circle(work, found.group_id),
        seen=seen,
        title=found.title if title is None else title,
        summary=found.summary if summary is None else summary,
        recommendations=found.recommendations if recommendations is None else recommendations,
    )
    return PROPOSALS.put(work, *edited)


def ask_consent(work: Work, id: UUID) -> Proposal:
    """The members are asked."""
    found = PROPOSALS.get(work, id)
    return PROPOSALS.put(work, *found.ask_consent(who=work.who, circle=copies.circle(work, found.group_id)))


def consent_to_proposal(work: Work, id: UUID, *, dissent: str) -> Proposal:
    """A member answers."""
    return PROPOSALS.put(work, *PROPOSALS.get(work, id).consent(who=work.who, dissent=dissent))


def reopen_proposal(work: Work, id: UUID) -> Proposal:
    """A member wants the text changed after all."""
    return PROPOSALS.put(work, *PROPOSALS.get(work, id).reopen(who=work.who))


def submit_proposal(work: Work, id: UUID) -> Proposal:
    """Hand it to the commissioning body."""
    found = PROPOSALS.get(work, id)
    submitted = found.submit(
        who=work.who,
        circle=copies.circle(work, found.group_id),
        held=_held(work, found.group_id),
        open_contributions=_open_contributions(work, found),
    )
    return PROPOSALS.put(work, *submitted)


def _proposal_of(work: Work, group_id: UUID) -> Proposal | None:
    id = work.execute(select(tables.proposals.c.id).where(tables.proposals.c.group_id == group_id)).scalar()
    return PROPOSALS.see(work, id) if id else None


def _planned(work: Work, group_id: UUID) -> int:
    mine = (tables.meetings.c.group_id == group_id, tables.meetings.c.state != meeting.State.CANCELLED)
    return int(work.execute(select(func.count()).select_from(tables.meetings).where(*mine)).scalar() or 0)


def _held(work: Work, group_id: UUID) -> int:
    mine = (tables.meetings.c.group_id == group_id, tables.meetings.c.state == meeting.State.HELD)
    return int(work.execute(select(func.count()).select_from(tables.meetings).where(*mine)).scalar() or 0)


def _open_contributions(work: Work, found: Proposal) -> tuple[UUID, ...]:
    """Those neither traced, answered nor withdrawn, and those that fed a recommendation which is no longer there."""
    points = {point.id for point in found.recommendations}
    table = tables.contributions
    rows = work.execute(select(table.c.id, table.c.state, table.c.recommendation_id).where(table.c.group_id == found.group_id))
    lost = [
        row.id
        for row in rows
        if row.state in contribution.OPEN or (row.state == "traced" and row.recommendation_id not in points)
    ]
    return tuple(lost)
