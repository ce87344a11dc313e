"""The life of a group (opgavegruppe): temporary from the first day to the last.

Who composes: a secretary, or a voting member of the commissioning body. Who dissolves: a secretary, or the body's chair.

    recruiting --close_sign_up--> selecting         who composes
    selecting --form--> formed                      who composes, when everybody has an answer and nobody needed is absent
    formed --start--> active                        the house, when the first meeting is held
    active --hand_over--> proposal_submitted        the house, when the proposal is submitted
    proposal_submitted --resume--> active           the house, when the body sends the proposal back
    proposal_submitted --decide--> decided          the house, when the decision is published
    decided --close--> closed                       the house, at once
    recruiting --dissolve--> dissolved              who dissolves, with a reason
    selecting --dissolve--> dissolved               who dissolves, with a reason
    formed --dissolve--> dissolved                  who dissolves, with a reason
    active --dissolve--> dissolved                  who dissolves, with a reason
    proposal_submitted --dissolve--> dissolved      who dissolves, with a reason
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import (
    CharterText,
    GroupClosed,
    GroupClosedForSignUp,
    GroupDecided,
    GroupDissolved,
    GroupFormed,
    GroupHandedOver,
    GroupOpened,
    GroupResumed,
    GroupStarted,
    SeatPlan,
    Target,
)


class State(StrEnum):
    """Where a group is in its life."""

    RECRUITING = "recruiting"
    SELECTING = "selecting"
    FORMED = "formed"
    ACTIVE = "active"
    PROPOSAL_SUBMITTED = "proposal_submitted"
    DECIDED = "decided"
    CLOSED = "closed"
    DISSOLVED = "dissolved"


OVER = {State.DECIDED, State.CLOSED, State.DISSOLVED}
MEETING_STATES = {State.FORMED, State.ACTIVE}
QUIET_AFTER = timedelta(days=90)
"""A group that has not met for so long shows as quiet. Ours."""

REASON_NEEDED = No("reason-needed", "Skriv en begrundelse.", "Give a reason.")
NO_CHARTER = No("charter-not-in-force", "Gruppens kommissorium er ikke i kraft.", "The group's charter is not in force.")
UNANSWERED = No(
    "applicants-unanswered",
    "{unanswered} tilmeldte har ikke fået svar eller har ikke svaret endnu. Giv alle et svar først.",
    "{unanswered} applicants have no answer, or have not answered yet. Give everybody an answer first.",
)
NO_RESIDENT = No(
    "resident-needed",
    "Mindst én beboer uden bestyrelsespost skal have sagt ja til en plads.",
    "At least one resident without board office must have accepted a seat.",
)
NO_BODY_MEMBER = No(
    "body-member-needed",
    "Mindst ét medlem af den bestyrelse, der har nedsat gruppen, skal have sagt ja til en plads.",
    "At least one member of the commissioning body must have accepted a seat.",
)
NO_FACILITATOR = No("facilitator-needed", "Gruppen mangler en facilitator.", "The group lacks a facilitator.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """Who has said yes, counted: what decides whether a group can be formed."""

    residents_without_office: int
    body_members: int
    unanswered: int


def _composer(group: Group, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or who.sits_in(group.body_id)


def _dissolver(group: Group, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or who.chairs(group.body_id)


LIFE = Life.drawn(
    __doc__,
    close_sign_up=_composer,
    form=_composer,
    start=the_house,
    hand_over=the_house,
    resume=the_house,
    decide=the_house,
    close=the_house,
    dissolve=_dissolver,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Some people around one task, for as long as the task lasts.

    `edition` is the newest edition of its proposal; `returned` are the decisions that sent one back. Together they tell a
    letter that comes twice or late from one that is new.
    """

    id: UUID
    charter_id: UUID
    body_id: UUID
    idea_id: UUID | None = None
    title: str
    background: str
    purpose: str
    seats: tuple[SeatPlan, ...]
    sign_up_until: date
    meetings: tuple[date, ...]
    handover: date
    decision_by: date
    sponsor_id: UUID
    facilitator_id: UUID | None
    selection: str = "board_selection"
    targets: tuple[Target, ...] = ()
    one_per_household: bool = True
    opened_at: datetime
    state: State = State.RECRUITING
    formed_on: date | None = None
    reason: str = ""
    proposal_id: UUID | None = None
    edition: int = 0
    returned: tuple[UUID, ...] = ()
    decision_id: UUID | None = None
    outcome: str | None = None
    version: int = 0

    @property
    def over(self) -> bool:
        """Whether its task is done or given up: nobody joins it any more."""
        return self.state in OVER

    def close_sign_up(self, *, who: Identity) -> tuple[Group, Event]:
        """Sign-up ends; the body composes the group."""
        return replace(self, state=State(LIFE.step(self, "close_sign_up", who))), GroupClosedForSignUp(group_id=self.id)

    def form(self, *, who: Identity, charter_in_force: bool, circle: Circle, today: date) -> tuple[Group, Event]:
        """The group has its members and may meet."""
        state = State(LIFE.step(self, "form", who))
        if not charter_in_force:
            raise Refused(NO_CHARTER)
        if circle.unanswered:
            raise Refused(UNANSWERED, unanswered=circle.unanswered)
        if not circle.residents_without_office:
            raise Refused(NO_RESIDENT)
        if not circle.body_members:
            raise Refused(NO_BODY_MEMBER)
        if self.facilitator_id is None:
            raise Refused(NO_FACILITATOR)
        return replace(self, state=state, formed_on=today), GroupFormed(group_id=self.id, charter_id=self.charter_id)

    def start(self, *, who: Identity) -> tuple[Group, Event]:
        """It has met for the first time."""
        return replace(self, state=State(LIFE.step(self, "start", who))), GroupStarted(group_id=self.id)

    def hand_over(self, *, who: Identity, proposal_id: UUID, edition: int) -> tuple[Group, Event]:
        """Its proposal lies before the body. Editions count from 1, one more each time it is submitted again; none is skipped."""
        state = State(LIFE.step(self, "hand_over", who))
        if edition != self.edition + 1:
            raise Refused(NOT_NOW)
        handed = replace(self, state=state, proposal_id=proposal_id, edition=edition)
        return handed, GroupHandedOver(group_id=self.id, proposal_id=proposal_id)

    def resume(self, *, who: Identity, decision_id: UUID) -> tuple[Group, Event]:
        """The body sent the proposal back; the group works again."""
        state = State(LIFE.step(self, "resume", who))
        if decision_id in self.returned:
            raise Refused(NOT_NOW)
        return replace(self, state=state, returned=(*self.returned, decision_id)), GroupResumed(group_id=self.id)

    def decide(self, *, who: Identity, decision_id: UUID, outcome: str) -> tuple[Group, Event]:
        """The decision on its proposal is published."""
        state = State(LIFE.step(self, "decide", who))
        decided = replace(self, state=state, decision_id=decision_id, outcome=outcome)
        return decided, GroupDecided(group_id=self.id, decision_id=decision_id, outcome=outcome)

    def close(self, *, who: Identity) -> tuple[Group, Event]:
        """Its task is done."""
        return replace(self, state=State(LIFE.step(self, "close", who))), GroupClosed(group_id=self.id)

    def dissolve(self, *, who: Identity, reason: str) -> tuple[Group, Event]:
        """It is given up before a decision, and everybody can read why."""
        state = State(LIFE.step(self, "dissolve", who))
        if not reason.strip():
            raise Refused(REASON_NEEDED)
        return replace(self, state=state, reason=reason.strip()), GroupDissolved(group_id=self.id)


