"""What happens to a charter when something is told."""

from chassis.work import Work
from contracts.decisions import CharterDecided, Outcome
from services.groups.rules import charter, group
from services.groups.rules.charter import Charter
from services.groups.rules.wording import finished
from services.groups.store import copies, seats
from services.groups.store.tables import CHARTERS, GROUPS


def follow_charter(work: Work, heard: CharterDecided) -> None:
    """The body has adopted, returned or rejected a charter. What it said about an older edition was overtaken."""
    found = CHARTERS.get(work, heard.charter_id)
    if found.state is not charter.State.PROPOSED or found.edition != heard.edition:
        return
    if heard.outcome is Outcome.ADOPTED:
        _set_up(work, found)
    elif heard.outcome is Outcome.REJECTED:
        rejected, told = found.be_rejected(who=work.who, reason=heard.reason)
        CHARTERS.put(work, rejected, told)
    else:
        returned, told = found.be_returned(who=work.who, reason=heard.reason)
        CHARTERS.put(work, returned, told)


def _set_up(work: Work, proposed: Charter) -> None:
    """A charter comes into force and its group opens, with its places: one and the same moment."""
    now_in_force = copies.policy(work)
    adopted, told = proposed.come_into_force(who=work.who, policy=now_in_force.policy, policy_version=now_in_force.version)
    kept = CHARTERS.put(work, adopted, told)
    opened, told = group.open_group(
        id=kept.group_id,
        who=work.who,
        charter_id=kept.id,
        body_id=kept.body_id,
        idea_id=kept.idea_id,
        text=finished(kept.wording),
        now=work.now,
    )
    GROUPS.put(work, opened, told)
    seats.lay_out(work, opened.id, opened.seats)
