"""The life of a comment: it is read at once, and may be hidden, shown again, and taken back.

shown --hide--> hidden              a moderator, with a reason that its author sees
hidden --show--> shown              a moderator
shown --withdraw--> withdrawn       its author; nothing that was written is kept
hidden --withdraw--> withdrawn      its author; nothing that was written is kept
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.event import Event
from contracts.ideas import CommentHidden, CommentShown, CommentWithdrawn, CommentWritten
from services.ideas.rules.reason import given


class State(StrEnum):
    """Whether the comment can be read."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


COMMENTS_CLOSED = No("comments-closed", "Ideen kan ikke kommenteres nu.", "The idea cannot be commented on now.")


def _author(comment: Comment, who: Identity) -> bool:
    return comment.author_id == who.person_id


def _moderator(_: Comment, who: Identity) -> bool:
    return who.has(Duty.MODERATOR, Duty.SECRETARY)


LIFE = Life.drawn(__doc__, hide=_moderator, show=_moderator, withdraw=_author)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """What one person said about an idea. `written_down_by`: staff wrote it down for somebody on paper."""

    id: UUID
    idea_id: UUID
    author_id: UUID
    text: str
    written_down_by: UUID | None = None
    written_at: datetime
    state: State = State.SHOWN
    reason: str = ""
    version: int = 0

    def hide(self, *, who: Identity, reason: str) -> tuple[Comment, Event]:
        """It is taken out of sight; its author sees why."""
        hidden = replace(self, state=State(LIFE.step(self, "hide", who)), reason=given(reason))
        told = CommentHidden(comment_id=self.id, idea_id=self.idea_id, author_id=self.author_id, reason=hidden.reason)
        return hidden, told

    def show(self, *, who: Identity) -> tuple[Comment, Event]:
        """It can be read again."""
        shown = replace(self, state=State(LIFE.step(self, "show", who)), reason="")
        return shown, CommentShown(comment_id=self.id, idea_id=self.idea_id, author_id=self.author_id)

    def withdraw(self, *, who: Identity) -> tuple[Comment, Event]:
        """Its author takes it back."""
        withdrawn = replace(self, state=State(LIFE.step(self, "withdraw", who)), text="")
        return withdrawn, CommentWithdrawn(comment_id=self.id, idea_id=self.idea_id, author_id=self.author_id)


def may_comment(who: Identity) -> bool:
    """Whether the person may say something here: residents, those who sit in a body, and employees."""
    return who.person_id is not None and (who.resident or bool(who.mandates) or who.employee)


def write(*, id: UUID, who: Identity, idea_id: UUID, text: str, open: bool, now: datetime) -> tuple[Comment, Event]:
    """Somebody says something about an idea, while it is open for comments."""
    if who.person_id is None or not may_comment(who):
        raise NotAllowed(NOT_ALLOWED)
    if not open:
        raise Refused(COMMENTS_CLOSED)
    made = Comment(id=id, idea_id=idea_id, author_id=who.person_id, text=text, written_down_by=who.act, written_at=now)
    return made, CommentWritten(comment_id=id, idea_id=idea_id, author_id=who.person_id)


def as_it_stands(comment: Comment) -> Event:
    """Whether somebody has said something about the idea, for whoever is told anew."""
    told = CommentWithdrawn if comment.state is State.WITHDRAWN else CommentWritten
    return told(comment_id=comment.id, idea_id=comment.idea_id, author_id=comment.author_id)
