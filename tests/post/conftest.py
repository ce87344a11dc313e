"""The workshop over each transport: the same promises, asked of both."""

from collections.abc import Iterator
from uuid import uuid4

import pika
import pytest
from sqlalchemy import create_engine, make_url

from chassis.transport import Transport
from chassis.transport.in_process import InProcess
from chassis.transport.rabbitmq import RabbitMQ, queue_of
from deploy.services import SERVICES
from tests.faults import pair
from tests.post import test_model
from tests.post import workshop as the
from tests.post.workshop import SERVICE, Workshop


@pytest.fixture(scope="session")
def workshop_database(admin_url: str) -> str:
    the.make(admin_url)
    return admin_url


@pytest.fixture(scope="session")
def pairs_database(admin_url: str) -> str:
    """The databases of the pair, laid out once."""
    pair.lay_out(admin_url)
    for name in pair.BY_NAME:
        test_model.ADMIN[name] = create_engine(make_url(admin_url).set(database=f"f_{name}"))
    return admin_url


@pytest.fixture(params=["in_process", "rabbitmq"])
def transport(request: pytest.FixtureRequest) -> Iterator[Transport]:
    """Either transport, with nothing in it."""
    if request.param == "in_process":
        yield InProcess()
        return
    url = request.getfixturevalue("amqp_url")
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        for name in (SERVICE.name, *(service.name for service in SERVICES)):  # a queue of another run would take our letters
            connection.channel().queue_delete(queue_of(name))
    made = RabbitMQ(url)
    yield made
    made.close()


@pytest.fixture
def workshop(workshop_database: str, transport: Transport) -> Iterator[Workshop]:
    made = Workshop.on(workshop_database, transport)
    made.here = uuid4()
    yield made
    made.running.engine.dispose()
    made.running.post_engine.dispose()
