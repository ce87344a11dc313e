"""What is measured of requests, in which order, and what is said of it."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench import machine, rounds
from bench.report import Line, Target, table
from bench.requests import fill, places
from bench.requests.fill import Visitor
from bench.requests.house import House, Program
from bench.requests.measure import Measure, Served
from bench.requests.places import CASES, Place
from bench.requests.sizes import Sizes
from bench.rounds import Spread

SERVICE = {"list": Target(0.85, 1.3, less=True), "submit": Target(1.0, 1.5, less=True), "endorse": Target(0.75, 1.2, less=True)}
GATEWAY = {"list": Target(1.4, 2.0, less=True), "submit": Target(1.6, 2.2, less=True), "endorse": Target(1.1, 1.7, less=True)}
FRONT, ADDED, FLAT = Target(1.0, 1.0, less=True), Target(2.0, 2.0, less=True), Target(1.1, 1.3, less=True)
SAID = {
    "list": "list 20 of {ideas:,}",
    "submit": "submit an idea",
    "endorse": "endorse an idea",
    "page": "open a group's page",
    "see": "read an idea",
    "standing": "who somebody is",
    "names": "the names of 20",
}
Runs = Mapping[str, Sequence[Served]]


@dataclass
class Requests:
    """What is measured, and what was found so far."""

    admin_url: str
    postgres: int
    folder: Path
    sizes: Sizes
    stack: ExitStack
    lines: list[Line] = field(default_factory=list)
    flat: list[Line] = field(default_factory=list)
    spent: dict[str, Runs] = field(default_factory=dict)
    kept: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        rounds.say("playing the story until a group has met ...")
        self.house = House(self.admin_url, self.folder, self.stack, self.sizes)
        for copy in ("ideas_1", "ideas_many"):
            self.house.copy("ideas", copy)
        self.house.copy("people", "people_many")
        self.house.furnish()
        self.house.floor()
        self.house.gateway()
        self.measure = Measure(self.postgres, self.folder, self.sizes.seconds, self.sizes.warm_up)

    def all(self) -> None:
        """Everything."""
        self.compare()
        self.page()
        self.alone()
        self.memory()
        self.hot()
        self.associations()
        self.persons()
        self.starts()

    def compare(self) -> None:
        """Service and gateway beside the floor."""
        contenders = {
            "floor": places.floor_of(self.house),
            "service": places.service_of(self.house),
            "gateway": places.gateway_of(self.house),
        }
        for case in CASES:
            for connections in self.sizes.connections:
                what = f"{self._said(case)}, {connections} connections"
                found = self._alternate(what, case, connections, contenders)
                self.lines.append(_line(f"{what}: service", found, "service", "floor", SERVICE[case]))
                self.lines.append(_line(f"{what}: gateway and service", found, "gateway", "floor", GATEWAY[case]))
                alone = Spread.of([run.in_front for run in found["gateway"]])
                self.lines.append(Line(f"{what}: the gateway's own", "", _ms(alone), alone, FRONT))

    def page(self) -> None:
        """A page that several services know something about."""
        contenders = {"floor": places.floor_of(self.house), "gateway": places.gateway_of(self.house)}
        for connections in self.sizes.connections:
            what = f"{self._said('page')}, {connections} connections"
            found = self._alternate(what, "page", connections, contenders)
            self.lines.append(_line(what, found, "gateway", "floor", None))

    def alone(self) -> None:
        """How long one has to wait who asks alone, and what the gateway adds to that."""
        contenders = {"service": places.service_of(self.house), "gateway": places.gateway_of(self.house)}
        what = f"{self._said('list')}, one at a time"
        found = self._alternate(what, "list", 1, contenders)
        added = Spread.of([g.p50 - s.p50 for g, s in zip(found["gateway"], found["service"], strict=True)])
        waits = {name: Spread.of([run.p50 for run in runs]) for name, runs in found.items()}
        said = f"{what}: milliseconds that the gateway adds to the median"
        self.lines.append(Line(said, _ms(waits["service"]), _ms(waits["gateway"]), added, ADDED))

    def hot(self) -> None:
        """An idea that few stand behind, and one that very many do."""
        few, many = self.sizes.hot
        contenders = {}
        with self.house.sql("ideas") as ideas:
            for number, endorsers in enumerate((few, many)):
                idea = fill.hot(ideas, self.house.template, number=number, endorsers=endorsers)
                contenders[f"{endorsers:,}"] = places.idea_of(self.house, idea)
        self._flat("endorsers", ("see", "endorse"), contenders)

    def associations(self) -> None:
        """One association beside 800 that have as much in all."""
        of, house = self.sizes, self.house
        ids = house.ids(of.many_associations)
        here = {
            "ideas_1": [Visitor(ids[0], "", 1 + n) for n in range(of.many_associations)],
            "ideas_many": [Visitor(id, "", 1) for id in ids],
        }
        contenders = {}
        with ExitStack() as running:
            for database, visitors in here.items():
                with house.sql(database) as ideas:
                    there = sorted({visitor.association_id for visitor in visitors})
                    fill.ideas(ideas, house.template, there, of.ideas_of_many * len(ids) // len(there), of.endorsers)
                house.webs[database] = running.enter_context(house.running(database, *house.of_service("ideas", database)))
                contenders[f"{len(there):,}"] = places.service_of(house, database, visitors, ideas=10)
            self._flat("associations", CASES, contenders)

    def persons(self) -> None:
        """Ten thousand persons beside a million."""
        of, house = self.sizes, self.house
        ids, each = house.ids(of.associations), of.many_persons // of.associations
        with house.sql("people_many") as people:
            fill.associations(people, house.template, ids[1:])
            fill.persons(people, house.template, ids, each)
        with house.running("people_many", *house.of_service("people", "people_many")) as web:
            house.webs["people_many"] = web
            contenders = {
                f"{of.persons:,}": places.people_of(house, "people", of.persons // of.associations),
                f"{of.many_persons:,}": places.people_of(house, "people_many", each),
            }
            self._flat("persons", ("standing", "names"), contenders)

    def memory(self) -> None:
        """What a worker keeps after all that."""
        of = {name: self._worker(name) for name in ("floor", "ideas", "gateway")}
        self.kept += [
            (f"memory of a worker, {name}", f"{size:.0f} MB", "", f"{size / of['floor']:.2f}") for name, size in of.items()
        ]

    def _worker(self, name: str) -> float:
        workers = [machine.memory_of(pid) for pid in machine.children_of(self.house.webs[name].root)]
        return sum(workers) / len(workers)

    def starts(self) -> None:
        """From the command to the first answer."""
        programs = {"floor": self.house.of_floor(), "ideas": self.house.of_service("ideas"), "gateway": self.house.of_gateway()}
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
        for _ in range(self.sizes.starts):
            for name, program in programs.items():
                found[name].append(self._start(program))
        for name, each in found.items():
            waited, used = (Spread.of([one[n] for one in each]) for n in (0, 1))
            ratio = Spread.of([mine[1] / floors[1] for mine, floors in zip(each, found["floor"], strict=True)])
            took = f"{waited.median:.1f} s ({waited.least:.1f}-{waited.most:.1f})"
            self.kept.append((f"start, {name}", took, f"{used.median:.2f} s", f"{ratio.median:.2f}"))

    def _start(self, program: Program) -> tuple[float, float]:
        begun = time.monotonic()
        with self.house.running("start", *program) as web:
            return time.monotonic() - begun, machine.used_by(web.root)[0]

    def _flat(self, of: str, cases: Sequence[str], contenders: Mapping[str, Place]) -> None:
        few, many = contenders
        for case in cases:
            what = f"{self._said(case)}: {few} and {many} {of}"
            found = self._alternate(what, case, self.sizes.connections[0], contenders)
            self.flat.append(_line(what, found, many, few, FLAT))

    def _alternate(self, what: str, case: str, connections: int, contenders: Mapping[str, Place]) -> Runs:
        for each in contenders.values():
            self.measure.taste(each, case)
        runs: dict[str, Callable[[], Served]] = {
            name: (lambda place=place: self.measure.serve(place, case, connections))  # type: ignore[misc]
            for name, place in contenders.items()
        }
        found = rounds.alternate(what, runs, self.sizes.rounds, patience=self.sizes.patience)
        self.spent[what] = found
        return found

    def _said(self, case: str) -> str:
        return SAID[case].format(ideas=self.sizes.ideas * self.sizes.associations)


def section(found: Requests, facts: str) -> str:
    """The requests' part of the page."""
    return SECTION.format(
        facts=facts,
        sizes=found.sizes,
        ideas=found.sizes.ideas * found.sizes.associations,
        endorsements=found.sizes.ideas * found.sizes.associations * found.sizes.endorsers,
        table=table(HEAD, [line.cells() for line in found.lines]),
        flat=table(FLAT_HEAD, [line.cells() for line in found.flat]),
        kept=table(("what", "", "processor time", "floor = 1"), found.kept),
        spent=table(SPENT, costs(found.spent)),
    )


