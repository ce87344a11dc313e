"""How groups is put together: its tables, its routes, and what it does when it hears something."""

from chassis.reader import Listens, Order
from chassis.service import Service
from contracts.decisions import AmendmentDecided, CharterDecided, DecisionPublished, DocketItemTakenOver, RevocationDecided
from contracts.meetings import MeetingHeld, ProposalSubmitted
from contracts.people import BodyRegistered, DayTurned, DepartmentRegistered, MandateRegistered, PersonGone, PolicySet
from services.groups.reactions import charter as charters
from services.groups.reactions import copies, day
from services.groups.reactions import group as groups
from services.groups.rules import charter as charter_rules
from services.groups.rules import group as group_rules
from services.groups.rules import sign_up as sign_up_rules
from services.groups.store import tables
from services.groups.web import amendment, charter, draw, group, sign_up, template

LISTENS: Listens = {
    PolicySet: copies.keep_policy,
    DepartmentRegistered: copies.keep_department,
    BodyRegistered: copies.keep_body,
    MandateRegistered: copies.keep_mandate,
    PersonGone: groups.vacate_roles_of,
    CharterDecided: charters.follow_charter,
    AmendmentDecided: charters.follow_amendment,
    RevocationDecided: charters.follow_revocation,
    DocketItemTakenOver: charters.follow_take_over,
    MeetingHeld: groups.start_group,
    ProposalSubmitted: groups.hand_over,
    DecisionPublished: groups.follow_decision,
    DayTurned: day.turn,
}

SERVICE = Service(
    name="groups",
    tables=tables.TABLES,
    routes=[charter.routes, amendment.routes, template.routes, group.routes, sign_up.routes, draw.routes],
    listens=LISTENS,
    order={"policy": Order.LATEST, "department": Order.LATEST, "body": Order.LATEST, "mandate": Order.LATEST},
    tells_again={
        "charter": tables.CHARTERS.told_again(charter_rules.as_it_stands),
        "group": tables.GROUPS.told_again(group_rules.as_it_stands),
        "sign_up": tables.SIGN_UPS.told_again(sign_up_rules.as_it_stands),
    },
)
