"""An installation of its own with every part at work: databases, RabbitMQ, posts in threads, and people who never stop writing."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import Any
from uuid import UUID

import pika
from flask import Flask
from joserfc.jwk import KeySet, OKPKey
from sqlalchemy import make_url, text

from chassis.identity import Identity
from chassis.post_office import PostOffice
from chassis.service import Running, run_on
from chassis.tokens import Signer, Verifier
from chassis.transport.rabbitmq import RabbitMQ, queue_of
from deploy import secrets
from deploy.command.reach import Reach
from deploy.postgres.provision import provision
from deploy.services import HEARD, SERVICES
from deploy.upkeep.doctor import State, broker
from deploy.upkeep.doctor.letters import posts
from tests.kit import Asker

WAITING = text("""
    select (select count(*) from outbox where state in ('waiting', 'refused'))
         + (select count(*) from inbox where state in ('waiting', 'retry', 'held'))
""")


@dataclass
class House:
    """Its services in this process, each with a connection to the broker of its own."""

    reach: Reach
    amqp_url: str
    key: OKPKey = field(default_factory=lambda: OKPKey.generate_key("Ed25519", parameters={"kid": "test"}))
    running: dict[str, Running] = field(default_factory=dict)
    apps: dict[str, Flask] = field(default_factory=dict)
    offices: list[PostOffice] = field(default_factory=list)

    @classmethod
    def at(cls, folder: Path, admin_url: str, amqp_url: str) -> "House":
        """Laid out on this server."""
        url = make_url(admin_url)
        secrets.write(folder, database=f"{url.host}:{url.port}")
        (folder / "admin.database_url").write_text(url.render_as_string(hide_password=False))
        for service in SERVICES:
            (folder / f"{service.name}.amqp_url").write_text(amqp_url)
        reach = Reach(folder)
        for database in reach.databases:
            provision(admin_url, database, secrets.passwords(folder, database.name))
        return cls(reach, amqp_url)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Work, with the post going by itself."""
        for service in SERVICES:
            transport = self._transport(service.name)
            url, post_url = (
                self.reach.url(role).render_as_string(hide_password=False) for role in (service.name, f"{service.name}_post")
            )
            self.running[service.name] = run_on(service, url=url, post_url=post_url, transport=transport, heard=HEARD)
            self.offices.append(PostOffice(self.running[service.name], transport))
        self.apps = {name: each.app(Verifier(KeySet([self.key]), name)) for name, each in self.running.items()}
        for office in self.offices:
            office.start()
        try:
            yield
        finally:
            self.stop_listening()
            for each in self.running.values():
                each.close()
            self.running.clear()
            self._hang_up()

    def stop_listening(self) -> None:
        """End the posts."""
        for office in self.offices:
            office.stopping.set()  # all at once, so that they end together
        for office in self.offices:
            office.stop()
        self.offices.clear()

    def start_listening(self) -> None:
        """Begin them again."""
        for name, running in self.running.items():
            self.offices.append(PostOffice(running, self._transport(name)))
            self.offices[-1].start()

    def wait_until_all_listen(self) -> None:
        """Until each queue has its listener and each relay its lock."""
        pause = Flag()
        for _ in range(300):
            found = [each for check in (broker.queues, posts) for each in check(self.reach)]
            if all(each.state is State.WELL for each in found):
                return
            pause.wait(0.1)
        raise AssertionError(found)

    def _transport(self, service: str) -> RabbitMQ:
        return RabbitMQ(self.amqp_url or self.reach.amqp_url(service))

    def _hang_up(self) -> None:
        """As the end of its processes would: whatever thread holds a connection of its own lets go of it."""
        roles = [role for service in SERVICES for role in (service.name, f"{service.name}_post")]
        self.rows(
            "people", "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = any(:roles)", roles=roles
        )

    def ask(self, service: str, who: Identity) -> Asker:
        """Ask a service as somebody."""
        return Asker(self.apps[service].test_client(), Signer(self.key).sign(who, audience=service))

    def rest(self, patience: int = 600) -> None:
        """Wait until no letter waits anywhere."""
        quiet, pause = 0, Flag()
        for _ in range(patience):
            quiet = quiet + 1 if not sum(self._waiting(service.name) for service in SERVICES) else 0
            if quiet == 3:
                return
            pause.wait(0.1)
        raise AssertionError("the post does not come to rest")

    def _waiting(self, service: str) -> int:
        with self.reach.admin(service).begin() as connection:
            return int(connection.execute(WAITING).scalar_one())

    def rows(self, database: str, asked: str, **values: Any) -> list[Any]:
        """What the administrator finds in a database."""
        with self.reach.admin(database).begin() as connection:
            return list(connection.execute(text(asked), values))

    def forget_queues(self) -> None:
        """No queue is left for, or by, another run."""
        with pika.BlockingConnection(pika.URLParameters(self.amqp_url)) as connection:
            for service in SERVICES:
                connection.channel().queue_delete(queue_of(service.name))


