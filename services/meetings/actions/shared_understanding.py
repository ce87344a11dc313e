"""What people do with the group's shared understanding."""

from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NOT_NOW, NotFound, Refused
from chassis.work import Work
from services.meetings.rules import shared_understanding as rule
from services.meetings.rules.shared_understanding import SharedUnderstanding
from services.meetings.store import copies
from services.meetings.store.tables import SHARED_UNDERSTANDINGS, shared_understandings


def word_understanding(work: Work, group_id: UUID, *, text: str) -> SharedUnderstanding:
    """The first words; a group has one sentence."""
    copies.one_at_a_time(work, group_id)
    worded = rule.word(id=uuid7(), who=work.who, circle=copies.gathering(work, group_id), text=text)
    if _id_of(work, group_id) is not None:
        raise Refused(NOT_NOW)
    return SHARED_UNDERSTANDINGS.put(work, *worded)


def reword_understanding(work: Work, group_id: UUID, *, seen: int, text: str) -> SharedUnderstanding:
    """Other words."""
    circle, found = copies.gathering(work, group_id), _taken_out(work, group_id)
    return SHARED_UNDERSTANDINGS.put(work, *found.reword(who=work.who, circle=circle, seen=seen, text=text))


def agree_to_understanding(work: Work, group_id: UUID, *, seen: int, level: int) -> SharedUnderstanding:
    """A member says how far they agree."""
    circle, found = copies.gathering(work, group_id), _taken_out(work, group_id)
    return SHARED_UNDERSTANDINGS.put(work, *found.agree(who=work.who, circle=circle, seen=seen, level=level))


def _taken_out(work: Work, group_id: UUID) -> SharedUnderstanding:
    id = _id_of(work, group_id)
    if id is None:
        raise NotFound(NOT_FOUND)
    return SHARED_UNDERSTANDINGS.get(work, id)


def _id_of(work: Work, group_id: UUID) -> UUID | None:
    found = select(shared_understandings.c.id).where(shared_understandings.c.group_id == group_id)
    id: UUID | None = work.execute(found).scalar()
    return id
