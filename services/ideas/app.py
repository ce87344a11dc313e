"""How ideas is put together: its tables, its routes, and what it does when it hears something."""

from chassis.reader import Listens, Order
from chassis.service import Service
from contracts.decisions import DecisionPublished
from contracts.groups import CharterCameIntoForce
from contracts.ideas import EndorsementGiven, EndorsementWithdrawn
from contracts.people import DayTurned, DepartmentRegistered, PolicySet
from services.ideas import reactions, store, web

LISTENS: Listens = {
    PolicySet: reactions.keep_policy,
    DepartmentRegistered: reactions.keep_department,
    EndorsementGiven: reactions.count_endorsement,
    EndorsementWithdrawn: reactions.discount_endorsement,
    CharterCameIntoForce: reactions.take_up_idea,
    DecisionPublished: reactions.conclude_idea,
    DayTurned: reactions.mark_overdue,
}

SERVICE = Service(
    name="ideas",
    tables=store.TABLES,
    routes=[web.routes],
    listens=LISTENS,
    order={"policy": Order.LATEST, "department": Order.LATEST},
)
