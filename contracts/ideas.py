"""What ideas tells: what becomes of an idea, and who stands behind it."""

from dataclasses import dataclass
from uuid import UUID

from contracts.event import Event


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


@dataclass(frozen=True, kw_only=True)
class IdeaRejected(Event):
    """A moderator did not publish the idea, and told its author why."""

    kind = "idea.rejected"
    idea_id: UUID
    author_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaWithdrawn(Event):
    """Its author took the idea back."""

    kind = "idea.withdrawn"
    idea_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaDeclined(Event):
    """The association answered no, with a reason that everybody can read."""

    kind = "idea.declined"
    idea_id: UUID
    author_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaParked(Event):
    """The idea waits, with a reason that everybody can read; it may come back."""

    kind = "idea.parked"
    idea_id: UUID
    author_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaReturned(Event):
    """A parked idea is open again."""

    kind = "idea.returned"
    idea_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaTakenUp(Event):
    """A charter that grew out of the idea is in force: the idea has become the task of a group."""

    kind = "idea.taken_up"
    idea_id: UUID
    author_id: UUID
    charter_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaOverdue(Event):
    """The idea has no answer, though the association's answer deadline has passed."""

    kind = "idea.overdue"
    idea_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdeaConcluded(Event):
    """The body has decided on what the idea led to."""

    kind = "idea.concluded"
    idea_id: UUID
    author_id: UUID
    decision_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class EndorsementGiven(Event):
    """A person stands behind an idea, as a resident of these departments."""

    kind = "endorsement.given"
    idea_id: UUID
    person_id: UUID
    departments: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EndorsementWithdrawn(Event):
    """A person no longer stands behind an idea."""

    kind = "endorsement.withdrawn"
    idea_id: UUID
    person_id: UUID
    departments: tuple[UUID, ...] = ()
