"""How lots fall: who stands where in the drawn order, and who gets the seats so that every target is met.

The order is that of SHA-256(seed | sign-up id), so that it is the same wherever it is worked out and nobody can choose
their place in it. `gateway/pages/static/redo_draw.py` does the same again, by itself, for whoever wants to see it done.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from contracts.groups import SeatCategory, SeatPlan, Target

MOST_STEPS = 2000
"""So many attempts are made to meet all targets at once; counted, not timed, so that everybody gives up at the same place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entrant:
    """An applicant without a name. Of a household only this counts: whether somebody else has the same one; none: nobody."""

    sign_up_id: UUID
    category: SeatCategory
    departments: tuple[UUID, ...] = ()
    first_time: bool = False
    household: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What the charter asks of a draw: how many seats of each category are to be filled, by whom at least."""

    places: tuple[SeatPlan, ...]
    targets: tuple[Target, ...] = ()
    one_per_household: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortfall:
    """A target that cannot be met: how many are needed, how many there are, and how many of them can be given a seat."""

    target: Target
    needed: int
    there_are: int
    found: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Fallen:
    """How the lots fell: who is selected and who is reserve, each in the drawn order, and which targets are not met."""

    selected: tuple[UUID, ...]
    reserves: tuple[UUID, ...]
    shortfalls: tuple[Shortfall, ...] = ()


def commitment(seed: str) -> str:
    """What is published beforehand: it binds to the seed and does not give it away."""
    return sha256(seed.encode()).hexdigest()


def drawn_order(seed: str, entrants: Iterable[Entrant]) -> tuple[Entrant, ...]:
    """Everybody in the order that the seed gives."""
    return tuple(sorted(entrants, key=lambda entrant: sha256(f"{seed}|{entrant.sign_up_id}".encode()).hexdigest()))


def counts_for(target: Target, entrant: Entrant) -> bool:
    """Whether a seat for this applicant is one of those that the target asks for."""
    return (
        target.category in {None, entrant.category}
        and (target.department_id is None or target.department_id in entrant.departments)
        and (entrant.first_time or not target.first_timers)
    )


def fall(order: Sequence[Entrant], terms: Terms, seated: Sequence[Entrant] = ()) -> Fallen:
    """Fill the seats in this order. Targets come first, the charter's first one first; whoever is `seated` counts for them."""
    search = _Search(order, terms, seated)
    wanted = [max(0, target.places - sum(counts_for(target, one) for one in seated)) for target in terms.targets]
    reached = search.reach(wanted)
    chosen = search.meet(reached) or []
    chosen += search.the_rest(chosen)
    got = {entrant.sign_up_id for entrant in chosen}
    short = [
        Shortfall(target=target, needed=need, there_are=sum(counts_for(target, one) for one in order), found=found)
        for target, need, found in zip(terms.targets, wanted, reached, strict=True)
        if found < need
    ]
    ids = [entrant.sign_up_id for entrant in order]
    return Fallen(
        selected=tuple(id for id in ids if id in got), reserves=tuple(id for id in ids if id not in got), shortfalls=tuple(short)
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Kind:
    """Applicants who are alike in all that counts, in the drawn order; who shares a household with another is one alone."""

    category: SeatCategory
    marks: frozenset[int]
    household: int | None
    members: tuple[Entrant, ...]


class _Search:
    """Looks for people who together meet the targets, the one that is hardest to meet first."""

    def __init__(self, order: Sequence[Entrant], terms: Terms, seated: Sequence[Entrant]) -> None:
        one_each = terms.one_per_household
        taken = {one.household for one in seated if one_each and one.household is not None}
        self.order = [one for one in order if one.household not in taken]
        self.rank = {one: place for place, one in enumerate(self.order)}
        self.places = {plan.category: plan.places for plan in terms.places}
        many = Counter(one.household for one in self.order)
        self.home = {one: one.household if one_each and many[one.household] > 1 else None for one in self.order}
        self.kinds = self._kinds(terms.targets)
        marks = {kind.marks for kind in self.kinds}
        every = range(len(terms.targets))
        self.apart = {n: {m for m in every if not any({n, m} <= each for each in marks)} for n in every}

    def reach(self, wanted: Sequence[int]) -> list[int]:
        """What can be had of what is wanted; where not all can, the charter's first target is served first."""
        if self.meet(wanted) is not None:
            return list(wanted)
        reached = [0] * len(wanted)
        for n, most in enumerate(wanted):
            least = bisect_left(range(1, most + 1), True, key=lambda need: self.meet([*reached[:n], need]) is None)
            reached[n] = least
        return reached

    def meet(self, needs: Sequence[int]) -> list[Entrant] | None:
        """Some who meet these needs; None when there are none, or none were found in so many steps."""
        return self._meet(tuple(needs), self.places, {}, frozenset(), frozenset(), iter(range(MOST_STEPS)))

    def the_rest(self, chosen: Sequence[Entrant]) -> list[Entrant]:
        """Who gets the places that are left, in the drawn order."""
        left, homes, got, more = Counter(self.places), {self.home[one] for one in chosen} - {None}, set(chosen), []
        left.subtract(one.category for one in chosen)
        for one in self.order:
            if one not in got and left[one.category] > 0 and self.home[one] not in homes:
                more.append(one)
                left[one.category] -= 1
                homes |= {self.home[one]} - {None}
        return more

    def _meet(
        self,
        needs: tuple[int, ...],
        places: Mapping[SeatCategory, int],
        used: Mapping[_Kind, int],
        homes: frozenset[int | None],
        passed: frozenset[_Kind],
        steps: Iterator[int],
    ) -> list[Entrant] | None:
        if not any(need > 0 for need in needs):
            return []
        left = {
            kind: len(kind.members) - used.get(kind, 0)
            for kind in self.kinds
            if kind not in passed and places.get(kind.category, 0) > 0 and kind.household not in homes
        }
        hardest = self._hardest(needs, places, left)
        if hardest is None or next(steps, None) is None:
            return None
        able = [(kind, kind.members[used.get(kind, 0)]) for kind, many in left.items() if many and hardest in kind.marks]
        for kind, one in sorted(able, key=lambda each: self.rank[each[1]]):
            less = tuple(need - (n in kind.marks) for n, need in enumerate(needs))
            fewer = {**places, one.category: places[one.category] - 1}
            there = homes if kind.household is None else homes | {kind.household}
            rest = self._meet(less, fewer, {**used, kind: used.get(kind, 0) + 1}, there, passed, steps)
            if rest is not None:
                return [one, *rest]
            passed |= {kind}  # whoever is like this one would fail the same way
        return None

    def _hardest(self, needs: Sequence[int], places: Mapping[SeatCategory, int], left: Mapping[_Kind, int]) -> int | None:
        """The target with the fewest to spare; None when these people and places cannot meet them all."""
        wanting = {n for n, need in enumerate(needs) if need > 0}
        seats = sum(places.values())
        best = sorted((len(kind.marks & wanting) for kind, many in left.items() for _ in range(many)), reverse=True)[:seats]
        spare = {n: _there_are(n, places, left) - needs[n] for n in wanting}
        hardest = min(wanting, key=lambda n: (spare[n], n))
        if spare[hardest] < 0 or sum(best) < sum(needs[n] for n in wanting) or self._apart_need(needs, wanting) > seats:
            return None
        return hardest

    def _apart_need(self, needs: Sequence[int], wanting: Iterable[int]) -> int:
        """How many seats targets need at least that nobody counts for two of."""
        apart: list[int] = []
        for n in sorted(wanting, key=lambda n: (-needs[n], n)):
            if all(n in self.apart[m] for m in apart):
                apart.append(n)
        return sum(needs[n] for n in apart)

    def _kinds(self, targets: Sequence[Target]) -> list[_Kind]:
        """Everybody by kind; of each no more than there are places, for the others could not make a difference."""
        alike: dict[tuple[SeatCategory, frozenset[int], int | None], list[Entrant]] = {}
        for one in self.order:
            marks = frozenset(n for n, target in enumerate(targets) if counts_for(target, one))
            alike.setdefault((one.category, marks, self.home[one]), []).append(one)
        return [_Kind(*key, tuple(members[: self.places.get(key[0], 0)])) for key, members in alike.items()]


def _there_are(n: int, places: Mapping[SeatCategory, int], left: Mapping[_Kind, int]) -> int:
    """How many can still count for a target: of a household one, of a category as many as there are places."""
    there: Counter[SeatCategory] = Counter()
    homes: set[tuple[SeatCategory, int]] = set()
    for kind, many in left.items():
        if n not in kind.marks:
            continue
        if kind.household is None:
            there[kind.category] += many
        elif many and (kind.category, kind.household) not in homes:
            there[kind.category] += 1
            homes.add((kind.category, kind.household))
    return sum(min(places[category], many) for category, many in there.items())
