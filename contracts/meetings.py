"""What meetings tells: the group's meetings and minutes, its contributions, and its proposal until it is submitted."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from contracts.event import Event
from contracts.groups import SeatCategory


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


class Act(StrEnum):
    """What a facilitator does to bring different wishes together (integrative leadership: structure, process and people)."""

    FRAME = "frame"
    INVITE = "invite"
    SURFACE_DIFFERENCE = "surface_difference"
    TRANSLATE = "translate"
    REFRAME = "reframe"
    SYNTHESISE = "synthesise"
    TEST_AGREEMENT = "test_agreement"
    PROTECT_MINORITY = "protect_minority"
    CONNECT_UPWARDS = "connect_upwards"
    SETTLE_NEXT_STEP = "settle_next_step"


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
class ProposedTime:
    """A time that the members are asked about."""

    starts: datetime
    ends: datetime


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
class AgendaPrepared(Event):
    """The agenda of a meeting that is not convened yet says something else now."""

    kind = "meeting.agenda_prepared"
    meeting_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingTimeAgreed(Event):
    """The members' answers gave a meeting its time; it is yet to be convened."""

    kind = "meeting.time_agreed"
    meeting_id: UUID
    group_id: UUID
    starts: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingConvened(Event):
    """The group is called to a meeting. `told` are to be told: the members and those who lead the group."""

    kind = "meeting.convened"
    meeting_id: UUID
    group_id: UUID
    starts: datetime
    ends: datetime
    place: str
    online_link: str = ""
    interpreter: bool = False
    child_care: bool = False
    accessibility: str = ""
    agenda: tuple[str, ...] = ()
    edition: int = 1
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Event):
    """A convened meeting is different in what `changed` names; `edition` counts the calls. `told` are to be told."""

    kind = "meeting.changed"
    meeting_id: UUID
    group_id: UUID
    starts: datetime
    ends: datetime
    place: str
    online_link: str = ""
    interpreter: bool = False
    child_care: bool = False
    accessibility: str = ""
    agenda: tuple[str, ...] = ()
    edition: int = 1
    changed: tuple[str, ...] = ()
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    """A meeting is called off; it does not count as held. `told` are to be told why."""

    kind = "meeting.cancelled"
    meeting_id: UUID
    group_id: UUID
    starts: datetime | None = None
    reason: str = ""
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Event):
    """A meeting took place with enough members. `attended` are the members who came."""

    kind = "meeting.held"
    meeting_id: UUID
    group_id: UUID
    starts: datetime
    present: int
    ends: datetime | None = None
    guests: int = 0
    members: int = 0
    attended: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DatePollOpened(Event):
    """The members are asked which of some times suit them. `told` are to be told."""

    kind = "date_poll.opened"
    date_poll_id: UUID
    meeting_id: UUID
    group_id: UUID
    answer_by: date
    times: tuple[ProposedTime, ...]
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DatePollAnswered(Event):
    """Somebody answered which times suit them, for the first time or anew."""

    kind = "date_poll.answered"
    date_poll_id: UUID
    group_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class DatePollReminded(Event):
    """The last day for answers is near. `told`, and nobody else, have not answered and are to be reminded."""

    kind = "date_poll.reminded"
    date_poll_id: UUID
    meeting_id: UUID
    group_id: UUID
    answer_by: date
    told: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class DatePollDecided(Event):
    """One of the times was chosen. The members are told when they are called to the meeting."""

    kind = "date_poll.decided"
    date_poll_id: UUID
    meeting_id: UUID
    group_id: UUID
    starts: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True)
class DatePollDropped(Event):
    """The date poll was closed and none of its times chosen. `told` are to be told."""

    kind = "date_poll.dropped"
    date_poll_id: UUID
    meeting_id: UUID
    group_id: UUID
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnswerGiven(Event):
    """Somebody said whether they come to a meeting, for the first time or anew."""

    kind = "answer.given"
    meeting_id: UUID
    group_id: UUID
    person_id: UUID
    coming: bool


