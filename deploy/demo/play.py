"""Plays the story into an installation, on the story's own dates, through the front door."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2

from chassis import clock
from chassis.identity import Identity
from chassis.tokens import Signer
from deploy.demo.story import ASSOCIATION_ID, SLUG, Story
from deploy.demo.world import StoryStopped, World
from deploy.installation import Installation


def play(installation: Installation, *, shift: timedelta, say: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Play it; the clock is set back to real time afterwards."""
    door = installation.gather()
    world = World(
        door=lambda: httpx2.Client(transport=httpx2.WSGITransport(door), base_url=installation.public_url),
        slug=SLUG,
        house=house(
            httpx2.Client(transport=httpx2.WSGITransport(installation.together.apps["people"]), base_url="http://people"),
            installation.key,
        ),
        settle=installation.together.settle,
        set_clock=clock.set_to,
        shift=shift,
    )
    try:
        return Story(world).play(say)
    finally:
        clock.set_to(None)
        installation.stop()


def house(people: httpx2.Client, key: Any) -> Callable[..., Any]:
    """How the operator asks people: as the house itself, in the association of the story."""
    signer = Signer(key)

    def ask(method: str, path: str, **how: Any) -> Any:
        token = signer.sign(Identity(association_id=ASSOCIATION_ID), audience="people")
        how["headers"] = {**how.get("headers", {}), "Authorization": f"Bearer {token}"}
        answer = people.request(method, path, **how)
        if answer.status_code >= 400:
            raise StoryStopped(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json()

    return ask
