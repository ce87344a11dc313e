"""What a charter says while it is being written, and everything that it still lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from chassis.refusal import No
from contracts.groups import CharterText, SeatCategory, SeatPlan, Target
from contracts.people import Policy


class Selection(StrEnum):
    """How the seats are to be filled when more apply than there are places. Practice: the board composes the group."""

    BOARD_SELECTION = "board_selection"
    FIRST_COME = "first_come"
    LOT = "lot"
    STRATIFIED_LOT = "stratified_lot"
    COMPETENCE_PROFILE = "competence_profile"


class Lack(NamedTuple):
    """Something that a charter lacks or says wrongly: in which field, which no, and the facts of its sentence."""

    field: str
    no: No
    facts: dict[str, Any] = {}  # noqa: RUF012  never written to


COUNT_AS_RESIDENTS = {SeatCategory.RESIDENT, SeatCategory.DEPARTMENT_BOARD}
"""Members of a department board are residents by law (almenboligloven § 34)."""

FILL_IN = No("fill-in", "Skal udfyldes, før kommissoriet kan foreslås.", "Must be filled in before the charter can be proposed.")
A_QUESTION = No("a-question-needed", "Stil mindst ét spørgsmål til gruppen.", "Ask the group at least one question.")
SEATS_NEEDED = No("seats-needed", "Angiv, hvilke pladser gruppen har.", "Say which seats the group has.")
CATEGORY_TWICE = No("category-twice", "Hver pladstype må kun stå én gang.", "Each category of seat may stand only once.")
RESIDENT_MAJORITY = No(
    "resident-majority",
    "Beboere skal have mere end halvdelen af pladserne. Ellers skal kommissoriet begrunde hvorfor.",
    "Residents must have more than half of the seats, or the charter must say why not.",
)
MEETINGS_COUNT = No(
    "meetings-count",
    "Der skal planlægges mellem {least} og {most} møder.",
    "Between {least} and {most} meetings must be planned.",
)
MEETINGS_ORDER = No(
    "meetings-order", "Møderne skal ligge på hver sin dag, det første først.", "Meetings must follow each other, one day each."
)
SIGN_UP_PAST = No("sign-up-date-past", "Sidste dag for tilmelding er allerede gået.", "The last day to sign up has already gone.")
SIGN_UP_BEFORE_MEETINGS = No(
    "sign-up-before-meetings",
    "Tilmeldingen skal slutte før det første møde.",
    "Sign-up must end before the first meeting.",
)
HANDOVER_AFTER_MEETINGS = No(
    "handover-after-meetings",
    "Afleveringen kan tidligst være på dagen for det sidste møde.",
    "The handover cannot be before the last meeting.",
)
DECISION_AFTER_MEETINGS = No(
    "decision-after-meetings",
    "Beslutningen skal ligge efter det sidste planlagte møde.",
    "The decision must come after the last planned meeting.",
)
DECISION_AFTER_HANDOVER = No(
    "decision-after-handover",
    "Beslutningen kan ikke ligge før afleveringen.",
    "The decision cannot come before the handover.",
)
SPONSOR_OUTSIDE = No(
    "sponsor-outside-body",
    "Tovholderen skal sidde i den bestyrelse, som nedsætter gruppen.",
    "The sponsor must be a voting member of the commissioning body.",
)
FACILITATOR_NOT_HIRED = No(
    "facilitator-not-hired",
    "Facilitatoren skal være ansat eller hyret til opgaven.",
    "The facilitator must be an employee or hired for the task.",
)
TWO_ROLES = No(
    "sponsor-is-facilitator",
    "Tovholder og facilitator kan ikke være den samme person.",
    "Sponsor and facilitator cannot be the same person.",
)
NEEDED = (
    "background",
    "purpose",
    "frames",
    "not_up_for_change",
    "sign_up_until",
    "handover",
    "decision_by",
    "sponsor_id",
    "facilitator_id",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """All that a charter says; what is not written yet is empty or none."""

    title: str
    background: str = ""
    purpose: str = ""
    frames: str = ""
    questions: tuple[str, ...] = ()
    not_up_for_change: str = ""
    seats: tuple[SeatPlan, ...] = ()
    sign_up_until: date | None = None
    meetings: tuple[date, ...] = ()
    handover: date | None = None
    decision_by: date | None = None
    sponsor_id: UUID | None = None
    facilitator_id: UUID | None = None
    facilitator_employed: bool = False
    targets: tuple[Target, ...] = ()
    selection: Selection = Selection.BOARD_SELECTION
    one_per_household: bool = True
    budget_kroner: int | None = None
    minority_reason: str = ""


def revised(wording: Wording, says: dict[str, Any]) -> Wording:
    """The wording with these fields changed. A new facilitator counts as employed only when whoever names them says so."""
    if says.get("facilitator_id", wording.facilitator_id) != wording.facilitator_id:
        says = {"facilitator_employed": False} | says
    return replace(wording, **says)


def finished(wording: Wording) -> CharterText:
    """The text as it is told to others; only for a wording that lacks nothing."""
    assert wording.sign_up_until and wording.handover and wording.decision_by  # noqa: S101  told to the type checker: `missing` was asked
    assert wording.sponsor_id and wording.facilitator_id  # noqa: S101
    return CharterText(
        title=wording.title,
        background=wording.background,
        purpose=wording.purpose,
        frames=wording.frames,
        questions=wording.questions,
        not_up_for_change=wording.not_up_for_change,
        seats=wording.seats,
        sign_up_until=wording.sign_up_until,
        meetings=wording.meetings,
        handover=wording.handover,
        decision_by=wording.decision_by,
        sponsor_id=wording.sponsor_id,
        facilitator_id=wording.facilitator_id,
        selection=wording.selection,
        budget_kroner=wording.budget_kroner,
        minority_reason=wording.minority_reason,
        targets=wording.targets,
        one_per_household=wording.one_per_household,
    )


def missing(wording: Wording, *, policy: Policy, members: frozenset[UUID], today: date) -> list[Lack]:
    """Everything that is missing or wrong, field by field; `members` are the voting members of the commissioning body."""
    return [
        *(Lack(name, FILL_IN) for name in NEEDED if not getattr(wording, name)),
        *([] if wording.questions else [Lack("questions", A_QUESTION)]),
        *_seats(wording),
        *_meetings(wording, policy),
        *_dates(wording, today),
        *_roles(wording, members),
    ]


def _seats(wording: Wording) -> list[Lack]:
    categories = [(plan.category, plan.department_id) for plan in wording.seats]
    everybody = sum(plan.places for plan in wording.seats)
    residents = sum(plan.places for plan in wording.seats if plan.category in COUNT_AS_RESIDENTS)
    if not everybody:
        return [Lack("seats", SEATS_NEEDED)]
    found = [Lack("seats", CATEGORY_TWICE)] if len(set(categories)) < len(categories) else []
    if 2 * residents <= everybody and not wording.minority_reason:
        found.append(Lack("minority_reason", RESIDENT_MAJORITY))
    return found


def _meetings(wording: Wording, policy: Policy) -> list[Lack]:
    found = []
    if not policy.meetings_min <= len(wording.meetings) <= policy.meetings_max:
        found.append(Lack("meetings", MEETINGS_COUNT, {"least": policy.meetings_min, "most": policy.meetings_max}))
    if any(later <= earlier for earlier, later in pairwise(wording.meetings)):
        found.append(Lack("meetings", MEETINGS_ORDER))
    return found


def _dates(wording: Wording, today: date) -> list[Lack]:
    first, last = min(wording.meetings, default=None), max(wording.meetings, default=None)
    checks = [
        ("sign_up_until", SIGN_UP_PAST, _before(wording.sign_up_until, today)),
        ("sign_up_until", SIGN_UP_BEFORE_MEETINGS, _before(first, wording.sign_up_until) or _same(first, wording.sign_up_until)),
        ("handover", HANDOVER_AFTER_MEETINGS, _before(wording.handover, last)),
        ("decision_by", DECISION_AFTER_MEETINGS, _before(wording.decision_by, last) or _same(wording.decision_by, last)),
        ("decision_by", DECISION_AFTER_HANDOVER, _before(wording.decision_by, wording.handover)),
    ]
    return [Lack(field, no) for field, no, wrong in checks if wrong]


def _roles(wording: Wording, members: frozenset[UUID]) -> list[Lack]:
    sponsor, facilitator = wording.sponsor_id, wording.facilitator_id
    checks = [
        ("sponsor_id", SPONSOR_OUTSIDE, sponsor is not None and sponsor not in members),
        ("facilitator_id", FACILITATOR_NOT_HIRED, facilitator is not None and not wording.facilitator_employed),
        ("facilitator_id", TWO_ROLES, facilitator is not None and facilitator == sponsor),
    ]
    return [Lack(field, no) for field, no, wrong in checks if wrong]


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _same(one: date | None, other: date | None) -> bool:
    return one is not None and one == other
