"""What is shown of minutes, and of what was published of them."""

from chassis.answers import Answer, Choice, Id, May, Moment, Nested, Number, Several, Words, Yes, record
from services.meetings.rules.minutes import Comment, State

THE_GROUPS_OWN = {"sometimes": True, "description": "Shown to the group alone."}


class PublicItem(Answer):
    """An item as everybody may read it."""

    title = Words()
    text = Words()
    closed = Yes()


class ItemShown(PublicItem):
    """An item, and for the group, what others read in its place."""

    public_title = Words(allow_none=True, metadata=THE_GROUPS_OWN)
    public_text = Words(allow_none=True, metadata=THE_GROUPS_OWN)


class RevisionGlanced(Answer):
    """A published state, and its hash."""

    number = Number()
    at = Moment()
    changed = Words()
    hash = Words()


class MinutesShown(Answer):
    """Minutes: the group sees all, others the public version."""

    id = Id()
    version = Number()
    meeting_id = Id()
    group_id = Id()
    state = Choice(State)
    items = Several(Nested(ItemShown))
    comments = Several(Nested(record(Comment)))
    revisions = Several(Nested(RevisionGlanced))
    may = May()


class RevisionShown(RevisionGlanced):
    """A published state whole. `public` and `before` are what its hash covers."""

    minutes_id = Id()
    meeting_id = Id()
    group_id = Id()
    items = Several(Nested(ItemShown))
    public = Several(Nested(PublicItem))
    before = Words()
