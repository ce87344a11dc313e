"""`python -m bench [what ...] [--quick]`: measure requests and the post beside their floors, on servers of their own."""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from bench import journeys, letters, page, report, rounds, scene, servers
from bench.journeys import Trickle
from bench.machine import Run
from bench.rates import Rates
from bench.report import Line
from bench.requests import part
from bench.requests import sizes as requests_sizes
from bench.rounds import Spread, say

Pair = dict[str, Callable[[], Run]]


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int = 5
    relay: int = 10_000
    listener: int = 10_000
    reader: int = 5_000
    slow_seconds: float = 5.0
    fast_seconds: float = 3.0
    drain: int = 100_000
    flood: int = 50_000
    flood_seconds: float = 4.0
    associations: int = 8_000
    patience: int = 2


QUICK = Sizes(3, 3_000, 3_000, 1_500, 2.0, 1.0, 3_000, 10_000, 1.0, 1_600, patience=0)


@dataclass
class Bench:
    """What is measured, and what was found so far."""

    servers: servers.Servers
    sizes: Sizes
    stack: ExitStack
    lines: list[Line] = field(default_factory=list)
    spent: dict[str, dict[str, list[Run]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _journeys: journeys.Journeys | None = None

    def __post_init__(self) -> None:
        scene.put_up(self.servers)
        self.rates = Rates(self.servers)
        self.stack.callback(self.rates.close)

    @property
    def journeys(self) -> journeys.Journeys:
        """Started when first asked for."""
        self._journeys = self._journeys or self.stack.enter_context(journeys.journeys(self.servers))
        return self._journeys

    def relay(self) -> None:
        """The relay beside raw windowed publishing."""
        rows = letters.letters(self.sizes.relay)
        self._beside("relay", report.RELAY, lambda: self.rates.publish(rows), lambda: self.rates.relay(rows))

    def listener(self) -> None:
        """The listener beside a bulk insert."""
        rows = letters.letters(self.sizes.listener)
        self._beside("listener", report.LISTENER, lambda: self.rates.listen_floor(rows), lambda: self.rates.listen(rows))

    def reader(self) -> None:
        """The reader beside a transaction for a hundred."""
        rows = letters.letters(self.sizes.reader)
        self._beside("reader", report.READER, lambda: self.rates.read_floor(rows), lambda: self.rates.read(rows))

    def effect(self) -> None:
        """From commit to effect, with few letters and with some."""
        for per_second, seconds in ((20, self.sizes.slow_seconds), (200, self.sizes.fast_seconds)):
            self._waits(
                f"commit to effect at {per_second}/s, p50 / p95 / p99",
                report.EFFECT,
                lambda p=per_second, s=seconds: Trickle(self.journeys.floor(p, s)),  # type: ignore[misc]
                lambda p=per_second, s=seconds: Trickle(self.journeys.product(p, s)),  # type: ignore[misc]
            )

    def flood(self) -> None:
        """One association's letters while another's wait in their thousands."""
        beside = self._waits(
            f"a trickle beside another's {self.sizes.flood:,}, p50 / p95 / p99",
            report.TRICKLE,
            lambda: self.journeys.quiet(self.sizes.flood_seconds),
            lambda: self.journeys.flood(self.sizes.flood, self.sizes.flood_seconds),
        )
        before = Spread.of([count for each in beside for count in each.overtaken_by])
        self.notes.append(
            f"Of {self.sizes.flood:,} letters that waited already, {before.median:,.0f} ({before.least:,.0f}-{before.most:,.0f}) "
            "were applied between the commit of a letter of the other association and its effect."
        )

    def drain(self) -> None:
        """A long standstill, made up for."""
        run = self.journeys.drain(self.sizes.drain)
        self.spent["drain"] = {"post": [run]}
        took = f"{run.seconds:.0f} s ({run.rate:,.0f}/s)"
        self.notes.append(f"{run.events:,} letters that waited went from outbox to effect in {took}.")

    def associations(self) -> None:
        """What a letter costs when there are 800 associations: with lists as they come, and the reader's with equal lists."""
        one, many = letters.letters(self.sizes.associations), letters.letters(self.sizes.associations, 800)
        each = self.sizes.associations // 800
        letters_each = f"an event with 1 and with 800 associations ({each} letters each"
        runs: dict[str, Callable[[list[letters.Row]], Run]] = {
            f"relay: {letters_each})": self.rates.relay,
            f"listener: {letters_each})": self.rates.listen,
            f"reader: {letters_each})": self.rates.read,
            f"reader: {letters_each}, lists of {each} in both)": lambda rows: self.rates.read(rows, at_once=each),
        }
        for what, run in runs.items():
            pair: Pair = {"1": lambda run=run: run(one), "800": lambda run=run: run(many)}  # type: ignore[misc]
            found = rounds.alternate(what, pair, self.sizes.rounds, patience=self.sizes.patience)
            ratio = rounds.ratios(found, lambda run: run.cpu, "800", "1")
            self.lines.append(Line(what, report.cost(found["1"]), report.cost(found["800"]), ratio, report.ASSOCIATIONS))
            self.spent[what.replace("an event with 1 and with 800 associations", "associations")] = found

    def _beside(self, name: str, target: report.Target, floor: Callable[[], Run], post: Callable[[], Run]) -> None:
        runs = rounds.alternate(name, {"floor": floor, "post": post}, self.sizes.rounds, patience=self.sizes.patience)
        ratio = rounds.ratios(runs, lambda run: run.rate, "post", "floor")
        self.lines.append(Line(name, report.rate(runs["floor"]), report.rate(runs["post"]), ratio, target))
        self.spent[name] = runs

    def _waits(
        self, what: str, target: report.Target, floor: Callable[[], Trickle], post: Callable[[], Trickle]
    ) -> list[Trickle]:
        floors: list[Trickle] = []
        posts: list[Trickle] = []
        for number in range(self.sizes.rounds):
            turns = [(floors, floor), (posts, post)]
            for found, run in turns if number % 2 else turns[::-1]:
                found.append(run())
            beside = f"{report.waits(floors[-1:])} beside {report.waits(posts[-1:])}"
            say(f"{what} {number + 1}/{self.sizes.rounds}: {beside}")
        ratio = Spread.of([p.waits.at(95) / f.waits.at(95) for p, f in zip(posts, floors, strict=True)])
        self.lines.append(Line(what, report.waits(floors), report.waits(posts), ratio, target))
        return posts


POST = ("relay", "listener", "reader", "associations", "effect", "flood", "drain")
"""In this order: once the post is at work by itself, nothing else may be measured."""


def main(arguments: Sequence[str]) -> None:
    """Measure what is asked for, say what was found, and keep a part of the page that was measured whole."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=["all", "requests", "post", *POST], default="all")
    parser.add_argument("--quick", action="store_true", help="less of everything, in a minute or two")
    parser.add_argument("--rounds", type=int, help="how many rounds")
    asked = parser.parse_args(arguments)
    what = {asked.what} if isinstance(asked.what, str) else set(asked.what)
    if what & {"all", "requests"}:
        measure_requests(requests_sizes.QUICK if asked.quick else requests_sizes.Sizes(), asked.rounds, write=not asked.quick)
    wanted = POST if what & {"all", "post"} else [each for each in POST if each in what]
    if wanted:
        measure_post(wanted, QUICK if asked.quick else Sizes(), asked.rounds, write=not asked.quick and len(wanted) == len(POST))


def measure_requests(sizes: requests_sizes.Sizes, of_rounds: int | None, *, write: bool) -> None:
    """What a request costs."""
    sizes = replace(sizes, rounds=of_rounds or sizes.rounds)
    say("starting PostgreSQL ...")
    with servers.postgres() as (place, admin_url, root), ExitStack() as stack:
        found = part.Requests(admin_url, root, place, sizes, stack)
        found.all()
        facts = page.facts(servers.version(admin_url), rounds=str(sizes.rounds), seconds=f"{sizes.seconds:g}")
    say("")
    print(part.section(found, facts))
    if write:
        page.keep(page.REQUESTS, part.section(found, facts))


def measure_post(what: Sequence[str], sizes: Sizes, of_rounds: int | None, *, write: bool) -> None:
    """What a letter costs."""
    sizes = replace(sizes, rounds=of_rounds or sizes.rounds)
    say("starting PostgreSQL and RabbitMQ ...")
    with servers.servers() as started, ExitStack() as stack:
        bench = Bench(started, sizes, stack)
        for each in what:
            getattr(bench, each)()
        letters_each = f"{sizes.relay:,} / {sizes.listener:,} / {sizes.reader:,}"
        facts = page.facts(started.versions(), rounds=str(sizes.rounds), **{"letters a round": letters_each})
    said = report.section(bench.lines, report.costs(bench.spent), bench.notes, facts)
    say("")
    print(said)
    if write:
        page.keep(page.POST, said)


if __name__ == "__main__":
    main(sys.argv[1:])
