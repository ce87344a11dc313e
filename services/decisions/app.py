"""How decisions is put together: its tables, its routes, and what it does when it hears something."""

from chassis.reader import Listens, Order
from chassis.service import Service
from contracts.groups import CharterCameIntoForce, CharterProposed
from contracts.meetings import ProposalSubmitted
from contracts.people import BodyRegistered, DayTurned, DepartmentRegistered, MandateRegistered, PolicySet
from services.decisions import reactions
from services.decisions.store import tables
from services.decisions.web import decision, docket_item, task

LISTENS: Listens = {
    PolicySet: reactions.keep_policy,
    DepartmentRegistered: reactions.keep_department,
    BodyRegistered: reactions.keep_body,
    MandateRegistered: reactions.keep_mandate,
    CharterProposed: reactions.lay_charter,
    CharterCameIntoForce: reactions.keep_charter,
    ProposalSubmitted: reactions.lay_proposal,
    DayTurned: reactions.mark_overdue,
}

SERVICE = Service(
    name="decisions",
    tables=tables.TABLES,
    routes=[docket_item.routes, decision.routes, task.routes],
    listens=LISTENS,
    order={"policy": Order.LATEST, "department": Order.LATEST, "body": Order.LATEST, "mandate": Order.LATEST},
)
