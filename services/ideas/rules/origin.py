"""Where an idea comes from: a resident, a board, or the administration; recorded once and never changed."""

from collections.abc import Set
from enum import StrEnum

from chassis.identity import Identity
from chassis.refusal import NOT_ALLOWED, No, NotAllowed
from contracts.people import BodyKind


class Origin(StrEnum):
    """Who an idea comes from."""

    RESIDENT = "resident"
    DEPARTMENT_BOARD = "department_board"
    ORGANISATION_BOARD = "organisation_board"
    ADMINISTRATION = "administration"


NOT_YOUR_ORIGIN = No(
    "not-your-origin",
    "Du kan kun indsende en ide på egne vegne eller for det, du sidder i.",
    "You can submit an idea only as what you are.",
)


def must_speak_for(origin: Origin, *, who: Identity, sits_in: Set[BodyKind]) -> None:
    """Raise `NotAllowed` unless the person is what the idea is said to come from. `sits_in`: with a vote."""
    if who.person_id is None or not (who.resident or who.mandates or who.employee):
        raise NotAllowed(NOT_ALLOWED)
    is_what_it_says = {
        Origin.RESIDENT: who.resident,
        Origin.DEPARTMENT_BOARD: BodyKind.DEPARTMENT_BOARD in sits_in,
        Origin.ORGANISATION_BOARD: BodyKind.ORGANISATION_BOARD in sits_in,
        Origin.ADMINISTRATION: who.employee,
    }
    if not is_what_it_says[origin]:
        raise NotAllowed(NOT_YOUR_ORIGIN)
