"""What can be asked about minutes."""

from typing import Any
from uuid import UUID

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.meetings.rules import minutes as rule
from services.meetings.rules.minutes import Minutes
from services.meetings.store import copies
from services.meetings.store.tables import MINUTES


def minutes_of(work: Work, id: UUID) -> dict[str, Any]:
    """Minutes: the group sees all, others the public version once it is published."""
    found = MINUTES.see(work, id)
    inside = copies.circle(work, found.group_id).takes_part(work.who)
    if not inside and found.state is not rule.State.PUBLISHED:
        raise NotFound(NOT_FOUND)
    return _minutes(work, found, inside=inside)


def _minutes(work: Work, found: Minutes, *, inside: bool) -> dict[str, Any]:
    moves = rule.LIFE.open_to(found, work.who)
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
