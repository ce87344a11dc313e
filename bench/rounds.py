"""Rounds: floor and product take turns, in rotating order, so that a busy minute is nobody's advantage."""

import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Measured(Protocol):
    """What a round finds: a rate, milliseconds of processor time for each, and processors that strangers kept busy meanwhile."""

    @property
    def rate(self) -> float: ...
    @property
    def cpu(self) -> float: ...
    @property
    def foreign(self) -> float: ...


Found = TypeVar("Found", bound=Measured)
NOISY = 0.5
"""Processors taken by strangers from which on a round is repeated, as long as there is patience left."""


@dataclass(frozen=True)
class Spread:
    """The middle, the least and the most of some rounds."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Of these."""
        return cls(statistics.median(values), min(values), max(values))


def alternate(
    what: str, contenders: Mapping[str, Callable[[], Found]], rounds: int, *, patience: int = 2
) -> dict[str, list[Found]]:
    """Let each run once per round; a round that strangers disturbed is repeated, `patience` times at most in all."""
    runs: dict[str, list[Found]] = {name: [] for name in contenders}
    names, number = list(contenders), 0
    while number < rounds:
        turn = names[number % len(names) :] + names[: number % len(names)]
        this = {name: contenders[name]() for name in turn}
        said = ", ".join(f"{name} {this[name].rate:,.0f}/s {this[name].cpu:.3f} ms" for name in names)
        disturbed = max(run.foreign for run in this.values())
        say(f"{what} {number + 1}/{rounds}: {said} (strangers {disturbed:.1f} processors)")
        if disturbed > NOISY and patience:
            patience -= 1
            continue
        number += 1
        for name, run in this.items():
            runs[name].append(run)
    return runs


def ratios(runs: Mapping[str, Sequence[Found]], of: Callable[[Found], float], name: str, to: str) -> Spread:
    """The ratio of one contender to another, round by round."""
    return Spread.of([of(mine) / of(other) for mine, other in zip(runs[name], runs[to], strict=True)])


def say(line: str) -> None:
    """A line of progress: on a terminal it takes the place of the last one."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[2K{line[:150]}")
    else:
        sys.stderr.write(line + "\n")
    sys.stderr.flush()
