"""The life of a matter on a body's docket, about a charter or a proposal: every state, every move, every no.

laid --present--> under_decision                a secretary or a member of the body with a vote
laid --recommend--> laid                        an employee or a secretary, as the administration's recommendation (indstilling)
under_decision --recommend--> under_decision    the same, until the body has decided
laid --recuse--> laid                           the member, or a secretary who records it
under_decision --recuse--> under_decision       the member, or a secretary who records it
laid --take_over--> laid                        a secretary, when the department has no board (almenboligloven § 34)
under_decision --take_over--> under_decision    a secretary, when the department has no board
laid --decide_charter--> decided                the chair or vice-chair, or a secretary who records it; about a charter
under_decision --decide_charter--> decided      the same
under_decision --decide_proposal--> decided     the same; proposals only
laid --fall_due--> laid                         the house, once, when the day has passed
under_decision --fall_due--> under_decision     the house, once, when the day has passed
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from chassis.clock import day_of
from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.circle import Circle, Whom
from contracts.decisions import (
    AmendmentDecided,
    CharterDecided,
    DocketItemLaid,
    DocketItemOverdue,
    DocketItemPresented,
    DocketItemTakenOver,
    MemberRecused,
    Outcome,
    ProposalWasDecided,
    RevocationDecided,
    StaffRecommended,
)
from contracts.event import Event
from contracts.groups import CharterText
from contracts.meetings import Recommendation
from contracts.people import Policy
from services.decisions.rules.ballot import RECUSED_TOOK_PART, Ballot, Roster, fits, held, speaks_for
from services.decisions.rules.staff_recommendation import StaffRecommendation


class State(StrEnum):
    """Where a matter is in its life."""

    LAID = "laid"
    UNDER_DECISION = "under_decision"
    DECIDED = "decided"


class Matter(StrEnum):
    """What is to be decided on."""

    CHARTER = "charter"
    AMENDMENT = "amendment"
    REVOCATION = "revocation"
    PROPOSAL = "proposal"


ABOUT_A_CHARTER = {Matter.CHARTER, Matter.AMENDMENT, Matter.REVOCATION}
"""A charter is to come into force, to be amended, or to be taken back."""

REASON_NEEDED = No("reason-needed", "Skriv en begrundelse.", "Give a reason.")
NOT_A_CHARTER = No("docket-not-a-charter", "Sagen handler ikke om et kommissorium.", "The matter is not about a charter.")
YES_OR_NO = No(
    "docket-revocation-yes-or-no",
    "Et kommissorium bliver tilbagekaldt eller ej. Vælg vedtaget eller afvist.",
    "A charter is taken back or it is not: adopted or rejected.",
)
NOT_A_PROPOSAL = No("docket-not-a-proposal", "Sagen er ikke et løsningsforslag.", "The matter is not a proposal.")
CHARTER_AS_A_WHOLE = No(
    "docket-charter-as-a-whole",
    "Et kommissorium vedtages, som det er, afvises eller sendes tilbage. Skal det ændres, så send det tilbage.",
    "A charter is adopted as it is, rejected or returned. To change it, return it.",
)
ALREADY_RECUSED = No("docket-already-recused", "Medlemmet er allerede noteret som inhabilt.", "The member is already recused.")
NOT_IN_THE_BODY = No("docket-not-in-the-body", "Personen sidder ikke i organet.", "The person does not sit in the body.")
BOARD_HAS_MEMBERS = No(
    "docket-board-has-members",
    "Afdelingen har en bestyrelse, og det er den, der beslutter.",
    "The department has a board, and it is the board that decides.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalText:
    """A proposal as the group handed it over; frozen."""

    title: str
    summary: str
    recommendations: tuple[Recommendation, ...]
    dissents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Recusal:
    """A member who takes no part in this matter (inhabil)."""

    person_id: UUID
    reason: str = ""


def _presents(item: DocketItem, who: Identity) -> bool:
    return who.sits_in(item.body_id) or who.has(Duty.SECRETARY)


def _recommends(_: DocketItem, who: Identity) -> bool:
    return who.act is None and (who.employee or who.has(Duty.SECRETARY))


def _recuses(item: DocketItem, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or any(mandate.body_id == item.body_id for mandate in who.mandates)


def _secretary(_: DocketItem, who: Identity) -> bool:
    return who.has(Duty.SECRETARY)


def _decides_charter(item: DocketItem, who: Identity) -> bool:
    return item.matter in ABOUT_A_CHARTER and speaks_for(item.body_id, who)


def _decides_proposal(item: DocketItem, who: Identity) -> bool:
    return item.matter is Matter.PROPOSAL and speaks_for(item.body_id, who)


LIFE = Life.drawn(
    __doc__,
    present=_presents,
    recommend=_recommends,
    recuse=_recuses,
    take_over=_secretary,
    decide_charter=_decides_charter,
    decide_proposal=_decides_proposal,
    fall_due=the_house,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class DocketItem:
    """One edition of a charter or a proposal before a body, with the text as it was laid; the text never changes here.

    Of an amendment also what it `changed` and `why`; of a charter to be taken back, why. `edition` counts how often it was laid.
    """

    id: UUID
    matter: Matter
    body_id: UUID
    charter_id: UUID
    edition: int
    title: str
    laid_at: datetime
    due: date
    charter: CharterText | None = None
    amendment_id: UUID | None = None
    changed: tuple[str, ...] = ()
    why: str = ""
    proposal: ProposalText | None = None
    proposal_id: UUID | None = None
    group_id: UUID | None = None
    idea_id: UUID | None = None
    members: tuple[UUID, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    staff_recommendation: StaffRecommendation | None = None
    state: State = State.LAID
    overdue: bool = False
    outcome: Outcome | None = None
    reason: str = ""
    ballot: Ballot | None = None
    decision_id: UUID | None = None
    version: int = 0

    @property
    def recused(self) -> tuple[UUID, ...]:
        """Who takes no part in this matter."""
        return tuple(recusal.person_id for recusal in self.recusals)

    def present(self, *, who: Identity) -> tuple[DocketItem, Event]:
        """The matter is laid open to the body."""
        state = State(LIFE.step(self, "present", who))
        return replace(self, state=state), DocketItemPresented(docket_item_id=self.id)

    def recommend(self, *, who: Identity, outcome: Outcome, text: str, today: date) -> tuple[DocketItem, Event]:
        """Staff say what they recommend, before the body meets; it can be written anew until the body has decided."""
        state = State(LIFE.step(self, "recommend", who))
        if not text.strip():
            raise Refused(REASON_NEEDED)
        assert who.person_id  # noqa: S101  an employee is somebody
        written = StaffRecommendation(outcome=outcome, text=text.strip(), by=who.person_id, written_on=today)
        told = StaffRecommended(docket_item_id=self.id, outcome=outcome)
        return replace(self, state=state, staff_recommendation=written), told

    def recuse(self, *, who: Identity, person_id: UUID, sits: bool, reason: str) -> tuple[DocketItem, Event]:
        """A member takes no part, neither in the discussion nor in the vote (practice, after forvaltningsloven § 3)."""
        state = State(LIFE.step(self, "recuse", who))
        if person_id != who.person_id and not who.has(Duty.SECRETARY):
            raise NotAllowed(NOT_ALLOWED)
        if not sits:
            raise Refused(NOT_IN_THE_BODY)
        if person_id in self.recused:
            raise Refused(ALREADY_RECUSED)
        recused = replace(self, state=state, recusals=(*self.recusals, Recusal(person_id=person_id, reason=reason)))
        return recused, MemberRecused(docket_item_id=self.id, person_id=person_id)

    def take_over(self, *, who: Identity, vacant: bool, organisation_board_id: UUID) -> tuple[DocketItem, Event]:
        """Where a department has no board, the organisation board decides in its place (almenboligloven § 34)."""
        state = State(LIFE.step(self, "take_over", who))
        if not vacant:
            raise Refused(BOARD_HAS_MEMBERS)
        taken = replace(self, state=state, body_id=organisation_board_id, recusals=())
        told = DocketItemTakenOver(docket_item_id=self.id, body_id=organisation_board_id, charter_id=self.charter_id)
        return taken, told

    def decide_charter(
        self, *, who: Identity, outcome: Outcome, ballot: Ballot, members: Roster, policy: Policy, today: date, reason: str
    ) -> tuple[DocketItem, Event]:
        """The body adopts what is proposed about the charter as it is, returns it, or rejects it; the two last with a reason."""
        if self.matter not in ABOUT_A_CHARTER:
            raise Refused(NOT_A_CHARTER)
        state = State(LIFE.step(self, "decide_charter", who))
        if outcome is Outcome.ADOPTED_WITH_CHANGES:
            raise Refused(CHARTER_AS_A_WHOLE)
        if self.matter is Matter.REVOCATION and outcome is Outcome.RETURNED:
            raise Refused(YES_OR_NO)
        if outcome is not Outcome.ADOPTED and not reason.strip():
            raise Refused(REASON_NEEDED)
        counted = self._counted(who, outcome, ballot, members, policy, today)
        decided = replace(self, state=state, outcome=outcome, reason=reason.strip(), ballot=counted)
        return decided, decided._told(outcome, counted.meeting_day)

    def decide_proposal(
        self, *, who: Identity, decision_id: UUID, outcome: Outcome, ballot: Ballot, members: Roster, policy: Policy, today: date
    ) -> tuple[DocketItem, Event]:
        """The body takes its decision on the proposal; what it says stands in the decision itself."""
        if self.matter is not Matter.PROPOSAL:
            raise Refused(NOT_A_PROPOSAL)
        state = State(LIFE.step(self, "decide_proposal", who))
        counted = self._counted(who, outcome, ballot, members, policy, today)
        decided = replace(self, state=state, outcome=outcome, ballot=counted, decision_id=decision_id)
        return decided, ProposalWasDecided(docket_item_id=self.id, decision_id=decision_id)

    def fall_due(self, *, who: Identity, day: date) -> tuple[DocketItem, Event]:
        """The body has not decided by the day that was set. A deadline runs until the end of its day."""
        state = State(LIFE.step(self, "fall_due", who))
        if self.overdue or day <= self.due:
            raise Refused(NOT_NOW)
        told = DocketItemOverdue(
            docket_item_id=self.id,
            body_id=self.body_id,
            charter_id=self.charter_id,
            group_id=self.group_id,
            due=self.due,
            remind=self._reminded(),
        )
        return replace(self, state=state, overdue=True), told

    def _reminded(self) -> tuple[Circle, ...]:
        """The chair, who can do something about it, and the group, who wait for it."""
        group = (Circle(whom=Whom.MEMBERS, of=self.group_id),) if self.group_id else ()
        return (Circle(whom=Whom.CHAIR, of=self.body_id), *group)

    def _told(self, outcome: Outcome, day: date) -> Event:
        """What the body decided about a charter, by what it was asked."""
        facts: dict[str, Any] = {"docket_item_id": self.id, "charter_id": self.charter_id, "outcome": outcome}
        facts |= {"meeting_day": day, "reason": self.reason}
        if self.amendment_id is not None:
            return AmendmentDecided(**facts, amendment_id=self.amendment_id, attempt=self.edition)
        if self.matter is Matter.REVOCATION:
            return RevocationDecided(**facts, number=self.edition)
        return CharterDecided(**facts, edition=self.edition)

    def _counted(self, who: Identity, outcome: Outcome, ballot: Ballot, members: Roster, policy: Policy, today: date) -> Ballot:
        if who.person_id in self.recused:
            raise Refused(RECUSED_TOOK_PART)
        laid_on = day_of(self.laid_at)
        counted = held(ballot, members=members, recused=self.recused, policy=policy, laid_on=laid_on, today=today)
        fits(outcome, counted)
        return counted


def id_of(matter_id: UUID, edition: int) -> UUID:
    """The docket item of one edition of a charter or a proposal: the same id each time, so that none is laid twice."""
    return uuid5(matter_id, f"edition {edition}")


def lay_charter(
    *, who: Identity, charter_id: UUID, edition: int, body_id: UUID, text: CharterText, idea_id: UUID | None, now: datetime
) -> tuple[DocketItem, Event]:
    """A charter comes before the body that is to commission the group, to be decided before sign-up ends."""
    return _laid(
        who,
        DocketItem(
            id=id_of(charter_id, edition),
            matter=Matter.CHARTER,
            body_id=body_id,
            charter_id=charter_id,
            edition=edition,
            title=text.title,
            laid_at=now,
            due=text.sign_up_until,
            charter=text,
            idea_id=idea_id,
        ),
    )


def lay_amendment(
    *,
    who: Identity,
    amendment_id: UUID,
    attempt: int,
    charter_id: UUID,
    group_id: UUID,
    body_id: UUID,
    text: CharterText,
    changed: tuple[str, ...],
    why: str,
    idea_id: UUID | None,
    now: datetime,
) -> tuple[DocketItem, Event]:
    """An amendment comes before the body, to be decided before the day on which the group's proposal is."""
    return _laid(
        who,
        DocketItem(
            id=id_of(amendment_id, attempt),
            matter=Matter.AMENDMENT,
            body_id=body_id,
            charter_id=charter_id,
            edition=attempt,
            title=text.title,
            laid_at=now,
            due=text.decision_by,
            charter=text,
            amendment_id=amendment_id,
            changed=changed,
            why=why,
            group_id=group_id,
            idea_id=idea_id,
        ),
    )


