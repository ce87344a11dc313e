"""The servers that are broken on purpose: never those of the other tests."""

import os
from collections.abc import Iterator

import pytest

from tests.faults.world import Database, World, servers, world
from tests.servers.node import Node

SEEDS = [int(seed) for seed in os.environ.get("SEEDS", "1").split(",")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each fault meets each seed; SEEDS=1,2,3 gives them."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", SEEDS)


@pytest.fixture(scope="session")
def breakable() -> Iterator[tuple[Database, Node]]:
    with servers() as both:
        yield both


@pytest.fixture
def here(breakable: tuple[Database, Node], seed: int) -> Iterator[World]:
    """A world of its own."""
    with world(*breakable, seed=seed) as made:
        yield made
