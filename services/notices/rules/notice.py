"""What people are told: which event names whom, what it is about, and by when a letter about it must be out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chassis.clock import day_of
from contracts import decisions, groups, ideas, meetings
from contracts.circle import Circle, Whom
from contracts.event import Event

POSTING_DAYS = 3
"""A letter without a day of its own is out within three days, so that a weekend may lie between (ours)."""

LINKS = (
    "meeting_id",
    "date_poll_id",
    "minutes_id",
    "proposal_id",
    "contribution_id",
    "anonymous_round_id",
    "idea_id",
    "into_id",
    "comment_id",
    "charter_id",
    "group_id",
    "sign_up_id",
    "draw_id",
    "decision_id",
    "docket_item_id",
    "task_id",
    "review_id",
    "survey_id",
    "department_id",
)
"""The things that a letter leads to, as events call them."""

Names = Callable[[Any], Iterable[UUID | Circle | None]]


def _told(event: Any) -> Iterable[UUID]:
    return tuple(event.told)


def _members(event: Any) -> Iterable[UUID]:
    return tuple(event.members)


def _author(event: Any) -> Iterable[UUID | None]:
    return (event.author_id,)


def _person(event: Any) -> Iterable[UUID]:
    return (event.person_id,)


def _circles(event: Any) -> Iterable[Circle]:
    return tuple(event.circles)


def _of_idea(event: Any) -> Iterable[Circle]:
    return tuple(Circle(whom=whom, of=event.idea_id) for whom in (Whom.AUTHOR, Whom.ENDORSERS, Whom.COMMENTERS))


def _of_group(whom: Whom) -> Names:
    return lambda event: (Circle(whom=whom, of=event.group_id),)


ABOUT_IDEAS: Mapping[type[Event], Names] = {
    ideas.IdeaPublished: _author,
    ideas.IdeaRejected: _author,
    ideas.IdeaHidden: _author,
    ideas.IdeaShown: _author,
    ideas.IdeaWithdrawn: _of_idea,
    ideas.IdeaDeclined: _of_idea,
    ideas.IdeaParked: _of_idea,
    ideas.IdeaReturned: _of_idea,
    ideas.IdeaTakenUp: _of_idea,
    ideas.IdeaSetToWork: _of_idea,
    ideas.IdeaMerged: _of_idea,
    ideas.CommentHidden: _author,
    ideas.CommentShown: _author,
}
"""Of an idea that is decided (`idea.concluded`) the same people hear by what the body publishes."""

ABOUT_GROUPS: Mapping[type[Event], Names] = {
    groups.CharterAmended: _members,
    groups.GroupOpened: lambda event: (Circle(whom=Whom.INTERESTED, of=event.group_id),),
    groups.GroupDissolved: _members,
    groups.GroupFellStill: lambda event: (*event.members, *event.leaders),
    groups.GroupRoleVacated: lambda event: (Circle(whom=Whom.BOARD, of=event.body_id),),
    groups.GroupRoleFilled: _members,
    groups.DrawAnnounced: _of_group(Whom.APPLICANTS),
    groups.SeatOffered: _person,
    groups.ReserveListed: _person,
    groups.ApplicantNotSelected: _person,
}

ABOUT_MEETINGS: Mapping[type[Event], Names] = {
    meetings.MeetingConvened: _told,
    meetings.MeetingChanged: _told,
    meetings.MeetingCancelled: _told,
    meetings.DatePollOpened: _told,
    meetings.DatePollReminded: _told,
    meetings.DatePollDropped: _told,
    meetings.MinutesSentForComments: _told,
    meetings.MinutesPublished: _told,
    meetings.MinutesCorrected: _told,
    meetings.MinutesOverdue: _told,
    meetings.ContributionAnswered: lambda event: (event.given_by,),
    meetings.SharedUnderstandingWorded: _of_group(Whom.MEMBERS),
    meetings.SharedUnderstandingReworded: _of_group(Whom.MEMBERS),
    meetings.AnonymousRoundOpened: _of_group(Whom.MEMBERS),
    meetings.AnonymousRoundClosed: _of_group(Whom.MEMBERS),
    meetings.ConsentAsked: _members,
    meetings.ProposalReopened: _members,
    meetings.ProposalReturned: _members,
}

ABOUT_DECISIONS: Mapping[type[Event], Names] = {
    decisions.DocketItemOverdue: lambda event: tuple(event.remind),
    decisions.DecisionPublished: _circles,
    decisions.DecisionCorrected: _circles,
    decisions.TaskBlocked: _circles,
    decisions.TaskApproved: _circles,
    decisions.TaskNotApproved: _circles,
    decisions.TaskStarted: _circles,
    decisions.TaskDone: _circles,
    decisions.TaskStopped: _circles,
    decisions.TaskOverdue: _circles,
    decisions.ReviewDue: _circles,
    decisions.ReviewHeld: _circles,
    decisions.SurveyOpened: _circles,
}

NAMES: Mapping[type[Event], Names] = {**ABOUT_IDEAS, **ABOUT_GROUPS, **ABOUT_MEETINGS, **ABOUT_DECISIONS}
"""Every event that somebody is to be told of, and whom it names: persons, or circles of them."""


WITHIN_A_GROUP = {event.kind for event in ABOUT_MEETINGS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What some people are told of, once. It has the id of the letter between services that told it, so that it is there once.

    `about` is the thing that it is about, `links` whatever else it speaks of; `answer_by` is the last day for an answer.
    """

    id: UUID
    kind: str
    about: UUID
    links: Mapping[str, UUID]
    persons: tuple[UUID, ...]
    circles: tuple[Circle, ...]
    told_on: date
    send_by: date
    answer_by: date | None = None

    @property
    def within(self) -> UUID | None:
        """The group whose work it is about: whoever leaves the group needs no letter about that."""
        return self.links.get("group_id") if self.kind in WITHIN_A_GROUP else None


def notice_of(event: Event, *, id: UUID, today: date, notice_days: int) -> Notice:
    """What is told by an event that names somebody."""
    named = tuple(NAMES[type(event)](event))
    return Notice(
        id=id,
        kind=event.kind,
        about=about(event),
        links={name: link for name in LINKS if (link := getattr(event, name, None)) is not None},
        persons=tuple(dict.fromkeys(each for each in named if isinstance(each, UUID))),
        circles=tuple(dict.fromkeys(each for each in named if isinstance(each, Circle))),
        told_on=today,
        send_by=send_by(event, today=today, notice_days=notice_days),
        answer_by=_answer_by(event),
    )


def about(event: Event) -> UUID:
    """The thing that an event is about."""
    thing: UUID = getattr(event, f"{event.thing()}_id")
    return thing


def send_by(event: Event, *, today: date, notice_days: int) -> date:
    """By the end of which day a letter about it must be out.

    A call to a meeting: on the last day on which the group may still be called, counted in the association's own notice.
    What has a last day for an answer, or a day on which it happens: before that. Never earlier than today.
    """
    if isinstance(event, meetings.MeetingConvened):
        return max(today, day_of(event.starts) - timedelta(days=notice_days))
    soon, last = today + timedelta(days=POSTING_DAYS), _last_day(event)
    return soon if last is None else max(today, min(soon, last - timedelta(days=1)))


def _last_day(event: Any) -> date | None:
    starts = getattr(event, "starts", None)
    return day_of(starts) if starts is not None else _answer_by(event)


def _answer_by(event: Any) -> date | None:
    if isinstance(event, meetings.DatePollOpened | meetings.DatePollReminded | groups.SeatOffered):
        return event.answer_by
    return event.closes_on if isinstance(event, decisions.SurveyOpened) else None
