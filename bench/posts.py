"""The post of both services at work, each in a process of its own, and a note of when each effect was committed."""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

from bench import scene
from chassis import failpoint
from chassis.post_office import PostOffice
from chassis.transport.rabbitmq import RabbitMQ
from chassis.work import Work
from contracts.ideas import EndorsementGiven

Line = Connection
Applied = list[tuple[Any, Any, float]]
"""Association, idea, and the moment after the commit, on the clock that all processes of a machine share."""


class Post:
    """The other end of a line to a process of its own."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.known: Applied = []
        line.recv()

    def applied(self) -> Applied:
        """What was applied so far, and when. Only what is new comes over the line, so that asking disturbs little."""
        self.line.send("report")
        self.known.extend(self.line.recv())
        return self.known


@contextmanager
def process(run: Any, *words: Any) -> Iterator[Post]:
    """A process that runs `run(*words, line)` until we let go of the line."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    other = spawn.Process(target=run, args=(*words, theirs), daemon=True)
    other.start()
    theirs.close()
    try:
        yield Post(ours)
    finally:
        ours.close()
        other.join(30)


def tell(admin_url: str, amqp_url: str, line: Line) -> None:
    """The post of the service that tells."""
    transport = RabbitMQ(amqp_url)
    office = PostOffice(scene.running(scene.TELLER, admin_url, transport), transport)
    _run(office, line, [])


def hear(admin_url: str, amqp_url: str, line: Line) -> None:
    """The post of the service that counts what it hears."""
    os.environ["SAMSKAB_RUN"] = "test"  # so that the place after the commit may be watched
    here: list[tuple[UUID, UUID]] = []
    applied: Applied = []

    def count(work: Work, heard: EndorsementGiven) -> None:
        scene.count(work, heard)
        here.append((work.who.association_id, heard.idea_id))

    def committed() -> None:
        now = time.monotonic()
        applied.extend((*each, now) for each in here)
        here.clear()

    failpoint.arm("reader.committed", committed)
    transport = RabbitMQ(amqp_url)
    counter = replace(scene.COUNTER, listens={EndorsementGiven: count})
    _run(PostOffice(scene.running(counter, admin_url, transport), transport), line, applied)


def _run(office: PostOffice, line: Line, applied: Applied) -> None:
    office.start()
    line.send("ready")
    try:
        while line.recv():
            new = len(applied)
            line.send(applied[:new])
            del applied[:new]
    except EOFError:
        office.stop()
