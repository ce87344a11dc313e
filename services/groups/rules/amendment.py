"""The life of an amendment (ændring af et kommissorium): what the charter in force should say instead, laid before its body.

Who writes: a secretary, or a voting member of the commissioning body.

    draft --edit--> draft                       who writes
    draft --propose--> proposed                 who writes, when nothing is missing
    draft --withdraw--> withdrawn               who writes
    returned --edit--> returned                 who writes
    returned --propose--> proposed              who writes, as the next attempt
    returned --withdraw--> withdrawn            who writes
    proposed --come_into_force--> in_force      the house, when the body has adopted it
    proposed --be_returned--> returned          the house, when the body wants it written differently
    proposed --be_rejected--> rejected          the house, when the body does not want the change
    draft --lapse--> lapsed                     the house, when the charter is revoked or its group over
    returned --lapse--> lapsed                  the house, the same
    proposed --lapse--> lapsed                  the house, the same
    draft --be_taken_over--> draft              the house, when the department has no board any more
    returned --be_taken_over--> returned        the house, the same
    proposed --be_taken_over--> proposed        the house, the same
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from contracts.event import Event
from contracts.groups import (
    AmendmentCameIntoForce,
    AmendmentDrafted,
    AmendmentEdited,
    AmendmentLapsed,
    AmendmentProposed,
    AmendmentRejected,
    AmendmentReturned,
    AmendmentTakenOver,
    AmendmentWithdrawn,
)
from contracts.people import Policy
from services.groups.rules.charter import keep_to
from services.groups.rules.lack import missing
from services.groups.rules.wording import Wording, changed, finished


class State(StrEnum):
    """Where an amendment is in its life."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RETURNED = "returned"
    REJECTED = "rejected"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OPEN = (State.DRAFT, State.PROPOSED, State.RETURNED)
"""The states in which it still may change the charter; a charter has one such amendment at a time."""

NOTHING_TO_AMEND = No(
    "nothing-to-amend",
    "Kun et kommissorium, der er i kraft, kan ændres, og kun så længe gruppen arbejder.",
    "Only a charter in force can be amended, and only while its group is at work.",
)
AMENDMENT_OPEN = No(
    "amendment-open",
    "Der er allerede en ændring i gang. Skriv videre på den, eller træk den tilbage.",
    "There is an amendment already. Go on with that one, or withdraw it.",
)
NOTHING_CHANGED = No("nothing-changed", "Ændringen ændrer ikke noget endnu.", "The amendment does not change anything yet.")
WHY_AMEND = No("amendment-reason-needed", "Skriv, hvorfor kommissoriet skal ændres.", "Say why the charter is to be amended.")
INCOMPLETE = No(
    "amendment-incomplete",
    "Ændringen kan ikke foreslås endnu. Se ved felterne, hvad der mangler.",
    "The amendment cannot be proposed yet. The fields say what is missing.",
)


def _writer(amendment: Amendment, who: Identity) -> bool:
    return who.has(Duty.SECRETARY) or who.sits_in(amendment.body_id)


