"""A migration while the house is at work: it gives up before anybody queues up behind it, and is tried again."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from chassis import migrate

FIRST = """
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.execute("create table benches (place text)")
"""
SECOND = """
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.execute("create table trees (kind text)")
    op.execute("alter table benches add column colour text")
"""


@pytest.fixture
def park(admin_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """A small database at its first migration, and the folder of its migrations."""
    monkeypatch.setattr(migrate, "WAITS", "100ms")
    monkeypatch.setattr(migrate, "PAUSE", 0.05)
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions/0001_first.py").write_text(FIRST)
    url = make_url(admin_url).set(database="park").render_as_string(hide_password=False)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("create role park_owner")
        admin.execute("create database park owner park_owner")
    migrate.upgrade(url, "park", tmp_path)
    (tmp_path / "versions/0002_second.py").write_text(SECOND)
    yield url, tmp_path
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("drop database park with (force)")
        admin.execute("drop role park_owner")


def columns(url: str) -> list[str]:
    with psycopg.connect(url) as asking:
        asked = "select table_name || '.' || column_name from information_schema.columns where table_schema = 'public' order by 1"
        return [name for (name,) in asking.execute(asked) if not name.startswith("alembic")]


def test_whoever_reads_waits_for_no_migration_and_it_comes_when_it_can(park: tuple[str, Path]) -> None:
    url, folder = park
    with psycopg.connect(url) as reads_long:
        reads_long.execute("select * from benches").fetchall()
        migrating = Thread(target=migrate.upgrade, args=(url, "park", folder))
        migrating.start()
        for _ in range(20):
            with psycopg.connect(url, options="-c statement_timeout=1500") as reads:
                reads.execute("select * from benches").fetchall()
        assert migrating.is_alive()
    migrating.join(20)
    assert columns(url) == ["benches.colour", "benches.place", "trees.kind"]


def test_a_migration_that_never_gets_its_lock_fails_and_leaves_nothing_half_done(
    park: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, folder = park
    monkeypatch.setattr(migrate, "TRIES", 2)
    with psycopg.connect(url) as reads_long:
        reads_long.execute("select * from benches").fetchall()
        with pytest.raises(OperationalError, match="lock timeout"):
            migrate.upgrade(url, "park", folder)
    assert columns(url) == ["benches.place"]
