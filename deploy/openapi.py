"""The document of the whole API, made anew from the routes: `make docs` keeps it where the gateway serves it."""

from typing import Any

from chassis.document import described
from deploy.services import SERVICES
from gateway.document import whole


def document() -> dict[str, Any]:
    """Whatever services there are, each by its own word."""
    return whole({service.name: described(service.name, service.routes) for service in SERVICES})