@dataclass
class Crowd:
    """People in several associations who submit ideas and set policies, all at once, until told to stop."""

    house: House
    residents: list[Identity]
    told: list[tuple[UUID, str]] = field(default_factory=list)
    """Ideas that were answered with yes: association and id."""

    refused: list[int] = field(default_factory=list)
    stopping: Flag = field(default_factory=Flag)

    @contextmanager
    def busy(self, hands: int = 4) -> Iterator[None]:
        """At work meanwhile."""
        threads = [Thread(target=self._work, args=(random.Random(n),), daemon=True) for n in range(hands)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join(30)

    def until(self, ideas: int) -> None:
        """Wait until so many ideas were told."""
        pause = Flag()
        while len(self.told) < ideas and not self.refused:
            pause.wait(0.02)

    def _work(self, chance: random.Random) -> None:
        for turn in itertools.count():
            if self.stopping.is_set():
                return
            who = chance.choice(self.residents)
            if turn % 2:  # what people tells is heard by everybody
                house = Identity(association_id=who.association_id)
                assert self.house.ask("people", house).put("/policy", answer_days=chance.randint(1, 365)).status_code == 200
            answer = self.house.ask("ideas", who).post("/ideas", title=f"Ide {turn}", text="Flere bænke.")
            if answer.status_code != 201:
                self.refused.append(answer.status_code)
                continue
            self.told.append((who.association_id, answer.json["id"]))


def account(house: House) -> dict[str, list[Any]]:
    """What must be nothing: letters lost, letters that nobody wrote, copies that differ, and parked ones."""
    lost, foreign, parked = [], [], []
    written: dict[str, Counter[UUID]] = {}
    for teller in SERVICES:
        sent = house.rows(teller.name, "select association_id, id, kind, state from outbox where audience = ''")
        written[teller.name] = Counter(row.id for row in sent)
    for consumer in SERVICES:
        inbox = {row.id: row for row in house.rows(consumer.name, "select id, kind, state, body from inbox")}
        parked += [(consumer.name, row.kind, row.state) for row in inbox.values() if row.state != "done"]
        heard = {event.kind for event in consumer.listens}
        for teller in SERVICES:
            asked = "select id, kind from outbox where audience = '' and state <> 'journal'"
            lost += [
                (consumer.name, row.kind) for row in house.rows(teller.name, asked) if row.kind in heard and row.id not in inbox
            ]
        everywhere = set().union(*(set(each) for each in written.values()))
        foreign += [(consumer.name, row.kind) for row in inbox.values() if row.id not in everywhere]
    return {"lost": lost, "foreign": foreign, "parked": parked, "differing": _differing(house)}


def _differing(house: House) -> list[Any]:
    """Departments and policies that others remember otherwise than people."""
    asked = {
        "people": ("select association_id, id, name from departments", "select association_id, policy from associations"),
        "ideas": ("select association_id, department_id, name from departments", "select association_id, policy from policies"),
    }
    known = {name: [str(row) for each in both for row in house.rows(name, each)] for name, both in asked.items()}
    return sorted(set(known["people"]) ^ set(known["ideas"]))
