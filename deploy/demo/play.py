"""Plays stories into an installation, on the stories' own dates, through the front door."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid5

import httpx2

from chassis import clock
from chassis.identity import Identity
from chassis.tokens import Signer
from deploy.demo.story import NAMESPACE, SLUG
from deploy.demo.world import StoryStopped, World
from deploy.installation import Installation

Left = TypeVar("Left")


def play(installation: Installation, *, shift: timedelta, tell: Callable[[Callable[[str], World]], Left]) -> Left:
    """Let `tell` play in the worlds of its associations; the clock is set back to real time afterwards."""
    door = installation.gather()

    def world_of(slug: str) -> World:
        people = httpx2.Client(transport=httpx2.WSGITransport(installation.together.apps["people"]), base_url="http://people")
        return World(
            door=lambda: httpx2.Client(transport=httpx2.WSGITransport(door), base_url=installation.public_url),
            slug=slug,
            house=house(people, installation.key, slug),
            settle=installation.together.settle,
            set_clock=clock.set_to,
            shift=shift,
        )

    try:
        return tell(world_of)
    finally:
        clock.set_to(None)
        installation.stop()


def house(people: httpx2.Client, key: Any, slug: str = SLUG) -> Callable[..., Any]:
    """How the operator asks people: as the house itself, in the association of the story."""
    signer = Signer(key)

    def ask(method: str, path: str, **how: Any) -> Any:
        token = signer.sign(Identity(association_id=uuid5(NAMESPACE, slug)), audience="people")
        how["headers"] = {**how.get("headers", {}), "Authorization": f"Bearer {token}"}
        answer = people.request(method, path, **how)
        if answer.status_code >= 400:
            raise StoryStopped(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json()

    return ask
