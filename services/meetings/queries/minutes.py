"""What can be asked about minutes."""

from typing import Any
from uuid import UUID

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.meetings.rules import minutes as rule
from services.meetings.rules.minutes import Minutes, Revision
from services.meetings.rules.public import Item
from services.meetings.store import copies
from services.meetings.store.tables import MINUTES


def minutes_of(work: Work, id: UUID) -> dict[str, Any]:
    """Minutes: the group sees all, others the public version once it is published."""
    found, inside = _seen(work, id)
    return {
        "id": found.id,
        "meeting_id": found.meeting_id,
        "group_id": found.group_id,
        "state": found.state,
        "items": _items(found.items, inside=inside),
        "comments": plain.unstructure(found.comments) if inside else [],
        "revisions": [_told(each) for each in found.revisions],
        "version": found.version,
        "may": _may(work, found) if inside else [],
    }


def revision_of(work: Work, id: UUID, number: int) -> dict[str, Any]:
    """One published state of the minutes. `public` is what its hash covers, so that anybody can work the hash out."""
    found, inside = _seen(work, id)
    if not 1 <= number <= len(found.revisions):
        raise NotFound(NOT_FOUND)
    revision = found.revisions[number - 1]
    before = found.revisions[number - 2].hash if number > 1 else ""
    return {
        "minutes_id": found.id,
        "meeting_id": found.meeting_id,
        "group_id": found.group_id,
        **_told(revision),
        "items": _items(revision.items, inside=inside),
        "public": _items(revision.items, inside=False),
        "before": before,
    }


def _seen(work: Work, id: UUID) -> tuple[Minutes, bool]:
    found = MINUTES.see(work, id)
    inside = copies.circle(work, found.group_id).takes_part(work.who)
    if not inside and found.state is not rule.State.PUBLISHED:
        raise NotFound(NOT_FOUND)
    return found, inside


def _items(items: tuple[Item, ...], *, inside: bool) -> list[dict[str, Any]]:
    if inside:
        return [plain.unstructure(item) for item in items]
    public = (item.in_public for item in items)
    return [{"title": item.title, "text": item.text, "closed": item.closed} for item in public]


def _told(revision: Revision) -> dict[str, Any]:
    return {"number": revision.number, "at": revision.at, "changed": revision.changed, "hash": revision.hash}


def _may(work: Work, found: Minutes) -> list[str]:
    """Whoever leads the group without being a member of it does not comment."""
    moves = rule.LIFE.open_to(found, work.who)
    if copies.circle(work, found.group_id).has(work.who.person_id):
        return moves
    return [verb for verb in moves if verb != "comment"]
