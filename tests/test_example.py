"""The example that integrators begin with, run as it stands against a real front door."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from gateway.tests.conftest import DEPARTMENTS, PERSONS
from gateway.tests.kit import Village
from gateway.tests.test_partners import key_of, let_in
from tests.generate import HOUSE
from tests.journeys.worlds import door_of
from tests.kit import Hall

EXAMPLE = HOUSE / "docs/examples/follow.py"


class Integrator:
    """An association with an idea or two, its front door on a port, and somebody who runs the example."""

    def __init__(self, hall: Hall, village: Village, port: int, folder: Path) -> None:
        self.hall, self.village, self.folder = hall, village, folder
        self.url, self.camilla = f"http://127.0.0.1:{port}/{village.slug}", village.visitor("camilla@here.example")
        self.anna = village.visitor("anna@here.example")
        self.page = let_in(self.camilla)
        self.key = key_of(self.camilla, self.page)

    def an_idea(self, title: str) -> None:
        """Somebody has one, and it is published."""
        made = self.anna.api("POST", "/ideas", json={"title": title, "text": "Fordi."}).json
        assert self.camilla.api("POST", f"/ideas/{made['id']}/publish").status_code == 200
        self.hall.settle()

    @contextlib.contextmanager
    def follows(self) -> "Iterator[subprocess.Popen[str]]":
        """The program runs, until it is killed in whatever it does."""
        where = {"SAMSKAB_URL": self.url, "SAMSKAB_KEY": self.key, "SAMSKAB_DB": str(self.folder / "samskab.db")}
        program = subprocess.Popen([sys.executable, EXAMPLE], stdout=subprocess.PIPE, text=True, env=os.environ | where)
        try:
            yield program
        finally:
            program.kill()
            program.wait()

    def until(self, program: Any, title: str) -> list[str]:
        """The titles that it prints before this one. Whoever is told of the next page has put the one before away."""
        before: list[str] = []
        while (told := program.stdout.readline().partition("'title': '")[2].partition("'")[0]) != title:
            assert told, "it ended"
            before.append(told)
        return before


@pytest.fixture
def integrator(hall: Hall, admin_url: str, tmp_path: Path) -> Iterator[Integrator]:
    door = door_of(hall, admin_url)
    server = make_server("127.0.0.1", 0, door, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    village = Village(door, hall.apps["people"], hall.key)
    village.move_in(DEPARTMENTS, PERSONS)
    hall.settle()
    yield Integrator(hall, village, server.server_port, tmp_path)
    server.shutdown()


def test_the_example_misses_nothing_and_repeats_only_what_was_in_hand(integrator: Integrator) -> None:
    integrator.an_idea("Altaner")
    with integrator.follows() as program:
        assert integrator.until(program, "Altaner") == []
        integrator.an_idea("Blomster")
        assert integrator.until(program, "Blomster") == []
    integrator.an_idea("Cykelskur")
    with integrator.follows() as program:
        assert integrator.until(program, "Cykelskur") in ([], ["Blomster"])
        integrator.an_idea("Drivhus")
        assert integrator.until(program, "Drivhus") == []

    with contextlib.closing(sqlite3.connect(integrator.folder / "samskab.db")) as kept, kept:
        kept.execute("delete from place")  # it begins again, as after a cursor that was too old
    integrator.an_idea("Elcykler")
    with integrator.follows() as program:
        assert integrator.until(program, "Elcykler") in ([], ["Drivhus"])


def test_the_example_stops_when_a_human_being_must_look(integrator: Integrator) -> None:
    integrator.camilla.do(integrator.page, "Tag adgangen tilbage")
    with integrator.follows() as program:
        assert program.wait(30) != 0


def test_the_example_is_short_and_stands_in_the_page_that_explains_it() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    assert text in (HOUSE / "docs/integrating.md").read_text(encoding="utf-8")
