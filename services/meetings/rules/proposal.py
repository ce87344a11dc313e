"""The life of a proposal, until the body has it.

draft --edit--> draft                       a member or the facilitator
draft --ask_consent--> group_consent        a member or the facilitator; from here on the text stands still
group_consent --consent--> group_consent    a member, once, with or without a dissent
group_consent --reopen--> draft             a member who is no employee
group_consent --submit--> submitted         a member, when all have answered
submitted --be_returned--> draft            the house, when the body sends it back
submitted --decide--> decided               the house, when the body's decision is published
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import CHANGED_MEANWHILE, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import SeatCategory
from contracts.meetings import (
    ConsentAsked,
    ConsentGiven,
    ProposalDecided,
    ProposalDrafted,
    ProposalEdited,
    ProposalReopened,
    ProposalReturned,
    ProposalSubmitted,
    Recommendation,
)
from services.meetings.rules.circle import MEMBERS_ONLY, Circle, Member, somebody


class State(StrEnum):
    """Where a proposal is in its life."""

    DRAFT = "draft"
    GROUP_CONSENT = "group_consent"
    SUBMITTED = "submitted"
    DECIDED = "decided"


NO_RECOMMENDATION = No("no-recommendation", "Forslaget har ingen anbefalinger endnu.", "The proposal has no recommendation yet.")
UNKNOWN_QUESTION = No(
    "unknown-question",
    "Anbefaling {number} svarer ikke på et spørgsmål i kommissoriet.",
    "Recommendation {number} answers no question.",
)
ALREADY_CONSENTED = No("already-consented", "Du har allerede svaret.", "You have already answered.")
CONSENT_MISSING = No("consent-missing", "{left} medlemmer har ikke svaret endnu.", "{left} members have not answered yet.")
MEETINGS_MISSING = No(
    "meetings-missing",
    "Gruppen har holdt {held} møder; kommissoriet siger mellem {fewest} og {most}.",
    "The group held {held} meetings; the charter says between {fewest} and {most}.",
)
CONTRIBUTIONS_LEFT = No(
    "contributions-left",
    "{left} input er hverken taget med, besvaret eller trukket tilbage.",
    "{left} contributions are neither taken in, answered nor withdrawn.",
)
STAFF_CANNOT = No(
    "staff-cannot", "Medarbejdere kan ikke ændre teksten eller stoppe den nu.", "Staff can neither change nor stop it now."
)

LIFE = Life.drawn(
    __doc__,
    edit=somebody,
    ask_consent=somebody,
    consent=somebody,
    reopen=somebody,
    submit=somebody,
    be_returned=the_house,
    decide=the_house,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """A member's answer; a dissent goes along unchanged."""

    person_id: UUID
    dissent: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What the group created together. `roster` is frozen when consent is asked; editions count from 1."""

    id: UUID
    group_id: UUID
    charter_id: UUID
    body_id: UUID
    title: str
    summary: str
    recommendations: tuple[Recommendation, ...] = ()
    roster: tuple[Member, ...] = ()
    consents: tuple[Consent, ...] = ()
    returned_because: str = ""
    edition: int = 1
    state: State = State.DRAFT
    version: int = 0

    @property
    def dissents(self) -> tuple[str, ...]:
        """The dissenting statements, word for word."""
        return tuple(consent.dissent for consent in self.consents if consent.dissent)

    def edit(
        self, *, who: Identity, circle: Circle, seen: int, title: str, summary: str, recommendations: tuple[Recommendation, ...]
    ) -> tuple[Proposal, Event]:
        """Write something else; whoever saw an older version overwrites nothing."""
        state = State(LIFE.step(self, "edit", who))
        _takes_part(circle, who)
        circle.must_work()
        if seen != self.version:
            raise Refused(CHANGED_MEANWHILE, version=self.version)
        edited = replace(self, state=state, title=title, summary=summary, recommendations=recommendations)
        return edited, ProposalEdited(proposal_id=self.id, group_id=self.group_id)

    def ask_consent(self, *, who: Identity, circle: Circle) -> tuple[Proposal, Event]:
        """The text is finished; the members of today are asked."""
        state = State(LIFE.step(self, "ask_consent", who))
        _takes_part(circle, who)
        circle.must_work()
        if not self.recommendations:
            raise Refused(NO_RECOMMENDATION)
        for number, point in enumerate(self.recommendations, start=1):
            if not 0 <= point.question < circle.questions:
                raise Refused(UNKNOWN_QUESTION, number=number)
        asked = replace(self, state=state, roster=circle.members, consents=())
        return asked, ConsentAsked(proposal_id=self.id, group_id=self.group_id)

    def consent(self, *, who: Identity, dissent: str) -> tuple[Proposal, Event]:
        """A member answers for themself, once."""
        state = State(LIFE.step(self, "consent", who))
        me = self._member(who)
        if any(given.person_id == me.person_id for given in self.consents):
            raise Refused(ALREADY_CONSENTED)
        given = Consent(person_id=me.person_id, dissent=dissent)
        told = ConsentGiven(proposal_id=self.id, group_id=self.group_id, person_id=me.person_id)
        return replace(self, state=state, consents=(*self.consents, given)), told

    def reopen(self, *, who: Identity) -> tuple[Proposal, Event]:
        """A member wants the text changed after all; the answers are asked for again."""
        state = State(LIFE.step(self, "reopen", who))
        if self._member(who).category is SeatCategory.EMPLOYEE:
            raise NotAllowed(STAFF_CANNOT)
        reopened = replace(self, state=state, roster=(), consents=())
        return reopened, ProposalReopened(proposal_id=self.id, group_id=self.group_id)

    def submit(self, *, who: Identity, circle: Circle, held: int, open_contributions: tuple[UUID, ...]) -> tuple[Proposal, Event]:
        """Hand it to the body: all have answered, nothing that was brought is lost, and the group met as often as it should."""
        state = State(LIFE.step(self, "submit", who))
        self._member(who)
        circle.must_work()
        left = self._unanswered(circle)
        if left:
            raise Refused(CONSENT_MISSING, left=left)
        if not circle.fewest <= held <= circle.most:
            raise Refused(MEETINGS_MISSING, held=held, fewest=circle.fewest, most=circle.most)
        if open_contributions:
            raise Refused(CONTRIBUTIONS_LEFT, left=len(open_contributions), ids=[str(id) for id in open_contributions])
        return replace(self, state=state), self._submitted()

    def be_returned(self, *, who: Identity, reason: str) -> tuple[Proposal, Event]:
        """The body wants it otherwise; the group works on a new edition."""
        state = State(LIFE.step(self, "be_returned", who))
        again = replace(self, state=state, roster=(), consents=(), returned_because=reason, edition=self.edition + 1)
        return again, ProposalReturned(proposal_id=self.id, group_id=self.group_id)

    def decide(self, *, who: Identity) -> tuple[Proposal, Event]:
        """The body has decided."""
        state = State(LIFE.step(self, "decide", who))
        return replace(self, state=state), ProposalDecided(proposal_id=self.id, group_id=self.group_id)

    def _member(self, who: Identity) -> Member:
        for member in self.roster:
            if member.person_id == who.person_id:
                return member
        raise NotAllowed(MEMBERS_ONLY)

    def _unanswered(self, circle: Circle) -> int:
        """Members of then and now who have not answered; an employee's silence holds nothing up."""
        answered = {given.person_id for given in self.consents}
        waited_for = [m for m in self.roster if m.category is not SeatCategory.EMPLOYEE and circle.has(m.person_id)]
        return sum(member.person_id not in answered for member in waited_for)

    def _submitted(self) -> ProposalSubmitted:
        return ProposalSubmitted(
            proposal_id=self.id,
            group_id=self.group_id,
            charter_id=self.charter_id,
            body_id=self.body_id,
            edition=self.edition,
            title=self.title,
            summary=self.summary,
            recommendations=self.recommendations,
            dissents=self.dissents,
            members=tuple(member.person_id for member in self.roster),
        )


def draft(*, id: UUID, who: Identity, circle: Circle, title: str, summary: str) -> tuple[Proposal, Event]:
    """Begin the group's one proposal."""
    _takes_part(circle, who)
    circle.must_work()
    made = Proposal(
        id=id, group_id=circle.group_id, charter_id=circle.charter_id, body_id=circle.body_id, title=title, summary=summary
    )
    return made, ProposalDrafted(proposal_id=id, group_id=circle.group_id)


def _takes_part(circle: Circle, who: Identity) -> None:
    if not (circle.has(who.person_id) or who.person_id == circle.facilitator_id):
        raise NotAllowed(MEMBERS_ONLY)
