"""Stories told side by side: each in its own order, all together in the order of time, for no clock goes back."""

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import count
from typing import Protocol

from deploy.demo.world import World

Stage = tuple[str, Callable[[], Iterator[str]]]
"""A sentence for whoever watches, and what happens: it yields each moment, `2026-02-24 19.30`, before what happens then."""

Say = Callable[[int, int, str], None]


class Strand(Protocol):
    """One story, told in a world; its moments follow each other."""

    world: World

    def stages(self) -> Iterable[Stage]:
        """What happens, in order."""


def tell(strands: Iterable[Strand], say: Say = lambda *_: None) -> None:
    """Let whichever has the earliest moment go on to its next; a stage is named when it begins."""
    strands = list(strands)
    of, numbers = sum(len(list(strand.stages())) for strand in strands), count(1)
    for when, world, sentence in merge(*map(_moments, strands), key=lambda moment: moment[0]):
        if sentence:
            say(next(numbers), of, sentence)
        world.at(when)
    for strand in strands:
        strand.world.settle()


def _moments(strand: Strand) -> Iterator[tuple[str, World, str]]:
    for sentence, happens in strand.stages():
        for nth, when in enumerate(happens()):
            yield when, strand.world, sentence if nth == 0 else ""
