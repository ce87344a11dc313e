"""The life of a meeting's minutes.

draft --edit--> draft                       facilitator, sponsor or secretary
draft --send_for_comments--> for_comments   facilitator, sponsor or secretary
for_comments --comment--> for_comments      a member of the group
for_comments --edit--> for_comments         facilitator, sponsor or secretary
for_comments --approve--> approved          facilitator, sponsor or secretary
approved --redact--> approved               facilitator, sponsor or secretary, for what everybody may read
approved --publish--> published             facilitator, sponsor or secretary
published --correct--> published            facilitator, sponsor or secretary, as a new revision
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
    MinutesCorrected,
    MinutesDrafted,
    MinutesEdited,
    MinutesPublished,
    MinutesRedacted,
    MinutesSentForComments,
)
from services.meetings.rules import public
from services.meetings.rules.circle import Circle, leads, somebody
from services.meetings.rules.meeting import REASON_NEEDED, Meeting
from services.meetings.rules.meeting import State as MeetingState
from services.meetings.rules.public import Item


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
SAME_ITEMS = No(
    "same-items", "Der er ikke rettet noget i referatet.", "Nothing in the minutes is different, so there is nothing to correct."
)
OTHER_ITEMS = No(
    "other-items",
    "Et godkendt referat har de samme punkter, når det gøres klar til at blive offentligt.",
    "Approved minutes keep their items when they are made ready for everybody.",
)

LIFE = Life.drawn(
    __doc__,
    edit=leads,
    send_for_comments=leads,
    comment=somebody,
    approve=leads,
    redact=leads,
    publish=leads,
    correct=leads,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """What a member remarked."""

    person_id: UUID
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Redaction:
    """What everybody may read of one item. `text` and `title` where they differ from what the group reads."""

    closed: bool = False
    title: str | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One published state of the minutes, never altered. `hash` covers what everybody reads, and the revision before."""

    number: int
    items: tuple[Item, ...]
    at: datetime
    hash: str
    changed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Minutes:
    """The minutes of one held meeting. `closed_headings` are the items that were closed on its agenda."""

    id: UUID
    meeting_id: UUID
    group_id: UUID
    facilitator_id: UUID
    sponsor_id: UUID
    items: tuple[Item, ...]
    closed_headings: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    revisions: tuple[Revision, ...] = ()
    state: State = State.DRAFT
    version: int = 0

    def edit(self, *, who: Identity, items: tuple[Item, ...]) -> tuple[Minutes, Event]:
        """They say something else."""
        state = State(LIFE.step(self, "edit", who))
        return replace(self, state=state, items=_some(items)), MinutesEdited(minutes_id=self.id, group_id=self.group_id)

    def send_for_comments(self, *, who: Identity, circle: Circle) -> tuple[Minutes, Event]:
        """The members may remark on them."""
        state = State(LIFE.step(self, "send_for_comments", who))
        told = MinutesSentForComments(minutes_id=self.id, group_id=self.group_id, told=circle.everybody)
        return replace(self, state=state), told

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

    def redact(self, *, who: Identity, redactions: tuple[Redaction, ...]) -> tuple[Minutes, Event]:
        """Set apart what everybody may read; what the group approved stands as it is."""
        state = State(LIFE.step(self, "redact", who))
        if len(redactions) != len(self.items):
            raise Refused(OTHER_ITEMS)
        items = tuple(map(_redacted, self.items, redactions))
        public.check(items, self.closed_headings)
        return replace(self, state=state, items=items), MinutesRedacted(minutes_id=self.id, group_id=self.group_id)

    def publish(self, *, who: Identity, circle: Circle, now: datetime) -> tuple[Minutes, Event]:
        """Everybody in the association can read the public version, which says nothing that is not everybody's."""
        state = State(LIFE.step(self, "publish", who))
        public.check(self.items, self.closed_headings)
        first = _revised(self, self.items, now, "")
        told = MinutesPublished(
            minutes_id=self.id,
            meeting_id=self.meeting_id,
            group_id=self.group_id,
            revision=first.number,
            hash=first.hash,
            told=circle.everybody,
        )
        return replace(self, state=state, revisions=(first,)), told

    def correct(
        self, *, who: Identity, circle: Circle, items: tuple[Item, ...], changed: str, now: datetime
    ) -> tuple[Minutes, Event]:
        """A mistake is put right in a new revision that says what changed; the older ones stay as they were."""
        state = State(LIFE.step(self, "correct", who))
        if not changed.strip():
            raise Refused(REASON_NEEDED)
        if _some(items) == self.items:
            raise Refused(SAME_ITEMS)
        public.check(items, self.closed_headings, changed)
        newest = _revised(self, items, now, changed.strip())
        told = MinutesCorrected(
            minutes_id=self.id,
            meeting_id=self.meeting_id,
            group_id=self.group_id,
            revision=newest.number,
            hash=newest.hash,
            told=circle.everybody,
        )
        return replace(self, state=state, items=items, revisions=(*self.revisions, newest)), told


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
        closed_headings=tuple(item.title for item in of.agenda if item.closed),
    )
    return made, MinutesDrafted(minutes_id=id, meeting_id=of.id, group_id=of.group_id)


def _some(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if not items:
        raise Refused(EMPTY_MINUTES)
    return items


def _redacted(item: Item, said: Redaction) -> Item:
    title, text = (None if public == ours else public for public, ours in ((said.title, item.title), (said.text, item.text)))
    return replace(item, closed=said.closed, public_title=title, public_text=text)


def _revised(minutes: Minutes, items: tuple[Item, ...], now: datetime, changed: str) -> Revision:
    before = minutes.revisions[-1].hash if minutes.revisions else ""
    number = len(minutes.revisions) + 1
    return Revision(
        number=number, items=items, at=now, changed=changed, hash=public.fingerprint(minutes.id, number, items, changed, before)
    )
