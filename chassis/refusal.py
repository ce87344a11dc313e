"""How a rule says no. No imports: every room may use this one."""

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class No:
    """One way to say no: a stable slug for programs, and a sentence for people in Danish and in English.

    A sentence may name facts in braces, `{days}`; the refusal gives them.
    """

    slug: str
    da: str
    en: str
    known: ClassVar[dict[str, "No"]] = {}

    def __post_init__(self) -> None:
        other = No.known.setdefault(self.slug, self)
        if other != self:
            raise ValueError(f"two sentences for {self.slug}")


class Refused(Exception):
    """Not now: the rules do not allow it as things stand. `facts` fill the sentence and go out with the answer."""

    def __init__(self, no: No, **facts: Any) -> None:
        super().__init__(no.slug)
        self.no, self.facts = no, facts


class NotAllowed(Refused):
    """Not allowed: this person may not do it, whatever the state."""


class NotFound(Refused):
    """There is no such thing in this association. A neighbour's thing is answered the same way."""


class Stale(Refused):
    """What somebody saw before they wrote (`If-Match`) does not stand any more, or cannot be compared."""


NOT_FOUND = No("not-found", "Det findes ikke her.", "There is no such thing here.")
NOT_ALLOWED = No("not-allowed", "Det har du ikke adgang til at gøre.", "You are not allowed to do that.")
NOT_NOW = No("not-now", "Det kan ikke lade sig gøre, som sagen står nu.", "That cannot be done as things stand.")
CHANGED_MEANWHILE = No(
    "changed-meanwhile",
    "En anden har ændret det imens. Se den nye udgave, og prøv igen.",
    "Somebody else changed it meanwhile. Look at the new version and try again.",
)
