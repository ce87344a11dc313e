"""What decisions tells: what a body decided on charters and proposals, and whether it is really carried out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.event import Event


class Outcome(StrEnum):
    """What a body makes of a charter, a proposal or a recommendation."""

    ADOPTED = "adopted"
    ADOPTED_WITH_CHANGES = "adopted_with_changes"
    REJECTED = "rejected"
    RETURNED = "returned"


@dataclass(frozen=True, kw_only=True)
class DocketItemLaid(Event):
    """A charter or a proposal is on the body's docket, to be decided by the given day."""

    kind = "docket_item.laid"
    docket_item_id: UUID
    body_id: UUID
    due: date


@dataclass(frozen=True, kw_only=True)
class DocketItemPresented(Event):
    """The matter was presented to the body."""

    kind = "docket_item.presented"
    docket_item_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberRecused(Event):
    """A member of the body declared a conflict of interest and takes no part in this matter."""

    kind = "docket_item.recused"
    docket_item_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class DocketItemOverdue(Event):
    """The body has not decided by the day that the charter gave. The group and the body's chair are to be reminded."""

    kind = "docket_item.overdue"
    docket_item_id: UUID
    body_id: UUID | None = None
    charter_id: UUID | None = None
    group_id: UUID | None = None
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class DocketItemTakenOver(Event):
    """The department has no board any more; the organisation board decides in its place."""

    kind = "docket_item.taken_over"
    docket_item_id: UUID
    body_id: UUID
    charter_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CharterDecided(Event):
    """The body adopted a charter, sent it back, or rejected it."""

    kind = "docket_item.charter_decided"
    docket_item_id: UUID
    charter_id: UUID
    edition: int
    outcome: Outcome
    meeting_day: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AmendmentDecided(Event):
    """The body adopted an amendment of a charter, sent it back, or rejected it."""

    kind = "docket_item.amendment_decided"
    docket_item_id: UUID
    amendment_id: UUID
    charter_id: UUID
    attempt: int
    outcome: Outcome
    meeting_day: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RevocationDecided(Event):
    """The body took a charter back (adopted), or did not (rejected)."""

    kind = "docket_item.revocation_decided"
    docket_item_id: UUID
    charter_id: UUID
    number: int
    outcome: Outcome
    meeting_day: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalWasDecided(Event):
    """The body took its decision on a proposal; the decision is prepared, not yet published."""

    kind = "docket_item.proposal_decided"
    docket_item_id: UUID
    decision_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecisionPrepared(Event):
    """A decision stands as the body took it, and waits to be published."""

    kind = "decision.prepared"
    decision_id: UUID
    docket_item_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecisionPublished(Event):
    """Everybody can read what the body decided and why; the group's members, the author and the endorsers are to be told."""

    kind = "decision.published"
    decision_id: UUID
    charter_id: UUID
    group_id: UUID
    proposal_id: UUID
    outcome: Outcome
    reason: str
    members: tuple[UUID, ...] = ()
    idea_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionSuperseded(Event):
    """A later decision stands in place of this one."""

    kind = "decision.superseded"
    decision_id: UUID
    by_decision_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskPlanned(Event):
    """What was decided got a task with an owner and a due day."""

    kind = "task.planned"
    task_id: UUID
    decision_id: UUID
    due: date


@dataclass(frozen=True, kw_only=True)
class TaskBlocked(Event):
    """The task waits for a department meeting (afventer afdelingsmødet)."""

    kind = "task.blocked"
    task_id: UUID
    decision_id: UUID
    department_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskApproved(Event):
    """The department meeting said yes; the task may start there."""

    kind = "task.approved"
    task_id: UUID
    decision_id: UUID
    department_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskNotApproved(Event):
    """The department meeting said no; the task is not carried out there."""

    kind = "task.not_approved"
    task_id: UUID
    decision_id: UUID
    department_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskStarted(Event):
    """The work is under way."""

    kind = "task.started"
    task_id: UUID
    decision_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskDone(Event):
    """What was decided is carried out."""

    kind = "task.done"
    task_id: UUID
    decision_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskStopped(Event):
    """The task will not be carried out; the reason can be read by everybody."""

    kind = "task.stopped"
    task_id: UUID
    decision_id: UUID
