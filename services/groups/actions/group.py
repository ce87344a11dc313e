"""What people do with groups: one function for each thing."""

from uuid import UUID

from sqlalchemy import func, select

from chassis.work import Work
from contracts.groups import Role, SeatCategory
from services.groups.rules import charter, sign_up
from services.groups.rules.group import Circle, Group
from services.groups.store import copies
from services.groups.store.tables import CHARTERS, GROUPS, sign_ups


def close_sign_up(work: Work, id: UUID) -> Group:
    """Sign-up ends."""
    closed, told = GROUPS.get(work, id).close_sign_up(who=work.who)
    return GROUPS.put(work, closed, told)


def form_group(work: Work, id: UUID) -> Group:
    """The group has its members."""
    found = GROUPS.get(work, id)
    in_force = CHARTERS.see(work, found.charter_id).state is charter.State.IN_FORCE
    formed, told = found.form(who=work.who, charter_in_force=in_force, circle=_circle(work, id), today=work.today)
    return GROUPS.put(work, formed, told)


def dissolve_group(work: Work, id: UUID, *, reason: str) -> Group:
    """The group is given up."""
    dissolved, told = GROUPS.get(work, id).dissolve(who=work.who, reason=reason, members=copies.members_of(work, id))
    return GROUPS.put(work, dissolved, told)


def vacate_role(work: Work, id: UUID, *, role: Role) -> Group:
    """The sponsor or the facilitator leaves the role."""
    vacated, told = GROUPS.get(work, id).vacate_role(who=work.who, role=role)
    return GROUPS.put(work, vacated, told)


def fill_role(work: Work, id: UUID, *, role: Role, person_id: UUID, employed: bool) -> Group:
    """The body names another sponsor or facilitator."""
    found = GROUPS.get(work, id)
    filled, told = found.fill_role(
        who=work.who,
        role=role,
        person_id=person_id,
        body=copies.voting_members(work, found.body_id, on=work.today),
        employed=employed,
        members=copies.members_of(work, id),
    )
    return GROUPS.put(work, filled, told)


def _circle(work: Work, group_id: UUID) -> Circle:
    """Who has said yes to the group, and who still waits for an answer."""
    of_group = sign_ups.c.group_id == group_id
    shown = select(sign_ups.c.category, sign_ups.c.has_board_office, sign_ups.c.sits_in_body)
    members = work.execute(shown.where(of_group, sign_ups.c.state == sign_up.State.ACCEPTED)).all()
    waiting = select(func.count()).select_from(sign_ups).where(of_group, sign_ups.c.state.in_(sign_up.WAITING))
    return Circle(
        residents_without_office=sum(row.category == SeatCategory.RESIDENT and not row.has_board_office for row in members),
        body_members=sum(row.sits_in_body for row in members),
        unanswered=work.execute(waiting).scalar(),
    )
