"""The account of every letter: attempted, committed, delivered, applied once, parked; and what must be nothing at all.

*Parked* is what lies where an operator sees it: in the consumer's inbox, or refused in the teller's outbox.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Ask = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Account:
    """What became of the letters. `lost`, `applied_twice` and `out_of_order` are what the post promises to keep at nothing."""

    seed: int
    attempted: int
    committed: int
    delivered: int
    applied_once: int
    parked: int
    lost: int
    applied_twice: int
    out_of_order: int
    untold: int
    """Effects whose follow-up letter is missing, or follow-up letters without their effect."""

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.applied_twice or self.out_of_order or self.untold)


def account(ask: Ask, *, attempted: int, seed: int) -> Account:
    """Ask both databases."""
    committed = {id for (id,) in ask("ideas", "select id from outbox where state <> 'journal' and audience = ''")}
    delivered = dict(ask("counter", "select id, state from inbox"))
    applied = Counter(id for (id,) in ask("counter", "select letter from effects"))
    parked = {id for id, state in delivered.items() if state in ("parked", "discarded")}
    parked |= {id for (id,) in ask("ideas", "select id from outbox where state = 'refused'")}
    told = Counter(id for (id,) in ask("counter", "select subject from outbox where kind = 'group.opened'"))
    return Account(
        seed=seed,
        attempted=attempted,
        committed=len(committed),
        delivered=len(delivered.keys() & committed),
        applied_once=sum(count == 1 for count in applied.values()),
        parked=len(parked),
        lost=len(committed - applied.keys() - parked),
        applied_twice=sum(count > 1 for count in applied.values()),
        out_of_order=_out_of_order(ask),
        untold=len(set((told - applied) + (applied - told))),
    )


def _out_of_order(ask: Ask) -> int:
    """How many effects about one idea do not follow the one before."""
    last: dict[Any, int] = {}
    wrong = 0
    for subject, turn in ask("counter", "select subject, turn from effects where kind = 'idea.published' order by number"):
        wrong += turn != last.get(subject, 0) + 1
        last[subject] = turn
    return wrong
