"""What people do with amendments of a charter: one function for each thing."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from chassis.refusal import Refused
from chassis.work import Work
from services.groups.actions.charter import departments_in
from services.groups.rules import amendment
from services.groups.rules.amendment import AMENDMENT_OPEN, Amendment
from services.groups.rules.charter import Charter, State
from services.groups.rules.wording import revised
from services.groups.store import copies
from services.groups.store.tables import AMENDMENTS, CHARTERS, GROUPS


def draft_amendment(work: Work, charter_id: UUID) -> Amendment:
    """Somebody begins to amend the charter in force; those who hold the roles today are named in it already."""
    found = CHARTERS.see(work, charter_id)
    begun, told = amendment.draft(
        id=uuid7(),
        who=work.who,
        charter_id=charter_id,
        group_id=found.group_id,
        body_id=found.body_id,
        department_id=found.department_id,
        idea_id=found.idea_id,
        edition=found.edition,
        wording=found.wording,
        at_work=_at_work(work, found),
        now=work.now,
    )
    try:
        return AMENDMENTS.put(work, _with_todays_leaders(work, begun), told)
    except IntegrityError:  # there is one already that may still change the charter
        raise Refused(AMENDMENT_OPEN) from None


def edit_amendment(work: Work, id: UUID, says: dict[str, Any], *, why: str | None = None) -> Amendment:
    """The amendment says something else."""
    found = AMENDMENTS.get(work, id)
    copies.must_know_departments(work, departments_in(says))
    edited, told = found.edit(who=work.who, wording=revised(found.wording, says), why=found.why if why is None else why)
    return AMENDMENTS.put(work, edited, told)


def propose_amendment(work: Work, id: UUID) -> Amendment:
    """The amendment is laid before the body."""
    found = AMENDMENTS.get(work, id)
    amends = CHARTERS.see(work, found.charter_id)
    proposed, told = found.propose(
        who=work.who,
        policy=copies.policy_kept_with(work, amends),
        members=copies.voting_members(work, found.body_id, on=work.today),
        today=work.today,
        amends=amends.wording,
        at_work=_at_work(work, amends),
    )
    return AMENDMENTS.put(work, proposed, told)


def withdraw_amendment(work: Work, id: UUID) -> Amendment:
    """The amendment is given up."""
    withdrawn, told = AMENDMENTS.get(work, id).withdraw(who=work.who)
    return AMENDMENTS.put(work, withdrawn, told)


def _at_work(work: Work, charter: Charter) -> bool:
    return charter.state is State.IN_FORCE and not GROUPS.see(work, charter.group_id).over


def _with_todays_leaders(work: Work, begun: Amendment) -> Amendment:
    group = GROUPS.see(work, begun.group_id)
    named = {"sponsor_id": group.sponsor_id, "facilitator_id": group.facilitator_id}
    same = {"facilitator_employed": begun.wording.facilitator_employed, "facilitator_hired": begun.wording.facilitator_hired}
    return replace(begun, wording=revised(begun.wording, named | (same if group.facilitator_id else {})))
