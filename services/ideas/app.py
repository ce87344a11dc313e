"""How ideas is put together: its tables, its routes, and what it does when it hears something."""

from chassis.reader import Listens, Order
from chassis.service import Service
from contracts.decisions import DecisionPublished
from contracts.groups import CharterCameIntoForce
from contracts.ideas import EndorsementCarried, EndorsementGiven, EndorsementWithdrawn, IdeaMerged, IdeaOverdue
from contracts.people import BodyRegistered, DayTurned, DepartmentRegistered, PolicySet
from services.ideas.reactions import copies, endorsement, idea
from services.ideas.rules import comment as comment_rules
from services.ideas.rules import endorsement as endorsement_rules
from services.ideas.rules import idea as idea_rules
from services.ideas.store.tables import COMMENTS, ENDORSEMENTS, IDEAS, TABLES
from services.ideas.web import comment as comment_web
from services.ideas.web import endorsement as endorsement_web
from services.ideas.web import idea as idea_web

LISTENS: Listens = {
    PolicySet: copies.keep_policy,
    DepartmentRegistered: copies.keep_department,
    BodyRegistered: copies.keep_body,
    EndorsementGiven: endorsement.count_endorsement,
    EndorsementWithdrawn: endorsement.discount_endorsement,
    EndorsementCarried: endorsement.carry_more_endorsements,
    IdeaMerged: endorsement.carry_endorsements,
    CharterCameIntoForce: idea.set_idea_to_work,
    DecisionPublished: idea.conclude_idea,
    DayTurned: idea.mark_overdue,
    IdeaOverdue: idea.mark_more_overdue,
}

SERVICE = Service(
    name="ideas",
    tables=TABLES,
    routes=[idea_web.routes, endorsement_web.routes, comment_web.routes],
    listens=LISTENS,
    order={"policy": Order.LATEST, "department": Order.LATEST, "body": Order.LATEST},
    tells_again={
        "idea": IDEAS.told_again(idea_rules.as_it_stands),
        "endorsement": ENDORSEMENTS.told_again(endorsement_rules.as_it_stands),
        "comment": COMMENTS.told_again(comment_rules.as_it_stands),
    },
)
