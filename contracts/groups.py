"""What groups tells: the life of a charter, who signed up and took a seat, and the life of the group."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.event import Event


class SeatCategory(StrEnum):
    """Pladstype: in which capacity a person sits in a group."""

    RESIDENT = "resident"
    DEPARTMENT_BOARD = "department_board"
    ORGANISATION_BOARD = "organisation_board"
    EMPLOYEE = "employee"
    EXTERNAL = "external"


@dataclass(frozen=True, kw_only=True)
class SeatPlan:
    """How many seats of a category the charter gives; with a department, seats for people from there."""

    category: SeatCategory
    places: int
    department_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """At least so many of the seats go to people of a category, from a department, or who have not sat in a group before."""

    places: int
    category: SeatCategory | None = None
    department_id: UUID | None = None
    first_timers: bool = False


@dataclass(frozen=True, kw_only=True)
class CharterText:
    """All that a charter (kommissorium) says. Dates are calendar days in Europe/Copenhagen; money is whole kroner."""

    title: str
    background: str
    purpose: str
    frames: str
    questions: tuple[str, ...]
    not_up_for_change: str
    seats: tuple[SeatPlan, ...]
    sign_up_until: date
    meetings: tuple[date, ...]
    handover: date
    decision_by: date
    sponsor_id: UUID
    facilitator_id: UUID
    selection: str = "board_selection"
    budget_kroner: int | None = None
    minority_reason: str = ""
    targets: tuple[Target, ...] = ()
    one_per_household: bool = True


@dataclass(frozen=True, kw_only=True)
class CharterDrafted(Event):
    """Somebody began to write a charter."""

    kind = "charter.drafted"
    charter_id: UUID
    body_id: UUID
    idea_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CharterEdited(Event):
    """The draft says something else now."""

    kind = "charter.edited"
    charter_id: UUID


@dataclass(frozen=True, kw_only=True)
class CharterProposed(Event):
    """A finished charter is laid before its commissioning body. Carries the text, for the body freezes what it adopts."""

    kind = "charter.proposed"
    charter_id: UUID
    body_id: UUID
    edition: int
    text: CharterText
    idea_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CharterReturned(Event):
    """The body sent the charter back to be written differently."""

    kind = "charter.returned"
    charter_id: UUID


@dataclass(frozen=True, kw_only=True)
class CharterRejected(Event):
    """The body does not want this group."""

    kind = "charter.rejected"
    charter_id: UUID


@dataclass(frozen=True, kw_only=True)
class CharterCameIntoForce(Event):
    """The body adopted the charter; its group opens for sign-up. Carries the text and the policy that was in force."""

    kind = "charter.came_into_force"
    charter_id: UUID
    group_id: UUID
    body_id: UUID
    edition: int
    text: CharterText
    meetings_min: int
    meetings_max: int
    idea_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CharterRevoked(Event):
    """The body took the charter back."""

    kind = "charter.revoked"
    charter_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupOpened(Event):
    """The group exists and residents may sign up for it. Whoever is on the interest list (people) is to be invited.

    Invited, and no more: nobody is signed up by being on the list.
    """

    kind = "group.opened"
    group_id: UUID
    charter_id: UUID
    invites: str = "interest_list"


@dataclass(frozen=True, kw_only=True)
class GroupClosedForSignUp(Event):
    """Sign-up has ended; the body composes the group."""

    kind = "group.closed_for_sign_up"
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupFormed(Event):
    """The group has its members and may be convened."""

    kind = "group.formed"
    group_id: UUID
    charter_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupStarted(Event):
    """The group has held its first meeting."""

    kind = "group.started"
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupHandedOver(Event):
    """The group has submitted its proposal to the body."""

    kind = "group.handed_over"
    group_id: UUID
    proposal_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupResumed(Event):
    """The body sent the proposal back; the group works again."""

    kind = "group.resumed"
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupDecided(Event):
    """The body's decision on the group's proposal is published."""

    kind = "group.decided"
    group_id: UUID
    decision_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class GroupClosed(Event):
    """The group's task is done; it holds no more meetings and takes no more contributions."""

    kind = "group.closed"
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupDissolved(Event):
    """The group was dissolved before a decision, with a reason."""

    kind = "group.dissolved"
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class DrawAnnounced(Event):
    """Lots will be drawn for the group's seats; the hash of the seed is public from now on. The applicants are to be told."""

    kind = "draw.announced"
    draw_id: UUID
    group_id: UUID
    commitment: str


@dataclass(frozen=True, kw_only=True)
class LotsDrawn(Event):
    """The lots are drawn and the seed is public. Each applicant hears of their own answer by a letter about their sign-up."""

    kind = "draw.held"
    draw_id: UUID
    group_id: UUID
    seed: str
    commitment: str
    selected: int
    reserves: int


@dataclass(frozen=True, kw_only=True)
class SignUpApplied(Event):
    """A person applied for a seat: an application, not a seat."""

    kind = "sign_up.applied"
    sign_up_id: UUID
    group_id: UUID
    person_id: UUID
    category: SeatCategory


@dataclass(frozen=True, kw_only=True)
class SignUpWithdrawn(Event):
    """The applicant took the application back."""

    kind = "sign_up.withdrawn"
    sign_up_id: UUID
    group_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatOffered(Event):
    """The person is offered a seat and may accept it until the given day, included."""

    kind = "sign_up.offered"
    sign_up_id: UUID
    group_id: UUID
    person_id: UUID
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class ReserveListed(Event):
    """The person is on the reserve list of the category."""

    kind = "sign_up.reserved"
    sign_up_id: UUID
    group_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApplicantNotSelected(Event):
    """The person got no seat, and was told why."""

    kind = "sign_up.not_selected"
    sign_up_id: UUID
    group_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatAccepted(Event):
    """The person said yes and is a member of the group."""

    kind = "sign_up.accepted"
    sign_up_id: UUID
    group_id: UUID
    person_id: UUID
    category: SeatCategory


@dataclass(frozen=True, kw_only=True)
class SeatDeclined(Event):
    """The person said no to the seat."""

    kind = "sign_up.declined"
    sign_up_id: UUID
    group_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class OfferExpired(Event):
    """The person did not answer in time."""

    kind = "sign_up.expired"
    sign_up_id: UUID
    group_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A member left the group; no reason is asked for."""

    kind = "sign_up.left"
    sign_up_id: UUID
    group_id: UUID
    person_id: UUID
