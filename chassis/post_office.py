"""The post of a service at work: relay, listener and reader, each in a thread that begins again whatever happens to it."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import structlog

from chassis import wake
from chassis.service import Running
from chassis.transport import Transport

log = structlog.get_logger()
LONGEST_WAIT = 30.0


class PostOffice:
    """Runs until `stop`, which lets each thread finish the letter in its hand. `alive` is a file touched while it lives."""

    def __init__(self, running: Running, transport: Transport, *, alive: Path | None = None) -> None:
        self.running, self.transport, self.alive = running, transport, alive
        self.stopping, self.news = Flag(), {"relay": Flag(), "reader": Flag()}
        self.threads: list[Thread] = []

    def start(self) -> None:
        """Start the threads; call it after any fork."""
        for part in (self._relay, self._listen, self._read, self._hear, self._now_and_then):
            thread = Thread(
                target=self._again_and_again, args=(part,), name=f"{self.running.service.name} {part.__name__}", daemon=True
            )
            thread.start()
            self.threads.append(thread)

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

    def _again_and_again(self, part: Callable[[], None]) -> None:
        wait = 0.5
        while not self.stopping.is_set():
            try:
                part()
                wait = 0.5
            except Exception as failure:  # noqa: BLE001  a lost broker or database is waited for, whatever it is called
                log.warning(
                    "post begins again", part=part.__name__, service=self.running.service.name, failure=str(failure)[:200]
                )
                self.stopping.wait(random.uniform(0.1, wait))  # noqa: S311  jitter, not a secret
                wait = min(wait * 2, LONGEST_WAIT)

    def _relay(self) -> None:
        with self.running.relay.alone() as alone:
            while alone and not self.stopping.is_set():
                if not self.running.relay.send_some():
                    self._until_news("relay")
        self.stopping.wait(wake.LOOK_ANYWAY)

    def _listen(self) -> None:
        if self.running.service.topics:
            self.transport.listen(self.running.service.name, self.running.service.topics, self._store, self.stopping)
        else:
            self.stopping.wait()

    def _store(self, bodies: Sequence[bytes]) -> None:
        self.running.listener.store(bodies)
        self.news["reader"].set()

    def _read(self) -> None:
        while not self.stopping.is_set():
            if not self.running.reader.read_one() and not self.running.reader.read_one():
                self._until_news("reader")
            else:
                wake.notify(self.running.post_engine)

    def _hear(self) -> None:
        wake.on_notice(self.running.post_engine, self.wake, self.stopping)

    def _now_and_then(self) -> None:
        if self.alive:
            self.alive.touch()
        for duty in self.running.service.now_and_then:
            duty(self.running.engine, self.running.begin)
        self.stopping.wait(wake.LOOK_ANYWAY)

    def _until_news(self, part: str) -> None:
        self.news[part].wait(wake.LOOK_ANYWAY)
        self.news[part].clear()
