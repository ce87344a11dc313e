"""The life of an idea: every state, every move, every no.

Who answers: a secretary, or a board member with a vote.

draft --edit--> draft                           its author
draft --submit--> submitted                     its author, when it has a title and a text
draft --discard--> discarded                    its author; nothing that was written is kept
submitted --publish--> published                a moderator
submitted --reject--> rejected                  a moderator, with a reason that the author sees
submitted --withdraw--> withdrawn               its author
published --withdraw--> withdrawn               its author, with a reason
parked --withdraw--> withdrawn                  its author, with a reason
hidden --withdraw--> withdrawn                  its author, with a reason
published --hide--> hidden                      a moderator, with a reason that the author sees
parked --hide--> hidden                         a moderator, with a reason that the author sees
declined --hide--> hidden                       a moderator, with a reason that the author sees
hidden --show--> published                      a moderator
published --take_up--> taken_up                 who answers, with a reason
parked --take_up--> taken_up                    who answers, with a reason
published --park--> parked                      who answers, with a reason
taken_up --park--> parked                       who answers, with a reason, until a charter is in force
parked --resume--> published                    who answers
published --decline--> declined                 who answers, with a reason
parked --decline--> declined                    who answers, with a reason
taken_up --decline--> declined                  who answers, with a reason, until a charter is in force
published --merge--> merged                     a moderator, with a reason
parked --merge--> merged                        a moderator, with a reason
published --fall_due--> published               the house, when the answer deadline has passed
published --set_to_work--> taken_up             the house, when a charter that grew out of it comes into force
parked --set_to_work--> taken_up                the house, likewise
taken_up --set_to_work--> taken_up              the house, likewise
taken_up --conclude--> taken_up                 the house, when the body's decision is published
published --close_comments--> published         a moderator
parked --close_comments--> parked               a moderator
taken_up --close_comments--> taken_up           a moderator
published --open_comments--> published          a moderator
parked --open_comments--> parked                a moderator
taken_up --open_comments--> taken_up            a moderator
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_NOW, No, Refused
from contracts.event import Event
from contracts.ideas import (
    IdeaCommentsClosed,
    IdeaCommentsOpened,
    IdeaConcluded,
    IdeaDeclined,
    IdeaDiscarded,
    IdeaDrafted,
    IdeaEdited,
    IdeaHidden,
    IdeaMerged,
    IdeaOverdue,
    IdeaParked,
    IdeaPublished,
    IdeaRejected,
    IdeaReturned,
    IdeaSetToWork,
    IdeaShown,
    IdeaSubmitted,
    IdeaTakenUp,
    IdeaWithdrawn,
)
from contracts.people import BodyKind
from services.ideas.rules.origin import Origin, must_speak_for
from services.ideas.rules.reason import given


class State(StrEnum):
    """Where an idea is in its life."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    REJECTED = "rejected"
    HIDDEN = "hidden"
    PARKED = "parked"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN_UP = "taken_up"
    MERGED = "merged"


ALIVE = frozenset({State.PUBLISHED, State.PARKED, State.TAKEN_UP})
"""Something may still become of it."""

PUBLIC = ALIVE | {State.DECLINED, State.MERGED}
"""Everybody in the association can read it."""

NOT_WHOLE = No(
    "idea-not-whole",
    "Skriv både en overskrift, og hvad ideen handler om, før du sender den.",
    "Write both a title and what the idea is about before you submit it.",
)
MERGE_ELSEWHERE = No(
    "merge-elsewhere",
    "Ideen kan ikke lægges sammen med den. Vælg en anden ide, som er offentlig og stadig kan blive til noget.",
    "The idea cannot be merged into that one. Choose another that is public and may still come to something.",
)
ALREADY_AT_WORK = No(
    "idea-already-at-work",
    "Der er vedtaget et kommissorium for ideen. Svaret er nu bestyrelsens beslutning.",
    "A charter for the idea is in force; the answer is now the body's decision.",
)


