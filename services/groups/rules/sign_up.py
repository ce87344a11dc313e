"""The life of a sign-up (tilmelding): an application, until the person has accepted a seat and is a member.

Who composes: a secretary, or a voting member of the commissioning body.

    applied --offer--> offered              who composes, while a place is vacant
    reserve --offer--> offered              who composes, or the house when a seat falls vacant
    applied --reserve--> reserve            who composes
    applied --not_select--> not_selected    who composes, with a reason
    applied --withdraw--> withdrawn         the person
    reserve --withdraw--> withdrawn         the person
    offered --accept--> accepted            the person; on paper with a note of the consent
    offered --decline--> declined           the person
    offered --expire--> expired             the house, when the day to answer by is over
    offered --miss--> reserve               the house, when somebody else accepted the last seat first
    accepted --leave--> left                the person; no reason is asked for
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
from services.groups.rules.group import REASON_NEEDED
from services.groups.rules.seat import Standing, fits


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
OFFER_EXPIRED = No("offer-expired", "Fristen for at svare var {answer_by}.", "The offer had to be answered by {answer_by}.")
GROUP_OVER = No("group-over", "Gruppen er afsluttet.", "The group is over.")
CONSENT_NOTE_NEEDED = No(
    "consent-note-needed",
    "Skriv, hvordan og hvornår personen har sagt ja.",
    "Write how and when the person said yes.",
)


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
class SignUp:
    """One person's application for a seat, with the standing that counted when it was made."""

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
    consent_note: str = ""
    consent_taken_by: UUID | None = None
    version: int = 0

    def offer(self, *, who: Identity, today: date, offer_days: int, vacant: int, group_over: bool) -> tuple[SignUp, Event]:
        """Offer the person a seat, to be answered within some days, the last one included."""
        state = State(LIFE.step(self, "offer", who))
        if group_over:
            raise Refused(GROUP_OVER)
        if vacant < 1:
            raise Refused(NO_PLACE_LEFT)
        answer_by = today + timedelta(days=offer_days)
        offered = replace(self, state=state, answer_by=answer_by)
        return offered, SeatOffered(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id, answer_by=answer_by)

    def reserve(self, *, who: Identity) -> tuple[SignUp, Event]:
        """Put the person on the category's reserve list, in which whoever applied first stands first."""
        return self._reserved(State(LIFE.step(self, "reserve", who)))

    def not_select(self, *, who: Identity, reason: str) -> tuple[SignUp, Event]:
        """The person gets no seat, and is told why."""
        state = State(LIFE.step(self, "not_select", who))
        if not reason.strip():
            raise Refused(REASON_NEEDED)
        told = ApplicantNotSelected(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)
        return replace(self, state=state, reason=reason.strip()), told

    def withdraw(self, *, who: Identity) -> tuple[SignUp, Event]:
        """The person takes the application back."""
        state = State(LIFE.step(self, "withdraw", who))
        told = SignUpWithdrawn(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)
        return replace(self, state=state), told

    def accept(self, *, who: Identity, today: date, group_over: bool, consent_note: str = "") -> tuple[SignUp, Event]:
        """The person says yes. Staff who write it down for somebody on paper note how the person consented."""
        state = State(LIFE.step(self, "accept", who))
        if group_over:
            raise Refused(GROUP_OVER)
        if self.answer_by is None or today > self.answer_by:
            raise Refused(OFFER_EXPIRED, answer_by=str(self.answer_by))
        if who.act and not consent_note.strip():
            raise Refused(CONSENT_NOTE_NEEDED)
        accepted = replace(self, state=state, answer_by=None, consent_note=consent_note.strip(), consent_taken_by=who.act)
        return accepted, SeatAccepted(
            sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id, category=self.category
        )

    def decline(self, *, who: Identity) -> tuple[SignUp, Event]:
        """The person says no."""
        state = State(LIFE.step(self, "decline", who))
        told = SeatDeclined(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)
        return replace(self, state=state, answer_by=None), told

    def expire(self, *, who: Identity, day: date) -> tuple[SignUp, Event]:
        """The person did not answer. The last day to answer runs until its end."""
        state = State(LIFE.step(self, "expire", who))
        if self.answer_by is None or day <= self.answer_by:
            raise Refused(NOT_NOW)
        return replace(self, state=state), OfferExpired(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)

    def miss(self, *, who: Identity) -> tuple[SignUp, Event]:
        """Somebody else accepted the last seat a moment before; the person is on the reserve list."""
        return self._reserved(State(LIFE.step(self, "miss", who)))

    def leave(self, *, who: Identity) -> tuple[SignUp, Event]:
        """A member leaves the group."""
        state = State(LIFE.step(self, "leave", who))
        told = MemberLeft(sign_up_id=self.id, group_id=self.group_id, person_id=self.person_id)
        return replace(self, state=state), told

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
    category: SeatCategory,
    brings: str,
    first_time: bool | None,
    signed_up: bool,
    now: datetime,
) -> tuple[SignUp, Event]:
    """A person applies for a seat, themselves and once, while the group is open for sign-up. Nobody is signed up by others."""
    if who.person_id is None:
        raise NotAllowed(NOT_ALLOWED)
    if not open_now:
        raise Refused(SIGN_UP_CLOSED)
    if signed_up:
        raise Refused(ALREADY_SIGNED_UP)
    if category not in categories:
        raise Refused(NO_SUCH_SEAT)
    if not fits(category, standing):
        raise NotAllowed(NOT_YOUR_CATEGORY)
    made = SignUp(
        id=id,
        group_id=group_id,
        body_id=body_id,
        person_id=who.person_id,
        category=category,
        brings=brings,
        first_time=first_time,
        departments=standing.departments,
        has_board_office=standing.has_board_office,
        sits_in_body=standing.sits_in_body,
        applied_at=now,
    )
    return made, SignUpApplied(sign_up_id=id, group_id=group_id, person_id=who.person_id, category=category)
