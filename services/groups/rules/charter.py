"""The life of a charter (kommissorium): written, laid before its commissioning body, and in force once adopted.

Who writes: a secretary, or a voting member of the commissioning body.

    draft --edit--> draft                       who writes
    draft --propose--> proposed                 who writes, when nothing is missing
    returned --edit--> returned                 who writes
    returned --propose--> proposed              who writes, as the next edition
    proposed --come_into_force--> in_force      the house, when the body has adopted it
    proposed --be_returned--> returned          the house, when the body wants it written differently
    proposed --be_rejected--> rejected          the house, when the body does not want the group
    in_force --be_amended--> in_force           the house, when the body has adopted an amendment; as the next edition
    in_force --ask_revocation--> in_force       who writes, with a reason, until the group's task is done
    in_force --be_upheld--> in_force            the house, when the body does not take it back
    in_force --be_revoked--> revoked            the house, when the body takes it back
    draft --be_taken_over--> draft              the house, when the department has no board any more
    proposed --be_taken_over--> proposed        the house, the same
    returned --be_taken_over--> returned        the house, the same
    in_force --be_taken_over--> in_force        the house, the same
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import (
    CharterAmended,
    CharterCameIntoForce,
    CharterDrafted,
    CharterEdited,
    CharterProposed,
    CharterRejected,
    CharterReturned,
    CharterRevoked,
    CharterTakenOver,
    CharterUpheld,
    RevocationAsked,
)
from contracts.people import BodyKind, Policy
from services.groups.rules.lack import missing
from services.groups.rules.wording import Wording, changed, finished


class State(StrEnum):
    """Where a charter is in its life."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RETURNED = "returned"
    REJECTED = "rejected"
    IN_FORCE = "in_force"
    REVOKED = "revoked"


COMMISSIONING = {BodyKind.ORGANISATION_BOARD, BodyKind.DEPARTMENT_BOARD}
STANDS = No(
    "charter-in-force",
    "Kommissoriet er vedtaget. Det kan kun ændres ved, at bestyrelsen vedtager en ændring.",
    "The charter is adopted. It changes only by an amendment that the board adopts.",
)
INCOMPLETE = No(
    "charter-incomplete",
    "Kommissoriet kan ikke foreslås endnu. Se ved felterne, hvad der mangler.",
    "The charter cannot be proposed yet. The fields say what is missing.",
)
NOT_COMMISSIONING = No(
    "body-cannot-commission",
    "Kun en organisationsbestyrelse eller en afdelingsbestyrelse kan nedsætte en opgavegruppe.",
    "Only an organisation board or a department board can set up a group.",
)
OWN_DEPARTMENT_ONLY = No(
    "own-department-only",
    "En afdelingsbestyrelse kan kun nedsætte en gruppe for sin egen afdeling. Lad organisationsbestyrelsen gøre det.",
    "A department board can set up a group for its own department only. Let the organisation board do it.",
)
REASON_NEEDED = No("reason-needed", "Skriv en begrundelse.", "Give a reason.")
ALREADY_ASKED = No(
    "revocation-asked",
    "Bestyrelsen er allerede bedt om at tilbagekalde kommissoriet.",
    "The board is already asked to take the charter back.",
)
TASK_DONE = No(
    "task-done",
    "Gruppens opgave er afsluttet. Så kan kommissoriet ikke tilbagekaldes.",
    "The group's task is over; its charter cannot be taken back.",
)


