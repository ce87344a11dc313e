"""Who is asking: a person in one housing association, with what they may do there; a partner's program; or the house itself."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Duty(StrEnum):
    """What an association has entrusted to a person."""

    MODERATOR = "moderator"
    SECRETARY = "secretary"
    IMPORTER = "importer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mandate:
    """A seat in a body, in force now. Only `voting` members count for quorum; an alternate does not."""

    body_id: UUID
    seat: str

    @property
    def voting(self) -> bool:
        """Whether the seat has a vote."""
        return self.seat != "alternate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """A person in one association. No person: the house itself, which reacts to a letter (`cause`).

    `act` is the member of staff who acts for a person on paper; what is done is still done by `person_id`.
    With a `credential` it is no person but a partner's program, which may read what its `scopes` name. It then stands under the
    id of its grant: nobody's id, so that no rule takes it for the house, for an author or for a member.
    """

    association_id: UUID
    person_id: UUID | None = None
    departments: frozenset[UUID] = frozenset()
    mandates: frozenset[Mandate] = frozenset()
    duties: frozenset[Duty] = frozenset()
    employee: bool = False
    act: UUID | None = None
    cause: UUID | None = None
    credential: UUID | None = None
    scopes: frozenset[str] = frozenset()

    @property
    def house(self) -> bool:
        """Whether it is the house that acts, not a person."""
        return self.person_id is None

    @property
    def partner(self) -> bool:
        """Whether it is a partner's program that asks."""
        return self.credential is not None

    @property
    def resident(self) -> bool:
        """Whether the person lives in one of the departments."""
        return bool(self.departments)

    def has(self, *duties: Duty) -> bool:
        """Whether the person has one of these duties."""
        return not self.duties.isdisjoint(duties)

    def sits_in(self, body_id: UUID) -> bool:
        """Whether the person has a voting seat in the body."""
        return any(mandate.body_id == body_id and mandate.voting for mandate in self.mandates)

    def chairs(self, body_id: UUID) -> bool:
        """Whether the person is chair or vice-chair of the body."""
        return any(mandate.body_id == body_id and mandate.seat in {"chair", "vice_chair"} for mandate in self.mandates)
