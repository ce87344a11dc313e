"""What a proposal said when it was handed over, and what became different in the next edition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from contracts.meetings import Recommendation


class Difference(StrEnum):
    """What happened to a recommendation between two editions."""

    NEW = "new"
    CHANGED = "changed"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One recommendation that is not as it was."""

    difference: Difference
    before: Recommendation | None
    now: Recommendation | None


def changes(before: Iterable[Recommendation], now: Iterable[Recommendation]) -> tuple[Change, ...]:
    """What is new, changed or taken out, in the order of the newer edition, and then what is gone."""
    was, stands = {point.id: point for point in before}, {point.id: point for point in now}
    news = [
        Change(difference=Difference.CHANGED if id in was else Difference.NEW, before=was.get(id), now=point)
        for id, point in stands.items()
        if was.get(id) != point
    ]
    gone = [Change(difference=Difference.TAKEN_OUT, before=point, now=None) for id, point in was.items() if id not in stands]
    return (*news, *gone)