def _writer(charter: Charter, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or who.sits_in(charter.body_id)


LIFE = Life.drawn(
    __doc__,
    edit=_writer,
    propose=_writer,
    come_into_force=the_house,
    be_returned=the_house,
    be_rejected=the_house,
    be_amended=the_house,
    ask_revocation=_writer,
    be_upheld=the_house,
    be_revoked=the_house,
    be_taken_over=the_house,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Charter:
    """What a group is asked to do, by whom, and within which frames.

    `department_id` is that of a department board, which commissions for its own department only. `revocations` counts how
    often the body was asked to take the charter back; `revocation` is why, while it has not answered.
    """

    id: UUID
    body_id: UUID
    department_id: UUID | None = None
    idea_id: UUID | None = None
    drafted_by: UUID
    drafted_at: datetime
    wording: Wording
    state: State = State.DRAFT
    edition: int = 1
    reason: str = ""
    policy_version: int | None = None
    meetings_min: int | None = None
    meetings_max: int | None = None
    revocation: str = ""
    revocations: int = 0
    version: int = 0

    @property
    def group_id(self) -> UUID:
        """The one group that this charter sets up once it is in force: the same id each time, so that there is never a second."""
        return uuid5(self.id, "group")

    def edit(self, *, who: Identity, wording: Wording) -> tuple[Charter, Event]:
        """It says something else now. What is in force stays as the body adopted it."""
        if self.state is State.IN_FORCE and _writer(self, who):
            raise Refused(STANDS)
        state = State(LIFE.step(self, "edit", who))
        keep_to(self.department_id, wording)
        return replace(self, state=state, wording=wording), CharterEdited(charter_id=self.id)

    def propose(self, *, who: Identity, policy: Policy, members: frozenset[UUID], today: date) -> tuple[Charter, Event]:
        """Lay it before the body, complete; after a return as the next edition."""
        state = State(LIFE.step(self, "propose", who))
        lacks = missing(self.wording, policy=policy, members=members, today=today)
        if lacks:
            raise Refused(INCOMPLETE, missing=[{"field": lack.field, "slug": lack.no.slug} for lack in lacks])
        edition = self.edition + 1 if self.state is State.RETURNED else self.edition
        proposed = replace(self, state=state, edition=edition, reason="")
        return proposed, _proposed(proposed)

    def come_into_force(self, *, who: Identity, policy: Policy, policy_version: int) -> tuple[Charter, Event]:
        """The body adopted it; the policy of that day is kept with it."""
        state = State(LIFE.step(self, "come_into_force", who))
        least, most = policy.meetings_min, policy.meetings_max
        adopted = replace(self, state=state, policy_version=policy_version, meetings_min=least, meetings_max=most)
        return adopted, _in_force(adopted)

    def be_returned(self, *, who: Identity, reason: str) -> tuple[Charter, Event]:
        """The body wants it written differently, and says why."""
        return replace(self, state=State(LIFE.step(self, "be_returned", who)), reason=reason), CharterReturned(charter_id=self.id)

    def be_rejected(self, *, who: Identity, reason: str) -> tuple[Charter, Event]:
        """The body does not want this group, and says why."""
        return replace(self, state=State(LIFE.step(self, "be_rejected", who)), reason=reason), CharterRejected(charter_id=self.id)

    def be_amended(self, *, who: Identity, wording: Wording, members: tuple[UUID, ...]) -> tuple[Charter, Event]:
        """The body adopted an amendment: the next edition, under the policy that is kept with the charter.

        Only an amendment gives more meetings than that policy, and then as many as it names.
        """
        state = State(LIFE.step(self, "be_amended", who))
        most = max(self.meetings_max or 0, len(wording.meetings))
        amended = replace(self, state=state, wording=wording, edition=self.edition + 1, meetings_max=most)
        return amended, CharterAmended(
            charter_id=self.id,
            group_id=self.group_id,
            body_id=self.body_id,
            edition=amended.edition,
            text=finished(wording),
            meetings_min=self.meetings_min or 0,
            meetings_max=most,
            changed=changed(self.wording, wording),
            members=members,
            idea_id=self.idea_id,
        )

    def ask_revocation(self, *, who: Identity, reason: str, task_done: bool, today: date) -> tuple[Charter, Event]:
        """Ask the body to take it back, before the day on which it would decide."""
        state = State(LIFE.step(self, "ask_revocation", who))
        if task_done:
            raise Refused(TASK_DONE)
        if self.revocation:
            raise Refused(ALREADY_ASKED)
        if not reason.strip():
            raise Refused(REASON_NEEDED)
        asked = replace(self, state=state, revocation=reason.strip(), revocations=self.revocations + 1)
        return asked, RevocationAsked(
            charter_id=self.id,
            group_id=self.group_id,
            body_id=self.body_id,
            number=asked.revocations,
            title=self.wording.title,
            reason=asked.revocation,
            due=max(self.wording.decision_by or today, today),
        )

    def be_upheld(self, *, who: Identity, reason: str) -> tuple[Charter, Event]:
        """The body does not take it back, and says why."""
        state = State(LIFE.step(self, "be_upheld", who))
        return replace(self, state=state, revocation="", reason=reason), CharterUpheld(charter_id=self.id)

    def be_revoked(self, *, who: Identity) -> tuple[Charter, Event]:
        """The body takes it back, for the reason that was given when it was asked."""
        state = State(LIFE.step(self, "be_revoked", who))
        revoked = replace(self, state=state, reason=self.revocation, revocation="")
        return revoked, CharterRevoked(charter_id=self.id, group_id=self.group_id)

    def be_taken_over(self, *, who: Identity, body_id: UUID) -> tuple[Charter, Event]:
        """Where a department has no board any more, the organisation board takes its place (almenboligloven § 34, stk. 5)."""
        state = State(LIFE.step(self, "be_taken_over", who))
        return replace(self, state=state, body_id=body_id), CharterTakenOver(charter_id=self.id, body_id=body_id)


def keep_to(own: UUID | None, wording: Wording) -> None:
    """Raise `Refused` when a department board's charter speaks of other departments than its own."""
    if own is not None and wording.department_ids != (own,):
        raise Refused(OWN_DEPARTMENT_ONLY)


def draft(
    *,
    id: UUID,
    who: Identity,
    title: str,
    body_id: UUID,
    body: BodyKind,
    body_department: UUID | None,
    department_ids: tuple[UUID, ...] | None,
    idea_id: UUID | None,
    now: datetime,
    begun_from: Wording | None = None,
) -> tuple[Charter, Event]:
    """Begin to write a charter for a body that may set up groups, with what a template says or from nothing.

    A department board does so for its own department only. A department without a board is looked after by the
    organisation board, which may set up a group for any department (almenboligloven § 34, stk. 5).
    """
    if body not in COMMISSIONING:
        raise Refused(NOT_COMMISSIONING)
    concerns = _concerns(body, body_department, department_ids)
    if who.person_id is None:
        raise NotAllowed(NOT_ALLOWED)
    begun = Charter(
        id=id,
        body_id=body_id,
        department_id=body_department if body is BodyKind.DEPARTMENT_BOARD else None,
        idea_id=idea_id,
        drafted_by=who.person_id,
        drafted_at=now,
        wording=replace(begun_from or Wording(title=title), title=title, department_ids=concerns),
    )
    if not _writer(begun, who):
        raise NotAllowed(NOT_ALLOWED)
    return begun, CharterDrafted(charter_id=id, body_id=body_id, idea_id=idea_id)


def _concerns(body: BodyKind, own: UUID | None, asked: tuple[UUID, ...] | None) -> tuple[UUID, ...]:
    if body is BodyKind.ORGANISATION_BOARD:
        return asked or ()
    home = () if own is None else (own,)
    if not home or (asked is not None and asked != home):
        raise Refused(OWN_DEPARTMENT_ONLY)
    return home


def as_it_stands(charter: Charter) -> Event | None:
    """How it stands now, for whoever is told anew; nothing of what nobody was told."""
    if charter.state is State.IN_FORCE:
        return _in_force(charter)
    return _proposed(charter) if charter.state is State.PROPOSED else None


def _proposed(charter: Charter) -> Event:
    return CharterProposed(
        charter_id=charter.id,
        body_id=charter.body_id,
        edition=charter.edition,
        text=finished(charter.wording),
        idea_id=charter.idea_id,
    )


def _in_force(charter: Charter) -> Event:
    return CharterCameIntoForce(
        charter_id=charter.id,
        group_id=charter.group_id,
        body_id=charter.body_id,
        edition=charter.edition,
        text=finished(charter.wording),
        meetings_min=charter.meetings_min or 0,
        meetings_max=charter.meetings_max or 0,
        idea_id=charter.idea_id,
    )
