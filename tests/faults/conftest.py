"""The servers that are broken on purpose, never those of the other tests; and the table of what came of it."""

import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.account import Account
from tests.faults.world import Database, World, servers, world
from tests.servers.node import Node

SEEDS = [int(seed) for seed in os.environ.get("SEEDS", "1").split(",")]
HEAD = """<!-- Made by `make faults`; do not edit. -->

# What was broken, and what came of it

Each row is one test of `tests/faults`: real PostgreSQL, real RabbitMQ, every service's post in a process of its own. *Committed* letters
are those whose transaction was committed; each must have its effect once, or be parked where an operator sees it. *Lost*, *applied
twice* and *out of order* must be 0. Made {when} on {cores} cores, {machine}, Python {python}, {database}, RabbitMQ {broker}, seeds {seeds}.
A fault without a row was not tried in that run.

| fault | seed | attempted | committed | applied once | parked | lost | applied twice | out of order | test |
|---|---|---|---|---|---|---|---|---|---|
"""


@dataclass
class Row:
    """One test and its account."""

    sentence: str
    account: Account
    passed: bool = False


ROWS: dict[str, Row] = {}
VERSIONS: dict[str, str] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the table goes."""
    parser.addoption("--results", type=Path, help="write the table of faults there")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each fault meets each seed; SEEDS=1,2,3 gives them."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", SEEDS)


@pytest.fixture(scope="session")
def breakable() -> Iterator[tuple[Database, Node]]:
    with servers() as both:
        yield both


@pytest.fixture
def here(breakable: tuple[Database, Node], seed: int, request: pytest.FixtureRequest) -> Iterator[World]:
    """A world of its own."""
    with world(*breakable, seed=seed) as made:
        yield made
        ROWS[request.node.nodeid] = Row(_sentence(request.node.name), made.account())
        VERSIONS.update(made.versions())


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Whether it held."""
    if report.when == "call" and report.nodeid not in ROWS:
        OUTCOMES[report.nodeid] = report.passed


OUTCOMES: dict[str, bool] = {}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the table, if one was asked for."""
    path = session.config.getoption("--results", default=None)
    if not path or not ROWS:
        return
    head = HEAD.format(
        when=datetime.now(UTC).date().isoformat(),
        cores=os.cpu_count(),
        machine=platform.machine(),
        python=platform.python_version(),
        database=VERSIONS.get("database", "?"),
        broker=VERSIONS.get("broker", "?"),
        seeds=", ".join(map(str, SEEDS)),
    )
    path.write_text(head + "".join(_line(id, row) for id, row in ROWS.items()), encoding="utf-8")


def _line(id: str, row: Row) -> str:
    a = row.account
    numbers = (a.seed, a.attempted, a.committed, a.applied_once, a.parked, a.lost, a.applied_twice, a.out_of_order)
    return f"| {row.sentence} | {' | '.join(map(str, numbers))} | {'held' if OUTCOMES.get(id) else 'BROKE'} |\n"


def _sentence(name: str) -> str:
    found = re.match(r"test_fault_(\d+)_([a-z0-9_]+)(?:\[(.*)\])?", name)
    if not found:
        return name
    more = [word for word in (found[3] or "").split("-") if not word.isdigit()]
    return f"{found[1]}: {found[2].replace('_', ' ')}{' (' + ', '.join(more) + ')' if more else ''}"
