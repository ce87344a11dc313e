"""What people do with contributions. Each holds the proposal's state first: nothing moves while it is being handed over."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings.rules import contribution
from services.meetings.rules.circle import Circle
from services.meetings.rules.contribution import Contribution, Kind
from services.meetings.rules.recommendation import State as RecommendationState
from services.meetings.rules.theme import State as ThemeState
from services.meetings.store import copies
from services.meetings.store.tables import CONTRIBUTIONS, MEETINGS, recommendations, themes


def give_contribution(work: Work, group_id: UUID, *, kind: Kind, text: str, meeting_id: UUID | None) -> Contribution:
    """A member brings something."""
    circle = copies.gathering(work, group_id)
    if meeting_id and MEETINGS.see(work, meeting_id).group_id != group_id:
        raise NotFound(NOT_FOUND)
    given = contribution.give(id=uuid7(), who=work.who, circle=circle, kind=kind, text=text, meeting_id=meeting_id, now=work.now)
    return CONTRIBUTIONS.put(work, *given)


def edit_contribution(work: Work, id: UUID, *, kind: Kind, text: str) -> Contribution:
    """Its giver says it otherwise."""
    circle, found = _taken_out(work, id)
    return CONTRIBUTIONS.put(work, *found.edit(who=work.who, circle=circle, kind=kind, text=text))


def gather_contribution(work: Work, id: UUID, *, theme_id: UUID) -> Contribution:
    """It belongs to an open theme of the same group."""
    circle = copies.gathering(work, CONTRIBUTIONS.see(work, id).group_id)
    if not _stands(work, themes, theme_id, circle, ThemeState.OPEN):
        raise NotFound(NOT_FOUND)
    return CONTRIBUTIONS.put(work, *CONTRIBUTIONS.get(work, id).gather(who=work.who, circle=circle, theme_id=theme_id))


def trace_contribution(work: Work, id: UUID, *, recommendation_id: UUID) -> Contribution:
    """It feeds a recommendation, which nobody takes out meanwhile."""
    circle = copies.gathering(work, CONTRIBUTIONS.see(work, id).group_id)
    known = _stands(work, recommendations, recommendation_id, circle, RecommendationState.STANDING)
    found = CONTRIBUTIONS.get(work, id)
    return CONTRIBUTIONS.put(work, *found.trace(who=work.who, circle=circle, recommendation_id=recommendation_id, known=known))


def answer_contribution(work: Work, id: UUID, *, reason: str) -> Contribution:
    """It is not taken in, and why."""
    circle, found = _taken_out(work, id)
    return CONTRIBUTIONS.put(work, *found.answer(who=work.who, circle=circle, reason=reason))


def withdraw_contribution(work: Work, id: UUID) -> Contribution:
    """Its giver takes it back."""
    circle, found = _taken_out(work, id)
    return CONTRIBUTIONS.put(work, *found.withdraw(who=work.who, circle=circle))


def _taken_out(work: Work, id: UUID) -> tuple[Circle, Contribution]:
    circle = copies.gathering(work, CONTRIBUTIONS.see(work, id).group_id)
    return circle, CONTRIBUTIONS.get(work, id)


def _stands(work: Work, table: Any, id: UUID, circle: Circle, state: str) -> bool:
    """Whether there is such a theme or recommendation in the group. It is held, so that it does not go meanwhile."""
    mine = (table.c.id == id, table.c.group_id == circle.group_id, table.c.state == state)
    return work.execute(select(table.c.id).where(*mine).with_for_update(read=True)).scalar() is not None
