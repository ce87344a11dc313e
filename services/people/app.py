"""How people is put together: its tables, its routes, and the day that it tells."""

from chassis.reader import Listens
from chassis.service import Service
from services.people import store
from services.people.actions import by_people
from services.people.web import interest, people

LISTENS: Listens = {}

SERVICE = Service(
    name="people",
    tables=store.TABLES,
    routes=[people.routes, interest.routes],
    listens=LISTENS,
    now_and_then=[by_people.turn_day],
)