def revocation_id_of(charter_id: UUID, number: int) -> UUID:
    """The docket item of the `number`th time that the body is asked to take the charter back."""
    return uuid5(charter_id, f"revocation {number}")


def lay_revocation(
    *,
    who: Identity,
    charter_id: UUID,
    number: int,
    group_id: UUID,
    body_id: UUID,
    title: str,
    why: str,
    due: date,
    now: datetime,
) -> tuple[DocketItem, Event]:
    """The body is asked to take a charter back."""
    return _laid(
        who,
        DocketItem(
            id=revocation_id_of(charter_id, number),
            matter=Matter.REVOCATION,
            body_id=body_id,
            charter_id=charter_id,
            edition=number,
            title=title,
            laid_at=now,
            due=due,
            why=why,
            group_id=group_id,
        ),
    )


def lay_proposal(
    *,
    who: Identity,
    proposal_id: UUID,
    edition: int,
    body_id: UUID,
    charter_id: UUID,
    group_id: UUID,
    idea_id: UUID | None,
    text: ProposalText,
    members: tuple[UUID, ...],
    decision_by: date,
    now: datetime,
) -> tuple[DocketItem, Event]:
    """A proposal comes before the body that commissioned the group, to be decided by the day that its charter gives."""
    return _laid(
        who,
        DocketItem(
            id=id_of(proposal_id, edition),
            matter=Matter.PROPOSAL,
            body_id=body_id,
            charter_id=charter_id,
            edition=edition,
            title=text.title,
            laid_at=now,
            due=decision_by,
            proposal=text,
            proposal_id=proposal_id,
            group_id=group_id,
            idea_id=idea_id,
            members=members,
        ),
    )


def _laid(who: Identity, item: DocketItem) -> tuple[DocketItem, Event]:
    if not who.house:
        raise NotAllowed(NOT_ALLOWED)
    return item, DocketItemLaid(docket_item_id=item.id, body_id=item.body_id, due=item.due)
