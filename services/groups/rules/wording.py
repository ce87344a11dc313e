"""What a charter says while it is being written, and what changed from one edition to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from contracts.groups import CharterText, Commitment, Role, Scope, SeatPlan, Target, Topic


class Selection(StrEnum):
    """How the seats are to be filled when more apply than there are places. Practice: the board composes the group."""

    BOARD_SELECTION = "board_selection"
    FIRST_COME = "first_come"
    LOT = "lot"
    STRATIFIED_LOT = "stratified_lot"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """All that a charter says; what is not written yet is empty or none.

    No departments: it affects them all. `facilitator_employed` and `facilitator_hired`: as what whoever wrote the charter
    knows the facilitator. `more_meetings_reason` is for an amendment that goes beyond the policy's most meetings.
    """

    title: str
    background: str = ""
    purpose: str = ""
    frames: str = ""
    questions: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    department_ids: tuple[UUID, ...] = ()
    topic: Topic | None = None
    openness: int | None = None
    not_up_for_change: str = ""
    commitment: Commitment = Commitment.DECIDES_BY_DATE
    budget_kroner: int | None = None
    seats: tuple[SeatPlan, ...] = ()
    targets: tuple[Target, ...] = ()
    selection: Selection = Selection.BOARD_SELECTION
    one_per_household: bool = True
    minority_reason: str = ""
    sign_up_until: date | None = None
    meetings: tuple[date, ...] = ()
    more_meetings_reason: str = ""
    handover: date | None = None
    decision_by: date | None = None
    sponsor_id: UUID | None = None
    facilitator_id: UUID | None = None
    facilitator_employed: bool = False
    facilitator_hired: bool = False
    facilitator_hours: int | None = None

    @property
    def scope(self) -> Scope:
        """How far the task reaches."""
        if not self.department_ids:
            return Scope.WHOLE_ASSOCIATION
        return Scope.ONE_DEPARTMENT if len(self.department_ids) == 1 else Scope.SEVERAL_DEPARTMENTS


NAMES = tuple(field.name for field in fields(Wording))
NOT_TOLD = {"facilitator_employed"}
"""What the text does not carry: a facilitator who is not hired is employed."""


def revised(wording: Wording, says: dict[str, Any]) -> Wording:
    """The wording with these fields changed. A new facilitator is employed or hired only if whoever names them says so."""
    if says.get("facilitator_id", wording.facilitator_id) != wording.facilitator_id:
        says = {"facilitator_employed": False, "facilitator_hired": False} | says
    return replace(wording, **says)


def named(wording: Wording, role: Role) -> UUID | None:
    """Whom the charter names for a role."""
    return wording.sponsor_id if role is Role.SPONSOR else wording.facilitator_id


def with_leaders(wording: Wording, leaders: Mapping[Role, UUID | None]) -> Wording:
    """The wording with those who hold these roles today; where nobody does, as it was."""
    others = {role: person for role, person in leaders.items() if person and person != named(wording, role)}
    says: dict[str, Any] = {f"{role}_id": person for role, person in others.items()}
    return revised(wording, says | ({"facilitator_employed": True} if Role.FACILITATOR in others else {}))


def changed(before: Wording, after: Wording) -> tuple[str, ...]:
    """The fields that do not say the same, in the order in which a charter says them."""
    return tuple(name for name in NAMES if getattr(before, name) != getattr(after, name))


def finished(wording: Wording) -> CharterText:
    """The text as it is told to others; only for a wording that lacks nothing."""
    assert wording.sign_up_until and wording.handover and wording.decision_by  # noqa: S101  told to the type checker: `missing` was asked
    assert wording.sponsor_id and wording.facilitator_id  # noqa: S101
    told: dict[str, Any] = {name: getattr(wording, name) for name in NAMES if name not in NOT_TOLD}
    return CharterText(**told | {"scope": wording.scope, "topic": wording.topic or ""})
