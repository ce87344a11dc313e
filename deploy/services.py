"""Which services there are: the one list that everything else is made from."""

from chassis.service import Service, heard_kinds
from services.decisions.app import SERVICE as DECISIONS
from services.groups.app import SERVICE as GROUPS
from services.ideas.app import SERVICE as IDEAS
from services.meetings.app import SERVICE as MEETINGS
from services.notices.app import SERVICE as NOTICES
from services.partners.app import SERVICE as PARTNERS
from services.people.app import SERVICE as PEOPLE

SERVICES: tuple[Service, ...] = (PEOPLE, IDEAS, GROUPS, MEETINGS, DECISIONS, NOTICES, PARTNERS)
BY_NAME = {service.name: service for service in SERVICES}
HEARD = heard_kinds(SERVICES)
