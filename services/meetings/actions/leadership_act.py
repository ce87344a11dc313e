"""What the facilitator does with leadership acts."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.meetings import Act
from services.meetings.rules import leadership_act as rule
from services.meetings.rules.leadership_act import About, LeadershipAct
from services.meetings.store import copies
from services.meetings.store.tables import LEADERSHIP_ACTS, MEETINGS, contributions, themes


def note_act(work: Work, group_id: UUID, *, act: Act, note: str, about: About) -> LeadershipAct:
    """The facilitator notes what they did, and what it was about."""
    circle = copies.circle(work, group_id)
    noted = rule.note_act(id=uuid7(), who=work.who, circle=circle, act=act, note=note, about=about, now=work.now)
    if about.meeting_id and MEETINGS.see(work, about.meeting_id).group_id != group_id:
        raise NotFound(NOT_FOUND)
    _must_be_ours(work, group_id, contributions, about.contributions)
    _must_be_ours(work, group_id, themes, about.themes)
    return LEADERSHIP_ACTS.put(work, *noted)


def take_back_act(work: Work, id: UUID) -> LeadershipAct:
    """It was a slip."""
    found = LEADERSHIP_ACTS.get(work, id)
    return LEADERSHIP_ACTS.put(work, *found.take_back(who=work.who, circle=copies.circle(work, found.group_id)))


def _must_be_ours(work: Work, group_id: UUID, table: Any, ids: tuple[UUID, ...]) -> None:
    ours = select(func.count()).select_from(table).where(table.c.id.in_(ids), table.c.group_id == group_id)
    if ids and work.execute(ours).scalar() != len(set(ids)):
        raise NotFound(NOT_FOUND)