LIFE = Life.drawn(
    __doc__,
    edit=_writer,
    propose=_writer,
    withdraw=_writer,
    come_into_force=the_house,
    be_returned=the_house,
    be_rejected=the_house,
    lapse=the_house,
    be_taken_over=the_house,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Amendment:
    """All that the charter would say, drafted against the edition in force, and why. `attempt` counts how often it was laid."""

    id: UUID
    charter_id: UUID
    group_id: UUID
    body_id: UUID
    department_id: UUID | None = None
    idea_id: UUID | None = None
    against: int
    wording: Wording
    why: str = ""
    drafted_by: UUID
    drafted_at: datetime
    state: State = State.DRAFT
    attempt: int = 0
    reason: str = ""
    version: int = 0

    @property
    def edition(self) -> int:
        """The edition of the charter that it would make."""
        return self.against + 1

    def edit(self, *, who: Identity, wording: Wording, why: str) -> tuple[Amendment, Event]:
        """It says something else now."""
        state = State(LIFE.step(self, "edit", who))
        keep_to(self.department_id, wording)
        return replace(self, state=state, wording=wording, why=why.strip()), AmendmentEdited(amendment_id=self.id)

    def propose(
        self, *, who: Identity, policy: Policy, members: frozenset[UUID], today: date, amends: Wording, at_work: bool
    ) -> tuple[Amendment, Event]:
        """Lay it before the body, complete and with a reason."""
        state = State(LIFE.step(self, "propose", who))
        if not at_work:
            raise Refused(NOTHING_TO_AMEND)
        differs = changed(amends, self.wording)
        if not differs:
            raise Refused(NOTHING_CHANGED)
        if not self.why:
            raise Refused(WHY_AMEND)
        lacks = missing(self.wording, policy=policy, members=members, today=today, amends=amends)
        if lacks:
            raise Refused(INCOMPLETE, missing=[{"field": lack.field, "slug": lack.no.slug} for lack in lacks])
        proposed = replace(self, state=state, attempt=self.attempt + 1, reason="")
        return proposed, AmendmentProposed(
            amendment_id=self.id,
            charter_id=self.charter_id,
            group_id=self.group_id,
            body_id=self.body_id,
            edition=self.edition,
            attempt=proposed.attempt,
            text=finished(self.wording),
            changed=differs,
            reason=self.why,
            idea_id=self.idea_id,
        )

    def withdraw(self, *, who: Identity) -> tuple[Amendment, Event]:
        """It is given up."""
        return replace(self, state=State(LIFE.step(self, "withdraw", who))), AmendmentWithdrawn(amendment_id=self.id)

    def come_into_force(self, *, who: Identity) -> tuple[Amendment, Event]:
        """The body adopted it."""
        state = State(LIFE.step(self, "come_into_force", who))
        told = AmendmentCameIntoForce(amendment_id=self.id, charter_id=self.charter_id, edition=self.edition)
        return replace(self, state=state), told

    def be_returned(self, *, who: Identity, reason: str) -> tuple[Amendment, Event]:
        """The body wants it written differently, and says why."""
        state = State(LIFE.step(self, "be_returned", who))
        return replace(self, state=state, reason=reason), AmendmentReturned(amendment_id=self.id)

    def be_rejected(self, *, who: Identity, reason: str) -> tuple[Amendment, Event]:
        """The body does not want the change, and says why."""
        state = State(LIFE.step(self, "be_rejected", who))
        return replace(self, state=state, reason=reason), AmendmentRejected(amendment_id=self.id)

    def lapse(self, *, who: Identity) -> tuple[Amendment, Event]:
        """There is nothing left to amend."""
        return replace(self, state=State(LIFE.step(self, "lapse", who))), AmendmentLapsed(amendment_id=self.id)

    def be_taken_over(self, *, who: Identity, body_id: UUID) -> tuple[Amendment, Event]:
        """Where a department has no board any more, the organisation board takes its place (almenboligloven § 34, stk. 5)."""
        state = State(LIFE.step(self, "be_taken_over", who))
        return replace(self, state=state, body_id=body_id), AmendmentTakenOver(amendment_id=self.id, body_id=body_id)


def draft(
    *,
    id: UUID,
    who: Identity,
    charter_id: UUID,
    group_id: UUID,
    body_id: UUID,
    department_id: UUID | None,
    idea_id: UUID | None,
    edition: int,
    wording: Wording,
    at_work: bool,
    now: datetime,
) -> tuple[Amendment, Event]:
    """Begin an amendment with all that the charter says now."""
    if who.person_id is None:
        raise NotAllowed(NOT_ALLOWED)
    begun = Amendment(
        id=id,
        charter_id=charter_id,
        group_id=group_id,
        body_id=body_id,
        department_id=department_id,
        idea_id=idea_id,
        against=edition,
        wording=wording,
        drafted_by=who.person_id,
        drafted_at=now,
    )
    if not _writer(begun, who):
        raise NotAllowed(NOT_ALLOWED)
    if not at_work:
        raise Refused(NOTHING_TO_AMEND)
    return begun, AmendmentDrafted(amendment_id=id, charter_id=charter_id)
