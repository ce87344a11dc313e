"""Everything that a charter still lacks or says wrongly, field by field, and what whoever writes it should think of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from chassis.refusal import No
from contracts.groups import Commitment, SeatCategory, SeatPlan, Target
from contracts.people import Policy
from services.groups.rules.wording import Wording


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
CATEGORY_TWICE = No(
    "category-twice",
    "Hver pladstype må kun stå én gang, eller én gang for hver afdeling.",
    "Each category of seat may stand only once, or once for each department.",
)
NO_DEPARTMENT_SEAT = No(
    "seat-not-of-a-department",
    "Kun pladser til beboere og afdelingsbestyrelser kan høre til en afdeling.",
    "Only seats for residents and department boards can belong to a department.",
)
TARGET_EMPTY = No(
    "target-empty",
    "Skriv, hvem målet gælder: en pladstype, en afdeling eller nye deltagere.",
    "Say whom the target is for: a category of seat, a department or first-timers.",
)
TARGET_TOO_HIGH = No(
    "target-too-high",
    "Et mål kan ikke være højere end antallet af pladser, det kan opfyldes med.",
    "A target cannot be higher than the number of seats that can meet it.",
)
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
MORE_MEETINGS = No(
    "more-meetings-reason",
    "Flere end {most} møder kræver en begrundelse.",
    "More than {most} meetings need a reason.",
)
MEETINGS_APART = No(
    "meetings-too-far-apart",
    "Der må højst gå {days} dage mellem to møder.",
    "There may be at most {days} days between two meetings.",
)
MONEY_NEEDED = No(
    "money-needed",
    "Skriv beløbet, når der er afsat penge.",
    "Give the sum when money is set aside.",
)
SEATS_PROMISED = No(
    "seats-promised",
    "Der kan komme pladser til, men de pladser, gruppen har, kan ikke fjernes.",
    "Seats can be added, but those that the group has cannot be taken away.",
)
TERMS_STAND = No(
    "sign-up-terms-stand",
    "Det ligger fast, fordi folk har kunnet tilmelde sig på de vilkår.",
    "This stands, for people have been able to sign up on these terms.",
)
DEPARTMENT_WITHOUT_SEAT = No(
    "department-without-seat",
    "{number} af de berørte afdelinger er ikke sikret en plads.",
    "{number} of the affected departments are not sure of a seat.",
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
    "stakeholders",
    "topic",
    "openness",
    "sign_up_until",
    "handover",
    "decision_by",
    "sponsor_id",
    "facilitator_id",
    "facilitator_hours",
)
OF_A_DEPARTMENT = {SeatCategory.RESIDENT, SeatCategory.DEPARTMENT_BOARD}
"""Seats that can belong to a department."""

SIGN_UP_TERMS = ("selection", "targets", "one_per_household")
"""On what terms people sign up; an amendment leaves them as they are (ours)."""

MOST_MEETINGS = 12
"""No amendment gives a group more meetings than this (ours; the most that a policy can allow)."""


def missing(
    wording: Wording, *, policy: Policy, members: frozenset[UUID], today: date, amends: Wording | None = None
) -> list[Lack]:
    """Everything that is missing or wrong, field by field; `members` are the voting members of the commissioning body.

    An amendment is measured against the wording that it `amends`: what has happened already may stand, and what people
    signed up for must.
    """
    return [
        *(Lack(name, FILL_IN) for name in NEEDED if getattr(wording, name) in (None, "", ())),
        *([] if wording.questions else [Lack("questions", A_QUESTION)]),
        *_money(wording),
        *_seats(wording),
        *_targets(wording),
        *_meetings(wording, policy, amends),
        *_dates(wording, today, amends),
        *_roles(wording, members),
        *(_promises(wording, amends) if amends else []),
    ]


def hints(wording: Wording) -> list[Lack]:
    """What is no lack but should be thought of: affected departments that nobody may come to speak for.

    A department is sure of a seat when a seat or a target names it, or while there are general seats enough for all the rest.
    """
    named = {plan.department_id for plan in wording.seats} | {target.department_id for target in wording.targets}
    unnamed = [department for department in wording.department_ids if department not in named]
    general = _places(plan for plan in wording.seats if plan.category in OF_A_DEPARTMENT and plan.department_id is None)
    if not wording.seats or len(unnamed) <= general:
        return []
    return [Lack("seats", DEPARTMENT_WITHOUT_SEAT, {"number": len(unnamed) - general, "department_ids": unnamed})]


def _money(wording: Wording) -> list[Lack]:
    promised = wording.commitment is Commitment.MONEY_SET_ASIDE
    return [Lack("budget_kroner", MONEY_NEEDED)] if promised and not wording.budget_kroner else []


def _seats(wording: Wording) -> list[Lack]:
    everybody = _places(wording.seats)
    residents = _places(plan for plan in wording.seats if plan.category in COUNT_AS_RESIDENTS)
    if not everybody:
        return [Lack("seats", SEATS_NEEDED)]
    kinds = [(plan.category, plan.department_id) for plan in wording.seats]
    found = [Lack("seats", CATEGORY_TWICE)] if len(set(kinds)) < len(kinds) else []
    if any(plan.department_id and plan.category not in OF_A_DEPARTMENT for plan in wording.seats):
        found.append(Lack("seats", NO_DEPARTMENT_SEAT))
    if 2 * residents <= everybody and not wording.minority_reason:
        found.append(Lack("minority_reason", RESIDENT_MAJORITY))
    return found


def _targets(wording: Wording) -> list[Lack]:
    if any(not (each.category or each.department_id or each.first_timers) for each in wording.targets):
        return [Lack("targets", TARGET_EMPTY)]
    too_high = any(each.places > _places(filter(_meets(each), wording.seats)) for each in wording.targets)
    return [Lack("targets", TARGET_TOO_HIGH)] if wording.seats and too_high else []


def _meets(target: Target) -> Any:
    """Whether somebody in a seat of this plan could meet the target."""

    def check(plan: SeatPlan) -> bool:
        right_kind = target.category in (None, plan.category)
        return right_kind and (target.department_id is None or plan.department_id in (None, target.department_id))

    return check


def _meetings(wording: Wording, policy: Policy, amends: Wording | None) -> list[Lack]:
    number, least, most = len(wording.meetings), policy.meetings_min, policy.meetings_max
    found = []
    if amends and most < number <= MOST_MEETINGS:
        found += [] if wording.more_meetings_reason else [Lack("more_meetings_reason", MORE_MEETINGS, {"most": most})]
    elif not least <= number <= most:
        found.append(Lack("meetings", MEETINGS_COUNT, {"least": least, "most": MOST_MEETINGS if amends else most}))
    if any(later <= earlier for earlier, later in pairwise(wording.meetings)):
        found.append(Lack("meetings", MEETINGS_ORDER))
    elif any(later - earlier > timedelta(days=policy.still_days) for earlier, later in pairwise(wording.meetings)):
        found.append(Lack("meetings", MEETINGS_APART, {"days": policy.still_days}))
    return found


def _dates(wording: Wording, today: date, amends: Wording | None) -> list[Lack]:
    first, last = min(wording.meetings, default=None), max(wording.meetings, default=None)
    stands = amends is not None and wording.sign_up_until == amends.sign_up_until
    checks = [
        ("sign_up_until", SIGN_UP_PAST, _before(wording.sign_up_until, today) and not stands),
        ("sign_up_until", SIGN_UP_BEFORE_MEETINGS, _before(first, wording.sign_up_until) or _same(first, wording.sign_up_until)),
        ("handover", HANDOVER_AFTER_MEETINGS, _before(wording.handover, last)),
        ("decision_by", DECISION_AFTER_MEETINGS, _before(wording.decision_by, last) or _same(wording.decision_by, last)),
        ("decision_by", DECISION_AFTER_HANDOVER, _before(wording.decision_by, wording.handover)),
    ]
    return [Lack(field, no) for field, no, wrong in checks if wrong]


def _roles(wording: Wording, members: frozenset[UUID]) -> list[Lack]:
    sponsor, facilitator = wording.sponsor_id, wording.facilitator_id
    known = wording.facilitator_employed or wording.facilitator_hired
    checks = [
        ("sponsor_id", SPONSOR_OUTSIDE, sponsor is not None and sponsor not in members),
        ("facilitator_id", FACILITATOR_NOT_HIRED, facilitator is not None and not known),
        ("facilitator_id", TWO_ROLES, facilitator is not None and facilitator == sponsor),
    ]
    return [Lack(field, no) for field, no, wrong in checks if wrong]


def _promises(wording: Wording, amends: Wording) -> list[Lack]:
    now = {(plan.category, plan.department_id): plan.places for plan in wording.seats}
    fewer = any(now.get((plan.category, plan.department_id), 0) < plan.places for plan in amends.seats)
    terms = [Lack(name, TERMS_STAND) for name in SIGN_UP_TERMS if getattr(wording, name) != getattr(amends, name)]
    return [*([Lack("seats", SEATS_PROMISED)] if fewer else []), *terms]


def _places(plans: Iterable[SeatPlan]) -> int:
    return sum(plan.places for plan in plans)


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _same(one: date | None, other: date | None) -> bool:
    return one is not None and one == other
