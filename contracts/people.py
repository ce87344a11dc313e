"""What people tells: who the association is, its departments and bodies, who sits where, and that a day has begun."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.event import Event


class BodyKind(StrEnum):
    """The four bodies of a housing association, fixed by law (almenboligloven); see `docs/glossary.md`."""

    SUPREME_AUTHORITY = "supreme_authority"
    ORGANISATION_BOARD = "organisation_board"
    DEPARTMENT_BOARD = "department_board"
    DEPARTMENT_MEETING = "department_meeting"


class Seat(StrEnum):
    """What a person is in a body. An alternate (suppleant) has no vote while merely attending."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    ALTERNATE = "alternate"


class TieBreak(StrEnum):
    """What becomes of a tied vote: the chair's vote decides, or the proposal falls."""

    CHAIR = "chair"
    FALLS = "falls"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What an association has decided about its own practice. Days are calendar days in Europe/Copenhagen.

    A body is quorate with `quorum_of_members` as a share and `quorum_at_least` as a number; both must be met.
    How many requests anybody may make in a minute, and all together, is said only where it is not the installation's usual.
    """

    answer_days: int = 60
    meetings_min: int = 2
    meetings_max: int = 5
    notice_days: int = 7
    minutes_days: int = 28
    offer_days: int = 7
    still_days: int = 90
    quorum_of_members: float = 0.5
    quorum_at_least: int = 0
    quorum_needs_chair: bool = True
    tie_break: TieBreak = TieBreak.CHAIR
    survey_days: int = 28
    reads_a_minute: int | None = None
    writes_a_minute: int | None = None
    reads_a_minute_in_all: int | None = None
    writes_a_minute_in_all: int | None = None


@dataclass(frozen=True, kw_only=True)
class PolicySet(Event):
    """The association set its policy; carries all of it. `version` counts from 1."""

    kind = "policy.set"
    version: int
    policy: Policy


@dataclass(frozen=True, kw_only=True)
class DepartmentRegistered(Event):
    """A department (afdeling) exists, with this name and number, or has changed; carries all of it."""

    kind = "department.registered"
    department_id: UUID
    number: str
    name: str
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class BodyRegistered(Event):
    """A body exists or has changed; carries all of it. `department_id` is set for the bodies of one department."""

    kind = "body.registered"
    body_id: UUID
    body: BodyKind
    name: str
    department_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class MandateRegistered(Event):
    """A person sits in a body from one day to another (the last one included; none: until further notice); carries all of it."""

    kind = "mandate.registered"
    mandate_id: UUID
    body_id: UUID
    person_id: UUID
    seat: Seat
    resident: bool
    starts: date
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event):
    """Somebody new is known to the association. Who that is, people says to whoever may ask.

    `on_paper`: whether they are exempt from digital contact, and get letters.
    """

    kind = "person.registered"
    person_id: UUID
    on_paper: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """Something about a person is different now. `on_paper`: whether they are exempt from digital contact, and get letters."""

    kind = "person.changed"
    person_id: UUID
    on_paper: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonGone(Event):
    """The association no longer knows a person; the name is gone from what is live."""

    kind = "person.gone"
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class InterestJoined(Event):
    """A person wants to hear of new groups; they are invited from now on, and signed up for none."""

    kind = "interest.joined"
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class InterestChanged(Event):
    """A person wants to hear of other groups than before."""

    kind = "interest.changed"
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class InterestLeft(Event):
    """A person wants to hear of new groups no more."""

    kind = "interest.left"
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class DayTurned(Event):
    """A day has begun in Europe/Copenhagen. Deadlines are heard from this, not polled for.

    After a standstill only the newest day is told: whoever hears it does what was due up to and including that day.
    """

    kind = "day.turned"
    day: date
