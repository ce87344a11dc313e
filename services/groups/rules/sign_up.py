"""The life of a sign-up (tilmelding): an application, until the person has accepted a seat and is a member.

Who composes: a secretary, or a voting member of the commissioning body.

    applied --offer--> offered              who composes, while a place is vacant and as the charter's method says
    reserve --offer--> offered              who composes, or the house when a seat falls vacant
    applied --reserve--> reserve            who composes, as the charter's method says
    applied --not_select--> not_selected    who composes, with a reason
    applied --withdraw--> withdrawn         the person
    reserve --withdraw--> withdrawn         the person
    offered --accept--> accepted            the person
    offered --decline--> declined           the person
    offered --expire--> expired             the house, when the day to answer by is over
    offered --miss--> reserve               the house, when somebody else accepted the last seat first
    accepted --leave--> left                the person; no reason is asked for

What staff write down for a person on paper is kept with how the person said so, and to whom.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import (
    ApplicantNotSelected,
    MemberLeft,
    OfferExpired,
    ReserveListed,
    SeatAccepted,
    SeatCategory,
    SeatDeclined,
    SeatOffered,
    SignUpApplied,
    SignUpWithdrawn,
)
from services.groups.rules.consent import Consent, on_paper
from services.groups.rules.group import REASON_NEEDED
from services.groups.rules.seat import Standing, fits, household_of


class State(StrEnum):
    """Where a sign-up is in its life."""

    APPLIED = "applied"
    OFFERED = "offered"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    LEFT = "left"


WAITING = {State.APPLIED, State.OFFERED}
"""Somebody still owes an answer: the body, or the person."""

SIGN_UP_CLOSED = No("sign-up-closed", "Tilmeldingen er slut.", "Sign-up has ended.")
ALREADY_SIGNED_UP = No("already-signed-up", "Du har allerede tilmeldt dig gruppen.", "You have already signed up for the group.")
NO_SUCH_SEAT = No("no-such-seat", "Gruppen har ingen pladser af den type.", "The group has no seats of that category.")
NOT_YOUR_CATEGORY = No(
    "not-your-category",
    "Den pladstype er ikke for dig. Vælg en, der passer til, hvad du er i boligforeningen.",
    "That category is not for you. Choose one that fits what you are in the association.",
)
NO_PLACE_LEFT = No(
    "no-place-left",
    "Alle pladser af den type er taget eller tilbudt. Sæt personen på reservelisten.",
    "All places of that category are taken or on offer. Put the person on the reserve list.",
)
NOT_THEIR_TURN = No(
    "not-their-turn",
    "Kommissoriet siger, at pladserne går efter lodtrækning eller rækkefølge. Her er det ikke personens tur.",
    "The charter says that the seats go by lot or in order. It is not this person's turn.",
)
HOUSEHOLD_SEATED = No(
    "household-has-a-seat",
    "En anden fra samme husstand har allerede en plads eller et tilbud, og kommissoriet giver højst én plads til hver husstand.",
    "Somebody of the same household has a seat or an offer, and the charter gives each household one at most.",
)
OFFER_EXPIRED = No("offer-expired", "Fristen for at svare var {answer_by}.", "The offer had to be answered by {answer_by}.")
GROUP_OVER = No("group-over", "Gruppen er afsluttet.", "The group is over.")


def _person(sign_up: SignUp, who: Identity) -> bool:
    return who.person_id is not None and sign_up.person_id == who.person_id


def _composer(sign_up: SignUp, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or who.sits_in(sign_up.body_id)


def _composer_or_house(sign_up: SignUp, who: Identity) -> bool:
    return who.house or _composer(sign_up, who)


LIFE = Life.drawn(
    __doc__,
    offer=_composer_or_house,
    reserve=_composer,
    not_select=_composer,
    withdraw=_person,
    accept=_person,
    decline=_person,
    expire=the_house,
    miss=the_house,
    leave=_person,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    """What somebody writes when they apply. Of the address only this is kept: whether another applicant gave the same."""

    category: SeatCategory
    brings: str = ""
    first_time: bool | None = None
    address: str = ""
    consent_note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignUp:
    """One person's application for a seat, with the standing that counted when it was made.

    `household` tells only whether two applicants for this group share one; `line` is the place in the drawn order.
    """

    id: UUID
    group_id: UUID
    body_id: UUID
    person_id: UUID
    category: SeatCategory
    brings: str
    first_time: bool | None = None
    departments: tuple[UUID, ...] = ()
    has_board_office: bool = False
    sits_in_body: bool = False
    applied_at: datetime
    state: State = State.APPLIED
    answer_by: date | None = None
    reason: str = ""
    household: str = ""
    line: int | None = None
    consents: tuple[Consent, ...] = ()
    version: int = 0

    def offer(
        self,
        *,
        who: Identity,
        today: date,
        offer_days: int,
        vacant: int,
        group_over: bool,
        their_turn: bool,
        household_seated: bool,
        line: int | None = None,
    ) -> tuple[SignUp, Event]:
        """Offer the person a seat, to be answered within some days, the last one included.

        `their_turn`: the charter's method leads to this person now, as it always does where the board chooses.
        """
        state = State(LIFE.step(self, "offer", who))
        if group_over:
            raise Refused(GROUP_OVER)
        if not their_turn:
            raise Refused(NOT_THEIR_TURN)
        if vacant < 1:
            raise Refused(NO_PLACE_LEFT)
        if household_seated:
            raise Refused(HOUSEHOLD_SEATED)
        answer_by = today + timedelta(days=offer_days)
        offered = replace(self, state=state, answer_by=answer_by, line=line or self.line)
        return offered, SeatOffered(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id, answer_by=answer_by)

    def reserve(self, *, who: Identity, their_turn: bool, line: int | None = None) -> tuple[SignUp, Event]:
        """Put the person on the category's reserve list: in the drawn order, or in that of applying where no lots were drawn."""
        state = State(LIFE.step(self, "reserve", who))
        if not their_turn:
            raise Refused(NOT_THEIR_TURN)
        return replace(self, line=line)._reserved(state)

    def not_select(self, *, who: Identity, reason: str) -> tuple[SignUp, Event]:
        """The person gets no seat, and is told why."""
        state = State(LIFE.step(self, "not_select", who))
        if not reason.strip():
            raise Refused(REASON_NEEDED)
        told = ApplicantNotSelected(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)
        return replace(self, state=state, reason=reason.strip()), told

    def withdraw(self, *, who: Identity, today: date, consent_note: str = "") -> tuple[SignUp, Event]:
        """The person takes the application back."""
        state = State(LIFE.step(self, "withdraw", who))
        told = SignUpWithdrawn(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)
        return replace(self, state=state, consents=self._said("withdraw", who, consent_note, today)), told

    def accept(self, *, who: Identity, today: date, group_over: bool, consent_note: str = "") -> tuple[SignUp, Event]:
        """The person says yes."""
        state = State(LIFE.step(self, "accept", who))
        if group_over:
            raise Refused(GROUP_OVER)
        if self.answer_by is None or today > self.answer_by:
            raise Refused(OFFER_EXPIRED, answer_by=str(self.answer_by))
        accepted = replace(self, state=state, answer_by=None, consents=self._said("accept", who, consent_note, today))
        return accepted, SeatAccepted(
            sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id, category=self.category
        )

    def decline(self, *, who: Identity, today: date, consent_note: str = "") -> tuple[SignUp, Event]:
        """The person says no."""
        state = State(LIFE.step(self, "decline", who))
        told = SeatDeclined(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)
        said = self._said("decline", who, consent_note, today)
        return replace(self, state=state, answer_by=None, consents=said), told

    def expire(self, *, who: Identity, day: date) -> tuple[SignUp, Event]:
        """The person did not answer. The last day to answer runs until its end."""
        state = State(LIFE.step(self, "expire", who))
        if self.answer_by is None or day <= self.answer_by:
            raise Refused(NOT_NOW)
        return replace(self, state=state), OfferExpired(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)

    def miss(self, *, who: Identity) -> tuple[SignUp, Event]:
        """Somebody else accepted the last seat a moment before; the person is on the reserve list."""
        return self._reserved(State(LIFE.step(self, "miss", who)))

    def leave(self, *, who: Identity, today: date, consent_note: str = "") -> tuple[SignUp, Event]:
        """A member leaves the group."""
        state = State(LIFE.step(self, "leave", who))
        told = MemberLeft(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)
        return replace(self, state=state, consents=self._said("leave", who, consent_note, today)), told

    def _said(self, move: str, who: Identity, note: str, on: date) -> tuple[Consent, ...]:
        return (*self.consents, *on_paper(move, who, note, on))

    def _reserved(self, state: State) -> tuple[SignUp, Event]:
        told = ReserveListed(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)
        return replace(self, state=state, answer_by=None), told


