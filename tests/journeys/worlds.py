"""The front door before services of this process, and the world of a story there."""

from typing import Any

import httpx2

from chassis import clock
from deploy.demo.play import house
from deploy.demo.story import SLUG
from deploy.demo.world import World
from deploy.postgres.provision import provision, url_for
from gateway.app import create_gateway
from gateway.services import Services
from gateway.settings import GatewaySettings
from gateway.store import SERVICE as GATEWAY
from tests.kit import PLENTY, Hall


def door_of(hall: Hall, admin_url: str) -> Any:
    """The gateway before the services of this process."""
    provision(admin_url, GATEWAY, {"gateway": "test-gateway", "gateway_post": "test-gateway_post"})
    url = url_for(admin_url, "gateway", "test-gateway", "gateway")
    return create_gateway(GatewaySettings(key=hall.key, database_url=url, services=Services.here(hall.apps), demo=True, **PLENTY))


def together_world(hall: Hall, admin_url: str) -> World:
    """Everything in this process; the post is moved by hand, and every letter is delivered twice."""
    return world_at(door_of(hall, admin_url), hall, SLUG)


def world_at(door: Any, hall: Hall, slug: str) -> World:
    """The world of one association behind the front door."""
    people = httpx2.Client(transport=httpx2.WSGITransport(hall.apps["people"]), base_url="http://people")
    return World(
        door=lambda: httpx2.Client(transport=httpx2.WSGITransport(door), base_url="http://127.0.0.1:8080"),
        slug=slug,
        house=house(people, hall.key, slug),
        settle=hall.settle,
        set_clock=clock.set_to,
    )
