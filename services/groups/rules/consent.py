"""The paper path: what is kept when staff write something down for a person who is reached on paper."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.identity import Identity
from chassis.refusal import No, Refused

CONSENT_NOTE_NEEDED = No(
    "consent-note-needed",
    "Skriv, hvordan og hvornår personen har sagt det.",
    "Write how and when the person said so.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """What staff wrote down for a person on paper: which move, how and when the person said so, and who took it down."""

    move: str
    note: str
    taken_by: UUID
    on: date


def on_paper(move: str, who: Identity, note: str, on: date) -> tuple[Consent, ...]:
    """What is kept when staff act for somebody on paper: they write how the person said so."""
    if who.act is None:
        return ()
    if not note.strip():
        raise Refused(CONSENT_NOTE_NEEDED)
    return (Consent(move=move, note=note.strip(), taken_by=who.act, on=on),)
