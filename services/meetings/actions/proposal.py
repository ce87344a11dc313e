"""What people do with the proposal."""

from uuid import UUID

from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_NOW, Refused
from chassis.work import Work
from services.meetings.rules import contribution, meeting, proposal
from services.meetings.rules.proposal import Proposal
from services.meetings.store import copies, tables
from services.meetings.store import proposal as kept
from services.meetings.store.tables import PROPOSALS


def draft_proposal(work: Work, group_id: UUID, *, title: str, summary: str) -> Proposal:
    """Begin the group's one proposal."""
    copies.one_at_a_time(work, group_id)
    begun = proposal.draft(id=uuid7(), who=work.who, circle=copies.circle(work, group_id), title=title, summary=summary)
    if kept.of_group(work, group_id) is not None:
        raise Refused(NOT_NOW)
    return PROPOSALS.put(work, *begun)


def edit_proposal(work: Work, id: UUID, *, seen: int, title: str | None, summary: str | None) -> Proposal:
    """Call it otherwise."""
    found = PROPOSALS.get(work, id)
    edited = found.edit(
        who=work.who,
        circle=copies.circle(work, found.group_id),
        seen=seen,
        title=found.title if title is None else title,
        summary=found.summary if summary is None else summary,
    )
    return PROPOSALS.put(work, *edited)


def ask_consent(work: Work, id: UUID) -> Proposal:
    """The members are asked."""
    found = PROPOSALS.get(work, id)
    points = tuple(point.told for point in kept.standing(work, id))
    circle = copies.circle(work, found.group_id)
    return PROPOSALS.put(work, *found.ask_consent(who=work.who, circle=circle, recommendations=points))


def consent_to_proposal(work: Work, id: UUID, *, dissent: str) -> Proposal:
    """A member answers."""
    found = PROPOSALS.get(work, id)
    return PROPOSALS.put(work, *found.consent(who=work.who, circle=copies.circle(work, found.group_id), dissent=dissent))


def reopen_proposal(work: Work, id: UUID) -> Proposal:
    """A member wants the text changed after all."""
    found = PROPOSALS.get(work, id)
    return PROPOSALS.put(work, *found.reopen(who=work.who, circle=copies.circle(work, found.group_id)))


def submit_proposal(work: Work, id: UUID) -> Proposal:
    """Hand it to the commissioning body, and keep what was handed over."""
    found = PROPOSALS.get(work, id)
    points = tuple(point.told for point in kept.standing(work, id))
    last = kept.edition(work, id, found.edition - 1)
    submitted = found.submit(
        who=work.who,
        circle=copies.circle(work, found.group_id),
        held=_held(work, found.group_id),
        recommendations=points,
        before=last.recommendations if last else (),
        open_contributions=_open_contributions(work, found.group_id),
    )
    kept.freeze(work, found, points)
    return PROPOSALS.put(work, *submitted)


def _held(work: Work, group_id: UUID) -> int:
    mine = (tables.meetings.c.group_id == group_id, tables.meetings.c.state == meeting.State.HELD)
    return int(work.execute(select(func.count()).select_from(tables.meetings).where(*mine)).scalar() or 0)


def _open_contributions(work: Work, group_id: UUID) -> tuple[UUID, ...]:
    """Those neither traced, answered nor withdrawn. One whose recommendation was taken out waits again."""
    table = tables.contributions
    left = select(table.c.id).where(table.c.group_id == group_id, table.c.state.in_(sorted(contribution.OPEN)))
    return tuple(work.execute(left.order_by(table.c.given_at, table.c.id)).scalars())
