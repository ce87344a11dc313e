"""What meetings does when something is told: one function for each event heard."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import exists, select, update

from chassis.work import Work
from contracts.decisions import DecisionPublished, Outcome
from contracts.event import plain
from contracts.groups import (
    CharterAmended,
    CharterCameIntoForce,
    GroupClosed,
    GroupDissolved,
    GroupFormed,
    GroupRoleFilled,
    GroupTakenOver,
    MemberLeft,
    SeatAccepted,
)
from contracts.people import DayTurned, PolicySet
from services.meetings.rules import meeting
from services.meetings.rules.circle import Circle
from services.meetings.rules.proposal import LIFE as PROPOSAL_LIFE
from services.meetings.store import copies
from services.meetings.store.tables import MEETINGS, PROPOSALS, groups, meetings, minutes, policies, progress, seats


def keep_policy(work: Work, heard: PolicySet) -> None:
    """Remember what the association has decided about its own practice."""
    copies.keep(work, policies, {}, {"version": heard.version, "policy": plain.unstructure(heard.policy)})


def lay_out_meetings(work: Work, heard: CharterCameIntoForce | CharterAmended) -> None:
    """Remember what the charter says of the group, and lay out a meeting for each day of its timetable.

    After an amendment the meetings that are not convened move to its days. An edition that arrives late changes nothing.
    """
    facts = {
        "charter_id": heard.charter_id,
        "body_id": heard.body_id,
        "sponsor_id": heard.text.sponsor_id,
        "facilitator_id": heard.text.facilitator_id,
        "title": heard.text.title,
        "questions": list(heard.text.questions),
        "decision_by": heard.text.decision_by,
        "edition": heard.edition,
        "fewest": heard.meetings_min,
        "most": heard.meetings_max,
    }
    known = work.execute(select(groups.c.edition).where(groups.c.group_id == heard.group_id)).scalar()
    if known is not None and known >= heard.edition:
        return
    copies.keep(work, groups, {"group_id": heard.group_id}, facts)
    days = {uuid5(heard.group_id, f"meeting {number}"): day for number, day in enumerate(heard.text.meetings)}
    circle = copies.circle(work, heard.group_id)
    for planned, (id, day) in enumerate(days.items()):
        if MEETINGS.find(work, id) is None:
            MEETINGS.put(work, *meeting.plan(id=id, who=work.who, circle=circle, day=day, planned=planned))
    _amend_meetings(work, circle, days)


def note_leaders(work: Work, heard: GroupRoleFilled) -> None:
    """Somebody else is sponsor or facilitator, of the meetings that are laid out too."""
    named = {"sponsor_id": heard.sponsor_id, "facilitator_id": heard.facilitator_id}
    copies.group(work, heard.group_id)
    leaders = {role: person for role, person in named.items() if person}
    work.execute(update(groups).where(groups.c.group_id == heard.group_id).values(leaders))
    _amend_meetings(work, copies.circle(work, heard.group_id), {})


def note_body(work: Work, heard: GroupTakenOver) -> None:
    """Another body has the group; its proposal comes before that one."""
    copies.group(work, heard.group_id)
    work.execute(update(groups).where(groups.c.group_id == heard.group_id).values(body_id=heard.body_id))


def note_formed(work: Work, heard: GroupFormed) -> None:
    """The group may be convened."""
    copies.keep(work, progress, {"group_id": heard.group_id}, {"formed": True})


def note_closed(work: Work, heard: GroupClosed | GroupDissolved) -> None:
    """The group is over."""
    copies.keep(work, progress, {"group_id": heard.group_id}, {"closed": True})


def seat_member(work: Work, heard: SeatAccepted) -> None:
    """Somebody is a member, unless we heard before that they have left."""
    key = {"sign_up_id": heard.sign_up_id}
    copies.keep(work, seats, key, {"group_id": heard.group_id, "person_id": heard.person_id, "category": heard.category})


def unseat_member(work: Work, heard: MemberLeft) -> None:
    """Somebody has left."""
    facts = {"group_id": heard.group_id, "person_id": heard.person_id, "has_left": True}
    copies.keep(work, seats, {"sign_up_id": heard.sign_up_id}, facts)


def follow_decision(work: Work, heard: DecisionPublished) -> None:
    """The body has decided on the proposal, or sent it back."""
    found = PROPOSALS.get(work, heard.proposal_id)
    if heard.outcome is Outcome.RETURNED and "be_returned" in PROPOSAL_LIFE.open_to(found, work.who):
        PROPOSALS.put(work, *found.be_returned(who=work.who, reason=heard.reason))
    elif heard.outcome is not Outcome.RETURNED and "decide" in PROPOSAL_LIFE.open_to(found, work.who):
        PROPOSALS.put(work, *found.decide(who=work.who))


def flag_late_minutes(work: Work, heard: DayTurned) -> None:
    """Say of every held meeting whose minutes are not public in time that they are late."""
    public = exists().where(
        minutes.c.association_id == meetings.c.association_id,
        minutes.c.meeting_id == meetings.c.id,
        minutes.c.state == "published",
    )
    late = select(meetings.c.id).where(
        meetings.c.minutes_by < heard.day, meetings.c.state == "held", ~meetings.c.minutes_overdue, ~public
    )
    for id in work.execute(late.order_by(meetings.c.id)).scalars().all():
        MEETINGS.put(work, *MEETINGS.get(work, id).miss_minutes(who=work.who, day=heard.day))


def _amend_meetings(work: Work, circle: Circle, days: Mapping[UUID, date]) -> None:
    """Every meeting of the group that is not called off has the day and the leaders that it now should have."""
    of_group = select(meetings.c.id).where(meetings.c.group_id == circle.group_id).order_by(meetings.c.id)
    leaders = {"facilitator_id": circle.facilitator_id, "sponsor_id": circle.sponsor_id}
    for id in work.execute(of_group).scalars().all():
        found = MEETINGS.get(work, id)
        day = days.get(id, found.day) if found.state is meeting.State.PLANNED else found.day
        same = (found.day, found.facilitator_id, found.sponsor_id) == (day, circle.facilitator_id, circle.sponsor_id)
        if not same and "be_amended" in meeting.LIFE.open_to(found, work.who):
            MEETINGS.put(work, *found.be_amended(who=work.who, day=day, **leaders))
