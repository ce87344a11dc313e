"""What the rules need to know of a group: its members and leaders, its charter's limits, and whether it works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.refusal import No, NotAllowed, Refused
from contracts.groups import SeatCategory

NOT_FORMED = No("group-not-formed", "Gruppen er ikke dannet endnu.", "The group is not formed yet.")
GROUP_OVER = No("group-is-over", "Gruppen er afsluttet.", "The group is over.")
MEMBERS_ONLY = No("members-only", "Det kan kun gruppens medlemmer gøre.", "Only the group's members can do that.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """Somebody with an accepted seat, and in which capacity."""

    person_id: UUID
    category: SeatCategory


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """A group as it is now. `questions` is how many the charter asks; meetings are counted against fewest and most."""

    group_id: UUID
    charter_id: UUID
    body_id: UUID
    facilitator_id: UUID
    sponsor_id: UUID
    questions: int
    fewest: int
    most: int
    formed: bool = False
    closed: bool = False
    members: tuple[Member, ...] = ()

    @property
    def everybody(self) -> tuple[UUID, ...]:
        """Who is told what the group is told: the members, the facilitator and the sponsor, each once."""
        ids = [*(member.person_id for member in self.members), self.facilitator_id, self.sponsor_id]
        return tuple(dict.fromkeys(ids))

    def has(self, person_id: UUID | None) -> bool:
        """Whether the person is a member."""
        return any(member.person_id == person_id for member in self.members)

    def must_work(self) -> None:
        """Raises `Refused` unless the group is formed and not over: a group is temporary (ours, after practice)."""
        if self.closed:
            raise Refused(GROUP_OVER)
        if not self.formed:
            raise Refused(NOT_FORMED)

    def must_have(self, who: Identity) -> None:
        """Raises `NotAllowed` for somebody who is no member."""
        if not self.has(who.person_id):
            raise NotAllowed(MEMBERS_ONLY)

    def takes_part(self, who: Identity) -> bool:
        """Whether the person is a member or leads the group."""
        return self.has(who.person_id) or leads(self, who)


def leads(thing: Any, who: Identity) -> bool:
    """The group's facilitator or sponsor, or a secretary."""
    return who.person_id is not None and (who.person_id in {thing.facilitator_id, thing.sponsor_id} or who.has(Duty.SECRETARY))


def somebody(_: Any, who: Identity) -> bool:
    """Anybody who is signed in; whether the person takes part is asked of the circle."""
    return who.person_id is not None
