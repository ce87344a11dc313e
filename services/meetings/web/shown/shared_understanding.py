"""What is shown of a group's shared understanding."""

from chassis.answers import Answer, Id, May, Nested, Number, Several, Share, Words


class Agreed(Answer):
    """A sentence, and how far the members agree: how many said 1, 2, 3, 4 and 5."""

    edition = Number()
    text = Words()
    answers = Number()
    levels = Several(Number())
    mean = Share(allow_none=True)
    spread = Share(allow_none=True)


class UnderstandingShown(Agreed):
    """The sentence as it is worded now, and before."""

    id = Id()
    version = Number()
    group_id = Id()
    members = Number()
    my_level = Number(allow_none=True)
    earlier = Several(Nested(Agreed))
    may = May()
