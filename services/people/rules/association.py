"""The life of an association here: registered once, it sets its own policy.

registered --set_policy--> registered    an administrator, a secretary, or the house on an operator's behalf
registered --turn_day--> registered      the house, once a day
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.event import Event
from contracts.people import DayTurned, Policy, PolicySet

FEWEST, MOST = 1, 12
"""No association plans fewer or more meetings than this (ours)."""

MEETINGS_OUT_OF_BOUNDS = No(
    "meetings-out-of-bounds",
    "Antallet af møder skal være mellem {fewest} og {most}, og det mindste må ikke være større end det største.",
    "The number of meetings must be between {fewest} and {most}, and the fewest not above the most.",
)
DOOR_TAKEN = No(
    "door-taken",
    "Adressen {door} er allerede i brug af en anden boligforening.",
    "The address {door} is already another association's.",
)


class State(StrEnum):
    """An association is here or it is not."""

    REGISTERED = "registered"


def _decides(_: Association, who: Identity) -> bool:
    return who.house or who.has(Duty.ADMINISTRATOR, Duty.SECRETARY)


LIFE = Life.drawn(__doc__, set_policy=_decides, turn_day=the_house)


@dataclass(frozen=True, kw_only=True, slots=True)
class Association:
    """A housing association, with the policy in force. `policy_version` counts from 1; `day` is the newest day it was told."""

    id: UUID
    name: str
    slug: str
    host: str | None = None
    cvr: str | None = None
    lbf_number: str | None = None
    statement_url: str | None = None
    policy: Policy
    policy_version: int = 1
    day: date | None = None
    state: State = State.REGISTERED
    version: int = 0

    def set_policy(self, *, who: Identity, policy: Policy) -> tuple[Association, Event]:
        """The association decides about its own practice, within what is sensible."""
        state = State(LIFE.step(self, "set_policy", who))
        if not FEWEST <= policy.meetings_min <= policy.meetings_max <= MOST:
            raise Refused(MEETINGS_OUT_OF_BOUNDS, fewest=FEWEST, most=MOST)
        number = self.policy_version + 1
        return replace(self, state=state, policy=policy, policy_version=number), PolicySet(version=number, policy=policy)

    def turn_day(self, *, who: Identity, day: date) -> tuple[Association, Event]:
        """A day has begun; told once, and after a standstill only the newest."""
        state = State(LIFE.step(self, "turn_day", who))
        if self.day is not None and day <= self.day:
            raise Refused(NOT_NOW)
        return replace(self, state=state, day=day), DayTurned(day=day)


def register(*, who: Identity, association: Association) -> tuple[Association, Event]:
    """An operator lets an association in."""
    if not who.house:
        raise NotAllowed(NOT_ALLOWED)
    return association, PolicySet(version=association.policy_version, policy=association.policy)
