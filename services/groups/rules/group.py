"""The life of a group (opgavegruppe): temporary from the first day to the last.

Who composes: a secretary, or a voting member of the commissioning body. Who leads the body: a secretary, or
its chair. Who dissolves: the same, or the house when the body has taken the charter back.

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

While it is not over, these leave it where it is:

    recruiting --be_amended--> recruiting                   the house, when the body has amended the charter
    selecting --be_amended--> selecting                     the house, the same
    formed --be_amended--> formed                           the house, the same
    active --be_amended--> active                           the house, the same
    proposal_submitted --be_amended--> proposal_submitted   the house, the same
    recruiting --vacate_role--> recruiting                  who holds the role, who composes, or the house
    selecting --vacate_role--> selecting                    the same
    formed --vacate_role--> formed                          the same
    active --vacate_role--> active                          the same
    proposal_submitted --vacate_role--> proposal_submitted  the same
    recruiting --fill_role--> recruiting                    who leads the body
    selecting --fill_role--> selecting                      the same
    formed --fill_role--> formed                            the same
    active --fill_role--> active                            the same
    proposal_submitted --fill_role--> proposal_submitted    the same
    recruiting --be_taken_over--> recruiting                the house, when the department has no board any more
    selecting --be_taken_over--> selecting                  the house, the same
    formed --be_taken_over--> formed                        the house, the same
    active --be_taken_over--> active                        the house, the same
    proposal_submitted --be_taken_over--> proposal_submitted    the house, the same
    formed --fall_still--> formed                           the house, when it has not met for too long
    active --fall_still--> active                           the house, the same
    formed --stir--> formed                                 the house, when it has met again
    active --stir--> active                                 the house, the same
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import (
    CharterText,
    GroupAmended,
    GroupClosed,
    GroupClosedForSignUp,
    GroupDecided,
    GroupDissolved,
    GroupFellStill,
    GroupFormed,
    GroupHandedOver,
    GroupOpened,
    GroupResumed,
    GroupRoleFilled,
    GroupRoleVacated,
    GroupStarted,
    GroupStirred,
    GroupTakenOver,
    Role,
    SeatPlan,
    Target,
)
from services.groups.rules.lack import FACILITATOR_NOT_HIRED, SPONSOR_OUTSIDE, TWO_ROLES


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
ROLE_VACANT = No("role-vacant", "Rollen er ledig.", "Nobody holds the role.")
ROLE_TAKEN = No("role-taken", "Rollen er ikke ledig.", "Somebody holds the role.")
NO_FACILITATOR = No("facilitator-needed", "Gruppen mangler en facilitator.", "The group lacks a facilitator.")


FROM_THE_CHARTER = (
    "title",
    "background",
    "purpose",
    "seats",
    "sign_up_until",
    "meetings",
    "handover",
    "decision_by",
    "sponsor_id",
    "facilitator_id",
    "selection",
    "targets",
    "one_per_household",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """Who has said yes, counted: what decides whether a group can be formed."""

    residents_without_office: int
    body_members: int
    unanswered: int


def _composer(group: Group, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or who.sits_in(group.body_id)


def _leader(group: Group, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or who.chairs(group.body_id)


def _dissolver(group: Group, who: Identity) -> bool:
    return who.house or _leader(group, who)


def _vacater(group: Group, who: Identity) -> bool:
    holds = who.person_id is not None and who.person_id in {group.sponsor_id, group.facilitator_id}
    return who.house or holds or _composer(group, who)


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
    be_amended=the_house,
    vacate_role=_vacater,
    fill_role=_leader,
    be_taken_over=the_house,
    fall_still=the_house,
    stir=the_house,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Some people around one task, for as long as the task lasts.

    `edition` is the newest edition of its proposal; `returned` are the decisions that sent one back. Together they tell a
    letter that comes twice or late from one that is new. `at_work_since` is the day on which it was formed or last resumed;
    `still_since` the day since which it has not met, once that is too long ago. A role that nobody holds is none.
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
    sponsor_id: UUID | None
    facilitator_id: UUID | None
    selection: str = "board_selection"
    targets: tuple[Target, ...] = ()
    one_per_household: bool = True
    opened_at: datetime
    state: State = State.RECRUITING
    formed_on: date | None = None
    at_work_since: date | None = None
    still_since: date | None = None
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
        formed = replace(self, state=state, formed_on=today, at_work_since=today)
        return formed, GroupFormed(group_id=self.id, charter_id=self.charter_id)

    def start(self, *, who: Identity) -> tuple[Group, Event]:
        """It has met for the first time."""
        return replace(self, state=State(LIFE.step(self, "start", who))), GroupStarted(group_id=self.id)

    def hand_over(self, *, who: Identity, proposal_id: UUID, edition: int) -> tuple[Group, Event]:
        """Its proposal lies before the body. Editions count from 1, one more each time it is submitted again; none is skipped."""
        state = State(LIFE.step(self, "hand_over", who))
        if edition != self.edition + 1:
            raise Refused(NOT_NOW)
        handed = replace(self, state=state, proposal_id=proposal_id, edition=edition, still_since=None)
        return handed, GroupHandedOver(group_id=self.id, proposal_id=proposal_id)

    def resume(self, *, who: Identity, decision_id: UUID, today: date) -> tuple[Group, Event]:
        """The body sent the proposal back; the group works again."""
        state = State(LIFE.step(self, "resume", who))
        if decision_id in self.returned:
            raise Refused(NOT_NOW)
        resumed = replace(self, state=state, returned=(*self.returned, decision_id), at_work_since=today)
        return resumed, GroupResumed(group_id=self.id)

    def decide(self, *, who: Identity, decision_id: UUID, outcome: str) -> tuple[Group, Event]:
        """The decision on its proposal is published."""
        state = State(LIFE.step(self, "decide", who))
        decided = replace(self, state=state, decision_id=decision_id, outcome=outcome)
        return decided, GroupDecided(group_id=self.id, decision_id=decision_id, outcome=outcome)

    def close(self, *, who: Identity) -> tuple[Group, Event]:
        """Its task is done."""
        return replace(self, state=State(LIFE.step(self, "close", who))), GroupClosed(group_id=self.id)

    def dissolve(self, *, who: Identity, reason: str, members: tuple[UUID, ...] = ()) -> tuple[Group, Event]:
        """It is given up before a decision, and everybody can read why."""
        state = State(LIFE.step(self, "dissolve", who))
        if not reason.strip():
            raise Refused(REASON_NEEDED)
        dissolved = replace(self, state=state, reason=reason.strip(), still_since=None)
        return dissolved, GroupDissolved(group_id=self.id, members=members)

    def be_amended(
        self, *, who: Identity, text: CharterText, edition: int, stay: frozenset[Role] = frozenset()
    ) -> tuple[Group, Event]:
        """Its task, dates, places and roles are as the charter says now; a role that was not amended may `stay` as it is here."""
        state = State(LIFE.step(self, "be_amended", who))
        says = _as_in(text)
        for role in stay:
            says |= _held_by(role, holder(self, role))
        return replace(self, state=state, **says), GroupAmended(group_id=self.id, edition=edition)

    def vacate_role(self, *, who: Identity, role: Role) -> tuple[Group, Event]:
        """Whoever holds it leaves it; no reason is asked for. The group shows that it is vacant."""
        state = State(LIFE.step(self, "vacate_role", who))
        held_by = holder(self, role)
        if held_by is None:
            raise Refused(ROLE_VACANT)
        if not (who.house or who.person_id == held_by or _composer(self, who)):
            raise NotAllowed(NOT_ALLOWED)
        vacated = replace(self, state=state, **_held_by(role, None))
        return vacated, GroupRoleVacated(group_id=self.id, body_id=self.body_id, role=role, person_id=held_by)

    def fill_role(
        self, *, who: Identity, role: Role, person_id: UUID, body: frozenset[UUID], employed: bool, members: tuple[UUID, ...]
    ) -> tuple[Group, Event]:
        """The body names another: a sponsor among its own voting members (`body`), a facilitator who is employed or hired."""
        state = State(LIFE.step(self, "fill_role", who))
        if holder(self, role) is not None:
            raise Refused(ROLE_TAKEN)
        if role is Role.SPONSOR and person_id not in body:
            raise Refused(SPONSOR_OUTSIDE)
        if role is Role.FACILITATOR and not employed:
            raise Refused(FACILITATOR_NOT_HIRED)
        if person_id in {self.sponsor_id, self.facilitator_id}:
            raise Refused(TWO_ROLES)
        filled = replace(self, state=state, **_held_by(role, person_id))
        return filled, GroupRoleFilled(
            group_id=self.id,
            role=role,
            person_id=person_id,
            sponsor_id=filled.sponsor_id,
            facilitator_id=filled.facilitator_id,
            members=members,
        )

    def be_taken_over(self, *, who: Identity, body_id: UUID) -> tuple[Group, Event]:
        """Where a department has no board any more, the organisation board takes its place (almenboligloven § 34, stk. 5)."""
        state = State(LIFE.step(self, "be_taken_over", who))
        return replace(self, state=state, body_id=body_id), GroupTakenOver(group_id=self.id, body_id=body_id)

    def fall_still(
        self, *, who: Identity, last_met: date | None, still_days: int, day: date, members: tuple[UUID, ...]
    ) -> tuple[Group, Event]:
        """It has not met for too long, and everybody can see it."""
        state = State(LIFE.step(self, "fall_still", who))
        since = moved_on(self, last_met)
        if self.still_since is not None or since is None or day - since <= timedelta(days=still_days):
            raise Refused(NOT_NOW)
        leaders = tuple(person for person in (self.sponsor_id, self.facilitator_id) if person)
        told = GroupFellStill(group_id=self.id, body_id=self.body_id, since=since, members=members, leaders=leaders)
        return replace(self, state=state, still_since=since), told

    def stir(self, *, who: Identity, met: date) -> tuple[Group, Event]:
        """It has met again, since the day on which it last got on."""
        state = State(LIFE.step(self, "stir", who))
        if self.still_since is None or met <= self.still_since:
            raise Refused(NOT_NOW)
        return replace(self, state=state, still_since=None), GroupStirred(group_id=self.id)


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
        opened_at=now,
        **_as_in(text),
    )
    return opened, GroupOpened(group_id=id, charter_id=charter_id)


def holder(group: Group, role: Role) -> UUID | None:
    """Who holds the role, if anybody."""
    return group.sponsor_id if role is Role.SPONSOR else group.facilitator_id


def moved_on(group: Group, last_met: date | None) -> date | None:
    """The day on which the group last got on: it met, was formed, or went back to work; none before it is formed."""
    return max((day for day in (last_met, group.at_work_since) if day), default=None)


def open_for_sign_up(group: Group, *, today: date) -> bool:
    """Whether people may apply today: the charter's last day of sign-up is included."""
    return group.state is State.RECRUITING and today <= group.sign_up_until


def refills(group: Group, *, today: date) -> bool:
    """Whether a seat that falls vacant today goes to the reserve list: until the day of the last planned meeting."""
    return not group.over and today <= max(group.meetings)


def _held_by(role: Role, person_id: UUID | None) -> dict[str, Any]:
    return {f"{role}_id": person_id}


def _as_in(text: CharterText) -> dict[str, Any]:
    """What the group shows of its charter."""
    return {name: getattr(text, name) for name in FROM_THE_CHARTER}


def as_it_stands(group: Group) -> Event | None:
    """How it stands now, for whoever is told anew; nothing of what nobody was told."""
    if group.state is State.CLOSED:
        return GroupClosed(group_id=group.id)
    if group.state is State.DISSOLVED:
        return GroupDissolved(group_id=group.id)
    return GroupFormed(group_id=group.id, charter_id=group.charter_id) if group.formed_on else None
