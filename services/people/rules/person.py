"""The life of a person here: known while the administration system knows them.

known --change--> known          an importer, an administrator or the house
known --present--> known         the person, who chooses what to be called and how to be reached
known --entrust--> known         an administrator or the house: a duty is given or taken
known --leave--> gone            an importer or the house, when gone from the file
gone --change--> known           an importer or the house
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life
from contracts.event import Event
from contracts.people import PersonChanged, PersonGone, PersonRegistered
from services.people.rules.importing import imports

BY_OPERATOR = "operator-"
"""How the id begins of somebody whom an operator let in. No file knows them, so none sends them away."""


class State(StrEnum):
    """Whether the association knows the person."""

    KNOWN = "known"
    GONE = "gone"


class Contact(StrEnum):
    """How the person wants to be reached; paper for those exempt from digital contact."""

    EMAIL = "email"
    PAPER = "paper"


def _self(person: Person, who: Identity) -> bool:
    return person.id == who.person_id


def _entrusts(_: Person, who: Identity) -> bool:
    return who.house or who.has(Duty.ADMINISTRATOR)


LIFE = Life.drawn(__doc__, change=imports, present=_self, entrust=_entrusts, leave=imports)


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who lives, works or sits here. Who has name protection is called by `chosen_name` and nothing else."""

    id: UUID
    external_id: str
    name: str
    chosen_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    departments: tuple[UUID, ...] = ()
    protected: bool = False
    contact: Contact = Contact.EMAIL
    employee: bool = False
    duties: tuple[Duty, ...] = ()
    renamed: bool = False
    state: State = State.KNOWN
    version: int = 0

    @property
    def shown(self) -> str:
        """What others read (navnebeskyttelse: only the chosen name)."""
        if self.state is State.GONE:
            return "Tidligere beboer"
        return self.chosen_name or ("Beboer" if self.protected else self.name)

    def change(self, *, who: Identity, to: Person) -> tuple[Person, Event]:
        """The person is as the file says, but for what they chose themselves."""
        state = State(LIFE.step(self, "change", who))
        if self.renamed:
            to = replace(to, chosen_name=self.chosen_name, contact=self.contact)
        changed = replace(to, id=self.id, version=self.version, state=state, renamed=self.renamed)
        return changed, as_it_stands(changed)

    def present(self, *, who: Identity, chosen_name: str, contact: Contact) -> tuple[Person, Event]:
        """The person chooses what to be called and how to be reached; the next file does not undo it."""
        state = State(LIFE.step(self, "present", who))
        presented = replace(self, state=state, chosen_name=chosen_name, contact=contact, renamed=True)
        return presented, as_it_stands(presented)

    def entrust(self, *, who: Identity, duties: tuple[Duty, ...]) -> tuple[Person, Event]:
        """The person has these duties from now on."""
        state = State(LIFE.step(self, "entrust", who))
        return replace(self, state=state, duties=tuple(sorted(duties))), as_it_stands(self)

    def leave(self, *, who: Identity) -> tuple[Person, Event]:
        """The person is gone; so are their name and how to reach them."""
        state = State(LIFE.step(self, "leave", who))
        nobody = replace(
            self, state=state, name="", chosen_name="", email="", phone="", address="", departments=(), duties=(), renamed=False
        )
        return nobody, PersonGone(person_id=self.id)


def register(*, who: Identity, person: Person) -> tuple[Person, Event]:
    """Somebody new."""
    LIFE.step(person, "change", who)
    return person, PersonRegistered(person_id=person.id, on_paper=person.contact is Contact.PAPER)


def as_it_stands(person: Person) -> Event:
    """How it stands now with somebody known here: whether they get letters, and nothing else."""
    return PersonChanged(person_id=person.id, on_paper=person.contact is Contact.PAPER)


def told_again(person: Person) -> Event:
    """The same, for whoever is told anew."""
    return PersonGone(person_id=person.id) if person.state is State.GONE else as_it_stands(person)
