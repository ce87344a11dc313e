"""What is shown of those who take part."""

from chassis.answers import Answer, Choice, Id
from contracts.groups import SeatCategory


class MemberShown(Answer):
    """A member, and the capacity that they sit in."""

    person_id = Id()
    category = Choice(SeatCategory)
