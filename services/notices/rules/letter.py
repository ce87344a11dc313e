"""The life of a letter on paper: what one person exempt from digital contact is told about one thing.

to_send --send--> sent        a secretary, who put it in the post or in the letter box
to_send --lapse--> lapsed     the house: the meeting is off, something newer is told, or the person left
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from contracts.event import Event
from contracts.notices import LetterLapsed, LetterSent, LetterWritten


class State(StrEnum):
    """Whether the letter is still to be sent. Lapsed: nobody needs it any more."""

    TO_SEND = "to_send"
    SENT = "sent"
    LAPSED = "lapsed"


def may_send(who: Identity) -> bool:
    """Whether the person looks after the letters: a secretary, who also writes down what people on paper answer."""
    return who.has(Duty.SECRETARY)


def _secretary(_: Letter, who: Identity) -> bool:
    return may_send(who)


LIFE = Life.drawn(__doc__, send=_secretary, lapse=the_house)


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A letter to one person of one notice, out by the end of `send_by`. `about` is the thing that the notice is about.

    `within` is the group whose work it is about, where only those in the group are told.
    """

    id: UUID
    notice_id: UUID
    person_id: UUID
    about: UUID
    within: UUID | None = None
    send_by: date
    written_at: datetime
    state: State = State.TO_SEND
    sent_by: UUID | None = None
    sent_at: datetime | None = None
    version: int = 0

    def send(self, *, who: Identity, now: datetime) -> tuple[Letter, Event]:
        """It is on its way; by whom and when is kept."""
        state = State(LIFE.step(self, "send", who))
        sent = replace(self, state=state, sent_by=who.person_id, sent_at=now)
        told = LetterSent(letter_id=self.id, notice_id=self.notice_id, person_id=self.person_id, sent_by=who.person_id)
        return sent, told

    def lapse(self, *, who: Identity) -> tuple[Letter, Event]:
        """Nobody needs it any more."""
        state = State(LIFE.step(self, "lapse", who))
        told = LetterLapsed(letter_id=self.id, notice_id=self.notice_id, person_id=self.person_id)
        return replace(self, state=state), told


def write(
    *, notice_id: UUID, about: UUID, kind: str, within: UUID | None, person_id: UUID, send_by: date, now: datetime, goes_on: bool
) -> tuple[Letter, Event]:
    """A person must get a letter: under the same id each time, so that nobody gets two of one notice."""
    letter = Letter(
        id=uuid5(notice_id, str(person_id)),
        notice_id=notice_id,
        person_id=person_id,
        about=about,
        within=within,
        send_by=send_by,
        written_at=now,
    )
    told = LetterWritten(
        letter_id=letter.id, notice_id=notice_id, person_id=person_id, about=kind, send_by=send_by, goes_on=goes_on
    )
    return letter, told