def open_group(
    *, id: UUID, who: Identity, charter_id: UUID, body_id: UUID, idea_id: UUID | None, text: CharterText, now: datetime
) -> tuple[Group, Event]:
    """A charter has come into force: its group exists and people may sign up."""
    if not who.house:
        raise NotAllowed(NOT_ALLOWED)
    opened = Group(
        id=id,
        charter_id=charter_id,
        body_id=body_id,
        idea_id=idea_id,
        title=text.title,
        background=text.background,
        purpose=text.purpose,
        seats=text.seats,
        sign_up_until=text.sign_up_until,
        meetings=text.meetings,
        handover=text.handover,
        decision_by=text.decision_by,
        sponsor_id=text.sponsor_id,
        facilitator_id=text.facilitator_id,
        selection=text.selection,
        targets=text.targets,
        one_per_household=text.one_per_household,
        opened_at=now,
    )
    return opened, GroupOpened(group_id=id, charter_id=charter_id)


def open_for_sign_up(group: Group, *, today: date) -> bool:
    """Whether people may apply today: the charter's last day of sign-up is included."""
    return group.state is State.RECRUITING and today <= group.sign_up_until


def refills(group: Group, *, today: date) -> bool:
    """Whether a seat that falls vacant today goes to the reserve list: until the day of the last planned meeting."""
    return not group.over and today <= max(group.meetings)


def quiet(group: Group, *, last_met: date | None, today: date) -> bool:
    """Whether a group that should be meeting has not met for ninety days."""
    since = max((day for day in (last_met, group.formed_on) if day), default=None)
    return group.state in MEETING_STATES and since is not None and today - since > QUIET_AFTER
