"""Votes, quorum, progress and rounds, reckoned a second time in another way, for whatever a board can come up with."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chassis.refusal import Refused
from contracts.people import Policy, Seat, TieBreak
from services.decisions.rules import ballot as voting
from services.decisions.rules import round as together
from services.decisions.rules.ballot import Ballot, roster
from services.decisions.rules.progress import Sums, progress
from services.decisions.rules.round import Round
from services.decisions.tests.test_rules import LAID, SECRETARY

DAY = date(2026, 6, 23)
STRANGER = UUID(int=99)


@dataclass(frozen=True)
class Evening:
    """Who sits in a body, who is recused, who came, and how they voted."""

    seats: tuple[Seat, ...]
    recused: frozenset[int]
    present: frozenset[int]
    alternates: frozenset[int]
    votes: tuple[int, int, int]
    chair: int
    chair_votes_for: bool | None
    policy: Policy

    def ballot(self) -> Ballot:
        """As it is written in."""
        return Ballot(
            meeting_day=DAY,
            chair_id=UUID(int=self.chair),
            present=tuple(UUID(int=n) for n in sorted(self.present)),
            alternates=tuple(UUID(int=n) for n in sorted(self.alternates)),
            votes_for=self.votes[0],
            votes_against=self.votes[1],
            abstained=self.votes[2],
            chair_votes_for=self.chair_votes_for,
        )


@some.composite
def evenings(draw: some.DrawFn) -> Evening:
    """Mostly possible evenings, with something wrong now and then."""
    size = draw(some.integers(1, 8))
    seats = tuple(
        draw(some.sampled_from([Seat.CHAIR, Seat.VICE_CHAIR, Seat.MEMBER, Seat.MEMBER, Seat.ALTERNATE])) for _ in range(size)
    )
    anybody = some.integers(0, size - 1)
    recused = frozenset(draw(some.sets(anybody, max_size=2)))
    able = [n for n in range(size) if n not in recused and seats[n] is not Seat.ALTERNATE]
    spare = [n for n in range(size) if n not in recused and seats[n] is Seat.ALTERNATE]
    present = set(draw(some.sets(some.sampled_from(able)))) if able else set()
    alternates = set(draw(some.sets(some.sampled_from(spare)))) if spare else set()
    present |= alternates
    wrong = draw(some.sampled_from(["nothing"] * 6 + ["recused", "stranger", "undeclared", "votes"]))
    present |= {"recused": recused, "stranger": {STRANGER.int}, "undeclared": set(spare)}.get(wrong, set())
    yes = draw(some.integers(0, len(present)))
    no = draw(some.integers(0, len(present) - yes))
    votes = (yes, no, len(present) - yes - no + (wrong == "votes"))
    policy = Policy(
        quorum_of_members=draw(some.sampled_from([0.25, 1 / 3, 0.5, 2 / 3, 1.0])),
        quorum_at_least=draw(some.integers(0, 4)),
        quorum_needs_chair=draw(some.booleans()),
        tie_break=draw(some.sampled_from(TieBreak)),
    )
    leads = [n for n in able if seats[n] is not Seat.MEMBER] or able or [0]
    chair = draw(some.sampled_from(leads) if draw(some.integers(0, 4)) else anybody)
    chair_votes_for = draw(some.sampled_from([None, True, False]))
    return Evening(seats, recused, frozenset(present), frozenset(alternates), votes, chair, chair_votes_for, policy)


def wrong_with(evening: Evening) -> set[str]:
    """Everything that speaks against it, each counted for itself."""
    seats, present, recused = evening.seats, evening.present, evening.recused
    members = {n for n, seat in enumerate(seats) if seat is not Seat.ALTERNATE}
    chairs = {n for n, seat in enumerate(seats) if seat in {Seat.CHAIR, Seat.VICE_CHAIR}}
    entitled = members - recused
    lead = (chairs - recused) or (entitled if chairs else set())
    stood_in = {n for n in present if n in evening.alternates and n < len(seats) and n not in members}
    found = set()
    if present & recused or evening.chair in recused:
        found.add("ballot-recused-took-part")
    if evening.chair not in lead:
        found.add("ballot-chair-not-chair")
    if any(n not in members and n not in stood_in for n in present | evening.alternates):
        found.add("ballot-not-entitled")
    if len(stood_in) > sum(1 for n in entitled if n not in present):
        found.add("ballot-too-many-alternates")
    enough = Fraction(evening.policy.quorum_of_members).limit_denominator(100) * len(entitled)
    if len(present) < enough or len(present) < evening.policy.quorum_at_least or not present:
        found.add("ballot-not-quorate")
    if evening.policy.quorum_needs_chair and not present & lead:
        found.add("ballot-chair-missing")
    if sum(evening.votes) != len(present):
        found.add("ballot-does-not-add-up")
    return found


def carried(evening: Evening) -> bool | None:
    """What the votes came to; None where it cannot be told without the chair's own vote."""
    yes, no, _ = evening.votes
    if yes - no:
        return yes - no > 0
    decides = evening.policy.tie_break is TieBreak.CHAIR and evening.chair in evening.present and yes > 0
    return evening.chair_votes_for if decides else False


