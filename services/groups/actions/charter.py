"""What people do with charters: one function for each thing."""

from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.work import Work
from contracts.groups import SeatPlan, Target
from services.groups.rules import charter
from services.groups.rules.charter import Charter
from services.groups.rules.template import wording_from
from services.groups.rules.wording import revised
from services.groups.store import copies, editions
from services.groups.store.tables import CHARTERS, GROUPS, TEMPLATES


def draft_charter(
    work: Work,
    *,
    title: str,
    body_id: UUID,
    idea_id: UUID | None = None,
    department_ids: tuple[UUID, ...] | None = None,
    template_id: UUID | None = None,
) -> Charter:
    """Somebody begins to write a charter, from a template or from nothing."""
    body = copies.body(work, body_id)
    copies.must_know_departments(work, department_ids or ())
    template = TEMPLATES.see(work, template_id) if template_id else None
    begun, told = charter.draft(
        id=uuid7(),
        who=work.who,
        title=title,
        body_id=body_id,
        body=body.kind,
        body_department=body.department_id,
        department_ids=department_ids,
        idea_id=idea_id,
        now=work.now,
        begun_from=wording_from(template.pattern, title) if template else None,
    )
    return CHARTERS.put(work, begun, told)


def edit_charter(work: Work, id: UUID, says: dict[str, Any]) -> Charter:
    """The charter says something else."""
    found = CHARTERS.get(work, id)
    copies.must_know_departments(work, departments_in(says))
    edited, told = found.edit(who=work.who, wording=revised(found.wording, says))
    return CHARTERS.put(work, edited, told)


def propose_charter(work: Work, id: UUID) -> Charter:
    """The charter is laid before its body; the edition is kept whole."""
    found = CHARTERS.get(work, id)
    members = copies.voting_members(work, found.body_id, on=work.today)
    proposed, told = found.propose(who=work.who, policy=copies.policy(work).policy, members=members, today=work.today)
    editions.lay(work, id, proposed.edition, proposed.wording)
    return CHARTERS.put(work, proposed, told)


def ask_revocation(work: Work, id: UUID, *, reason: str) -> Charter:
    """The body is asked to take the charter back."""
    found = CHARTERS.get(work, id)
    in_force = found.state is charter.State.IN_FORCE
    task_done = in_force and GROUPS.see(work, found.group_id).over
    asked, told = found.ask_revocation(who=work.who, reason=reason, task_done=task_done, today=work.today)
    return CHARTERS.put(work, asked, told)


def departments_in(says: dict[str, Any]) -> tuple[UUID, ...]:
    """All departments that are spoken of: those affected, and those whose people get a seat."""
    named: tuple[SeatPlan | Target, ...] = (*says.get("seats", ()), *says.get("targets", ()))
    return (*says.get("department_ids", ()), *(each.department_id for each in named if each.department_id))
