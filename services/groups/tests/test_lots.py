"""What a draw promises, whoever applies: properties of the lots, and that anybody can draw them again."""

import json
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.event import plain
from contracts.groups import SeatCategory, SeatPlan, Target
from services.groups.rules.draw import Pool, cast_lots
from services.groups.rules.lot import Entrant, Fallen, Terms, commitment, counts_for, drawn_order, fall

RESIDENT, BOARD = SeatCategory.RESIDENT, SeatCategory.DEPARTMENT_BOARD
EAST, WEST = UUID(int=101), UUID(int=102)
SCRIPT = Path(__file__).parents[3] / "gateway/pages/static/redo_draw.py"
quick = settings(max_examples=120, deadline=None)

entrants = st.builds(
    Entrant,
    sign_up_id=st.uuids(version=4),
    category=st.sampled_from([RESIDENT, RESIDENT, BOARD]),
    departments=st.sampled_from([(), (EAST,), (WEST,), (EAST, WEST)]),
    first_time=st.booleans(),
    household=st.one_of(st.none(), st.integers(1, 3)),
)
pools = st.lists(entrants, max_size=9, unique_by=lambda one: one.sign_up_id)
targets = st.builds(
    Target,
    places=st.integers(1, 4),
    category=st.sampled_from([None, RESIDENT, BOARD]),
    department_id=st.sampled_from([None, EAST, WEST]),
    first_timers=st.booleans(),
)
terms = st.builds(
    lambda residents, board, wished, one: Terms(
        places=(SeatPlan(category=RESIDENT, places=residents), SeatPlan(category=BOARD, places=board)),
        targets=tuple(wished),
        one_per_household=one,
    ),
    st.integers(0, 4),
    st.integers(0, 2),
    st.lists(targets, max_size=3),
    st.booleans(),
)
seeds = st.text(alphabet="0123456789abcdef", min_size=4, max_size=8)


def who(pool: list[Entrant], ids: tuple[UUID, ...]) -> list[Entrant]:
    by_id = {one.sign_up_id: one for one in pool}
    return [by_id[id] for id in ids]


def reached(target: Target, chosen: list[Entrant]) -> int:
    return sum(counts_for(target, one) for one in chosen)


def fits_together(chosen: tuple[Entrant, ...], asked: Terms) -> bool:
    by_category = Counter(one.category for one in chosen)
    homes = [one.household for one in chosen if one.household is not None]
    return all(by_category[plan.category] <= plan.places for plan in asked.places) and (
        not asked.one_per_household or len(homes) == len(set(homes))
    )


def can_all_be_met(pool: list[Entrant], asked: Terms) -> bool:
    """Whether anybody at all could meet the targets: by looking at every way to fill the seats."""
    most = sum(plan.places for plan in asked.places)
    ways = (way for size in range(most + 1) for way in combinations(pool, size) if fits_together(way, asked))
    return any(all(reached(target, list(way)) >= target.places for target in asked.targets) for way in ways)


@pytest.mark.invariant(22)
@given(seed=seeds, pool=pools, asked=terms)
@quick
def test_no_more_seats_are_given_than_there_are_and_no_household_gets_two(seed: str, pool: list[Entrant], asked: Terms) -> None:
    fallen = cast_lots(seed, asked, Pool(entrants=tuple(pool)))

    assert fits_together(tuple(who(pool, fallen.selected)), asked)
    assert sorted(fallen.selected + fallen.reserves) == sorted(one.sign_up_id for one in pool), "everybody has an answer"


@given(seed=seeds, pool=pools, asked=terms)
@quick
def test_every_target_is_met_or_named_and_named_only_when_they_cannot_all_be_met(
    seed: str, pool: list[Entrant], asked: Terms
) -> None:
    fallen = cast_lots(seed, asked, Pool(entrants=tuple(pool)))
    chosen, short = who(pool, fallen.selected), {id(each.target): each for each in fallen.shortfalls}

    for target in asked.targets:
        named = next((each for each in fallen.shortfalls if each.target == target), None)
        assert reached(target, chosen) >= (named.found if named else target.places)
        assert named is None or (named.needed, named.there_are) == (target.places, reached(target, pool))
    assert bool(short) != can_all_be_met(pool, asked)


@given(seed=seeds, pool=pools, asked=terms, turned=st.randoms())
@quick
def test_the_same_seed_gives_the_same_result_however_the_applicants_are_handed_in(
    seed: str, pool: list[Entrant], asked: Terms, turned: random.Random
) -> None:
    other = list(pool)
    turned.shuffle(other)

    assert cast_lots(seed, asked, Pool(entrants=tuple(pool))) == cast_lots(seed, asked, Pool(entrants=tuple(other)))


@given(seed=seeds, pool=pools, asked=terms, more=entrants)
@quick
def test_one_more_applicant_of_no_ones_household_never_makes_a_target_impossible(
    seed: str, pool: list[Entrant], asked: Terms, more: Entrant
) -> None:
    before = cast_lots(seed, asked, Pool(entrants=tuple(pool)))
    after = cast_lots(seed, asked, Pool(entrants=(*pool, replace(more, household=None))))

    assert before.shortfalls or not after.shortfalls


@given(seed=seeds, pool=pools)
@quick
def test_without_targets_the_seats_go_to_the_first_of_the_drawn_order(seed: str, pool: list[Entrant]) -> None:
    asked = Terms(places=(SeatPlan(category=RESIDENT, places=2),), one_per_household=False)
    order = [one.sign_up_id for one in drawn_order(seed, pool) if one.category is RESIDENT]

    assert list(cast_lots(seed, asked, Pool(entrants=tuple(pool))).selected) == order[:2]


