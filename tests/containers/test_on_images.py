"""The post keeps its word and the story comes to its end on the images that an installation runs on, the newest and the oldest."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")

from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.container import DockerContainer

from deploy.demo.story import Story
from tests.journeys.test_story import EXPECTED
from tests.servers.full import full_run
from tests.servers.node import until_it_speaks

pytestmark = pytest.mark.containers
HOUSE = Path(__file__).parent.parent.parent
NEWEST, OLDEST = ("postgres:17", "rabbitmq:4-management"), ("postgres:16", "rabbitmq:3.13-management")


@dataclass(frozen=True)
class Servers:
    """A database and a broker, each in a container of its own."""

    database_url: str
    amqp_url: str


@pytest.fixture(scope="module", params=[NEWEST, OLDEST], ids=" and ".join)
def servers(request: pytest.FixtureRequest) -> Iterator[Servers]:
    database, broker = request.param
    postgres = PostgresContainer(database, driver=None).with_command("postgres -c max_connections=300")
    rabbitmq = DockerContainer(broker)
    for container, port in ((postgres, 5432), (rabbitmq, 5672)):
        container.ports = {port: ("127.0.0.1", None)}  # nobody outside this machine reaches it
    with postgres, rabbitmq:
        at, spoken_at = postgres.get_exposed_port(5432), int(rabbitmq.get_exposed_port(5672))
        until_it_speaks(spoken_at)
        admin = f"{postgres.username}:{postgres.password}"
        yield Servers(f"postgresql://{admin}@127.0.0.1:{at}/postgres", f"amqp://guest:guest@127.0.0.1:{spoken_at}/")


def test_the_post_keeps_its_word(servers: Servers) -> None:
    own = os.environ | {"TEST_DATABASE_URL": servers.database_url, "TEST_AMQP_URL": servers.amqp_url}
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/post/test_conformance.py",
        "tests/post/test_outbox.py",
    ]
    said = subprocess.run(words, cwd=HOUSE, env=own, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout[-3000:]
    assert "skipped" not in said.stdout


def test_the_story_comes_to_its_end(servers: Servers, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    with full_run(servers.database_url, servers.amqp_url, folder) as full:
        record = Story(full.world()).play()
    assert {key: record[key] for key in EXPECTED} == EXPECTED
