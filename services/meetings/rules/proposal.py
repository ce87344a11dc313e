"""The life of a proposal, until the body has it.

draft --edit--> draft                       a member or the facilitator: its title and summary
draft --ask_consent--> group_consent        a member or the facilitator; from here on the text stands still
group_consent --consent--> group_consent    whoever was a member then, once, with or without a dissent
group_consent --reopen--> draft             one of them who is no employee and still a member
group_consent --submit--> submitted         one of them who is still a member, when all have answered
submitted --be_returned--> draft            the house, when the body sends it back
submitted --decide--> decided               the house, when the body's decision is published
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import CHANGED_MEANWHILE, No, NotAllowed, Refused
from contracts.event import Event, plain
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
from services.meetings.rules.edition import changes

MOST_TEXT, MOST_DISSENT = 44 * 1024, 16 * 1024
"""The body is sent the whole proposal in one letter of 64 KiB: so much of it is text, and so much dissent, as bytes of JSON."""


class State(StrEnum):
    """Where a proposal is in its life."""

    DRAFT = "draft"
    GROUP_CONSENT = "group_consent"
    SUBMITTED = "submitted"
    DECIDED = "decided"


HANDED_OVER = {State.SUBMITTED, State.DECIDED}
"""The body has it: everybody may read it, and nobody changes what it is built on."""

NO_RECOMMENDATION = No("no-recommendation", "Forslaget har ingen anbefalinger endnu.", "The proposal has no recommendation yet.")
UNKNOWN_QUESTION = No(
    "unknown-question",
    "Anbefaling {number} svarer ikke på et spørgsmål i kommissoriet.",
    "Recommendation {number} answers no question.",
)
NO_FIRST_STEP = No(
    "no-first-step",
    "Anbefaling {number} mangler et første skridt. Uden det bliver den let for løs.",
    "Recommendation {number} has no first step.",
)
TOO_LONG = No(
    "proposal-too-long",
    "Løsningsforslaget er for langt til, at bestyrelsen kan få det. Skriv det kortere.",
    "The proposal is too long to be handed over. Make it shorter.",
)
DISSENT_TOO_LONG = No(
    "dissents-too-long",
    "Mindretalsudtalelserne fylder for meget tilsammen. Skriv din kortere.",
    "The dissenting statements are too long together. Make yours shorter.",
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
    """A member's answer; a dissent goes along unchanged. `written_by` is staff who wrote it down for somebody on paper."""

    person_id: UUID
    dissent: str = ""
    written_by: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What the group created together. `roster` is frozen when consent is asked; editions count from 1."""

    id: UUID
    group_id: UUID
    charter_id: UUID
    body_id: UUID
    title: str
    summary: str
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

    @property
    def unanswered(self) -> int:
        """How many of those who were asked have not answered; an employee's silence holds nothing up."""
        answered = {given.person_id for given in self.consents}
        waited_for = [member for member in self.roster if member.category is not SeatCategory.EMPLOYEE]
        return sum(member.person_id not in answered for member in waited_for)

    def edit(self, *, who: Identity, circle: Circle, seen: int, title: str, summary: str) -> tuple[Proposal, Event]:
        """Call it otherwise. Whoever saw an older version overwrites nothing, and gets back what stands and what they wrote."""
        state = State(LIFE.step(self, "edit", who))
        circle.must_write(who)
        circle.must_work()
        if seen != self.version:
            now, yours = {"title": self.title, "summary": self.summary}, {"title": title, "summary": summary}
            raise Refused(CHANGED_MEANWHILE, version=self.version, now=now, yours=yours)
        edited = replace(self, state=state, title=title, summary=summary)
        return edited, ProposalEdited(proposal_id=self.id, group_id=self.group_id)

    def ask_consent(
        self, *, who: Identity, circle: Circle, recommendations: tuple[Recommendation, ...]
    ) -> tuple[Proposal, Event]:
        """The text is finished; the members of today are asked. The facilitator serves the group and is not one of them."""
        state = State(LIFE.step(self, "ask_consent", who))
        circle.must_write(who)
        circle.must_work()
        self._must_be_whole(circle, recommendations)
        roster = tuple(member for member in circle.members if member.person_id != circle.facilitator_id)
        asked = replace(self, state=state, roster=roster, consents=())
        people = tuple(member.person_id for member in roster)
        return asked, ConsentAsked(proposal_id=self.id, group_id=self.group_id, members=people)

    def consent(self, *, who: Identity, circle: Circle, dissent: str) -> tuple[Proposal, Event]:
        """A member of the day it was asked answers for themself, once."""
        state = State(LIFE.step(self, "consent", who))
        me = self._asked(who)
        circle.must_work()
        if any(given.person_id == me.person_id for given in self.consents):
            raise Refused(ALREADY_CONSENTED)
        given = Consent(person_id=me.person_id, dissent=dissent, written_by=who.act)
        answered = replace(self, state=state, consents=(*self.consents, given))
        if dissent and _bytes(answered.dissents) > MOST_DISSENT:
            raise Refused(DISSENT_TOO_LONG, yours=dissent)
        return answered, ConsentGiven(proposal_id=self.id, group_id=self.group_id, person_id=me.person_id)

    def reopen(self, *, who: Identity, circle: Circle) -> tuple[Proposal, Event]:
        """A member wants the text changed after all; the answers are asked for again."""
        state = State(LIFE.step(self, "reopen", who))
        me = self._asked(who)
        circle.must_have(who)
        circle.must_work()
        if me.category is SeatCategory.EMPLOYEE:
            raise NotAllowed(STAFF_CANNOT)
        people = tuple(member.person_id for member in self.roster)
        reopened = replace(self, state=state, roster=(), consents=())
        return reopened, ProposalReopened(proposal_id=self.id, group_id=self.group_id, members=people)

    def submit(
        self,
        *,
        who: Identity,
        circle: Circle,
        held: int,
        recommendations: tuple[Recommendation, ...],
        before: tuple[Recommendation, ...],
        open_contributions: tuple[UUID, ...],
    ) -> tuple[Proposal, Event]:
        """Hand it to the body: all have answered, nothing that was brought is lost, and the group met as often as it should.

        `before` is what the edition said that the body sent back.
        """
        state = State(LIFE.step(self, "submit", who))
        self._asked(who)
        circle.must_have(who)
        circle.must_work()
        if self.unanswered:
            raise Refused(CONSENT_MISSING, left=self.unanswered)
        if not circle.fewest <= held <= circle.most:
            raise Refused(MEETINGS_MISSING, held=held, fewest=circle.fewest, most=circle.most)
        if open_contributions:
            raise Refused(CONTRIBUTIONS_LEFT, left=len(open_contributions), ids=[str(id) for id in open_contributions])
        return replace(self, state=state), self._submitted(recommendations, before)

    def be_returned(self, *, who: Identity, reason: str) -> tuple[Proposal, Event]:
        """The body wants it otherwise; the group works on a new edition."""
        state = State(LIFE.step(self, "be_returned", who))
        people = tuple(member.person_id for member in self.roster)
        again = replace(self, state=state, roster=(), consents=(), returned_because=reason, edition=self.edition + 1)
        return again, ProposalReturned(proposal_id=self.id, group_id=self.group_id, members=people)

    def decide(self, *, who: Identity) -> tuple[Proposal, Event]:
        """The body has decided."""
        state = State(LIFE.step(self, "decide", who))
        return replace(self, state=state), ProposalDecided(proposal_id=self.id, group_id=self.group_id)

    def _must_be_whole(self, circle: Circle, recommendations: tuple[Recommendation, ...]) -> None:
        """Concrete enough to be decided on: proposals that were not ended as fine words (seen in practice)."""
        if not recommendations:
            raise Refused(NO_RECOMMENDATION)
        for number, point in enumerate(recommendations, start=1):
            if not 0 <= point.question < circle.questions:
                raise Refused(UNKNOWN_QUESTION, number=number)
            if not point.first_step.strip():
                raise Refused(NO_FIRST_STEP, number=number)
        if _bytes((self.title, self.summary, plain.unstructure(recommendations))) > MOST_TEXT:
            raise Refused(TOO_LONG)

    def _asked(self, who: Identity) -> Member:
        for member in self.roster:
            if member.person_id == who.person_id:
                return member
        raise NotAllowed(MEMBERS_ONLY)

    def _submitted(self, recommendations: tuple[Recommendation, ...], before: tuple[Recommendation, ...]) -> ProposalSubmitted:
        found = changes(before, recommendations) if self.edition > 1 else ()
        return ProposalSubmitted(
            proposal_id=self.id,
            group_id=self.group_id,
            charter_id=self.charter_id,
            body_id=self.body_id,
            edition=self.edition,
            title=self.title,
            summary=self.summary,
            recommendations=recommendations,
            dissents=self.dissents,
            members=tuple(member.person_id for member in self.roster),
            changed=tuple(each.now.id for each in found if each.now),
            taken_out=tuple(each.before.id for each in found if each.before and not each.now),
        )


def draft(*, id: UUID, who: Identity, circle: Circle, title: str, summary: str) -> tuple[Proposal, Event]:
    """Begin the group's one proposal."""
    circle.must_write(who)
    circle.must_work()
    made = Proposal(
        id=id, group_id=circle.group_id, charter_id=circle.charter_id, body_id=circle.body_id, title=title, summary=summary
    )
    return made, ProposalDrafted(proposal_id=id, group_id=circle.group_id)


def open_to(found: Proposal, circle: Circle, who: Identity) -> list[str]:
    """What somebody can do with it now; whoever has answered is not asked again."""
    if circle.closed:
        return []
    writes, member = circle.writes(who), circle.has(who.person_id)
    asked = next((each for each in found.roster if each.person_id == who.person_id), None)
    answered = any(given.person_id == who.person_id for given in found.consents)
    can = {
        "edit": writes,
        "ask_consent": writes,
        "consent": asked and not answered,
        "reopen": asked and member and asked.category is not SeatCategory.EMPLOYEE,
        "submit": asked and member and not found.unanswered,
    }
    return [verb for verb in LIFE.open_to(found, who) if can.get(verb)]


def _bytes(text: object) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode())