@dataclass(frozen=True, kw_only=True)
class CalendarOpened(Event):
    """A person has a secret address for their calendar; an older one is no good any more."""

    kind = "calendar.opened"
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class CalendarClosed(Event):
    """A person's calendar has no secret address any more."""

    kind = "calendar.closed"
    person_id: UUID


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
    """The members may comment on the minutes. `told` are to be told."""

    kind = "minutes.sent_for_comments"
    minutes_id: UUID
    group_id: UUID
    told: tuple[UUID, ...] = ()


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
class MinutesRedacted(Event):
    """What everybody may read of approved minutes was set apart from what only the group may read."""

    kind = "minutes.redacted"
    minutes_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesPublished(Event):
    """The public version of the minutes can be read by all residents. `hash` is that of the revision. `told` are to be told."""

    kind = "minutes.published"
    minutes_id: UUID
    meeting_id: UUID
    group_id: UUID
    revision: int = 1
    hash: str = ""
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MinutesCorrected(Event):
    """Published minutes have a new revision, and say what changed; the older ones can still be read. `told` are to be told."""

    kind = "minutes.corrected"
    minutes_id: UUID
    meeting_id: UUID
    group_id: UUID
    revision: int
    hash: str
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MinutesOverdue(Event):
    """Minutes of a held meeting are not published in time. `told`, who lead the group, are to be told."""

    kind = "meeting.minutes_overdue"
    meeting_id: UUID
    group_id: UUID
    told: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContributionGiven(Event):
    """A member gave a wish, an experience, a concern, an idea or a constraint."""

    kind = "contribution.given"
    contribution_id: UUID
    group_id: UUID
    given_by: UUID
    category: SeatCategory
    sort: str
    meeting_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ContributionEdited(Event):
    """Whoever gave the contribution says it otherwise."""

    kind = "contribution.edited"
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
class ContributionLetGo(Event):
    """The recommendation that a contribution fed was taken out of the proposal, so the contribution waits again."""

    kind = "contribution.let_go"
    contribution_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContributionAnswered(Event):
    """A contribution is not taken in, and the reason can be read. Whoever gave it is to be told."""

    kind = "contribution.answered"
    contribution_id: UUID
    group_id: UUID
    given_by: UUID


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
class ThemeMerged(Event):
    """A theme was merged into another, and its contributions moved with it."""

    kind = "theme.merged"
    theme_id: UUID
    group_id: UUID
    into_theme_id: UUID


@dataclass(frozen=True, kw_only=True)
class SharedUnderstandingWorded(Event):
    """The group put its shared understanding of the problem into words. All members are to be asked how far they agree."""

    kind = "shared_understanding.worded"
    shared_understanding_id: UUID
    group_id: UUID
    edition: int = 1


@dataclass(frozen=True, kw_only=True)
class SharedUnderstandingReworded(Event):
    """The shared understanding has other words. All members are to be asked again."""

    kind = "shared_understanding.reworded"
    shared_understanding_id: UUID
    group_id: UUID
    edition: int


@dataclass(frozen=True, kw_only=True)
class SharedUnderstandingAgreed(Event):
    """A member said how far they agree. `levels` counts how many said 1, 2, 3, 4 and 5 by now; who said what is not told."""

    kind = "shared_understanding.agreed"
    shared_understanding_id: UUID
    group_id: UUID
    edition: int
    levels: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class LeadershipActNoted(Event):
    """The facilitator noted a leadership act."""

    kind = "leadership_act.noted"
    leadership_act_id: UUID
    group_id: UUID
    act: Act
    meeting_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class LeadershipActTakenBack(Event):
    """A leadership act was noted by mistake and does not count."""

    kind = "leadership_act.taken_back"
    leadership_act_id: UUID
    group_id: UUID
    act: Act


@dataclass(frozen=True, kw_only=True)
class AnonymousRoundOpened(Event):
    """The facilitator asked the group something that is answered anonymously. All members are to be told."""

    kind = "anonymous_round.opened"
    anonymous_round_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class AnonymousRoundAnswered(Event):
    """Somebody answered; neither who nor what is ever told."""

    kind = "anonymous_round.answered"
    anonymous_round_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class AnonymousRoundClosed(Event):
    """The round takes no more answers; the group can read them if there were at least three. All members are to be told."""

    kind = "anonymous_round.closed"
    anonymous_round_id: UUID
    group_id: UUID
    answers: int


@dataclass(frozen=True, kw_only=True)
class RecommendationWritten(Event):
    """The draft of the proposal got one more recommendation."""

    kind = "recommendation.written"
    recommendation_id: UUID
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecommendationEdited(Event):
    """A recommendation in the draft says something else now."""

    kind = "recommendation.edited"
    recommendation_id: UUID
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecommendationTakenOut(Event):
    """A recommendation was taken out of the draft."""

    kind = "recommendation.taken_out"
    recommendation_id: UUID
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalDrafted(Event):
    """The group began to write its proposal."""

    kind = "proposal.drafted"
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalEdited(Event):
    """The draft has another title or summary."""

    kind = "proposal.edited"
    proposal_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentAsked(Event):
    """The text stands still and the members of this day are asked for their consent: they are to be told."""

    kind = "proposal.consent_asked"
    proposal_id: UUID
    group_id: UUID
    members: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    """A member consented, or stated a dissent that goes with the proposal unchanged."""

    kind = "proposal.consent_given"
    proposal_id: UUID
    group_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProposalReopened(Event):
    """The consent round was broken off to change the text. Those who were asked are to be told."""

    kind = "proposal.reopened"
    proposal_id: UUID
    group_id: UUID
    members: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProposalSubmitted(Event):
    """The group handed its proposal to the commissioning body. Carries the text, for the body decides on what it was given.

    When it was sent back before: which recommendations are new or `changed` since then, and which were `taken_out`.
    """

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
    changed: tuple[UUID, ...] = ()
    taken_out: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProposalReturned(Event):
    """The body sent the proposal back to the group, with its reasons. The members are to be told."""

    kind = "proposal.returned"
    proposal_id: UUID
    group_id: UUID
    members: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProposalDecided(Event):
    """The body's decision on the proposal is published."""

    kind = "proposal.decided"
    proposal_id: UUID
    group_id: UUID
