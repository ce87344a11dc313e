"""The life of a meeting's minutes.

draft --edit--> draft                       facilitator, sponsor or secretary
draft --send_for_comments--> for_comments   facilitator, sponsor or secretary
for_comments --comment--> for_comments      a member of the group
for_comments --edit--> for_comments         facilitator, sponsor or secretary
for_comments --approve--> approved          facilitator, sponsor or secretary
approved --publish--> published             facilitator, sponsor or secretary
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.event import Event
from contracts.meetings import (
    MinutesApproved,
    MinutesCommented,
    MinutesDrafted,
    MinutesEdited,
    MinutesPublished,
    MinutesSentForComments,
)
from services.meetings.rules.circle import Circle, leads, somebody
from services.meetings.rules.meeting import Meeting
from services.meetings.rules.meeting import State as MeetingState


class State(StrEnum):
    """Where the minutes are in their life."""

    DRAFT = "draft"
    FOR_COMMENTS = "for_comments"
    APPROVED = "approved"
    PUBLISHED = "published"


NOT_HELD = No(
    "meeting-not-held", "Der skrives først referat, når mødet er holdt.", "Minutes are written when the meeting was held."
)
EMPTY_MINUTES = No("empty-minutes", "Referatet har ingen punkter.", "The minutes have no items.")

LIFE = Life.drawn(__doc__, edit=leads, send_for_comments=leads, comment=somebody, approve=leads, publish=leads)


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What was said on one item; a closed one is public by its heading only."""

    title: str
    text: str = ""
    closed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """What a member remarked."""

    person_id: UUID
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Minutes:
    """The minutes of one held meeting."""

    id: UUID
    meeting_id: UUID
    group_id: UUID
    facilitator_id: UUID
    sponsor_id: UUID
    items: tuple[Item, ...]
    comments: tuple[Comment, ...] = ()
    state: State = State.DRAFT
    version: int = 0

    @property
    def public_items(self) -> tuple[Item, ...]:
        """What everybody may read: of closed items the heading (tavshedspligt)."""
        return tuple(replace(item, text="") if item.closed else item for item in self.items)

    def edit(self, *, who: Identity, items: tuple[Item, ...]) -> tuple[Minutes, Event]:
        """They say something else."""
        state = State(LIFE.step(self, "edit", who))
        return replace(self, state=state, items=_some(items)), MinutesEdited(minutes_id=self.id, group_id=self.group_id)

    def send_for_comments(self, *, who: Identity) -> tuple[Minutes, Event]:
        """The members may remark on them."""
        state = State(LIFE.step(self, "send_for_comments", who))
        return replace(self, state=state), MinutesSentForComments(minutes_id=self.id, group_id=self.group_id)

    def comment(self, *, who: Identity, circle: Circle, text: str, now: datetime) -> tuple[Minutes, Event]:
        """A member remarks on them."""
        state = State(LIFE.step(self, "comment", who))
        circle.must_have(who)
        said = Comment(person_id=who.person_id or UUID(int=0), text=text, at=now)
        told = MinutesCommented(minutes_id=self.id, group_id=self.group_id)
        return replace(self, state=state, comments=(*self.comments, said)), told

    def approve(self, *, who: Identity) -> tuple[Minutes, Event]:
        """They stand."""
        state = State(LIFE.step(self, "approve", who))
        return replace(self, state=state), MinutesApproved(minutes_id=self.id, group_id=self.group_id)

    def publish(self, *, who: Identity) -> tuple[Minutes, Event]:
        """Everybody in the association can read the public version."""
        state = State(LIFE.step(self, "publish", who))
        told = MinutesPublished(minutes_id=self.id, meeting_id=self.meeting_id, group_id=self.group_id)
        return replace(self, state=state), told


def draft(*, id: UUID, who: Identity, of: Meeting, items: tuple[Item, ...]) -> tuple[Minutes, Event]:
    """Begin the minutes of a meeting that was held."""
    if not leads(of, who):
        raise NotAllowed(NOT_ALLOWED)
    if of.state is not MeetingState.HELD:
        raise Refused(NOT_HELD)
    made = Minutes(
        id=id,
        meeting_id=of.id,
        group_id=of.group_id,
        facilitator_id=of.facilitator_id,
        sponsor_id=of.sponsor_id,
        items=_some(items),
    )
    return made, MinutesDrafted(minutes_id=id, meeting_id=of.id, group_id=of.group_id)


def _some(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if not items:
        raise Refused(EMPTY_MINUTES)
    return items
