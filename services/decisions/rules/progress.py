"""How far something is carried out, reckoned from its tasks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """What some tasks come to: percent times weight, weight, percent, and how many; those that were stopped left out."""

    weighted: int
    weight: int
    percent: int
    count: int


def progress(of: Sums) -> int | None:
    """How far it is carried out in percent, by weight; where nothing weighs anything, all weigh the same. No tasks: None.

    Rounded down, so that 100 means all that counts is done.
    """
    if not of.count:
        return None
    return of.weighted // of.weight if of.weight else of.percent // of.count
