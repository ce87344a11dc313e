"""How meetings is put together: its tables, its routes, and what it does when it hears something."""

from chassis.reader import Listens, Order
from chassis.service import Service
from contracts.decisions import DecisionPublished
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
from services.meetings import reactions
from services.meetings.queries.proposal import as_they_stand
from services.meetings.rules.meeting import as_it_stands
from services.meetings.store import tables
from services.meetings.web import (
    anonymous_round,
    answer,
    calendar,
    contribution,
    date_poll,
    group,
    leadership_act,
    meeting,
    minutes,
    proposal,
    recommendation,
    shared_understanding,
    theme,
)

LISTENS: Listens = {
    PolicySet: reactions.keep_policy,
    CharterCameIntoForce: reactions.lay_out_meetings,
    CharterAmended: reactions.lay_out_meetings,
    GroupRoleFilled: reactions.note_leaders,
    GroupTakenOver: reactions.note_body,
    GroupFormed: reactions.note_formed,
    GroupClosed: reactions.note_closed,
    GroupDissolved: reactions.note_closed,
    SeatAccepted: reactions.seat_member,
    MemberLeft: reactions.unseat_member,
    DecisionPublished: reactions.follow_decision,
    DayTurned: reactions.turn,
    PersonGone: reactions.close_calendar,
}

MEETING = (group, meeting, date_poll, answer, calendar, minutes)
TOGETHER = (contribution, theme, shared_understanding, leadership_act, anonymous_round, proposal, recommendation)
ROUTES = [life.routes for life in (*MEETING, *TOGETHER)]

SERVICE = Service(
    name="meetings",
    tables=tables.TABLES,
    routes=ROUTES,
    listens=LISTENS,
    order={"policy": Order.LATEST},
    tells_again={
        "meeting": tables.MEETINGS.told_again(as_it_stands),
        "proposal": as_they_stand,
    },
)
