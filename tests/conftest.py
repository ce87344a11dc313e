"""The story, played once per run in one process, for whichever test wants to look at what it left."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from deploy.demo.story import Story
from deploy.demo.world import World
from tests.journeys.worlds import together_world
from tests.kit import Hall


@dataclass
class Told:
    """What the story left behind: the house, the front door, and the public record."""

    hall: Hall
    world: World
    story: Story
    record: dict[str, Any]


@pytest.fixture(scope="session")
def told(hall: Hall, admin_url: str) -> Iterator[Told]:
    world = together_world(hall, admin_url)
    story = Story(world)
    try:
        record = story.play()
    finally:
        world.set_clock(None)
    world.people.clear()  # sessions of the story's time
    yield Told(hall, world, story, record)
