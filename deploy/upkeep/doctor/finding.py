"""What the doctor found: one sentence, and where something is to be mended, how."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from deploy.command.reach import Reach


class State(StrEnum):
    """Well, worth knowing, or to be mended."""

    WELL = "well"
    NOTE = "note"
    MEND = "mend"


@dataclass(frozen=True)
class Finding:
    """`check` names what was looked at, such as `database ideas`; `mend` says what to do."""

    check: str
    state: State
    says: str
    mend: str = ""


Check = Callable[[Reach], Iterator[Finding]]


def well(check: str, says: str) -> Finding:
    """As it should be."""
    return Finding(check, State.WELL, says)


def note(check: str, says: str) -> Finding:
    """Worth knowing; nothing is wrong."""
    return Finding(check, State.NOTE, says)


def bad(check: str, says: str, mend: str) -> Finding:
    """Something is to be mended."""
    return Finding(check, State.MEND, says, mend)
