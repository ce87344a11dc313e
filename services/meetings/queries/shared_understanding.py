"""What can be asked about the group's shared understanding."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.meetings.queries.contribution import circle_now
from services.meetings.rules import shared_understanding as rule
from services.meetings.rules.circle import Circle
from services.meetings.rules.shared_understanding import Agreement, SharedUnderstanding
from services.meetings.store.tables import SHARED_UNDERSTANDINGS, shared_understandings


def understanding(work: Work, group_id: UUID) -> dict[str, Any]:
    """The sentence as it is worded now, and before; of the others' agreement one sees how far and how apart, not who."""
    circle = circle_now(work, group_id)
    found = understanding_of(work, group_id)
    inside = circle.takes_part(work.who)
    if found is None or not (inside or circle.handed_over):
        raise NotFound(NOT_FOUND)
    return _shown(work, found, circle)


def understanding_of(work: Work, group_id: UUID) -> SharedUnderstanding | None:
    """The group's one sentence, or none yet."""
    asked = select(shared_understandings).where(shared_understandings.c.group_id == group_id)
    row = work.execute(asked).one_or_none()
    return None if row is None else SHARED_UNDERSTANDINGS.made(row)


def _shown(work: Work, found: SharedUnderstanding, circle: Circle) -> dict[str, Any]:
    me = work.who.person_id
    return {
        "id": found.id,
        "group_id": found.group_id,
        "text": found.text,
        "edition": found.edition,
        "version": found.edition,  # to reword it one must have read the words, not counted who agrees
        **_levels(found.agreements),
        "members": len(circle.members),
        "my_level": next((each.level for each in found.agreements if each.person_id == me), None),
        "earlier": [{"edition": was.edition, "text": was.text, **_levels(was.agreements)} for was in reversed(found.earlier)],
        "may": rule.open_to(found, circle, work.who),
    }


def _levels(agreements: tuple[Agreement, ...]) -> dict[str, Any]:
    return {
        "answers": len(agreements),
        "levels": rule.counted(agreements),
        "mean": rule.mean(agreements),
        "spread": rule.spread(agreements),
    }
