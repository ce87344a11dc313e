"""What is shown of the interest list."""

from chassis.answers import Answer, Id, Ids, May, Moment, Number, Several, Words, Yes


class MyInterest(Answer):
    """Whether I am on the list, and what I want to hear of; nothing named: all new groups."""

    version = Number(metadata={"sometimes": True, "description": "There once I have been on the list."})
    listed = Yes()
    topics = Several(Words())
    departments = Ids()
    joined_at = Moment(allow_none=True)
    may = May()


class Interested(Answer):
    """Somebody on the list."""

    person_id = Id()
    topics = Several(Words())
    departments = Ids()
    joined_at = Moment()
