"""What people do with comments: write one, take it back, hide it, show it again."""

from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.ideas.rules import comment
from services.ideas.rules.comment import Comment
from services.ideas.rules.idea import PUBLIC, State, open_for_comments
from services.ideas.store.ideas import share_idea
from services.ideas.store.tables import COMMENTS


def write_comment(work: Work, idea_id: UUID, *, text: str) -> Comment:
    """Somebody says something about an idea that they can read."""
    idea = share_idea(work, idea_id)
    if State(idea.state) not in PUBLIC:
        raise NotFound(NOT_FOUND)
    open = open_for_comments(state=State(idea.state), closed=idea.comments_closed, outcome=idea.outcome)
    made, told = comment.write(id=uuid7(), who=work.who, idea_id=idea_id, text=text, open=open, now=work.now)
    return COMMENTS.put(work, made, told)


def hide_comment(work: Work, id: UUID, *, reason: str) -> Comment:
    """A moderator takes it out of sight, and says why."""
    hidden, told = COMMENTS.get(work, id).hide(who=work.who, reason=reason)
    return COMMENTS.put(work, hidden, told)


def show_comment(work: Work, id: UUID) -> Comment:
    """A moderator lets everybody read it again."""
    shown, told = COMMENTS.get(work, id).show(who=work.who)
    return COMMENTS.put(work, shown, told)


def withdraw_comment(work: Work, id: UUID) -> Comment:
    """Its author takes it back."""
    withdrawn, told = COMMENTS.get(work, id).withdraw(who=work.who)
    return COMMENTS.put(work, withdrawn, told)
