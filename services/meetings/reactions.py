"""What meetings does when something is told: one function for each event heard."""

from uuid import UUID, uuid5

from sqlalchemy import exists, select

from chassis.work import Work
from contracts.decisions import DecisionPublished, Outcome
from contracts.event import plain
from contracts.groups import CharterCameIntoForce, GroupClosed, GroupDissolved, GroupFormed, MemberLeft, SeatAccepted
from contracts.people import DayTurned, PolicySet
from services.meetings.rules import meeting
from services.meetings.rules.proposal import LIFE as PROPOSAL_LIFE
from services.meetings.store import copies
from services.meetings.store import proposal as kept
from services.meetings.store.tables import (
    ANONYMOUS_ROUNDS,
    MEETINGS,
    PROPOSALS,
    anonymous_rounds,
    groups,
    meetings,
    minutes,
    policies,
    progress,
    seats,
)


def keep_policy(work: Work, heard: PolicySet) -> None:
    """Remember what the association has decided about its own practice."""
    copies.keep(work, policies, {}, {"version": heard.version, "policy": plain.unstructure(heard.policy)})


def lay_out_meetings(work: Work, heard: CharterCameIntoForce) -> None:
    """Remember what the charter says of the group, and lay out a meeting for each day of its timetable."""
    facts = {
        "charter_id": heard.charter_id,
        "body_id": heard.body_id,
        "sponsor_id": heard.text.sponsor_id,
        "facilitator_id": heard.text.facilitator_id,
        "title": heard.text.title,
        "questions": list(heard.text.questions),
        "decision_by": heard.text.decision_by,
        "fewest": heard.meetings_min,
        "most": heard.meetings_max,
    }
    copies.keep(work, groups, {"group_id": heard.group_id}, facts)
    circle = copies.circle(work, heard.group_id)
    for number, day in enumerate(heard.text.meetings):
        id = uuid5(heard.group_id, f"meeting {number}")
        if MEETINGS.find(work, id) is None:
            MEETINGS.put(work, *meeting.plan(id=id, who=work.who, circle=circle, day=day, planned=number))


def note_formed(work: Work, heard: GroupFormed) -> None:
    """The group may be convened."""
    copies.keep(work, progress, {"group_id": heard.group_id}, {"formed": True})


def note_closed(work: Work, heard: GroupClosed | GroupDissolved) -> None:
    """The group is over; what it asks itself without names is asked no more."""
    copies.keep(work, progress, {"group_id": heard.group_id}, {"closed": True})
    _end_rounds(work, heard.group_id)


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
        kept.note_returned(work, found.id, found.edition, heard.reason)
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


def _end_rounds(work: Work, group_id: UUID) -> None:
    asked = select(anonymous_rounds.c.id).where(anonymous_rounds.c.group_id == group_id, anonymous_rounds.c.state == "open")
    for id in work.execute(asked.order_by(anonymous_rounds.c.id)).scalars().all():
        ANONYMOUS_ROUNDS.put(work, *ANONYMOUS_ROUNDS.get(work, id).lapse(who=work.who))
