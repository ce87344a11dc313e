"""The plan of the house, kept: which room may import which, and no service imports another."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
ROOMS = {
    "rules": {"rules", "contracts", "chassis.refusal", "chassis.identity", "chassis.life", "chassis.clock"},
    "files": {
        "files",
        "rules",
        "contracts",
        "chassis.shapes",
        "chassis.refusal",
        "chassis.clock",
        "chassis.identity",
        "icalendar",
    },
    "store": {"store", "rules", "contracts", "chassis", "sqlalchemy"},
    "actions": {"actions", "rules", "store", "files", "contracts", "chassis", "sqlalchemy", "uuid_utils"},
    "reactions": {"reactions", "rules", "store", "contracts", "chassis", "sqlalchemy", "uuid_utils"},
    "queries": {"queries", "rules", "store", "files", "contracts", "chassis", "sqlalchemy"},
    "web": {"web", "actions", "queries", "rules", "contracts", "chassis", "flask", "marshmallow"},
    "app": {"web", "actions", "reactions", "queries", "store", "rules", "contracts", "chassis", "sqlalchemy"},
}
"""Imports run downwards. What is not named here a room may not import."""

FLOORS = {
    "contracts": {"contracts", "cattrs"},
    "chassis": {
        "chassis",
        "contracts",
        "alembic",
        "apispec",
        "cattrs",
        "environs",
        "flask",
        "flask_smorest",
        "joserfc",
        "marshmallow",
        "pika",
    }
    | {"prometheus_client", "sqlalchemy", "structlog", "uuid_utils", "werkzeug", "psycopg", "webargs"}
    | {"opentelemetry", "_typeshed"},
    "gateway": {
        "gateway",
        "chassis",
        "contracts",
        "flask",
        "httpx2",
        "joserfc",
        "babel",
        "jinja2",
        "markupsafe",
        "sqlalchemy",
        "structlog",
    }
    | {"uuid_utils", "werkzeug", "marshmallow", "_typeshed"},
}
"""What lies below the services knows no service; the gateway knows none either."""


def imported(path: Path) -> Iterator[str]:
    """What a file imports, without the standard library."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out in full"
            names = [node.module or ""]
            if node.module and (HOUSE / node.module.replace(".", "/")).is_dir():
                names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name for name in names if name.partition(".")[0] not in sys.stdlib_module_names)


def allowed(name: str, may: set[str]) -> bool:
    """Whether a name is one of those, or stands inside one of them."""
    return any(name == room or name.startswith(room + ".") for room in may)


def files(folder: str) -> list[Path]:
    """The files of a folder that are shipped: no tests, no migrations."""
    return [p for p in sorted((HOUSE / folder).rglob("*.py")) if not {"tests", "migrations"} & set(p.relative_to(HOUSE).parts)]


def named(path: Path) -> str:
    """A file as one would say it."""
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", files("services"), ids=named)
def test_a_room_imports_only_what_the_plan_allows(path: Path) -> None:
    parts = path.relative_to(HOUSE / "services").with_suffix("").parts
    if parts[-1] == "__init__" and len(parts) < 3:
        assert list(imported(path)) == []
        return
    service, room = parts[0], parts[1]
    assert room in ROOMS, f"{path} is no room of the plan"
    for name in imported(path):
        own = name.removeprefix(f"services.{service}.")
        assert not own.startswith("services"), f"{path} imports another service: {name}"
        assert allowed(own, ROOMS[room]), f"{path}: {room} may not import {name}"


@pytest.mark.parametrize("path", [p for floor in FLOORS for p in files(floor)], ids=named)
def test_a_floor_knows_nothing_above_it(path: Path) -> None:
    floor = path.relative_to(HOUSE).parts[0]
    for name in imported(path):
        assert allowed(name, FLOORS[floor]), f"{path}: {floor} may not import {name}"


@pytest.mark.parametrize(
    "path", [p for place in ("services", "chassis", "contracts", "gateway", "deploy") for p in files(place)], ids=named
)
def test_every_file_opens_with_one_sentence_that_says_what_lives_there(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said, path
    assert said.split("\n\n")[0].rstrip().endswith("."), path


def test_every_service_has_the_seven_rooms() -> None:
    for service in sorted(p for p in (HOUSE / "services").iterdir() if (p / "app.py").exists()):
        present = {p.stem for p in service.iterdir()}
        assert set(ROOMS) - {"files"} <= present, service


@pytest.mark.parametrize("path", [p for place in ("services", "chassis") for p in files(place)], ids=named)
def test_nobody_asks_another_clock(path: Path) -> None:
    if path.name == "clock.py":
        return
    text = path.read_text(encoding="utf-8")
    for word in ("datetime.now(", "date.today(", "utcnow(", "time.sleep("):
        assert word not in text, f"{path}: all time comes from chassis.clock, not {word}"
