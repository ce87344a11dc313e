"""What meetings tells: the group's meetings and minutes, its contributions, and its proposal until it is submitted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.event import Event


class RentEffect(StrEnum):
    """What a recommendation does to the rent; above 15 % a ballot can be demanded (almenboligloven § 37, stk. 3)."""

    NONE = "none"
    UP_TO_15 = "up_to_15"
    ABOVE_15 = "above_15"


class CostClass(StrEnum):
    """How much a recommendation costs, roughly."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """One point of a proposal. `needs_department_meeting` when it concerns works or activities in departments (§ 37, stk. 1)."""

    id: UUID
    text: str
    responsible: str
    cost: CostClass
    rent: RentEffect
    question: int
    first_step: str = ""
    needs_department_meeting: bool = False


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Event):
    """A meeting of the charter's timetable has been laid out."""

    kind = "meeting.planned"
    meeting_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingAmended(Event):
    """The charter names another day for a planned meeting, or other people lead it."""

    kind = "meeting.amended"
    meeting_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingConvened(Event):
    """The group is called to a meeting. All members are to be told."""

    kind = "meeting.convened"
    meeting_id: UUID
    group_id: UUID
    starts: datetime
    ends: datetime
    place: str


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Event):
    """A convened meeting has another time or place. All members are to be told."""

    kind = "meeting.changed"
    meeting_id: UUID
    group_id: UUID
    starts: datetime
    ends: datetime
    place: str


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    """A meeting is called off; it does not count as held."""

    kind = "meeting.cancelled"
    meeting_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Event):
    """A meeting took place with enough members."""

    kind = "meeting.held"
    meeting_id: UUID
    group_id: UUID
    starts: datetime
    present: int


@dataclass(frozen=True, kw_only=True)
class MinutesDrafted(Event):
    """Minutes of a held meeting are being written."""

    kind = "minutes.drafted"
    minutes_id: UUID
    meeting_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesEdited(Event):
    """The minutes say something else now."""

    kind = "minutes.edited"
    minutes_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesSentForComments(Event):
    """The members may comment on the minutes."""

    kind = "minutes.sent_for_comments"
    minutes_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesCommented(Event):
    """A member remarked on the minutes."""

    kind = "minutes.commented"
    minutes_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(Event):
    """The minutes are approved."""

    kind = "minutes.approved"
    minutes_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesPublished(Event):
    """The public version of the minutes can be read by all residents."""

    kind = "minutes.published"
    minutes_id: UUID
    meeting_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesOverdue(Event):
    """Minutes of a held meeting are not published in time."""

    kind = "meeting.minutes_overdue"
    meeting_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContributionGiven(Event):
    """A member gave a wish, an experience, a concern, an idea or a constraint."""

    kind = "contribution.given"
    contribution_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContributionThemed(Event):
    """A contribution was gathered into a theme."""

    kind = "contribution.themed"
    contribution_id: UUID
    group_id: UUID
    theme_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContributionTraced(Event):
    """A contribution feeds a recommendation of the proposal."""

    kind = "contribution.traced"
    contribution_id: UUID
    group_id: UUID
    recommendation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContributionAnswered(Event):
    """A contribution is not taken in, and the reason is told."""

    kind = "contribution.answered"
    contribution_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContributionWithdrawn(Event):
    """Whoever gave the contribution took it back."""

    kind = "contribution.withdrawn"
    contribution_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ThemeNamed(Event):
    """A theme was opened, to gather contributions under."""

    kind = "theme.named"
    theme_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ThemeRenamed(Event):
    """A theme is called something else."""

    kind = "theme.renamed"
    theme_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalDrafted(Event):
    """The group began to write its proposal."""

    kind = "proposal.drafted"
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalEdited(Event):
    """The draft says something else now."""

    kind = "proposal.edited"
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentAsked(Event):
    """The text stands still and the members are asked for their consent."""

    kind = "proposal.consent_asked"
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    """A member consented, or stated a dissent that goes with the proposal unchanged."""

    kind = "proposal.consent_given"
    proposal_id: UUID
    group_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalReopened(Event):
    """The consent round was broken off to change the text."""

    kind = "proposal.reopened"
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalSubmitted(Event):
    """The group handed its proposal to the commissioning body. Carries the text, for the body decides on what it was given."""

    kind = "proposal.submitted"
    proposal_id: UUID
    group_id: UUID
    charter_id: UUID
    body_id: UUID
    edition: int
    title: str
    summary: str
    recommendations: tuple[Recommendation, ...]
    dissents: tuple[str, ...] = ()
    members: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProposalReturned(Event):
    """The body sent the proposal back to the group, with its reasons."""

    kind = "proposal.returned"
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalDecided(Event):
    """The body's decision on the proposal is published."""

    kind = "proposal.decided"
    proposal_id: UUID
    group_id: UUID
