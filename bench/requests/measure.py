"""One stretch of asking: what it cost, and how long whoever asked had to wait."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from bench import machine
from bench.requests import driver
from bench.requests.places import WRITES, Place

A_MOMENT, LOOKS, STILL = 0.1, 50, 0.015
"""Seconds between looks whether anything is still worked on, at most so many, and the processor time that is nothing."""

Used = tuple[float, float, float, float]


@dataclass(frozen=True)
class Served:
    """Requests per second; how many were worked on; seconds of processor time in the gateway, behind it, and in PostgreSQL."""

    rate: float
    requests: int
    front: float
    behind: float
    postgres: float
    foreign: float
    p50: float
    p95: float

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
        self._calm(place)
        if case in WRITES:
            place.undo()
        before, busy, begun = self._used(place), machine.busy(), time.monotonic()
        answers = driver.ask(place.url, file, connections=connections, seconds=self.seconds)
        after = self._calm(place)
        seconds, busy = time.monotonic() - begun, machine.busy() - busy
        if case in WRITES:
            place.undo()
        front, behind, postgres, ours = (now - then for then, now in zip(before, after, strict=True))
        foreign = max(busy - ours, 0.0) / seconds
        worked_on = answers.requests + connections  # when the driver leaves, each connection has one on its way
        return Served(answers.rate, worked_on, front, behind, postgres, foreign, answers.p50, answers.p95)

    def _calm(self, place: Place) -> Used:
        """What was used once nothing is on its way any more."""
        used = self._used(place)
        for _ in range(LOOKS):
            time.sleep(A_MOMENT)
            was, used = used, self._used(place)
            if sum(used[:3]) - sum(was[:3]) < STILL:
                break
        return used

    def _used(self, place: Place) -> Used:
        """In front, behind, by PostgreSQL, and by us all: whatever runs below this process."""
        roots = (*place.front, *place.behind, self.postgres, os.getpid())
        used = machine.used_by(*roots)
        front = len(place.front)
        return sum(used[:front]), sum(used[front:-2]), used[-2], used[-1]
