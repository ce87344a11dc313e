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


class Topic(StrEnum):
    """Emne: what a group's task is about, from the topics that associations have set groups up for."""

    RENOVATION = "renovation"
    COMMUNITY = "community"
    DEMOCRACY = "democracy"
    ENVIRONMENT = "environment"
    CLIMATE = "climate"
    SAFETY = "safety"
    NEIGHBOURS = "neighbours"
    OUTDOORS = "outdoors"
    HOUSING = "housing"
    OPERATIONS = "operations"
    INCLUSION = "inclusion"
    OTHER = "other"


class Scope(StrEnum):
    """How far a task reaches: one department, several, or the whole association."""

    ONE_DEPARTMENT = "one_department"
    SEVERAL_DEPARTMENTS = "several_departments"
    WHOLE_ASSOCIATION = "whole_association"


class Commitment(StrEnum):
    """What the commissioning body binds itself to: to listen, to decide by the day, or to a sum that is set aside already."""

    ADVISORY = "advisory"
    DECIDES_BY_DATE = "decides_by_date"
    MONEY_SET_ASIDE = "money_set_aside"


class Role(StrEnum):
    """Who leads a group: the sponsor (tovholder) politically, the facilitator its meetings."""

    SPONSOR = "sponsor"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, kw_only=True)
class CharterText:
    """All that a charter (kommissorium) says. Dates are calendar days in Europe/Copenhagen; money is whole kroner.

    No departments: it affects them all. `openness` is the board's own rating, from 1 (the solution is given) to 5 (an open
    problem). `facilitator_hours` is the frame for the facilitator's work.
    """

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
    stakeholders: tuple[str, ...] = ()
    department_ids: tuple[UUID, ...] = ()
    scope: str = "whole_association"
    topic: str = ""
    openness: int | None = None
    commitment: str = "decides_by_date"
    facilitator_hired: bool = False
    facilitator_hours: int | None = None
    more_meetings_reason: str = ""


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
class CharterAmended(Event):
    """The body adopted an amendment; the charter is in force as its next edition. Carries the text and what of it changed.

    The group's members are to be told; each may leave without giving a reason.
    """

    kind = "charter.amended"
    charter_id: UUID
    group_id: UUID
    body_id: UUID
    edition: int
    text: CharterText
    meetings_min: int
    meetings_max: int
    changed: tuple[str, ...] = ()
    members: tuple[UUID, ...] = ()
    idea_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RevocationAsked(Event):
    """The body is asked to take the charter back, for the `number`th time, and why. It freezes what it decides on."""

    kind = "charter.revocation_asked"
    charter_id: UUID
    group_id: UUID
    body_id: UUID
    number: int
    title: str
    reason: str
    due: date


@dataclass(frozen=True, kw_only=True)
class CharterUpheld(Event):
    """The body was asked to take the charter back and did not; it stays in force."""

    kind = "charter.upheld"
    charter_id: UUID


@dataclass(frozen=True, kw_only=True)
class CharterTakenOver(Event):
    """The department has no board any more; the organisation board is the charter's commissioning body in its place."""

    kind = "charter.taken_over"
    charter_id: UUID
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class CharterRevoked(Event):
    """The body took the charter back; its group is dissolved."""

    kind = "charter.revoked"
    charter_id: UUID
    group_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AmendmentDrafted(Event):
    """Somebody began to write an amendment of the charter in force."""

    kind = "amendment.drafted"
    amendment_id: UUID
    charter_id: UUID


@dataclass(frozen=True, kw_only=True)
class AmendmentEdited(Event):
    """The amendment says something else now."""

    kind = "amendment.edited"
    amendment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AmendmentProposed(Event):
    """A finished amendment is laid before the body. Carries the whole text as it would be, for the body freezes what it adopts.

    `edition` is the one that it would make; `attempt` counts how often it was laid.
    """

    kind = "amendment.proposed"
    amendment_id: UUID
    charter_id: UUID
    group_id: UUID
    body_id: UUID
    edition: int
    attempt: int
    text: CharterText
    changed: tuple[str, ...]
    reason: str
    idea_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AmendmentWithdrawn(Event):
    """Whoever writes the charter gave the amendment up before it was laid."""

    kind = "amendment.withdrawn"
    amendment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AmendmentReturned(Event):
    """The body sent the amendment back to be written differently."""

    kind = "amendment.returned"
    amendment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AmendmentRejected(Event):
    """The body does not want the charter changed this way."""

    kind = "amendment.rejected"
    amendment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AmendmentCameIntoForce(Event):
    """The body adopted the amendment; what it made of the charter tells the charter."""

    kind = "amendment.came_into_force"
    amendment_id: UUID
    charter_id: UUID
    edition: int


@dataclass(frozen=True, kw_only=True)
class AmendmentLapsed(Event):
    """There is nothing left to amend: the charter is revoked, or its group is over."""

    kind = "amendment.lapsed"
    amendment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AmendmentTakenOver(Event):
    """The department has no board any more; the organisation board decides on the amendment in its place."""

    kind = "amendment.taken_over"
    amendment_id: UUID
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class TemplateKept(Event):
    """The association keeps a charter's text as a template, without people and dates."""

    kind = "template.kept"
    template_id: UUID


@dataclass(frozen=True, kw_only=True)
class TemplateRevised(Event):
    """The template says something else now."""

    kind = "template.revised"
    template_id: UUID


@dataclass(frozen=True, kw_only=True)
class TemplateShared(Event):
    """The association lets others read a copy of the template."""

    kind = "template.shared"
    template_id: UUID


@dataclass(frozen=True, kw_only=True)
class TemplateUnshared(Event):
    """Others cannot read the template any more. What they copied before is theirs."""

    kind = "template.unshared"
    template_id: UUID


@dataclass(frozen=True, kw_only=True)
class TemplateDiscarded(Event):
    """The association no longer keeps the template."""

    kind = "template.discarded"
    template_id: UUID


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
    """The group was dissolved before a decision, with a reason. Its members are to be told."""

    kind = "group.dissolved"
    group_id: UUID
    members: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GroupAmended(Event):
    """The group's task, dates, places and roles are as the charter's next edition says."""

    kind = "group.amended"
    group_id: UUID
    edition: int


@dataclass(frozen=True, kw_only=True)
class GroupFellStill(Event):
    """The group has not met for so long that everybody sees it is still. Its members, sponsor and facilitator are to be told."""

    kind = "group.fell_still"
    group_id: UUID
    body_id: UUID
    since: date
    members: tuple[UUID, ...] = ()
    leaders: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GroupStirred(Event):
    """The group that was still has met again."""

    kind = "group.stirred"
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupRoleVacated(Event):
    """Nobody holds the role any more. The body that commissioned the group is to be told, so that it can name another."""

    kind = "group.role_vacated"
    group_id: UUID
    body_id: UUID
    role: Role
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupRoleFilled(Event):
    """The body named a sponsor or a facilitator in place of one who left. The group's members are to be told."""

    kind = "group.role_filled"
    group_id: UUID
    role: Role
    person_id: UUID
    sponsor_id: UUID | None = None
    facilitator_id: UUID | None = None
    members: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GroupTakenOver(Event):
    """The department has no board any more; the organisation board composes the group in its place."""

    kind = "group.taken_over"
    group_id: UUID
    body_id: UUID


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
