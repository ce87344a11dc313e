"""One stretch of asking: what it cost, and how long whoever asked had to wait."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from bench import machine
from bench.requests import driver
from bench.requests.places import WRITES, Place


@dataclass(frozen=True)
class Served:
    """So many requests; seconds of processor time in the gateway, in what is behind it, and in PostgreSQL."""

    requests: int
    seconds: float
    front: float
    behind: float
    postgres: float
    foreign: float
    p50: float
    p95: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    @property
    def cpu(self) -> float:
        """Milliseconds of processor time per request, of all that answer and of the database."""
        return (self.front + self.behind + self.postgres) / self.requests * 1000

    @property
    def in_front(self) -> float:
        """Milliseconds of it in the gateway."""
        return self.front / self.requests * 1000


@dataclass(frozen=True)
class Measure:
    """How it is asked, and which process tree is PostgreSQL's."""

    postgres: int
    folder: Path
    seconds: float
    warm_up: float

    def taste(self, place: Place, case: str) -> str:
        """What is answered, once."""
        said = driver.taste(place.url, place.asks(case))
        place.undo()
        return said

    def serve(self, place: Place, case: str, connections: int) -> Served:
        """Warm up, ask, and take away what was written."""
        asks, file = place.asks(case), self.folder / "asked.lua"
        file.write_text(asks.lua(), encoding="utf-8")
        half = max(len(asks.paths), len(asks.who)) // 2
        driver.warm_up(place.url, file, connections=connections, seconds=self.warm_up, first=half)
        if case in WRITES:
            place.undo()  # of the warming up, and of what was still on its way when the round before ended
        before, busy, begun = self._used(place), machine.busy(), time.monotonic()
        answers = driver.ask(place.url, file, connections=connections, seconds=self.seconds)
        seconds, after, busy = time.monotonic() - begun, self._used(place), machine.busy() - busy
        if case in WRITES:
            place.undo()
        front, behind, postgres, ours = (now - then for then, now in zip(before, after, strict=True))
        foreign = max(busy - ours, 0.0) / seconds
        return Served(answers.requests, answers.seconds, front, behind, postgres, foreign, answers.p50, answers.p95)

    def _used(self, place: Place) -> tuple[float, float, float, float]:
        """In front, behind, by PostgreSQL, and by us all: whatever runs below this process."""
        roots = (*place.front, *place.behind, self.postgres, os.getpid())
        used = machine.used_by(*roots)
        front = len(place.front)
        return sum(used[:front]), sum(used[front:-2]), used[-2], used[-1]
