"""What a stretch of work cost: time, the processor time of our process trees, and what strangers took meanwhile."""

import os
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Trees:
    """The roots of what is ours: this process, its PostgreSQL and its broker."""

    postgres: int
    broker: int
    own: int = field(default_factory=os.getpid)

    def used(self) -> tuple[float, float, float]:
        """Seconds of processor time used so far by ourselves, by PostgreSQL and by the broker, children included."""
        children, spent = _processes()
        postgres, broker = (_used(root, children, spent) for root in (self.postgres, self.broker))
        return _used(self.own, children, spent, apart={self.postgres, self.broker}), postgres, broker


@dataclass(frozen=True)
class Run:
    """One stretch of work: how many events, how long, and what it took."""

    events: int
    seconds: float
    own: float
    postgres: float
    broker: float
    foreign: float
    """Processors that strangers kept busy meanwhile."""

    @property
    def rate(self) -> float:
        """Events per second."""
        return self.events / self.seconds

    @property
    def cpu(self) -> float:
        """Milliseconds of processor time per event, which is seconds per 1,000."""
        return (self.own + self.postgres + self.broker) / self.events * 1000


class Watch:
    """Used around a stretch of work; `run` says afterwards what it cost."""

    def __init__(self, trees: Trees) -> None:
        self.trees = trees

    def __enter__(self) -> Self:
        self.before, self.busy, self.begun = self.trees.used(), busy(), time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.monotonic() - self.begun
        self.after, self.busy = self.trees.used(), busy() - self.busy

    def run(self, events: int) -> Run:
        """The cost, for so many events."""
        own, postgres, broker = (after - before for before, after in zip(self.before, self.after, strict=True))
        foreign = max(self.busy - own - postgres - broker, 0.0) / self.seconds
        return Run(events, self.seconds, own, postgres, broker, foreign)


def used_by(*roots: int) -> list[float]:
    """Seconds of processor time that each of these process trees has used so far."""
    children, spent = _processes()
    return [_used(root, children, spent) for root in roots]


def memory_of(pid: int) -> float:
    """Megabytes that a process keeps for itself, with its share of what it shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def children_of(pid: int) -> set[int]:
    """The processes that this one started and that live."""
    return set(_processes()[0][pid])


def _processes() -> tuple[dict[int, list[int]], dict[int, float]]:
    children: dict[int, list[int]] = defaultdict(list)
    spent: dict[int, float] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                words = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children[int(words[1])].append(int(name))
            spent[int(name)] = sum(map(int, words[11:15])) / PER_SECOND
    return children, spent


def _used(root: int, children: dict[int, list[int]], spent: dict[int, float], apart: set[int] | None = None) -> float:
    below = (child for child in children[root] if child not in (apart or ()))
    return spent.get(root, 0.0) + sum(_used(child, children, spent) for child in below)


def busy() -> float:
    """Seconds of processor time that anybody on this machine has used so far."""
    words = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(words) - words[3] - words[4]) / PER_SECOND
