"""What people do with contributions."""

from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings.actions.proposal import proposal_of
from services.meetings.rules import contribution
from services.meetings.rules.contribution import Contribution, Kind
from services.meetings.store import copies
from services.meetings.store.tables import CONTRIBUTIONS, MEETINGS, THEMES


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
    ours = proposal_of(work, found.group_id)
    known = ours is not None and any(point.id == recommendation_id for point in ours.recommendations)
    circle = copies.circle(work, found.group_id)
    return CONTRIBUTIONS.put(work, *found.trace(who=work.who, circle=circle, recommendation_id=recommendation_id, known=known))


def answer_contribution(work: Work, id: UUID, *, reason: str) -> Contribution:
    """It is not taken in, and why."""
    return CONTRIBUTIONS.put(work, *CONTRIBUTIONS.get(work, id).answer(who=work.who, reason=reason))


def withdraw_contribution(work: Work, id: UUID) -> Contribution:
    """Its giver takes it back."""
    return CONTRIBUTIONS.put(work, *CONTRIBUTIONS.get(work, id).withdraw(who=work.who))
