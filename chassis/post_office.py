"""The post of a service at work: relay, listener and reader, each in a thread that begins again whatever happens to it."""

import random
import sys
import time
from collections.abc import Callable, Sequence
from threading import Event as Flag
from threading import Thread

import structlog

from chassis import desk, logs, wake
from chassis.own import OwnConnection
from chassis.service import Running
from chassis.transport import Lost, Transport

log = structlog.get_logger()
LONGEST_WAIT = 30.0
MEASURE_EVERY = 5
"""Looks, about a second apart, between two counts of what lies where."""
WELL_AFTER = 15.0
"""Seconds that a part must have run since it last failed to count as well again."""
GIVE_WAY = 0.0005
"""Seconds. The reader waits for an answer at each letter; at Python's own 5 ms a busy listener would hold it up each time."""


class PostOffice:
    """Runs until `stop`, which lets each thread finish the list in its hand."""

    def __init__(self, running: Running, transport: Transport) -> None:
        self.running, self.transport = running, transport
        self.name = running.service.name
        self.stopping, self.news = Flag(), {"relay": Flag(), "reader": Flag()}
        self.threads: list[Thread] = []
        self.looks, self.looked = 0, time.monotonic()
        self.failed: dict[str, tuple[float, str]] = {}

    def start(self) -> None:
        """Start the threads; call it after any fork."""
        sys.setswitchinterval(GIVE_WAY)
        for part in (self._relay, self._listen, self._read, self._hear, self._now_and_then):
            name = f"{self.name} {part.__name__}"
            self.threads.append(Thread(target=self._again_and_again, args=(part,), name=name, daemon=True))
        for thread in self.threads:
            thread.start()

    def stop(self, patience: float = 20.0) -> None:
        """Finish what is in hand and end."""
        self.stopping.set()
        self.wake()
        for thread in self.threads:
            thread.join(patience)
        self.transport.close()

    def wake(self) -> None:
        """There may be something to send or to read."""
        for flag in self.news.values():
            flag.set()

    def lives(self) -> str | None:
        """None while every thread runs and its own loop goes round; else what does not."""
        gone = [thread.name for thread in self.threads if not thread.is_alive()]
        late = time.monotonic() - self.looked > 2 * LONGEST_WAIT
        return f"ended: {', '.join(gone)}" if gone else "stands still" if late else None

    def troubles(self) -> str | None:
        """None while relay, listener and reader do their work; else which of them failed lately, and why."""
        lately = time.monotonic() - WELL_AFTER
        return "; ".join(f"{part}: {why}" for part, (when, why) in list(self.failed.items()) if when > lately) or None

    def _again_and_again(self, part: Callable[[], None]) -> None:
        wait = 0.5
        while not self.stopping.is_set():
            try:
                part()
                wait = 0.5
            except Exception as failure:  # noqa: BLE001  a lost broker or database is waited for, whatever it is called
                log.warning("post begins again", of=part.__name__, service=self.name, failure=_said(failure))
                pause = random.uniform(0.1, wait)  # noqa: S311  jitter, not a secret
                self.failed[part.__name__.strip("_")] = time.monotonic() + pause, _said(failure)
                self.stopping.wait(pause)
                wait = min(wait * 2, LONGEST_WAIT)

    def _relay(self) -> None:
        with self.running.relay.alone() as alone:
            while alone and not self.stopping.is_set():
                if not self.running.relay.send_some():
                    self._until_news("relay")
        self.stopping.wait(wake.LOOK_ANYWAY)

    def _listen(self) -> None:
        if not self.running.service.topics:
            self.stopping.wait()
            return
        self.running.listener.wait_for_the_database()
        self.transport.listen(self.name, self.running.service.topics, self._store, self.stopping)

    def _store(self, bodies: Sequence[bytes]) -> None:
        self.running.listener.store(bodies)
        self.news["reader"].set()

    def _read(self) -> None:
        reader, busy = self.running.reader, False
        while not self.stopping.is_set():
            if reader.read_some():
                busy = True
                continue
            if busy:
                wake.notify(reader.database, wake.APPLIED)
            busy = False
            self._until_news("reader")

    def _hear(self) -> None:
        wake.on_notice(OwnConnection(self.running.post_engine), self.news["relay"].set, self.stopping)

    def _now_and_then(self) -> None:
        self.looked = time.monotonic()
        self.looks += 1
        if self.looks % MEASURE_EVERY == 1:
            desk.measure(self.name, self.running.post_engine)
        for duty in self.running.service.now_and_then:
            duty(self.running.engine, self.running.begin)
        self.stopping.wait(wake.LOOK_ANYWAY)

    def _until_news(self, part: str) -> None:
        self.news[part].wait(wake.LOOK_ANYWAY)
        self.news[part].clear()


def _said(failure: Exception) -> str:
    return str(failure) if isinstance(failure, Lost) else logs.called(failure)
