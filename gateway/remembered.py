"""Answers that are remembered for half a minute, so that a busy person costs people one question and not a hundred."""

import time
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from chassis import clock

SECONDS = 30
MOST = 20_000

T = TypeVar("T")


class Remembered(Generic[T]):
    """What was answered lately, by key.

    Old by the wall's clock or by the house's, whichever is first: the demonstration may move the one on by a week.
    """

    def __init__(self) -> None:
        self.known: dict[Hashable, tuple[float, datetime, T]] = {}

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        """The answer remembered, or asked for now."""
        kept = self.known.get(key)
        if kept is not None and _fresh(kept[0], kept[1]):
            return kept[2]
        answer = ask()
        if len(self.known) >= MOST:
            self.known.clear()
        self.known[key] = (time.monotonic(), clock.now(), answer)
        return answer

    def forget(self, key: Hashable) -> None:
        """Ask again next time."""
        self.known.pop(key, None)

    def clear(self) -> None:
        """Forget all."""
        self.known.clear()


def _fresh(by_wall: float, by_clock: datetime) -> bool:
    return time.monotonic() - by_wall < SECONDS and timedelta() <= clock.now() - by_clock < timedelta(seconds=SECONDS)
