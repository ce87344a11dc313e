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
from contracts.people import DayTurned, PolicySet
from services.meetings import reactions, web
from services.meetings.store import tables

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
    DayTurned: reactions.flag_late_minutes,
}

SERVICE = Service(name="meetings", tables=tables.TABLES, routes=[web.routes], listens=LISTENS, order={"policy": Order.LATEST})
