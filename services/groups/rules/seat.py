"""Seats: in which capacity a person may sit in a group, and how many places of a category are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from chassis.identity import Identity
from contracts.groups import SeatCategory
from contracts.people import BodyKind

NO_OFFICE = {BodyKind.SUPREME_AUTHORITY, BodyKind.DEPARTMENT_MEETING}
"""Bodies in which a person sits without holding board office."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a person is in the association on the day of signing up."""

    departments: tuple[UUID, ...] = ()
    boards: frozenset[BodyKind] = frozenset()
    has_board_office: bool = False
    sits_in_body: bool = False
    employee: bool = False


def standing_of(who: Identity, *, body_id: UUID, kinds: Mapping[UUID, BodyKind]) -> Standing:
    """The standing that counts: `kinds` are the bodies that are known here. A body not known yet counts as a board."""
    seats = [mandate.body_id for mandate in who.mandates if mandate.voting]
    return Standing(
        departments=tuple(sorted(who.departments)),
        boards=frozenset(kinds[body] for body in seats if body in kinds),
        has_board_office=any(kinds.get(body) not in NO_OFFICE for body in seats),
        sits_in_body=body_id in seats,
        employee=who.employee,
    )


def fits(category: SeatCategory, standing: Standing) -> bool:
    """Whether a person of this standing may have a seat of the category. Anybody may come from outside."""
    return {
        SeatCategory.RESIDENT: bool(standing.departments),
        SeatCategory.DEPARTMENT_BOARD: BodyKind.DEPARTMENT_BOARD in standing.boards,
        SeatCategory.ORGANISATION_BOARD: BodyKind.ORGANISATION_BOARD in standing.boards,
        SeatCategory.EMPLOYEE: standing.employee,
        SeatCategory.EXTERNAL: True,
    }[category]


def vacant(*, places: int, taken: int, offered: int) -> int:
    """How many places can still be offered: those neither taken nor on offer."""
    return max(0, places - taken - offered)


def household_of(group_id: UUID, address: str) -> str:
    """What is kept of the address that somebody gives: enough to see that two are the same, in this group and nowhere else."""
    plain = "".join(sign for sign in address.casefold() if sign.isalnum())
    return sha256(f"{group_id}|{plain}".encode()).hexdigest() if plain else ""
