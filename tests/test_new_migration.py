"""The command that `docs/adding-a-use-case.md` ends with: it writes down what the tables say and the migrations do not."""

import shutil
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Column, MetaData, Table, Text

from deploy.new_migration import write
from services.ideas.app import SERVICE as IDEAS


def test_the_next_migration_holds_the_new_table_and_nothing_else(tmp_path: Path) -> None:
    shutil.copytree(IDEAS.migrations, tmp_path / "migrations")
    tables = MetaData()
    for table in IDEAS.tables.sorted_tables:
        table.to_metadata(tables)
    Table("benches", tables, Column("place", Text, nullable=False))

    write(replace(IDEAS, tables=tables), "count the benches", tmp_path / "migrations")

    new = next((tmp_path / "migrations" / "versions").glob("0002*.py")).read_text(encoding="utf-8")
    assert "op.create_table('benches'" in new.replace('"', "'")
    assert new.count("op.") == 1, new