@pytest.mark.invariant(42)
@pytest.mark.invariant(43)
@settings(deadline=None, max_examples=400)
@given(evening=evenings())
def test_a_vote_counts_as_another_reckoning_says_it_does(evening: Evening) -> None:
    members = roster((UUID(int=n), seat) for n, seat in enumerate(evening.seats))
    recused = tuple(UUID(int=n) for n in sorted(evening.recused))
    wrong, outcome = wrong_with(evening), carried(evening)
    facts = {"members": members, "recused": recused, "policy": evening.policy, "laid_on": DAY, "today": DAY}

    if wrong or outcome is None:
        with pytest.raises(Refused) as no:
            voting.held(evening.ballot(), **facts)
        assert str(no.value) in (wrong or {"ballot-chairs-vote-needed"})
    else:
        counted = voting.held(evening.ballot(), **facts)
        assert counted.carried is outcome
        assert counted.entitled == sum(seat is not Seat.ALTERNATE for seat in evening.seats) - sum(
            evening.seats[n] is not Seat.ALTERNATE for n in evening.recused
        )
        assert counted.members == members
        assert counted.needed <= len(counted.present)


JOBS = some.lists(some.tuples(some.integers(0, 100), some.integers(0, 100)), max_size=12)
"""Tasks, each a weight and how far it is in percent."""


def summed(jobs: list[tuple[int, int]]) -> Sums:
    weights, percents = [weight for weight, _ in jobs], [percent for _, percent in jobs]
    weighted = sum(weight * percent for weight, percent in jobs)
    return Sums(weighted=weighted, weight=sum(weights), percent=sum(percents), count=len(jobs))


@pytest.mark.invariant(49)
@settings(deadline=None)
@given(jobs=JOBS)
def test_progress_is_the_weighted_average_and_lies_between_nothing_and_all(jobs: list[tuple[int, int]]) -> None:
    far = progress(summed(jobs))

    if not jobs:
        assert far is None
        return
    alike = jobs if any(weight for weight, _ in jobs) else [(1, percent) for _, percent in jobs]
    spread = [percent for weight, percent in alike for _ in range(weight)]
    assert far is not None
    assert 0 <= far <= 100
    assert far == sum(spread) // len(spread)
    assert (far == 100) == all(percent == 100 for percent in spread)


@pytest.mark.invariant(49)
@settings(deadline=None)
@given(jobs=JOBS.filter(bool), which=some.integers(0, 11))
def test_progress_never_falls_when_a_task_is_done(jobs: list[tuple[int, int]], which: int) -> None:
    done = [(weight, 100 if n == which % len(jobs) else percent) for n, (weight, percent) in enumerate(jobs)]

    before, after = progress(summed(jobs)), progress(summed(done))
    assert before is not None
    assert after is not None
    assert after >= before


VERBS = some.sampled_from(["gather", "gather", "leave_out", "begin", "out", "out", "refused", "finish"])
STEPS = some.lists(some.tuples(VERBS, some.integers(0, 1)), min_size=5, max_size=14)


def tried(made: Round, verb: str, id: UUID) -> Round:
    moves: dict[str, dict[str, Any]] = {
        "gather": {"decision_id": id, "prepared": True, "elsewhere": False},
        "leave_out": {"decision_id": id},
        "out": {"decision_id": id, "refused": ""},
        "refused": {"decision_id": id, "refused": "not-now"},
    }
    move = {"out": "go_on", "refused": "go_on"}.get(verb, verb)
    moved: Round = getattr(made, move)(who=SECRETARY, **moves.get(verb, {}))[0]
    return moved


@pytest.mark.invariant(47)
@settings(deadline=None, max_examples=400)
@given(steps=STEPS)
def test_whatever_a_secretary_tries_nothing_in_a_round_is_published_twice_or_forgotten(steps: list[tuple[str, int]]) -> None:
    made, _ = together.open_round(id=UUID(int=1), who=SECRETARY, title="Juni", now=LAID)
    inside: set[int] = set()
    out: list[int] = []
    for verb, number in steps:
        try:
            made = tried(made, verb, UUID(int=number))
        except Refused:
            continue
        inside |= {number} if verb == "gather" else set()
        inside -= {number} if verb == "leave_out" else set()
        out += [number] if verb == "out" else []

    assert len(out) == len(set(out))
    assert {entry.decision_id.int for entry in made.entries} == inside >= set(out)
    assert {id.int for id in made.waiting} == inside - set(out)
    assert made.state is not together.State.PUBLISHED or set(out) == inside != set()
