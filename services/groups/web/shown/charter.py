"""What is shown of a charter: in a list, by itself, and edition by edition."""

from marshmallow import fields

from chassis.answers import Answer, Choice, Id, Ids, May, Moment, Nested, Number, Several, Words, all_of
from contracts.groups import Scope
from services.groups.rules.charter import State
from services.groups.rules.wording import Wording


class Text(Answer):
    """All that a charter says; what is not written yet is empty or null."""

    class Meta(Answer.Meta):
        include = all_of(Wording)

    scope = Choice(Scope)


class CharterInList(Text):
    """A charter in a list."""

    id = Id()
    version = Number()
    body_id = Id()
    idea_id = Id(allow_none=True)
    drafted_by = Id()
    drafted_at = Moment()
    state = Choice(State)
    edition = Number()
    reason = Words()
    revocation = Words()
    policy_version = Number(allow_none=True)
    meetings_min = Number(allow_none=True)
    meetings_max = Number(allow_none=True)
    group_id = Id(allow_none=True)


class LackShown(Answer):
    """What is missing in a field, or could be better."""

    field = Words()
    slug = Words()
    says = Words()
    department_ids = Ids(metadata={"sometimes": True})


class CharterShown(CharterInList):
    """One charter, what it lacks, and the amendment that is under way."""

    missing = Several(Nested(LackShown))
    hints = Several(Nested(LackShown))
    amendment_id = Id(allow_none=True)
    may = May()


class EditionShown(Answer):
    """An edition as it was laid before the body, and what became of it."""

    edition = Number()
    standing = Words()
    why = Words()
    laid_at = Moment()
    settled_at = Moment(allow_none=True)
    reason = Words()
    text = Nested(Text)
    changed = Several(Words())


class DifferenceShown(Answer):
    """What a field said, and what it says; of the same form as the field itself."""

    field = Words()
    was = fields.Raw(allow_none=True)
    now = fields.Raw(allow_none=True)


class Changes(Answer):
    """What of two editions differs."""

    one = Number()
    other = Number()
    changes = Several(Nested(DifferenceShown))
