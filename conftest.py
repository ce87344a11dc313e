"""Servers and the house, started once per run, for whichever test asks."""

import os
from collections.abc import Iterator

import pytest

os.environ["SAMSKAB_RUN"] = "test"

from tests.kit import Hall


@pytest.fixture(scope="session")
def admin_url() -> Iterator[str]:
    """A PostgreSQL of our own, empty."""
    from tests.servers.postgres import postgres

    with postgres() as url:
        yield url


@pytest.fixture(scope="session")
def hall(admin_url: str) -> Hall:
    """All services in this process, with the post moved by hand."""
    from deploy.services import SERVICES

    return Hall(admin_url, SERVICES)


@pytest.fixture(scope="session")
def amqp_url() -> Iterator[str]:
    """A RabbitMQ of our own, or the one that is named; without one the run fails."""
    from tests.servers.rabbitmq import rabbitmq

    with rabbitmq() as url:
        yield url


@pytest.fixture
def clock_back() -> Iterator[None]:
    """Sets the clock back to real time after a test that moved it."""
    from chassis import clock

    yield
    clock.set_to(None)
