"""What can be asked about amendments: plain reads, straight from the tables."""

from typing import Any
from uuid import UUID

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.groups.queries.charter import differences, said, writes
from services.groups.rules import amendment as rules
from services.groups.rules.amendment import OPEN, Amendment, State
from services.groups.rules.charter import Charter
from services.groups.rules.lack import Lack, hints, missing
from services.groups.rules.wording import changed
from services.groups.store import copies, editions
from services.groups.store.tables import AMENDMENTS, CHARTERS

WRITTEN_ON = {State.DRAFT, State.RETURNED}
NOT_LAID = {State.DRAFT, State.WITHDRAWN}


def amendment(work: Work, id: UUID) -> dict[str, Any]:
    """One amendment: what the charter would say, what of it is new, and what I can do. Before it is laid its writers see it."""
    found = AMENDMENTS.see(work, id)
    if found.state in NOT_LAID and not writes(work, found.body_id):
        raise NotFound(NOT_FOUND)
    amends = CHARTERS.see(work, found.charter_id)
    before = amends.wording if found.state in OPEN else _edition_before(work, found, amends)
    return {
        "id": found.id,
        "charter_id": found.charter_id,
        "group_id": found.group_id,
        "body_id": found.body_id,
        "edition": found.edition,
        "why": found.why,
        "state": found.state,
        "reason": found.reason,
        "drafted_at": found.drafted_at,
        "version": found.version,
        **plain.unstructure(found.wording),
        "scope": found.wording.scope,
        "changed": list(changed(before, found.wording)),
        "changes": differences(before, found.wording),
        "missing": [said(lack) for lack in _lacks(work, found, amends)],
        "hints": [said(hint) for hint in hints(found.wording)] if found.state in WRITTEN_ON else [],
        "may": rules.LIFE.open_to(found, work.who),
    }


def _lacks(work: Work, found: Amendment, amends: Charter) -> list[Lack]:
    if found.state not in WRITTEN_ON:
        return []
    members = copies.voting_members(work, found.body_id, on=work.today)
    policy = copies.policy_kept_with(work, amends)
    return missing(found.wording, policy=policy, members=members, today=work.today, amends=amends.wording)


def _edition_before(work: Work, found: Amendment, amends: Charter) -> Any:
    """What the charter said when the amendment was drafted."""
    kept = {row.edition: editions.wording_of(row) for row in editions.of(work, found.charter_id)}
    return kept.get(found.against, amends.wording)
