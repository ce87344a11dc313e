"""How partners is put together: its tables, its routes, and all that it listens to on behalf of those outside."""

from chassis.reader import Listens, Order
from chassis.service import Service
from contracts.event import Event
from contracts.outside import TO_ALL
from contracts.partners import GrantTested
from contracts.people import DayTurned
from services.partners import reactions
from services.partners.store.tables import TABLES
from services.partners.web import credential, feed, grant

LISTENS: Listens = {
    **{Event.known[kind]: reactions.tell_partners for kind in TO_ALL},
    GrantTested: reactions.tell_one_partner,
    DayTurned: reactions.forget_the_oldest,
}

TOLD_ANEW = ("idea", "charter", "group", "meeting", "proposal", "decision")
"""Their letters are put into the feed in the order of their sequence, whatever the way does to them; a service that is new here
learns from their owner how far each had come. The letters about other things come in the order in which their owner sent them."""

SERVICE = Service(
    name="partners",
    tables=TABLES,
    routes=[grant.routes, credential.routes, feed.routes],
    listens=LISTENS,
    order=dict.fromkeys(TOLD_ANEW, Order.STRICT) | dict.fromkeys(("body", "department"), Order.LATEST),
)
