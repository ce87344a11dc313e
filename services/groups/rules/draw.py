"""The life of a draw (lodtrækning): its seed is bound to beforehand, and told with everything else when the lots are drawn.

Who composes: a secretary, or a voting member of the commissioning body.

    announced --hold--> held    who composes, when sign-up has ended
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from chassis.identity import Duty, Identity
from chassis.life import Life
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import DrawAnnounced, LotsDrawn, SeatCategory, SeatPlan, Target
from services.groups.rules.group import Group
from services.groups.rules.group import State as GroupState
from services.groups.rules.lot import Entrant, Fallen, Shortfall, Terms, commitment, drawn_order, fall
from services.groups.rules.wording import Selection


class State(StrEnum):
    """Whether the lots are drawn."""

    ANNOUNCED = "announced"
    HELD = "held"


LOTS = {Selection.LOT, Selection.STRATIFIED_LOT}
IN_TURN = LOTS | {Selection.FIRST_COME}
"""Methods by which nobody chooses: a lot, or the order in which people applied."""

NO_LOTS_HERE = No(
    "no-lots-here",
    "Kommissoriet siger ikke, at pladserne fordeles ved lodtrækning.",
    "The charter does not say that the seats go by lot.",
)
NOT_FIRST_COME = No(
    "not-first-come",
    "Kommissoriet siger ikke, at pladserne går efter tilmeldingens rækkefølge.",
    "The charter does not say that the seats go to whoever applied first.",
)
ALREADY_ANNOUNCED = No("draw-already-announced", "Lodtrækningen er allerede varslet.", "The draw is already announced.")
SIGN_UP_STILL_OPEN = No(
    "sign-up-still-open", "Luk for tilmeldingen, før pladserne fordeles.", "End the sign-up before the seats are given out."
)
TARGETS_UNMET = No(
    "targets-cannot-be-met",
    "Nogle af kommissoriets mål kan ikke nås med de tilmeldte. Skriv, hvorfor I vil trække lod alligevel.",
    "Some of the charter's targets cannot be met with these applicants. Say why you want to draw lots anyway.",
)


def composes(who: Identity, body_id: UUID) -> bool:
    """Whether somebody may compose a group of this body."""
    return who.has(Duty.SECRETARY) or who.sits_in(body_id)


def in_turn(selection: str, category: SeatCategory, *, sits_in_body: bool) -> bool:
    """Whether a seat goes by lot or by the order of applying, and is not for the body to give.

    The board appoints its own members, employees and people from outside whatever the method: lots are for the seats of those
    whom nobody sent.
    """
    own = category in {SeatCategory.ORGANISATION_BOARD, SeatCategory.EMPLOYEE, SeatCategory.EXTERNAL}
    return selection in IN_TURN and not own and not (category is SeatCategory.DEPARTMENT_BOARD and sits_in_body)


def terms_of(group: Group, vacant: Sequence[SeatPlan]) -> Terms:
    """What the charter asks of a draw; seats that it gives to one department are targets that come before the others."""
    open_to = {plan.category for plan in vacant}
    planned = [
        Target(places=plan.places, category=plan.category, department_id=plan.department_id)
        for plan in group.seats
        if plan.department_id and plan.category in open_to
    ]
    wished = group.targets if group.selection == Selection.STRATIFIED_LOT else ()
    return Terms(places=tuple(vacant), targets=(*planned, *wished), one_per_household=group.one_per_household)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """Who takes part, who has a seat or an offer already, and how many were turned down with a reason before."""

    entrants: tuple[Entrant, ...] = ()
    seated: tuple[Entrant, ...] = ()
    turned_down: int = 0


def _composer(draw: Draw, who: Identity) -> bool:
    return composes(who, draw.body_id)


LIFE = Life.drawn(__doc__, hold=_composer)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draw:
    """A draw kept whole: who announced it and when, what bound it, and afterwards all that is needed to do it again."""

    id: UUID
    group_id: UUID
    body_id: UUID
    method: Selection
    commitment: str
    seed: str
    announced_by: UUID
    announced_at: datetime
    state: State = State.ANNOUNCED
    held_by: UUID | None = None
    held_at: datetime | None = None
    terms: Terms | None = None
    pool: Pool | None = None
    fallen: Fallen | None = None
    shortfall_reason: str = ""
    version: int = 0

    def hold(
        self, *, who: Identity, group: GroupState, terms: Terms, pool: Pool, shortfall_reason: str, now: datetime
    ) -> tuple[Draw, Event]:
        """Draw the lots, once, with the seed that was bound to. A target that cannot be met wants a reason for going on."""
        state = State(LIFE.step(self, "hold", who))
        _must_be_closed(group)
        fallen = cast_lots(self.seed, terms, pool)
        if fallen.shortfalls and not shortfall_reason.strip():
            raise Refused(TARGETS_UNMET, targets=[spelled(short) for short in fallen.shortfalls])
        held = replace(
            self,
            state=state,
            held_by=who.person_id,
            held_at=now,
            terms=terms,
            pool=pool,
            fallen=fallen,
            shortfall_reason=shortfall_reason.strip() if fallen.shortfalls else "",
        )
        told = LotsDrawn(
            draw_id=self.id,
            group_id=self.group_id,
            seed=self.seed,
            commitment=self.commitment,
            selected=len(fallen.selected),
            reserves=len(fallen.reserves),
        )
        return held, told


def draw_of(group_id: UUID) -> UUID:
    """The one draw of a group: the same id each time, so that nobody draws until they like what falls."""
    return uuid5(group_id, "draw")


def announce(
    *, who: Identity, group_id: UUID, body_id: UUID, group: GroupState, selection: str, announced: bool, seed: str, now: datetime
) -> tuple[Draw, Event]:
    """Bind to a seed that nobody has seen, while people may still sign up or at the latest before the lots are drawn."""
    must_be_ready(who=who, body_id=body_id, group=group, selection=selection, trying=True)
    if who.person_id is None:
        raise NotAllowed(NOT_ALLOWED)
    if announced:
        raise Refused(ALREADY_ANNOUNCED)
    made = Draw(
        id=draw_of(group_id),
        group_id=group_id,
        body_id=body_id,
        method=Selection(selection),
        commitment=commitment(seed),
        seed=seed,
        announced_by=who.person_id,
        announced_at=now,
    )
    return made, DrawAnnounced(draw_id=made.id, group_id=group_id, commitment=made.commitment)


def must_be_ready(*, who: Identity, body_id: UUID, group: GroupState, selection: str, trying: bool = False) -> None:
    """Refuse to draw lots, or to `try` it out, for a group that does not go by lot, or while people may still sign up."""
    must_compose(who, body_id)
    if selection not in LOTS:
        raise Refused(NO_LOTS_HERE)
    _must_be_closed(group, trying=trying)


def must_go_in_order(*, who: Identity, body_id: UUID, group: GroupState, selection: str) -> None:
    """Refuse to fill the seats in the order of applying where the charter says otherwise, or while people may still sign up."""
    must_compose(who, body_id)
    if selection != Selection.FIRST_COME:
        raise Refused(NOT_FIRST_COME)
    _must_be_closed(group)


def must_compose(who: Identity, body_id: UUID) -> None:
    """Refuse whoever does not compose the group."""
    if not composes(who, body_id):
        raise NotAllowed(NOT_ALLOWED)


def _must_be_closed(group: GroupState, *, trying: bool = False) -> None:
    if group is GroupState.RECRUITING and not trying:
        raise Refused(SIGN_UP_STILL_OPEN)
    if group not in {GroupState.RECRUITING, GroupState.SELECTING}:
        raise Refused(NOT_NOW)


def cast_lots(seed: str, terms: Terms, pool: Pool) -> Fallen:
    """How the lots fall for these people with this seed, whatever order they are handed in."""
    return fall(drawn_order(seed, pool.entrants), terms, pool.seated)


def spelled(short: Shortfall) -> dict[str, object]:
    """A target that cannot be met, spelled out for whoever reads the refusal."""
    return {
        "category": short.target.category,
        "department_id": None if short.target.department_id is None else str(short.target.department_id),
        "first_timers": short.target.first_timers,
        "needed": short.needed,
        "there_are": short.there_are,
        "found": short.found,
    }