def apply(
    *,
    id: UUID,
    who: Identity,
    group_id: UUID,
    body_id: UUID,
    open_now: bool,
    categories: frozenset[SeatCategory],
    standing: Standing,
    says: Application,
    signed_up: bool,
    now: datetime,
    today: date,
) -> tuple[SignUp, Event]:
    """A person applies for a seat, themselves and once, while the group is open for sign-up.

    Nobody is signed up by others; staff who do it for somebody on paper write how the person asked for it.
    """
    if who.person_id is None:
        raise NotAllowed(NOT_ALLOWED)
    if not open_now:
        raise Refused(SIGN_UP_CLOSED)
    if signed_up:
        raise Refused(ALREADY_SIGNED_UP)
    if says.category not in categories:
        raise Refused(NO_SUCH_SEAT)
    if not fits(says.category, standing):
        raise NotAllowed(NOT_YOUR_CATEGORY)
    made = SignUp(
        id=id,
        group_id=group_id,
        body_id=body_id,
        person_id=who.person_id,
        category=says.category,
        brings=says.brings,
        first_time=says.first_time,
        departments=standing.departments,
        has_board_office=standing.has_board_office,
        sits_in_body=standing.sits_in_body,
        applied_at=now,
        household=household_of(group_id, says.address),
        consents=on_paper("apply", who, says.consent_note, today),
    )
    return made, SignUpApplied(sign_up_id=id, group_id=group_id, person_id=who.person_id, category=says.category)


def as_it_stands(sign_up: SignUp) -> Event | None:
    """How it stands now, for whoever is told anew; nothing of what nobody was told."""
    ids = {"sign_up_id": sign_up.id, "group_id": sign_up.group_id, "person_id": sign_up.person_id}
    if sign_up.state is State.ACCEPTED:
        return SeatAccepted(**ids, category=sign_up.category)
    if sign_up.state is State.APPLIED:
        return SignUpApplied(**ids, category=sign_up.category)
    answered = {State.LEFT: MemberLeft, State.NOT_SELECTED: ApplicantNotSelected, State.WITHDRAWN: SignUpWithdrawn}
    return answered[sign_up.state](**ids) if sign_up.state in answered else None
