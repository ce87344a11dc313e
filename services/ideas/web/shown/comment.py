"""What is shown of a comment."""

from chassis.answers import Answer, Choice, Id, May, Moment, Number, Words
from services.ideas.rules.comment import State


class CommentShown(Answer):
    """A comment. One that is hidden or taken back has no author and no text for those who may not read it."""

    id = Id()
    version = Number()
    idea_id = Id()
    author_id = Id(allow_none=True)
    text = Words(allow_none=True)
    written_at = Moment()
    state = Choice(State)
    reason = Words()
    may = May()
