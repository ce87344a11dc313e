"""How decisions is put together: its tables, its routes, and what it does when it hears something."""

from chassis.reader import Listens, Order
from chassis.service import Service
from contracts.groups import AmendmentProposed, CharterAmended, CharterCameIntoForce, CharterProposed, RevocationAsked
from contracts.meetings import ProposalSubmitted
from contracts.people import BodyRegistered, DayTurned, DepartmentRegistered, MandateRegistered, PolicySet
from services.decisions import reactions
from services.decisions.rules import task as task_rules
from services.decisions.rules.decision import as_it_stands
from services.decisions.store import tables
from services.decisions.web import decision, docket_item, review, survey, task
from services.decisions.web import round as together

LISTENS: Listens = {
    PolicySet: reactions.keep_policy,
    DepartmentRegistered: reactions.keep_department,
    BodyRegistered: reactions.keep_body,
    MandateRegistered: reactions.keep_mandate,
    CharterProposed: reactions.lay_charter,
    CharterCameIntoForce: reactions.keep_charter,
    CharterAmended: reactions.keep_charter,
    AmendmentProposed: reactions.lay_amendment,
    RevocationAsked: reactions.lay_revocation,
    ProposalSubmitted: reactions.lay_proposal,
    DayTurned: reactions.do_what_is_due,
}

SERVICE = Service(
    name="decisions",
    tables=tables.TABLES,
    routes=[each.routes for each in (docket_item, decision, together, task, review, survey)],
    listens=LISTENS,
    order={"policy": Order.LATEST, "department": Order.LATEST, "body": Order.LATEST, "mandate": Order.LATEST},
    tells_again={
        "decision": tables.DECISIONS.told_again(as_it_stands),
        "task": tables.TASKS.told_again(task_rules.as_it_stands),
    },
)
