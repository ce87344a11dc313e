"""Draws the lots of an opgavegruppe again: `python3 redo_draw.py draw.json`.

`draw.json` is the published draw, as the group's page gives it. Python 3.10 or newer is all that is needed. The seed is held
against the hash that was published beforehand, and the lots are drawn anew; what comes out is held against what was published.
"""

import json
import sys
from bisect import bisect_left
from collections import Counter
from hashlib import sha256

MOST_STEPS = 2000


def counts_for(target, one):
    """Whether a seat for this applicant is one of those that the target asks for."""
    return (
        target["category"] in (None, one["category"])
        and (target["department_id"] is None or target["department_id"] in one["departments"])
        and (one["first_time"] or not target["first_timers"])
    )


class Lots:
    """One draw: the applicants in the drawn order, and the seats that are to be filled."""

    def __init__(self, draw):
        self.targets = draw["targets"]
        self.places = {plan["category"]: plan["places"] for plan in draw["places"]}
        one_each = draw["one_per_household"]
        in_order = sorted(draw["entrants"], key=lambda one: sha256(f"{draw['seed']}|{one['sign_up_id']}".encode()).hexdigest())
        self.everybody = [one["sign_up_id"] for one in in_order]
        seated = {one["household"] for one in draw["seated"] if one_each and one["household"] is not None}
        self.order = [one for one in in_order if one["household"] not in seated]
        self.rank = {one["sign_up_id"]: place for place, one in enumerate(self.order)}
        many = Counter(one["household"] for one in self.order)
        for one in self.order:
            one["home"] = one["household"] if one_each and many[one["household"]] > 1 else None
        self.wanted = [max(0, t["places"] - sum(counts_for(t, one) for one in draw["seated"])) for t in self.targets]
        self.kinds = {}  # applicants who are alike in all that counts, in the drawn order
        for one in self.order:
            marks = frozenset(n for n, target in enumerate(self.targets) if counts_for(target, one))
            self.kinds.setdefault((one["category"], marks, one["home"]), []).append(one)
        self.kinds = {kind: members[: self.places.get(kind[0], 0)] for kind, members in self.kinds.items()}
        every = range(len(self.targets))
        self.apart = {n: {m for m in every if not any({n, m} <= kind[1] for kind in self.kinds)} for n in every}

    def draw(self):
        """Targets first, the hardest of them first; then whoever is next in the drawn order."""
        chosen = self.meet(self.reach())
        left, homes, got = Counter(self.places), {one["home"] for one in chosen} - {None}, {one["sign_up_id"] for one in chosen}
        left.subtract(one["category"] for one in chosen)
        for one in self.order:
            if one["sign_up_id"] not in got and left[one["category"]] > 0 and one["home"] not in homes:
                got.add(one["sign_up_id"])
                left[one["category"]] -= 1
                homes |= {one["home"]} - {None}
        return [id for id in self.everybody if id in got], [id for id in self.everybody if id not in got]

    def reach(self):
        """How much of each target can be had; where not all can, the charter's first target is served first."""
        if self.meet(self.wanted) is not None:
            return self.wanted
        reached = []
        for most in self.wanted:
            reached.append(bisect_left(range(1, most + 1), True, key=lambda need: self.meet([*reached, need]) is None))
        return reached

    def meet(self, needs):
        """Some who together meet these needs; None when none were found in so many steps."""
        return self.search(tuple(needs), self.places, {}, frozenset(), frozenset(), iter(range(MOST_STEPS)))

    def search(self, needs, places, used, homes, passed, steps):
        if not any(need > 0 for need in needs):
            return []
        left = {
            kind: len(members) - used.get(kind, 0)
            for kind, members in self.kinds.items()
            if kind not in passed and places.get(kind[0], 0) > 0 and kind[2] not in homes
        }
        hardest = self.hardest(needs, places, left)
        if hardest is None or next(steps, None) is None:
            return None
        able = [(kind, self.kinds[kind][used.get(kind, 0)]) for kind, many in left.items() if many and hardest in kind[1]]
        for kind, one in sorted(able, key=lambda each: self.rank[each[1]["sign_up_id"]]):
            less = tuple(need - (n in kind[1]) for n, need in enumerate(needs))
            there = homes if kind[2] is None else homes | {kind[2]}
            fewer, more = {**places, kind[0]: places[kind[0]] - 1}, {**used, kind: used.get(kind, 0) + 1}
            rest = self.search(less, fewer, more, there, passed, steps)
            if rest is not None:
                return [one, *rest]
            passed |= {kind}
        return None

    def hardest(self, needs, places, left):
        """The target with the fewest to spare; None when they cannot all be met with these people and places."""
        wanting, seats = {n for n, need in enumerate(needs) if need > 0}, sum(places.values())
        best = sorted((len(kind[1] & wanting) for kind, many in left.items() for _ in range(many)), reverse=True)[:seats]
        spare, apart = {n: self.there_are(n, places, left) - needs[n] for n in wanting}, []
        for n in sorted(wanting, key=lambda n: (-needs[n], n)):
            if all(n in self.apart[m] for m in apart):
                apart.append(n)
        hardest = min(wanting, key=lambda n: (spare[n], n))
        too_much = sum(best) < sum(needs[n] for n in wanting) or sum(needs[n] for n in apart) > seats
        return None if spare[hardest] < 0 or too_much else hardest

    @staticmethod
    def there_are(n, places, left):
        """How many can still count for a target: of a household one, of a category as many as there are places."""
        there = Counter()
        for category, marks, home in {(kind[0], kind[1], kind[2]) for kind, many in left.items() if many and n in kind[1]}:
            there[category] += left[(category, marks, home)] if home is None else 0
        for category, _ in {(kind[0], kind[2]) for kind, many in left.items() if many and n in kind[1] and kind[2] is not None}:
            there[category] += 1
        return sum(min(places[category], many) for category, many in there.items())


def main(path):
    """Redo the draw and say whether it comes out the same; 0 when it does."""
    with open(path, encoding="utf-8") as file:
        draw = json.load(file)
    if "seed" not in draw:
        print("The lots are not drawn yet: there is no seed.")
        return 2
    selected, reserves = Lots(draw).draw()
    checks = {
        "the seed is the one that was bound to beforehand": sha256(draw["seed"].encode()).hexdigest() == draw["commitment"],
        f"the same {len(selected)} are selected": selected == draw["selected"],
        f"the same {len(reserves)} are reserves, in the same order": reserves == draw["reserves"],
    }
    for says, fine in checks.items():
        print(f"{'yes' if fine else 'NO '}  {says}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
