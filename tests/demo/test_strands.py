"""Stories told side by side go on in the order of time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from deploy.demo.strands import Stage, tell
from deploy.demo.world import World


def nobody(*_: Any, **__: Any) -> Any:
    raise AssertionError("nobody is asked")


class Days:
    """A story that says what day it is when something happens."""

    def __init__(self, name: str, told: list[str], *stages: list[int]) -> None:
        self.name, self.told, self.parts = name, told, stages
        self.clock: list[datetime] = []
        self.world = World(door=nobody, slug="here", house=nobody, settle=lambda: None, set_clock=self.clock.append)

    def stages(self) -> Iterable[Stage]:
        return [(f"{self.name}{n}", lambda days=days: self.happen(days)) for n, days in enumerate(self.parts, start=1)]  # type: ignore[misc]

    def happen(self, days: list[int]) -> Iterator[str]:
        for day in days:
            yield f"2026-03-{day:02} 09.00"
            self.told.append(f"{self.name} {day} {self.clock[-1].day}")


def test_whoever_is_earliest_goes_on_and_the_clock_is_theirs() -> None:
    told: list[str] = []
    tell([Days("a", told, [1, 5], [9]), Days("b", told, [2, 6, 7]), Days("c", told, [5])])
    assert told == ["a 1 1", "b 2 2", "a 5 5", "c 5 5", "b 6 6", "b 7 7", "a 9 9"]


def test_a_stage_is_named_once_and_when_it_begins() -> None:
    said: list[tuple[int, int, str]] = []
    tell([Days("a", [], [1, 5], [9]), Days("b", [], [2, 6])], lambda *what: said.append(what))
    assert said == [(1, 3, "a1"), (2, 3, "b1"), (3, 3, "a2")]