def _line(what: str, found: Runs, name: str, to: str, target: Target | None) -> Line:
    ratio = rounds.ratios(found, lambda run: run.cpu, name, to)
    mine, others = (Spread.of([run.cpu for run in found[each]]) for each in (name, to))
    return Line(what, _ms(others), _ms(mine), ratio, target)


def costs(spent: Mapping[str, Runs]) -> list[tuple[str, ...]]:
    """Where the processor time went in milliseconds per request, and how it looked from outside; the middle of the rounds."""
    return [
        (f"{what}: {name}", *_parts(sorted(runs, key=lambda run: run.cpu)[len(runs) // 2]), *_seen(runs))
        for what, contenders in spent.items()
        for name, runs in contenders.items()
    ]


def _parts(run: Served) -> Sequence[str]:
    return [f"{part / run.requests * 1000:.2f}" for part in (run.front, run.behind, run.postgres)] + [f"{run.cpu:.2f}"]


def _seen(runs: Sequence[Served]) -> Sequence[str]:
    middle = {name: Spread.of([getattr(run, name) for run in runs]).median for name in ("rate", "p50", "p95", "foreign")}
    return [f"{middle['rate']:,.0f}", *(f"{middle[name]:.1f}" for name in ("p50", "p95", "foreign"))]


def _ms(found: Spread) -> str:
    return f"{found.median:.2f} ms ({found.least:.2f}-{found.most:.2f})"


HEAD = ("what", "floor", "ours", "ratio", "of the rounds", "very good", "acceptable", "reached")
FLAT_HEAD = ("what", "few", "many", *HEAD[3:])
SPENT = ("what", "gateway", "services", "PostgreSQL", "all", "requests/s", "p50 ms", "p95 ms", "strangers")
SECTION = """Compared by processor time per request, of whatever answers and of PostgreSQL together; the driver is not counted.

{facts}

{sizes.associations} associations have {ideas:,} ideas, {endorsements:,} endorsements and {sizes.persons:,} persons in all.
{sizes.visitors} persons ask; the gateway remembers their session, standing and token for half a minute, and then asks again.
The services keep every association's rows apart by forced row-level security; the floor does with a `where`. The floor verifies
each token, and counts endorsers in the same transaction, under a lock on the idea; the house remembers tokens, and folds what is
counted afterwards, which the post's part pays for. What a round wrote is taken away again.

{table}

What must make no difference, measured at the service itself:

{flat}

{kept}

### Where a request's time goes

Milliseconds of processor time per request, children included, middle of the rounds; then how it looked from outside.

{spent}

- **List**: three round trips (the transaction with whose it is, the list, the commit). In the service, about half goes to what
  Flask, its shapes and gunicorn do around any request, a quarter to the statement, a quarter to turning rows into JSON.
- **Submit and endorse**: six and seven round trips, about 0.25 ms each: whose it is, what the rule needs to know, the rows, the
  idea as its author now sees it, the letter, the commit.
- **The gateway's own**: a quarter is gunicorn's watching of connections, a third Flask, a fifth `http.client` (a third of that
  reads the headers of the answer); what is remembered of session, standing and token is looked up for nearly nothing.
- **A group's page**: the floor asks one database three times. The page asks three services for five things (the group, its work,
  its contributions, names, bodies), one after the other, and these make some thirty statements, most of them built anew each
  time.
- **Many associations**: what is compared has as much in all. Beside a database with an eight-hundredth of it, a list costs about
  a quarter more (deeper indexes, colder pages), and what is written costs the same.
"""
