"""How much is measured, and beside how much."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """The house that is compared with the floor, and the sizes that must make no difference."""

    rounds: int = 5
    seconds: float = 2.0
    warm_up: float = 0.5
    connections: tuple[int, ...] = (8, 32)
    associations: int = 10
    ideas: int = 1_000
    """In each association."""

    endorsers: int = 5
    """Of each idea."""

    persons: int = 10_000
    """In all associations."""

    visitors: int = 20
    """Who ask, some in each association."""

    many_associations: int = 800
    ideas_of_many: int = 100
    many_persons: int = 1_000_000
    hot: tuple[int, int] = (10, 50_000)
    crowd: int = 8_000
    """How many there are to endorse one and the same idea within a round."""

    starts: int = 5
    workers: int = os.cpu_count() or 1
    patience: int = 1
    until: str = "Wishes and experiences become a proposal"
    """The story is told until here: the group has met three times, and its page has most to show."""


QUICK = Sizes(
    rounds=1,
    seconds=0.2,
    warm_up=0.05,
    connections=(8,),
    associations=2,
    ideas=200,
    persons=400,
    visitors=4,
    many_associations=20,
    ideas_of_many=20,
    many_persons=4_000,
    hot=(10, 500),
    crowd=800,
    starts=1,
    workers=1,
    patience=0,
    until="The group meets three times",
)
"""Enough to see that everything can be measured; the figures mean nothing."""
