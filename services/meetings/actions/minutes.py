"""What people do with minutes."""

from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_NOW, Refused
from chassis.work import Work
from services.meetings.rules import minutes
from services.meetings.rules.minutes import Minutes, Redaction
from services.meetings.rules.public import Item
from services.meetings.store import copies, tables
from services.meetings.store.tables import MEETINGS, MINUTES


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
    found = MINUTES.get(work, id)
    return MINUTES.put(work, *found.send_for_comments(who=work.who, circle=copies.circle(work, found.group_id)))


def comment_on_minutes(work: Work, id: UUID, *, text: str) -> Minutes:
    """A member remarks on them."""
    found = MINUTES.get(work, id)
    return MINUTES.put(work, *found.comment(who=work.who, circle=copies.circle(work, found.group_id), text=text, now=work.now))


def approve_minutes(work: Work, id: UUID) -> Minutes:
    """They stand."""
    return MINUTES.put(work, *MINUTES.get(work, id).approve(who=work.who))


def redact_minutes(work: Work, id: UUID, redactions: tuple[Redaction, ...]) -> Minutes:
    """Set apart what everybody may read."""
    return MINUTES.put(work, *MINUTES.get(work, id).redact(who=work.who, redactions=redactions))


def publish_minutes(work: Work, id: UUID) -> Minutes:
    """Everybody can read them."""
    found = MINUTES.get(work, id)
    return MINUTES.put(work, *found.publish(who=work.who, circle=copies.circle(work, found.group_id), now=work.now))


def correct_minutes(work: Work, id: UUID, *, items: tuple[Item, ...], changed: str) -> Minutes:
    """A mistake is put right, in a new revision."""
    found = MINUTES.get(work, id)
    circle = copies.circle(work, found.group_id)
    return MINUTES.put(work, *found.correct(who=work.who, circle=circle, items=items, changed=changed, now=work.now))
