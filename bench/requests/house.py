"""What is asked: the floor, and the full run's gateway and services, on databases that a story was played into."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import psycopg
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import make_url

from bench.requests import fill, floor
from bench.requests.fill import Visitor
from bench.requests.sizes import Sizes
from chassis.identity import Identity
from chassis.tokens import Signer
from deploy import secrets
from deploy.demo.play import play
from deploy.demo.story import SLUG, Story
from deploy.demo.strands import Stage, tell
from deploy.demo.world import World
from deploy.installation import Installation
from deploy.services import SERVICES
from tests.servers import webs

Program = tuple[str, dict[str, str]]
"""A WSGI application as gunicorn finds it, and what its processes find in their environment."""

UNLIMITED = {f"{whose}_{what}_A_MINUTE": "1000000000" for whose in ("PERSON", "ASSOCIATION") for what in ("READS", "WRITES")}
"""How much anybody may ask for, so that a driver which stands for very many is not taken for one who asks too much."""

NO_BROKER = "amqp://nobody:nobody@127.0.0.1:1/"
"""Web processes never touch it."""


@dataclass(frozen=True)
class Web:
    """One web process and its workers."""

    name: str
    url: str
    root: int


class Beginning:
    """The story, as far as it is needed."""

    def __init__(self, story: Story, until: str) -> None:
        self.story, self.world, self.until = story, story.world, until

    def stages(self) -> list[Stage]:
        """What happens, in order."""
        told = list(self.story.stages())
        return told[: [sentence for sentence, _ in told].index(self.until)]


@dataclass
class House:
    """The databases of an installation on a server, and the processes that were started on them."""

    admin_url: str
    folder: Path
    stack: ExitStack
    sizes: Sizes
    visitors: list[Visitor] = field(default_factory=list)
    webs: dict[str, Web] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.secrets = self.folder / "secrets"
        where = make_url(self.admin_url)
        secrets.write(self.secrets, database=f"{where.host}:{where.port}")
        installation = Installation.at(self.folder, self.admin_url)
        self.key, self.signer = installation.key, Signer(installation.key)
        was, os.environ["SAMSKAB_RUN"] = os.environ.get("SAMSKAB_RUN", ""), "demo"  # so that the clock may be set
        self.group_id = UUID(play(installation, shift=timedelta(), tell=partial(_tell, self.sizes)))
        os.environ["SAMSKAB_RUN"] = was
        with self.sql("ideas") as ideas, self.sql("people") as people:
            self.template = fill.template(ideas, people, SLUG)

    def sql(self, database: str) -> "psycopg.Connection[Any]":
        """An administrator's connection; each statement commits by itself."""
        url = make_url(self.admin_url).set(database=database, drivername="postgresql")
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)

    def copy(self, database: str, copy: str) -> None:
        """The same database once more, and how a service reaches it."""
        with self.sql("postgres") as admin:
            admin.execute(f"create database {copy} template {database}")
        for role in ("", "_post"):
            url = (self.secrets / f"{database}{role}.database_url").read_text()
            (self.secrets / f"{copy}{role}.database_url").write_text(url.rpartition("/")[0] + f"/{copy}")

    def furnish(self) -> None:
        """Move in as many associations, persons and ideas as are wanted; the visitors sign in."""
        of = self.sizes
        ids = self.ids(of.associations)
        with self.sql("people") as people:
            fill.associations(people, self.template, ids[1:])
            fill.persons(people, self.template, ids, of.persons // of.associations)
        with self.sql("ideas") as database:
            fill.ideas(database, self.template, ids, of.ideas, of.endorsers)
        slugs = [SLUG, *(f"a-{number}" for number in range(1, of.associations))]
        here = list(zip(ids, slugs, strict=True))
        self.visitors = [Visitor(*here[n % of.associations], 1 + n // of.associations) for n in range(of.visitors)]
        with self.sql("gateway") as gateway:
            fill.sessions(gateway, self.template, self.visitors)

    def ids(self, associations: int) -> list[UUID]:
        """So many associations, the story's own first."""
        return [
            self.template.association_id,
            *(fill.named("association", self.template.association_id, n) for n in range(1, associations)),
        ]

    def service(self, name: str, database: str = "") -> Web:
        """A service's web process."""
        return self.start(database or name, *self.of_service(name, database))

    def gateway(self) -> Web:
        """The front door, with every service behind it."""
        for service in SERVICES:
            self.webs.get(service.name) or self.service(service.name)
        return self.start("gateway", *self.of_gateway())

    def floor(self) -> Web:
        """The floor, with as many ideas and endorsements as the house has."""
        with self.sql("postgres") as admin:
            admin.execute(f"create database {floor.DATABASE}")
        with self.sql("ideas") as ideas, self.sql(floor.DATABASE) as database:
            floor.fill(database, ideas, self.template, self.ids(self.sizes.associations), self.sizes, self.group_id)
        return self.start("floor", *self.of_floor())

    def of_service(self, name: str, database: str = "") -> Program:
        """How a service's web process is started."""
        own = webs.of_service(name, self.secrets, NO_BROKER)
        own["DATABASE_URL_FILE"] = str(self.secrets / f"{database or name}.database_url")
        return f"deploy.web:service('{name}')", own

    def of_gateway(self) -> Program:
        """How the gateway is started."""
        behind = {service.name: self.webs[service.name].url for service in SERVICES}
        return "deploy.door:gateway()", webs.of_gateway(self.secrets, "http://127.0.0.1", behind) | UNLIMITED

    def of_floor(self) -> Program:
        """How the floor is started."""
        url = make_url(self.admin_url).set(database=floor.DATABASE, drivername="postgresql+psycopg")
        keys = json.dumps(KeySet([self.key]).as_dict(private=False))
        return "bench.floors.web:create()", {
            "FLOOR_DATABASE_URL": url.render_as_string(hide_password=False),
            "FLOOR_PUBLIC_KEYS": keys,
            "GUNICORN_CMD_ARGS": "--worker-class sync",
        }

    def start(self, name: str, app: str, environment: dict[str, str]) -> Web:
        """Start it and wait until it answers; it stays until the end."""
        self.webs[name] = self.stack.enter_context(self.running(name, app, environment))
        return self.webs[name]

    @contextmanager
    def running(self, name: str, app: str, environment: dict[str, str]) -> Iterator[Web]:
        """It runs, and answers."""
        port, log = webs.free_port(), self.folder / f"{name}.log"
        own = environment | {"WEB_CONCURRENCY": str(self.sizes.workers), "SAMSKAB_RUN": "", "WEB_LEAVES_AFTER": "0"}
        with webs.web(app, own, port, log) as root:
            webs.until_ready(f"http://127.0.0.1:{port}/healthz", log, look_every=0.01)
            yield Web(name, f"http://127.0.0.1:{port}", root.pid)

    def token(self, visitor: Visitor, service: str) -> dict[str, str]:
        """What the gateway would say to a service about a visitor."""
        departments = frozenset(self.template.departments)
        who = Identity(association_id=visitor.association_id, person_id=visitor.person_id, departments=departments)
        return self.word(who, service)

    @staticmethod
    def nobody(association_id: UUID) -> Identity:
        """The house itself, as which the gateway asks who somebody is."""
        return Identity(association_id=association_id)

    def word(self, who: Identity, service: str) -> dict[str, str]:
        """The gateway's word on somebody."""
        return {"Authorization": f"Bearer {self.signer.sign(who, audience=service)}"}

    def floor_token(self, visitor: Visitor) -> dict[str, str]:
        """The floor's own kind of token."""
        now = int(time.time())
        claims = {"iss": "floor", "aud": "floor", "exp": now + 60, "association": str(visitor.association_id)}
        claims["sub"] = str(visitor.person_id)
        return {"Authorization": f"Bearer {jwt.encode({'alg': 'Ed25519'}, claims, self.key, algorithms=['Ed25519'])}"}


def _tell(sizes: Sizes, world_of: Any) -> str:
    story = Story(cast(World, world_of(SLUG)))
    tell([Beginning(story, sizes.until)])
    return str(story.is_["group"])
