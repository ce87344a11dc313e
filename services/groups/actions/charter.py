"""What people do with charters: one function for each thing."""

from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.work import Work
from services.groups.rules import charter
from services.groups.rules.charter import Charter
from services.groups.rules.wording import revised
from services.groups.store import copies
from services.groups.store.tables import CHARTERS


def draft_charter(
    work: Work, *, title: str, body_id: UUID, idea_id: UUID | None = None, department_ids: tuple[UUID, ...] | None = None
) -> Charter:
    """Somebody begins to write a charter."""
    body = copies.body(work, body_id)
    copies.must_know_departments(work, department_ids or ())
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
    )
    return CHARTERS.put(work, begun, told)


def edit_charter(work: Work, id: UUID, says: dict[str, Any]) -> Charter:
    """The charter says something else."""
    found = CHARTERS.get(work, id)
    edited, told = found.edit(who=work.who, wording=revised(found.wording, says))
    return CHARTERS.put(work, edited, told)


def propose_charter(work: Work, id: UUID) -> Charter:
    """The charter is laid before its body."""
    found = CHARTERS.get(work, id)
    members = copies.voting_members(work, found.body_id, on=work.today)
    proposed, told = found.propose(who=work.who, policy=copies.policy(work).policy, members=members, today=work.today)
    return CHARTERS.put(work, proposed, told)
