"""The life of a template (skabelon): a charter's text without people and dates, kept to begin other charters from.

Who keeps: a secretary, or somebody with a vote in a body. Who shares: a secretary.

    kept --revise--> kept           who keeps
    shared --revise--> shared       who shares; what others read is revised too
    kept --share--> shared          who shares; others may read a copy
    shared --unshare--> kept        who shares; others read it no more
    kept --discard--> discarded     who keeps
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import (
    Commitment,
    SeatPlan,
    Target,
    TemplateDiscarded,
    TemplateKept,
    TemplateRevised,
    TemplateShared,
    TemplateUnshared,
    Topic,
)
from services.groups.rules.wording import Selection, Wording


class State(StrEnum):
    """Whether it is kept here, shared with others, or gone."""

    KEPT = "kept"
    SHARED = "shared"
    DISCARDED = "discarded"


EMPTY = No(
    "template-empty",
    "En skabelon skal mindst sige, hvad formålet er, eller stille et spørgsmål.",
    "A template says at least what the purpose is, or asks a question.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """What a template says: of a charter all that names no person, no department and no day."""

    background: str = ""
    purpose: str = ""
    frames: str = ""
    questions: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
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
    facilitator_hours: int | None = None


def _keeper(_: Template, who: Identity) -> bool:
    return keeps(who)


def _reviser(template: Template, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) if template.state is State.SHARED else keeps(who)


def _sharer(_: Template, who: Identity) -> bool:
    return who.has(Duty.SECRETARY)


LIFE = Life.drawn(__doc__, revise=_reviser, share=_sharer, unshare=_sharer, discard=_keeper)


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A pattern for charters, and what it is good for. `shared_id` is the name under which others know it, and says nothing."""

    id: UUID
    title: str
    good_for: str
    pattern: Pattern
    kept_at: datetime
    shared_id: UUID
    shown_as: str = ""
    state: State = State.KEPT
    version: int = 0

    def revise(self, *, who: Identity, title: str, good_for: str, pattern: Pattern) -> tuple[Template, Event]:
        """It says something else now."""
        state = State(LIFE.step(self, "revise", who))
        revised = replace(self, state=state, title=title, good_for=good_for, pattern=_proper(pattern))
        return revised, TemplateRevised(template_id=self.id)

    def share(self, *, who: Identity, shown_as: str) -> tuple[Template, Event]:
        """Let other associations read a copy, under a name that this one chooses, or none."""
        state = State(LIFE.step(self, "share", who))
        return replace(self, state=state, shown_as=shown_as), TemplateShared(template_id=self.id)

    def unshare(self, *, who: Identity) -> tuple[Template, Event]:
        """Others read it no more; what they copied before is theirs."""
        state = State(LIFE.step(self, "unshare", who))
        return replace(self, state=state, shown_as=""), TemplateUnshared(template_id=self.id)

    def discard(self, *, who: Identity) -> tuple[Template, Event]:
        """It is no longer kept."""
        return replace(self, state=State(LIFE.step(self, "discard", who))), TemplateDiscarded(template_id=self.id)


def keep(
    *, id: UUID, shared_id: UUID, who: Identity, title: str, good_for: str, pattern: Pattern, now: datetime
) -> tuple[Template, Event]:
    """Keep a pattern as a template."""
    if not keeps(who):
        raise NotAllowed(NOT_ALLOWED)
    kept = Template(id=id, title=title, good_for=good_for, pattern=_proper(pattern), kept_at=now, shared_id=shared_id)
    return kept, TemplateKept(template_id=id)


def keeps(who: Identity) -> bool:
    """Whether the person keeps templates."""
    return who.has(Duty.SECRETARY) or any(mandate.voting for mandate in who.mandates)


def pattern_of(wording: Wording) -> Pattern:
    """What is left of a charter without people, departments and days: seats and targets of a department are not."""
    says: dict[str, Any] = {name: getattr(wording, name) for name in PATTERN_SAYS}
    general: dict[str, int] = {}
    for plan in wording.seats:
        general[plan.category] = general.get(plan.category, 0) + plan.places
    kinds = {plan.category: SeatPlan(category=plan.category, places=general[plan.category]) for plan in wording.seats}
    targets = tuple(each for each in wording.targets if each.department_id is None)
    return Pattern(**says | {"seats": tuple(kinds.values()), "targets": targets})


def wording_from(pattern: Pattern, title: str) -> Wording:
    """The beginning of a charter."""
    return Wording(title=title, **{name: getattr(pattern, name) for name in PATTERN_SAYS})


def _proper(pattern: Pattern) -> Pattern:
    """Whatever came in: no department in it, and something to begin from."""
    if not (pattern.purpose or pattern.questions):
        raise Refused(EMPTY)
    return pattern_of(wording_from(pattern, ""))


PATTERN_SAYS = tuple(Pattern.__dataclass_fields__)
