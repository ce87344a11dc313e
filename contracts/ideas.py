"""What ideas tells: what becomes of an idea, who stands behind it, and what is said about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.event import Event


class Circle(StrEnum):
    """Who is to be told of what happened: the author, or everybody whom `GET /ideas/<idea_id>/circle` names."""

    AUTHOR = "author"
    IDEA = "idea"


@dataclass(frozen=True, kw_only=True)
class IdeaDrafted(Event):
    """Somebody began to write an idea down. Nobody else sees it."""

    kind = "idea.drafted"
    idea_id: UUID
    author_id: UUID
    origin: str


@dataclass(frozen=True, kw_only=True)
class IdeaEdited(Event):
    """The draft says something else now."""

    kind = "idea.edited"
    idea_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaDiscarded(Event):
    """The author deleted the draft; nothing that was written is kept."""

    kind = "idea.discarded"
    idea_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaSubmitted(Event):
    """Somebody put an idea to the association; a moderator has yet to publish it."""

    kind = "idea.submitted"
    idea_id: UUID
    author_id: UUID
    origin: str


@dataclass(frozen=True, kw_only=True)
class IdeaPublished(Event):
    """The idea can be read and endorsed by everybody in the association. No departments: it concerns them all."""

    kind = "idea.published"
    idea_id: UUID
    title: str
    departments: tuple[UUID, ...] = ()
    author_id: UUID | None = None
    answer_by: date | None = None
    circle: Circle = Circle.AUTHOR


@dataclass(frozen=True, kw_only=True)
class IdeaRejected(Event):
    """A moderator did not publish the idea, and told its author why."""

    kind = "idea.rejected"
    idea_id: UUID
    author_id: UUID
    reason: str = ""
    circle: Circle = Circle.AUTHOR


@dataclass(frozen=True, kw_only=True)
class IdeaHidden(Event):
    """A moderator took a published idea out of sight, and told its author why."""

    kind = "idea.hidden"
    idea_id: UUID
    author_id: UUID
    reason: str
    circle: Circle = Circle.AUTHOR


@dataclass(frozen=True, kw_only=True)
class IdeaShown(Event):
    """A hidden idea is public and open again."""

    kind = "idea.shown"
    idea_id: UUID
    author_id: UUID
    circle: Circle = Circle.AUTHOR


@dataclass(frozen=True, kw_only=True)
class IdeaWithdrawn(Event):
    """Its author took the idea back, and said why if others had seen it."""

    kind = "idea.withdrawn"
    idea_id: UUID
    author_id: UUID | None = None
    reason: str = ""
    circle: Circle = Circle.IDEA


@dataclass(frozen=True, kw_only=True)
class IdeaDeclined(Event):
    """The association answered no, with a reason that everybody can read."""

    kind = "idea.declined"
    idea_id: UUID
    author_id: UUID
    reason: str = ""
    circle: Circle = Circle.IDEA


@dataclass(frozen=True, kw_only=True)
class IdeaParked(Event):
    """The idea waits, with a reason that everybody can read; it may come back."""

    kind = "idea.parked"
    idea_id: UUID
    author_id: UUID
    reason: str = ""
    circle: Circle = Circle.IDEA


@dataclass(frozen=True, kw_only=True)
class IdeaReturned(Event):
    """A parked idea is open again."""

    kind = "idea.returned"
    idea_id: UUID
    author_id: UUID | None = None
    circle: Circle = Circle.IDEA


@dataclass(frozen=True, kw_only=True)
class IdeaTakenUp(Event):
    """The association will work on the idea, and said why. Carries how many stood behind it then, in how many departments."""

    kind = "idea.taken_up"
    idea_id: UUID
    author_id: UUID
    charter_id: UUID | None = None
    reason: str = ""
    endorsers: int = 0
    in_departments: int = 0
    circle: Circle = Circle.IDEA


@dataclass(frozen=True, kw_only=True)
class IdeaSetToWork(Event):
    """A charter that grew out of the idea is in force: the idea has become the task of a group."""

    kind = "idea.set_to_work"
    idea_id: UUID
    author_id: UUID
    charter_id: UUID
    circle: Circle = Circle.IDEA


@dataclass(frozen=True, kw_only=True)
class IdeaMerged(Event):
    """The idea goes on as part of another. Its author and endorsers are told, and of all that becomes of the other one."""

    kind = "idea.merged"
    idea_id: UUID
    into_id: UUID
    author_id: UUID
    reason: str
    circle: Circle = Circle.IDEA


@dataclass(frozen=True, kw_only=True)
class IdeaOverdue(Event):
    """The idea has no answer, though the association's answer deadline has passed. `day` is the day it was seen on."""

    kind = "idea.overdue"
    idea_id: UUID
    author_id: UUID | None = None
    answer_by: date | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class IdeaConcluded(Event):
    """The body has decided on what the idea led to."""

    kind = "idea.concluded"
    idea_id: UUID
    author_id: UUID
    decision_id: UUID
    outcome: str
    circle: Circle = Circle.IDEA


@dataclass(frozen=True, kw_only=True)
class IdeaCommentsClosed(Event):
    """A moderator closed the idea for comments."""

    kind = "idea.comments_closed"
    idea_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaCommentsOpened(Event):
    """The idea can be commented on again."""

    kind = "idea.comments_opened"
    idea_id: UUID


@dataclass(frozen=True, kw_only=True)
class EndorsementGiven(Event):
    """A person stands behind an idea, as a resident of these departments.

    `carried_from`: it was given to an idea that was merged into this one.
    """

    kind = "endorsement.given"
    idea_id: UUID
    person_id: UUID
    departments: tuple[UUID, ...] = ()
    carried_from: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class EndorsementWithdrawn(Event):
    """A person no longer stands behind an idea."""

    kind = "endorsement.withdrawn"
    idea_id: UUID
    person_id: UUID
    departments: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EndorsementCarried(Event):
    """The idea was merged into another, and the person stands behind that one from now on."""

    kind = "endorsement.carried"
    idea_id: UUID
    person_id: UUID
    into_id: UUID


@dataclass(frozen=True, kw_only=True)
class CommentWritten(Event):
    """Somebody said something about an idea; everybody in the association can read it."""

    kind = "comment.written"
    comment_id: UUID
    idea_id: UUID
    author_id: UUID


@dataclass(frozen=True, kw_only=True)
class CommentHidden(Event):
    """A moderator took a comment out of sight, and told its author why."""

    kind = "comment.hidden"
    comment_id: UUID
    idea_id: UUID
    author_id: UUID
    reason: str
    circle: Circle = Circle.AUTHOR


@dataclass(frozen=True, kw_only=True)
class CommentShown(Event):
    """A hidden comment can be read again."""

    kind = "comment.shown"
    comment_id: UUID
    idea_id: UUID
    author_id: UUID
    circle: Circle = Circle.AUTHOR


@dataclass(frozen=True, kw_only=True)
class CommentWithdrawn(Event):
    """Its author took a comment back; what it said is not kept."""

    kind = "comment.withdrawn"
    comment_id: UUID
    idea_id: UUID
    author_id: UUID
