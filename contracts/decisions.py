"""What decisions tells: what a body decided on charters and proposals, and whether it is really carried out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.circle import Circle
from contracts.event import Event


class Outcome(StrEnum):
    """What a body makes of a charter, a proposal or a recommendation."""

    ADOPTED = "adopted"
    ADOPTED_WITH_CHANGES = "adopted_with_changes"
    REJECTED = "rejected"
    RETURNED = "returned"


class ReasonCode(StrEnum):
    """Why, in one word, so that reasons can be counted: the first three say yes, the others say no or not quite."""

    NEED = "need"
    READY = "ready"
    WITHIN_FRAME = "within_frame"
    ECONOMY = "economy"
    LAW = "law"
    OTHER_COMPETENCE = "other_competence"
    SCOPE = "scope"
    DUPLICATE = "duplicate"
    PRIORITY = "priority"
    TECHNICAL = "technical"


class WouldStand(StrEnum):
    """Whether somebody would stand for a board."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What a member says about having taken part: five scales from 1 (not at all) to 5 (very much), and two questions."""

    heard: int
    influence: int
    trust_board: int
    fairness: int
    ownership: int
    would_recommend: bool
    would_stand: WouldStand


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many gave one answer to one question."""

    question: str
    answer: str
    number: int


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
class StaffRecommended(Event):
    """Staff wrote what they recommend the body to decide (indstilling); it stands beside the matter and binds nobody."""

    kind = "docket_item.recommended"
    docket_item_id: UUID
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class MemberRecused(Event):
    """A member of the body declared a conflict of interest and takes no part in this matter."""

    kind = "docket_item.recused"
    docket_item_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class DocketItemOverdue(Event):
    """The body has not decided by the day that the charter gave. `remind` names who is to be reminded."""

    kind = "docket_item.overdue"
    docket_item_id: UUID
    body_id: UUID | None = None
    charter_id: UUID | None = None
    group_id: UUID | None = None
    due: date | None = None
    remind: tuple[Circle, ...] = ()


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
    """Everybody can read what the body decided and why. `circles` name everybody who is to be told, and with which words:
    `message` is for those who took part, `message_to_proposer` for whoever had the idea.
    """

    kind = "decision.published"
    decision_id: UUID
    charter_id: UUID
    group_id: UUID
    proposal_id: UUID
    outcome: Outcome
    reason: str
    members: tuple[UUID, ...] = ()
    idea_id: UUID | None = None
    codes: tuple[ReasonCode, ...] = ()
    message: str = ""
    message_to_proposer: str = ""
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecisionCorrected(Event):
    """A slip of the pen in a published decision is put right by a new record, which says what is corrected and why.

    The outcome is the same, and the earlier record can still be read. Those who were told of the decision are to be told.
    """

    kind = "decision.corrected"
    decision_id: UUID
    corrects: UUID
    group_id: UUID
    proposal_id: UUID
    outcome: Outcome
    circles: tuple[Circle, ...] = ()


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
    owner_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class TaskBlocked(Event):
    """The task waits for a department meeting (afventer afdelingsmødet)."""

    kind = "task.blocked"
    task_id: UUID
    decision_id: UUID
    department_id: UUID
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskApproved(Event):
    """The department meeting said yes; the task may start there."""

    kind = "task.approved"
    task_id: UUID
    decision_id: UUID
    department_id: UUID
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskNotApproved(Event):
    """The department meeting said no; the task is not carried out there."""

    kind = "task.not_approved"
    task_id: UUID
    decision_id: UUID
    department_id: UUID
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskStarted(Event):
    """The work is under way."""

    kind = "task.started"
    task_id: UUID
    decision_id: UUID
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskDone(Event):
    """What was decided is carried out."""

    kind = "task.done"
    task_id: UUID
    decision_id: UUID
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskStopped(Event):
    """The task will not be carried out; the reason can be read by everybody."""

    kind = "task.stopped"
    task_id: UUID
    decision_id: UUID
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskRevised(Event):
    """The task is put differently: its title, owner, day or weight. Its state is the same, and nobody need be told."""

    kind = "task.revised"
    task_id: UUID
    decision_id: UUID
    due: date
    owner_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class TaskReported(Event):
    """The task has come so far, in percent. Its state is the same, and nobody need be told."""

    kind = "task.reported"
    task_id: UUID
    decision_id: UUID
    percent: int


@dataclass(frozen=True, kw_only=True)
class TaskOverdue(Event):
    """The task should have been carried out by now. `circles` name who is to be reminded."""

    kind = "task.overdue"
    task_id: UUID
    decision_id: UUID
    due: date
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Event):
    """A secretary began to gather decisions that are to be published together."""

    kind = "round.opened"
    round_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoundGathered(Event):
    """A prepared decision was put into the round."""

    kind = "round.gathered"
    round_id: UUID
    decision_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoundLeftOut(Event):
    """A decision was taken out of the round; it is published some other time."""

    kind = "round.left_out"
    round_id: UUID
    decision_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoundBegun(Event):
    """The decisions of the round are being published, one after the other."""

    kind = "round.begun"
    round_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoundWentOn(Event):
    """One decision of the round was published, or could not be (`refused` says why, as a refusal's slug)."""

    kind = "round.went_on"
    round_id: UUID
    decision_id: UUID
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundPublished(Event):
    """All decisions of the round are published."""

    kind = "round.published"
    round_id: UUID
    decisions: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoundGivenUp(Event):
    """The round was dropped before anything was published."""

    kind = "round.given_up"
    round_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReviewPlanned(Event):
    """On this day it is to be looked at what has come of the decision."""

    kind = "review.planned"
    review_id: UUID
    decision_id: UUID
    day: date


@dataclass(frozen=True, kw_only=True)
class ReviewDue(Event):
    """The day has come to look at what has come of the decision. `circles` name who is to be called to it."""

    kind = "review.due"
    review_id: UUID
    decision_id: UUID
    day: date
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReviewHeld(Event):
    """What has come of the decision was looked at, and what was found can be read by everybody. No next day: it is done."""

    kind = "review.held"
    review_id: UUID
    decision_id: UUID
    next_day: date | None = None
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SurveyOpened(Event):
    """The group's members are asked how it was to take part; they may answer until the given day, included."""

    kind = "survey.opened"
    survey_id: UUID
    group_id: UUID
    decision_id: UUID
    closes_on: date
    circles: tuple[Circle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SurveyClosed(Event):
    """The survey is over. `counts` are given only when at least five have answered, so that nobody is known by an answer."""

    kind = "survey.closed"
    survey_id: UUID
    group_id: UUID
    asked: int
    answered: int
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Event):
    """A member answered the survey. Who and what goes along only where the member consents to research."""

    kind = "survey_answer.given"
    answer_id: UUID
    survey_id: UUID
    group_id: UUID
    person_id: UUID | None = None
    reply: Reply | None = None


@dataclass(frozen=True, kw_only=True)
class SurveyAnswerChanged(Event):
    """A member answered differently. Without consent to research (any more), neither who nor what goes along."""

    kind = "survey_answer.changed"
    answer_id: UUID
    survey_id: UUID
    group_id: UUID
    person_id: UUID | None = None
    reply: Reply | None = None
