"""How groups is put together: its tables, its routes, and what it does when it hears something."""

from chassis.reader import Listens, Order
from chassis.service import Service
from contracts.decisions import CharterDecided, DecisionPublished
from contracts.meetings import MeetingHeld, ProposalSubmitted
from contracts.people import BodyRegistered, DayTurned, DepartmentRegistered, MandateRegistered, PolicySet
from services.groups import reactions, web
from services.groups.store import tables

LISTENS: Listens = {
    PolicySet: reactions.keep_policy,
    DepartmentRegistered: reactions.keep_department,
    BodyRegistered: reactions.keep_body,
    MandateRegistered: reactions.keep_mandate,
    CharterDecided: reactions.follow_charter,
    MeetingHeld: reactions.start_group,
    ProposalSubmitted: reactions.hand_over,
    DecisionPublished: reactions.follow_decision,
    DayTurned: reactions.expire_offers,
}

SERVICE = Service(
    name="groups",
    tables=tables.TABLES,
    routes=[web.routes],
    listens=LISTENS,
    order={"policy": Order.LATEST, "department": Order.LATEST, "body": Order.LATEST, "mandate": Order.LATEST},
)
