"""What meetings does when something is told: one function for each event heard."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy import exists, select, update

from chassis import answered
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
from contracts.people import DayTurned, PersonGone, PolicySet
from services.meetings.rules import meeting
from services.meetings.rules.calendar import LIFE as CALENDAR_LIFE
from services.meetings.rules.circle import Circle
from services.meetings.rules.date_poll import silent
from services.meetings.rules.proposal import LIFE as PROPOSAL_LIFE
from services.meetings.store import copies
from services.meetings.store import proposal as kept
from services.meetings.store.meeting import planned
from services.meetings.store.tables import (
    ANONYMOUS_ROUNDS,
    CALENDARS,
    DATE_POLLS,
    MEETINGS,
    PROPOSALS,
    anonymous_rounds,
    date_polls,
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


def lay_out_meetings(work: Work, heard: CharterCameIntoForce | CharterAmended) -> None:
    """Remember what the charter says of the group, and lay out a meeting for each day of its timetable.

    After an amendment the meetings that nobody was called to move to its days, and more days are more meetings.
    An edition that arrives late changes nothing.
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
    for id, day in days.items():
        so_far = planned(work, heard.group_id)  # the group may have laid out as many itself
        if so_far < circle.most and MEETINGS.find(work, id) is None:
            MEETINGS.put(work, *meeting.plan(id=id, who=work.who, circle=circle, day=day, planned=so_far))
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
    """The group is over: it meets no more, nobody is asked when, and what it asks itself without names is asked no more."""
    copies.keep(work, progress, {"group_id": heard.group_id}, {"closed": True})
    _call_off(work, heard.group_id)
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


def turn(work: Work, heard: DayTurned) -> None:
    """A day has begun: what is late is said to be late, and who is missing is reminded."""
    answered.forget(work)
    flag_late_minutes(work, heard)
    remind_of_date_polls(work, heard)


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


def remind_of_date_polls(work: Work, heard: DayTurned) -> None:
    """Remind those members who have not answered a date poll whose last day is near; nobody is reminded twice."""
    near = select(date_polls.c.id).where(
        date_polls.c.remind_on <= heard.day, date_polls.c.state == "open", ~date_polls.c.reminded
    )
    for id in work.execute(near.order_by(date_polls.c.id)).scalars().all():
        found = DATE_POLLS.get(work, id)
        circle = copies.circle(work, found.group_id)
        if silent(found, circle):
            DATE_POLLS.put(work, *found.remind(who=work.who, circle=circle, day=heard.day))


def close_calendar(work: Work, heard: PersonGone) -> None:
    """Nobody reads the calendar of a person who is gone."""
    found = CALENDARS.find(work, heard.person_id)
    if found is not None and "close" in CALENDAR_LIFE.open_to(found, work.who):
        CALENDARS.put(work, *found.close(who=work.who))


def _amend_meetings(work: Work, circle: Circle, days: Mapping[UUID, date]) -> None:
    """Every meeting of the group that is not called off has the day and the leaders that it now should have."""
    copies.hand_over(work, circle)
    of_group = select(meetings.c.id).where(meetings.c.group_id == circle.group_id).order_by(meetings.c.id)
    leaders = {"facilitator_id": circle.facilitator_id, "sponsor_id": circle.sponsor_id}
    for id in work.execute(of_group).scalars().all():
        found = MEETINGS.get(work, id)
        free = found.state is meeting.State.PLANNED and found.starts is None
        day = days.get(id, found.day) if free else found.day
        same = (found.day, found.facilitator_id, found.sponsor_id) == (day, circle.facilitator_id, circle.sponsor_id)
        if not same and "be_amended" in meeting.LIFE.open_to(found, work.who):
            MEETINGS.put(work, *found.be_amended(who=work.who, day=day, **leaders))


def _call_off(work: Work, group_id: UUID) -> None:
    """What a group that is over has ahead is called off: its meetings, and the date polls still open."""
    ahead = select(meetings.c.id).where(meetings.c.group_id == group_id, meetings.c.state.in_(("planned", "convened")))
    for id in work.execute(ahead.order_by(meetings.c.id)).scalars().all():
        MEETINGS.put(work, *MEETINGS.get(work, id).lapse(who=work.who, circle=copies.circle(work, group_id), now=work.now))
    asked = select(date_polls.c.id).where(date_polls.c.group_id == group_id, date_polls.c.state == "open")
    for id in work.execute(asked.order_by(date_polls.c.id)).scalars().all():
        DATE_POLLS.put(work, *DATE_POLLS.get(work, id).drop(who=work.who, circle=copies.circle(work, group_id)))


def _end_rounds(work: Work, group_id: UUID) -> None:
    asked = select(anonymous_rounds.c.id).where(anonymous_rounds.c.group_id == group_id, anonymous_rounds.c.state == "open")
    for id in work.execute(asked.order_by(anonymous_rounds.c.id)).scalars().all():
        ANONYMOUS_ROUNDS.put(work, *ANONYMOUS_ROUNDS.get(work, id).lapse(who=work.who))
