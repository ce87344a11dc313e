"""What happens to a charter and its amendments when something is told."""

from uuid import UUID

from sqlalchemy import select

from chassis.work import Work
from contracts.decisions import AmendmentDecided, CharterDecided, DocketItemTakenOver, Outcome, RevocationDecided
from contracts.groups import Role
from services.groups.rules import amendment, charter, group
from services.groups.rules.amendment import Amendment
from services.groups.rules.charter import Charter
from services.groups.rules.group import Group
from services.groups.rules.wording import finished, named, with_leaders
from services.groups.store import copies, editions, seats
from services.groups.store.tables import AMENDMENTS, CHARTERS, GROUPS, amendments


def follow_charter(work: Work, heard: CharterDecided) -> None:
    """The body has adopted, returned or rejected a charter. What it said about an older edition was overtaken."""
    found = CHARTERS.get(work, heard.charter_id)
    if found.state is not charter.State.PROPOSED or found.edition != heard.edition:
        return
    if heard.outcome is Outcome.ADOPTED:
        _set_up(work, found)
    elif heard.outcome is Outcome.REJECTED:
        rejected, told = found.be_rejected(who=work.who, reason=heard.reason)
        editions.settle(work, found.id, found.edition, "rejected", heard.reason)
        CHARTERS.put(work, rejected, told)
    else:
        returned, told = found.be_returned(who=work.who, reason=heard.reason)
        editions.settle(work, found.id, found.edition, "returned", heard.reason)
        CHARTERS.put(work, returned, told)


def follow_amendment(work: Work, heard: AmendmentDecided) -> None:
    """The body has adopted, returned or rejected an amendment; an adopted one is the charter's next edition."""
    found = AMENDMENTS.get(work, heard.amendment_id)
    if found.state is not amendment.State.PROPOSED or found.attempt != heard.attempt:
        return
    if heard.outcome is Outcome.ADOPTED:
        _amend(work, found)
    elif heard.outcome is Outcome.REJECTED:
        rejected, told = found.be_rejected(who=work.who, reason=heard.reason)
        AMENDMENTS.put(work, rejected, told)
    else:
        returned, told = found.be_returned(who=work.who, reason=heard.reason)
        AMENDMENTS.put(work, returned, told)


def follow_revocation(work: Work, heard: RevocationDecided) -> None:
    """The body has taken the charter back, and its group is dissolved for the same reason; or it has not."""
    found = CHARTERS.get(work, heard.charter_id)
    if found.state is not charter.State.IN_FORCE or not found.revocation or found.revocations != heard.number:
        return
    if heard.outcome is not Outcome.ADOPTED:
        upheld, told = found.be_upheld(who=work.who, reason=heard.reason)
        CHARTERS.put(work, upheld, told)
        return
    revoked, told = found.be_revoked(who=work.who)
    CHARTERS.put(work, revoked, told)
    editions.settle(work, found.id, found.edition, "revoked", revoked.reason)
    for waiting in _amendments_under_way(work, found.id):
        lapsed, told = waiting.lapse(who=work.who)
        AMENDMENTS.put(work, lapsed, told)
    _dissolve(work, found.group_id, revoked.reason)


def follow_take_over(work: Work, heard: DocketItemTakenOver) -> None:
    """The organisation board decides where a department has no board; charter, amendment and group are its own from now on."""
    if heard.charter_id is None:
        return
    found = CHARTERS.get(work, heard.charter_id)
    if found.body_id == heard.body_id or "be_taken_over" not in charter.LIFE.open_to(found, work.who):
        return
    taken, told = found.be_taken_over(who=work.who, body_id=heard.body_id)
    CHARTERS.put(work, taken, told)
    for waiting in _amendments_under_way(work, found.id):
        moved_too, told = waiting.be_taken_over(who=work.who, body_id=heard.body_id)
        AMENDMENTS.put(work, moved_too, told)
    running = GROUPS.find(work, found.group_id)
    if running is not None and not running.over:
        moved, told = running.be_taken_over(who=work.who, body_id=heard.body_id)
        GROUPS.put(work, moved, told)


def _set_up(work: Work, proposed: Charter) -> None:
    """A charter comes into force and its group opens, with its places: one and the same moment."""
    now_in_force = copies.policy(work)
    adopted, told = proposed.come_into_force(who=work.who, policy=now_in_force.policy, policy_version=now_in_force.version)
    kept = CHARTERS.put(work, adopted, told)
    editions.settle(work, kept.id, kept.edition, "in_force")
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


def _amend(work: Work, adopted: Amendment) -> None:
    """The charter is in force as its next edition, and its group is as that one says; unless there is nothing to amend.

    Who leads the group today goes on, unless the amendment names somebody else than the charter did.
    """
    found, running = CHARTERS.get(work, adopted.charter_id), GROUPS.get(work, adopted.group_id)
    if found.state is not charter.State.IN_FORCE or running.over:
        lapsed, told = adopted.lapse(who=work.who)
        AMENDMENTS.put(work, lapsed, told)
        return
    entered, told = adopted.come_into_force(who=work.who)
    AMENDMENTS.put(work, entered, told)
    stay = frozenset(role for role in Role if named(adopted.wording, role) == named(found.wording, role))
    wording = with_leaders(adopted.wording, {role: group.holder(running, role) for role in stay})
    amended, told = found.be_amended(who=work.who, wording=wording, members=copies.members_of(work, running.id))
    CHARTERS.put(work, amended, told)
    editions.settle(work, found.id, found.edition, "superseded")
    editions.lay(work, found.id, amended.edition, amended.wording, why=adopted.why, standing="in_force")
    changed, told = running.be_amended(who=work.who, text=finished(amended.wording), edition=amended.edition, stay=stay)
    GROUPS.put(work, changed, told)
    _add_places(work, running, changed)


def _add_places(work: Work, before: Group, now: Group) -> None:
    """The places that the amendment adds are offered to the reserve list, like any that fall vacant."""
    seats.lay_out(work, now.id, now.seats)
    for category in sorted({plan.category for plan in now.seats if plan not in before.seats}):
        seats.offer_vacant(work, now.id, category)


def _amendments_under_way(work: Work, charter_id: UUID) -> list[Amendment]:
    waiting = (amendments.c.charter_id == charter_id, amendments.c.state.in_(amendment.OPEN))
    return [AMENDMENTS.get(work, id) for id in work.execute(select(amendments.c.id).where(*waiting)).scalars().all()]


def _dissolve(work: Work, group_id: UUID, reason: str) -> None:
    running = GROUPS.get(work, group_id)
    if not running.over:
        dissolved, told = running.dissolve(who=work.who, reason=reason, members=copies.members_of(work, group_id))
        GROUPS.put(work, dissolved, told)
