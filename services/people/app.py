"""How people is put together: its tables, its routes, and the day that it tells."""

from chassis.reader import Listens
from chassis.service import Service
from contracts.people import PolicySet
from services.people import store
from services.people.actions import by_people
from services.people.rules import body, department, mandate, person
from services.people.rules import interest as rules
from services.people.store import ASSOCIATIONS, BODIES, DEPARTMENTS, INTERESTS, MANDATES, PERSONS
from services.people.web import interest, people

LISTENS: Listens = {}

SERVICE = Service(
    name="people",
    tables=store.TABLES,
    routes=[people.routes, interest.routes],
    listens=LISTENS,
    now_and_then=[by_people.turn_day],
    tells_again={
        "policy": ASSOCIATIONS.told_again(lambda here: PolicySet(version=here.policy_version, policy=here.policy)),
        "department": DEPARTMENTS.told_again(lambda known: department.registered(known)[1]),
        "body": BODIES.told_again(lambda known: body.registered(known)[1]),
        "person": PERSONS.told_again(person.told_again),
        "interest": INTERESTS.told_again(rules.told_again),
        "mandate": MANDATES.told_again(lambda known: mandate.registered(known)[1]),
    },
)
