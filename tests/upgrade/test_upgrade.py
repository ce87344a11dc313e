"""An upgrade while people are at work: every process replaced, tables widened and narrowed; no request fails, no event is lost."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
from joserfc.jwk import OKPKey
from sqlalchemy import make_url

from chassis import migrate
from deploy.bundled import bundled
from deploy.demo.apart import Apart
from deploy.demo.play import house
from deploy.demo.world import World
from deploy.services import BY_NAME
from tests.servers.full import until
from tests.servers.webs import HOUSE
from tests.upgrade.fleet import ASKED, Before, Fleet, code_before, consumers
from tests.upgrade.load import SLUG, Load

pytestmark = [pytest.mark.long, pytest.mark.invariant(53)]

EXPAND = '''
"""Ideas have a season, and there is a table of benches."""
import sqlalchemy as sa
from alembic import op
from chassis.migrate import guard
revision, down_revision = "{new}", "{old}"
def upgrade():
    op.add_column("ideas", sa.Column("season", sa.Text(), server_default="all"))
    op.create_table("benches", sa.Column("association_id", sa.Uuid(), primary_key=True), sa.Column("id", sa.Uuid(), primary_key=True))
    guard("ideas", "benches")
'''
INDEX = '''
"""Ideas are found by their season."""
from alembic import op
revision, down_revision = "{new}", "{old}"
def upgrade():
    with op.get_context().autocommit_block():
        op.create_index("ideas_season_ix", "ideas", ["association_id", "season"], postgresql_concurrently=True)
'''
CONTRACT = '''
"""Nobody asks for the season any more."""
from alembic import op
revision, down_revision = "{new}", "{old}"
def upgrade():
    op.drop_table("benches")
    op.drop_column("ideas", "season")
'''


class Tables:
    """The database of ideas, whose migrations a test goes on with."""

    def __init__(self, admin_url: str, folder: Path) -> None:
        self.url = make_url(admin_url).set(database="ideas").render_as_string(hide_password=False)
        self.folder = folder
        shutil.copytree(BY_NAME["ideas"].migrations, folder)

    def go_on(self, *steps: str) -> None:
        """One migration more for each step, laid out while everybody works."""
        for step in steps:
            last = max(path.name[:4] for path in (self.folder / "versions").glob("[0-9]*.py"))
            new = f"{int(last) + 1:04d}"
            (self.folder / f"versions/{new}_made_here.py").write_text(step.format(new=new, old=last))
        migrate.upgrade(self.url, "ideas", self.folder)


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="samskab-upgrade-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def world_of(fleet: Fleet, admin_url: str) -> World:
    key = OKPKey.import_key(json.loads((fleet.folder / "gateway.key").read_text()))
    settle = Apart("", "", key, admin_url, fleet.folder / "clock").settle
    before = Before(fleet.urls("gateway"))
    people = httpx2.Client(base_url=fleet.urls("people")[0], timeout=30)
    return World(
        door=lambda: httpx2.Client(transport=before, base_url="http://127.0.0.1:8080"),
        slug=SLUG,
        house=house(people, key, SLUG),
        settle=settle,
        set_clock=lambda _: None,
    )


def test_an_upgrade_fails_nobody_and_loses_nothing(place: Path, amqp_url: str) -> None:
    commit, old = code_before(place / "old")
    with bundled(place / "postgres", durable=False) as admin_url:
        fleet = Fleet(place / "fleet", admin_url, amqp_url)
        tables = Tables(admin_url, place / "migrations")
        try:
            fleet.start(old)
            load = Load(world_of(fleet, admin_url), seed=1)
            load.move_in()
            upgrade_under(load, fleet, tables)
            load.world.settle()
            account(load, admin_url, commit)
        finally:
            fleet.stop()


def upgrade_under(load: Load, fleet: Fleet, tables: Tables) -> None:
    """Widen the tables, replace one process after the other, narrow the tables."""
    with load:
        until(lambda: load.written >= 3, "people are at work")
        tables.go_on(EXPAND, INDEX)
        for slot in fleet.slots:
            done = sum(load.answers.values())
            fleet.replace(slot, HOUSE)
            until(lambda done=done: sum(load.answers.values()) > done + 10, "people work on")
        tables.go_on(CONTRACT)
        done = sum(load.answers.values())
        until(lambda: sum(load.answers.values()) > done + 50, "people work on with the new code alone")


def account(load: Load, admin_url: str, commit: str) -> None:
    """Every answer, every letter, every effect."""
    sent, unheard = letters(admin_url)
    standing = dict(ask(admin_url, "ideas", "select idea_id::text, endorsers from standing"))
    given = {idea: len(whom) - 1 for idea, whom in load.endorsed.items()}
    print(f"from {commit}: {sum(load.answers.values())} requests, {load.written} ideas, {sent} letters")  # noqa: T201  the result
    assert load.failed == []
    assert load.written > 10
    assert unheard == []
    assert {idea: standing[idea] for idea in given} == given, "each endorsement counted once"


def letters(admin_url: str) -> tuple[int, list[Any]]:
    """How many letters were told to somebody who is at work here, and those that did not have their effect there."""
    heard = {name: dict(ask(admin_url, name, "select id, state from inbox")) for name in ASKED}
    told = [
        (name, *row)
        for name in ASKED
        for row in ask(admin_url, name, "select id, kind, state from outbox where state <> 'journal'")
        if consumers(row[1])
    ]
    missing = [each for each in told if each[3] != "sent"]
    missing += [(*each, by) for each in told for by in consumers(each[2]) if heard[by].get(each[1]) != "done"]
    return len(told), missing


def ask(admin_url: str, database: str, question: str) -> list[Any]:
    url = make_url(admin_url).set(database=database, drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()
