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
FACILITATOR_ONLY = No("facilitator-only", "Det kan kun gruppens facilitator gøre.", "Only the group's facilitator can do that.")
HANDED_OVER = No(
    "handed-over",
    "Løsningsforslaget er afleveret. Gruppen arbejder først videre, hvis det bliver sendt tilbage.",
    "The proposal is handed over. The group works on only if it is sent back.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """Somebody with an accepted seat, and in which capacity."""

    person_id: UUID
    category: SeatCategory


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """A group as it is now. `questions` is how many the charter asks; meetings are counted against fewest and most.

    `handed_over` is whether the body has its proposal.
    """

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
    handed_over: bool = False
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

    def must_still_gather(self) -> None:
        """Raises `Refused` once the body has the proposal: what it decides on stands still, and nobody would read more."""
        self.must_work()
        if self.handed_over:
            raise Refused(HANDED_OVER)

    def takes_part(self, who: Identity) -> bool:
        """Whether the person is a member or leads the group."""
        return self.has(who.person_id) or leads(self, who)

    def must_include(self, who: Identity) -> None:
        """Raises `NotAllowed` for somebody who neither is a member nor leads the group."""
        if not self.takes_part(who):
            raise NotAllowed(MEMBERS_ONLY)

    def writes(self, who: Identity) -> bool:
        """Whether the person writes the proposal: the members and the facilitator do."""
        return self.has(who.person_id) or self.facilitates(who)

    def must_write(self, who: Identity) -> None:
        """Raises `NotAllowed` for somebody who does not write the proposal."""
        if not self.writes(who):
            raise NotAllowed(MEMBERS_ONLY)

    def facilitates(self, who: Identity) -> bool:
        """Whether the person is the group's facilitator."""
        return who.person_id == self.facilitator_id

    def must_facilitate(self, who: Identity) -> None:
        """Raises `NotAllowed` for anybody but the facilitator."""
        if not self.facilitates(who):
            raise NotAllowed(FACILITATOR_ONLY)

    def member(self, who: Identity) -> Member:
        """The person as a member, with the capacity they sit there in. Raises `NotAllowed` for somebody who is none."""
        for member in self.members:
            if member.person_id == who.person_id:
                return member
        raise NotAllowed(MEMBERS_ONLY)


def leads(thing: Any, who: Identity) -> bool:
    """The group's facilitator or sponsor, or a secretary."""
    return who.person_id is not None and (who.person_id in {thing.facilitator_id, thing.sponsor_id} or who.has(Duty.SECRETARY))


def somebody(_: Any, who: Identity) -> bool:
    """Anybody who is signed in; whether the person takes part is asked of the circle."""
    return who.person_id is not None
