"""The life of an endorsement: a person stands behind an idea at most once, and can take that back.

withdrawn --give--> given         a resident, not the author, while the idea is published
given --withdraw--> withdrawn     the one who gave it
given --carry--> carried          the house, when the idea was merged into another
withdrawn --receive--> given      the house, when the person stood behind an idea that was merged into this one
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID, uuid5

from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import No, Refused
from contracts.event import Event
from contracts.ideas import EndorsementCarried, EndorsementGiven, EndorsementWithdrawn


class State(StrEnum):
    """Whether the person stands behind the idea. Before the first time it is as if withdrawn.

    Carried: to the idea that this one was merged into.
    """

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    CARRIED = "carried"


NOT_YOUR_OWN = No("not-your-own-idea", "Du kan ikke støtte din egen ide.", "You cannot endorse your own idea.")
ALREADY_ENDORSED = No("already-endorsed", "Du støtter allerede ideen.", "You already endorse the idea.")
NOT_OPEN = No("idea-not-open", "Ideen kan ikke støttes nu.", "The idea cannot be endorsed now.")


def _resident(endorsement: Endorsement, who: Identity) -> bool:
    return endorsement.person_id == who.person_id and (who.resident or bool(who.mandates))


def _giver(endorsement: Endorsement, who: Identity) -> bool:
    return endorsement.person_id == who.person_id


LIFE = Life.drawn(__doc__, give=_resident, withdraw=_giver, carry=the_house, receive=the_house)


@dataclass(frozen=True, kw_only=True, slots=True)
class Endorsement:
    """One person's endorsement of one idea, with the departments the person lived in when giving it.

    `written_down_by`: staff wrote it down for somebody on paper; `carried_from`: it was given to an idea merged into this one.
    """

    id: UUID
    idea_id: UUID
    person_id: UUID
    departments: tuple[UUID, ...] = ()
    written_down_by: UUID | None = None
    carried_from: UUID | None = None
    state: State = State.WITHDRAWN
    version: int = 0

    def give(self, *, who: Identity, author_id: UUID, published: bool) -> tuple[Endorsement, Event]:
        """Stand behind the idea, with the standing that counts: where the person lives today."""
        if self.state is State.GIVEN:
            raise Refused(ALREADY_ENDORSED)
        state = State(LIFE.step(self, "give", who))
        if who.person_id == author_id:
            raise Refused(NOT_YOUR_OWN)
        if not published:
            raise Refused(NOT_OPEN)
        departments = tuple(sorted(who.departments))
        given = replace(self, state=state, departments=departments, written_down_by=who.act, carried_from=None)
        return given, EndorsementGiven(idea_id=self.idea_id, person_id=self.person_id, departments=departments)

    def withdraw(self, *, who: Identity) -> tuple[Endorsement, Event]:
        """No longer stand behind the idea."""
        state = State(LIFE.step(self, "withdraw", who))
        return replace(self, state=state), EndorsementWithdrawn(
            idea_id=self.idea_id, person_id=self.person_id, departments=self.departments
        )

    def carry(self, *, who: Identity, into_id: UUID) -> tuple[Endorsement, Event]:
        """The idea is part of another now; so is whoever stood behind it."""
        state = State(LIFE.step(self, "carry", who))
        return replace(self, state=state), EndorsementCarried(idea_id=self.idea_id, person_id=self.person_id, into_id=into_id)

    def receive(self, *, who: Identity, author_id: UUID, carried: Endorsement) -> tuple[Endorsement, Event]:
        """Whoever stood behind the merged idea stands behind this one, with the standing that counted then."""
        state = State(LIFE.step(self, "receive", who))
        if self.person_id == author_id:
            raise Refused(NOT_YOUR_OWN)
        received = replace(
            self,
            state=state,
            departments=carried.departments,
            written_down_by=carried.written_down_by,
            carried_from=carried.idea_id,
        )
        return received, EndorsementGiven(
            idea_id=self.idea_id, person_id=self.person_id, departments=carried.departments, carried_from=carried.idea_id
        )


def of(idea_id: UUID, person_id: UUID) -> Endorsement:
    """The endorsement that a person would give to an idea: the same id each time, so that there is never a second."""
    return Endorsement(id=uuid5(idea_id, str(person_id)), idea_id=idea_id, person_id=person_id)


def as_it_stands(endorsement: Endorsement) -> Event | None:
    """Whether the person stands behind the idea, for whoever is told anew; one that was carried is told with the other idea."""
    idea_id, person_id, departments = endorsement.idea_id, endorsement.person_id, endorsement.departments
    if endorsement.state is State.GIVEN:
        carried_from = endorsement.carried_from
        return EndorsementGiven(idea_id=idea_id, person_id=person_id, departments=departments, carried_from=carried_from)
    if endorsement.state is State.WITHDRAWN:
        return EndorsementWithdrawn(idea_id=idea_id, person_id=person_id, departments=departments)
    return None
