"""What notices tells: a letter on paper has to be sent to somebody, was sent, or is not needed any more."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class LetterWritten(Event):
    """Somebody who is exempt from digital contact must get a letter, out by `send_by`; `about` is the kind of what they are told.

    `goes_on`: it is the last of a portion, and others are yet to be written about the same.
    """

    kind = "letter.written"
    letter_id: UUID
    notice_id: UUID
    person_id: UUID
    about: str
    send_by: date
    goes_on: bool = False


@dataclass(frozen=True, kw_only=True)
class LetterSent(Event):
    """A member of staff says that the letter is on its way."""

    kind = "letter.sent"
    letter_id: UUID
    notice_id: UUID
    person_id: UUID
    sent_by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class LetterLapsed(Event):
    """The letter is not needed any more, and was not sent."""

    kind = "letter.lapsed"
    letter_id: UUID
    notice_id: UUID
    person_id: UUID