def _author(idea: Idea, who: Identity) -> bool:
    return idea.author_id == who.person_id


def _moderator(_: Idea, who: Identity) -> bool:
    return who.has(Duty.MODERATOR, Duty.SECRETARY)


def _answers(_: Idea, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or any(mandate.voting for mandate in who.mandates)


LIFE = Life.drawn(
    __doc__,
    edit=_author,
    submit=_author,
    discard=_author,
    publish=_moderator,
    reject=_moderator,
    withdraw=_author,
    hide=_moderator,
    show=_moderator,
    take_up=_answers,
    park=_answers,
    resume=_answers,
    decline=_answers,
    merge=_moderator,
    fall_due=the_house,
    set_to_work=the_house,
    conclude=the_house,
    close_comments=_moderator,
    open_comments=_moderator,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Idea:
    """A challenge or an idea that concerns some departments, or all when none is named.

    `written_down_by` is the member of staff who wrote it down for somebody on paper.
    """

    id: UUID
    author_id: UUID
    origin: Origin
    title: str
    text: str
    departments: tuple[UUID, ...] = ()
    written_down_by: UUID | None = None
    written_at: datetime
    submitted_at: datetime | None = None
    state: State = State.DRAFT
    answer_by: date | None = None
    overdue: bool = False
    reason: str = ""
    merged_into: UUID | None = None
    charter_id: UUID | None = None
    decision_id: UUID | None = None
    outcome: str | None = None
    comments_closed: bool = False
    version: int = 0

    def edit(self, *, who: Identity, title: str, text: str, departments: tuple[UUID, ...]) -> tuple[Idea, Event]:
        """The draft says something else. It may be as unfinished as its author likes."""
        state = State(LIFE.step(self, "edit", who))
        return replace(self, state=state, title=title, text=text, departments=departments), IdeaEdited(idea_id=self.id)

    def submit(self, *, who: Identity, now: datetime) -> tuple[Idea, Event]:
        """Its author puts it to the association."""
        state = State(LIFE.step(self, "submit", who))
        if not (self.title.strip() and self.text.strip()):
            raise Refused(NOT_WHOLE)
        told = IdeaSubmitted(idea_id=self.id, author_id=self.author_id, origin=self.origin)
        return replace(self, state=state, submitted_at=now, written_down_by=who.act or self.written_down_by), told

    def discard(self, *, who: Identity) -> tuple[Idea, Event]:
        """Its author deletes the draft, and with it all that was written."""
        state = State(LIFE.step(self, "discard", who))
        return replace(self, state=state, title="", text="", departments=()), IdeaDiscarded(idea_id=self.id)

    def publish(self, *, who: Identity, today: date, answer_days: int) -> tuple[Idea, Event]:
        """Everybody may read and endorse it; the association owes an answer within its deadline."""
        published = self._open(State(LIFE.step(self, "publish", who)), today, answer_days)
        return published, _published(published)

    def reject(self, *, who: Identity, reason: str) -> tuple[Idea, Event]:
        """It is not published; the author sees why."""
        rejected = replace(self, state=State(LIFE.step(self, "reject", who)), reason=given(reason))
        return rejected, IdeaRejected(idea_id=self.id, author_id=self.author_id, reason=rejected.reason)

    def withdraw(self, *, who: Identity, reason: str = "") -> tuple[Idea, Event]:
        """Its author takes it back; whoever has seen it is owed a reason."""
        state = State(LIFE.step(self, "withdraw", who))
        withdrawn = self._answered(state, reason.strip() if self.state is State.SUBMITTED else given(reason))
        return withdrawn, IdeaWithdrawn(idea_id=self.id, author_id=self.author_id, reason=withdrawn.reason)

    def hide(self, *, who: Identity, reason: str) -> tuple[Idea, Event]:
        """It is taken out of sight again; the author sees why."""
        hidden = self._answered(State(LIFE.step(self, "hide", who)), given(reason))
        return hidden, IdeaHidden(idea_id=self.id, author_id=self.author_id, reason=hidden.reason)

    def show(self, *, who: Identity, today: date, answer_days: int) -> tuple[Idea, Event]:
        """A hidden idea is public again, and owed an answer anew."""
        shown = self._open(State(LIFE.step(self, "show", who)), today, answer_days)
        return shown, IdeaShown(idea_id=self.id, author_id=self.author_id)

    def take_up(self, *, who: Identity, reason: str, endorsers: int, in_departments: int) -> tuple[Idea, Event]:
        """The association answers that it will work on it, and why."""
        taken = self._answered(State(LIFE.step(self, "take_up", who)), given(reason))
        return taken, IdeaTakenUp(
            idea_id=self.id,
            author_id=self.author_id,
            reason=taken.reason,
            endorsers=endorsers,
            in_departments=in_departments,
        )

    def park(self, *, who: Identity, reason: str) -> tuple[Idea, Event]:
        """It waits, and everybody can read why."""
        parked = self._answered(self._unless_at_work("park", who), given(reason))
        return parked, IdeaParked(idea_id=self.id, author_id=self.author_id, reason=parked.reason)

    def resume(self, *, who: Identity, today: date, answer_days: int) -> tuple[Idea, Event]:
        """A parked idea is open again, and owed an answer anew."""
        resumed = self._open(State(LIFE.step(self, "resume", who)), today, answer_days)
        return resumed, IdeaReturned(idea_id=self.id, author_id=self.author_id)

    def decline(self, *, who: Identity, reason: str) -> tuple[Idea, Event]:
        """The association says no, and why."""
        declined = self._answered(self._unless_at_work("decline", who), given(reason))
        return declined, IdeaDeclined(idea_id=self.id, author_id=self.author_id, reason=declined.reason)

    def merge(self, *, who: Identity, reason: str, into_id: UUID, into_state: State) -> tuple[Idea, Event]:
        """It goes on as part of another idea, which is alive and is not itself part of a third."""
        state = State(LIFE.step(self, "merge", who))
        if into_id == self.id or into_state not in ALIVE:
            raise Refused(MERGE_ELSEWHERE)
        merged = replace(self._answered(state, given(reason)), merged_into=into_id)
        return merged, IdeaMerged(idea_id=self.id, into_id=into_id, author_id=self.author_id, reason=merged.reason)

    def fall_due(self, *, who: Identity, day: date) -> tuple[Idea, Event]:
        """The answer deadline has passed without an answer. A deadline runs until the end of its day."""
        state = State(LIFE.step(self, "fall_due", who))
        if self.overdue or self.answer_by is None or day <= self.answer_by:
            raise Refused(NOT_NOW)
        told = IdeaOverdue(idea_id=self.id, author_id=self.author_id, answer_by=self.answer_by, day=day)
        return replace(self, state=state, overdue=True), told

    def set_to_work(self, *, who: Identity, charter_id: UUID) -> tuple[Idea, Event]:
        """A group will work on it. Whoever took it up said why; that still stands."""
        state = State(LIFE.step(self, "set_to_work", who))
        reason = self.reason if self.state is State.TAKEN_UP else ""
        at_work = replace(self._answered(state, reason), charter_id=charter_id)
        return at_work, IdeaSetToWork(idea_id=self.id, author_id=self.author_id, charter_id=charter_id)

    def conclude(self, *, who: Identity, decision_id: UUID, outcome: str) -> tuple[Idea, Event]:
        """The body has decided on what the idea led to."""
        state = State(LIFE.step(self, "conclude", who))
        concluded = replace(self, state=state, decision_id=decision_id, outcome=outcome)
        return concluded, IdeaConcluded(idea_id=self.id, author_id=self.author_id, decision_id=decision_id, outcome=outcome)

    def close_comments(self, *, who: Identity) -> tuple[Idea, Event]:
        """Nobody comments on it from now on."""
        return self._commented("close_comments", who, closed=True), IdeaCommentsClosed(idea_id=self.id)

    def open_comments(self, *, who: Identity) -> tuple[Idea, Event]:
        """It can be commented on again."""
        return self._commented("open_comments", who, closed=False), IdeaCommentsOpened(idea_id=self.id)

    def _commented(self, verb: str, who: Identity, *, closed: bool) -> Idea:
        state = State(LIFE.step(self, verb, who))
        if self.comments_closed is closed:
            raise Refused(NOT_NOW)
        return replace(self, state=state, comments_closed=closed)

    def _unless_at_work(self, verb: str, who: Identity) -> State:
        state = State(LIFE.step(self, verb, who))
        if self.charter_id is not None:
            raise Refused(ALREADY_AT_WORK)
        return state

    def _open(self, state: State, today: date, answer_days: int) -> Idea:
        return replace(self, state=state, answer_by=today + timedelta(days=answer_days), reason="")

    def _answered(self, state: State, reason: str) -> Idea:
        return replace(self, state=state, reason=reason, answer_by=None, overdue=False)


def draft(
    *,
    id: UUID,
    who: Identity,
    sits_in: Set[BodyKind],
    origin: Origin,
    title: str,
    text: str,
    departments: tuple[UUID, ...],
    now: datetime,
) -> tuple[Idea, Event]:
    """A resident, a board member or an employee begins to write; where the idea comes from is kept for good."""
    must_speak_for(origin, who=who, sits_in=sits_in)
    assert who.person_id  # noqa: S101  whoever speaks for something is a person
    made = Idea(
        id=id,
        author_id=who.person_id,
        origin=origin,
        title=title,
        text=text,
        departments=departments,
        written_down_by=who.act,
        written_at=now,
    )
    return made, IdeaDrafted(idea_id=id, author_id=who.person_id, origin=origin)


def may_see(*, state: State, author_id: UUID, who: Identity) -> bool:
    """Whether the person may know of the idea: a draft is its author's alone, and what was discarded is gone."""
    if state in {State.DRAFT, State.DISCARDED}:
        return state is State.DRAFT and author_id == who.person_id
    return state in PUBLIC or author_id == who.person_id or who.has(Duty.MODERATOR, Duty.SECRETARY)


def open_moves(idea: Idea, who: Identity) -> list[str]:
    """What the person can do with it now: what is drawn, without what it would refuse as it is."""
    refused = {"close_comments"} if idea.comments_closed else {"open_comments"}
    refused |= {"park", "decline", "close_comments", "open_comments"} if idea.outcome else set()
    refused |= {"park", "decline"} if idea.charter_id else set()
    return [verb for verb in LIFE.open_to(idea, who) if verb not in refused]


def open_for_comments(*, state: State, closed: bool, outcome: str | None) -> bool:
    """Whether something can still be said about it: it is alive, not decided, and no moderator has closed it."""
    return state in ALIVE and not closed and outcome is None


def as_it_stands(idea: Idea) -> Event | None:
    """An idea of which something may still be told, for whoever is told anew."""
    id, author_id, reason = idea.id, idea.author_id, idea.reason
    if idea.state is State.MERGED and idea.merged_into:
        return IdeaMerged(idea_id=id, author_id=author_id, reason=reason, into_id=idea.merged_into)
    if idea.state is State.PARKED:
        return IdeaParked(idea_id=id, author_id=author_id, reason=reason)
    if idea.state is State.TAKEN_UP:
        return IdeaTakenUp(idea_id=id, author_id=author_id, reason=reason, charter_id=idea.charter_id)
    return _published(idea) if idea.state is State.PUBLISHED else None


def _published(idea: Idea) -> Event:
    return IdeaPublished(
        idea_id=idea.id,
        title=idea.title,
        departments=idea.departments,
        author_id=idea.author_id,
        answer_by=idea.answer_by,
    )