@given(seed=seeds, pool=pools, asked=terms, seated=st.lists(entrants, max_size=2))
@settings(max_examples=40, deadline=None)
def test_the_script_that_we_ship_draws_the_same(seed: str, pool: list[Entrant], asked: Terms, seated: list[Entrant]) -> None:
    there = Pool(entrants=tuple(pool), seated=tuple(seated))
    fallen = cast_lots(seed, asked, there)

    assert redone(seed, asked, there) == ([str(id) for id in fallen.selected], [str(id) for id in fallen.reserves])


def redone(seed: str, asked: Terms, there: Pool) -> tuple[list[str], list[str]]:
    """What the script makes of a published draw, run in here."""
    script: dict[str, Any] = {"__name__": "redo_draw"}
    exec(compile(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT), "exec"), script)  # noqa: S102
    draw = published(seed, asked, there)
    return script["Lots"](draw).draw()  # type: ignore[no-any-return]


def published(seed: str, asked: Terms, there: Pool) -> dict[str, Any]:
    """A draw as it is published, through JSON."""
    fallen = cast_lots(seed, asked, there)
    says = {"seed": seed, "commitment": commitment(seed), **plain.unstructure(asked), **plain.unstructure(there)}
    says |= {"selected": list(map(str, fallen.selected)), "reserves": list(map(str, fallen.reserves))}
    return json.loads(json.dumps(says))  # type: ignore[no-any-return]


def a_town(applicants: int) -> tuple[Terms, Pool]:
    """A draw of the usual size: seven departments, some couples, some for the first time."""
    chance = random.Random(7)
    departments = [UUID(int=n) for n in range(1, 8)]
    pool = tuple(
        Entrant(
            sign_up_id=UUID(int=chance.getrandbits(128)),
            category=chance.choice([RESIDENT, RESIDENT, RESIDENT, BOARD]),
            departments=(chance.choice(departments),),
            first_time=chance.random() < 0.3,
            household=chance.randrange(applicants * 4),
        )
        for _ in range(applicants)
    )
    wished = [Target(places=1, category=RESIDENT, department_id=each) for each in departments]
    wished += [Target(places=6, first_timers=True), Target(places=2, department_id=departments[0], first_timers=True)]
    places = (SeatPlan(category=RESIDENT, places=12), SeatPlan(category=BOARD, places=3))
    return Terms(places=places, targets=tuple(wished)), Pool(entrants=pool)


def test_anybody_draws_the_lots_again_with_the_script_and_the_published_draw_alone(tmp_path: Path) -> None:
    asked, there = a_town(200)
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(published("5eed", asked, there)), encoding="utf-8")
    run = [sys.executable, "-I", str(SCRIPT), str(file)]
    redone = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path, env={"PYTHONHASHSEED": "11"})

    assert (redone.returncode, redone.stdout.count("yes  ")) == (0, 3), redone.stdout + redone.stderr
    file.write_text(json.dumps(published("5eed", asked, there) | {"seed": "0ther"}), encoding="utf-8")
    assert subprocess.run(run, capture_output=True, check=False, cwd=tmp_path).returncode == 1


def test_many_applicants_and_targets_that_quarrel_are_drawn_in_counted_steps() -> None:
    asked, there = a_town(300)
    greedy = replace(asked, targets=(*asked.targets, Target(places=15, department_id=UUID(int=3))))
    fallen = cast_lots("5eed", greedy, there)

    assert len(fallen.selected) == 15
    assert [(each.target, each.needed) for each in fallen.shortfalls] == [(greedy.targets[-1], 15)]


def test_a_target_that_cannot_be_met_is_named_with_how_many_there_are_and_how_many_are_needed() -> None:
    pool = [Entrant(sign_up_id=uuid4(), category=RESIDENT, departments=(EAST,)) for _ in range(5)]
    pool.append(Entrant(sign_up_id=uuid4(), category=RESIDENT, departments=(WEST,)))
    asked = Terms(
        places=(SeatPlan(category=RESIDENT, places=4),),
        targets=(Target(places=2, department_id=WEST), Target(places=3, department_id=EAST)),
    )
    [short] = fall(drawn_order("5eed", pool), asked).shortfalls

    assert (short.target, short.needed, short.there_are, short.found) == (asked.targets[0], 2, 1, 1)


def test_whoever_has_a_seat_already_counts_for_the_targets_and_for_the_household() -> None:
    sits = Entrant(sign_up_id=uuid4(), category=BOARD, departments=(EAST,), household=1)
    partner = Entrant(sign_up_id=uuid4(), category=RESIDENT, departments=(EAST,), household=1)
    other = Entrant(sign_up_id=uuid4(), category=RESIDENT, departments=(WEST,))
    asked = Terms(places=(SeatPlan(category=RESIDENT, places=1),), targets=(Target(places=1, department_id=EAST),))

    fallen = fall([partner, other], asked, [sits])
    assert fallen == Fallen(selected=(other.sign_up_id,), reserves=(partner.sign_up_id,))


def test_when_the_first_in_the_order_would_spoil_a_target_somebody_further_back_is_selected() -> None:
    first = Entrant(sign_up_id=uuid4(), category=RESIDENT, departments=(EAST,))
    new = replace(first, sign_up_id=uuid4(), first_time=True)
    wished = (Target(places=1, department_id=EAST), Target(places=1, first_timers=True))
    asked = Terms(places=(SeatPlan(category=RESIDENT, places=1),), targets=wished)

    assert fall([first, new], asked) == Fallen(selected=(new.sign_up_id,), reserves=(first.sign_up_id,))
