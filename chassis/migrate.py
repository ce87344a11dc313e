"""How tables come to be: a service's migrations, run by nobody but the owner of its tables, each table with its guard."""

from pathlib import Path
from threading import Event as Flag

from alembic import command, op
from alembic.config import Config
from psycopg.errors import LockNotAvailable
from sqlalchemy import Column, DateTime, MetaData, PrimaryKeyConstraint, Text, Uuid, create_engine, text
from sqlalchemy.exc import OperationalError

OF_ASSOCIATION = "association_id = (select nullif(current_setting('app.association_id', true), '')::uuid)"
"""The one filter. `nullif`: after a transaction the setting is an empty string, which is nobody's association."""


WAITS, TRIES, PAUSE = "2s", 10, 1.0
"""How long a migration waits for a lock, behind which everybody else then waits; how often it is tried; seconds in between."""


def upgrade(url: str, service: str, folder: Path) -> None:
    """Bring a service's database up to date. `url` logs in as somebody who may become `<service>_owner`.

    The house may be at work meanwhile: a migration that would wait behind somebody's long transaction gives up, so that nobody
    queues up behind it, and is tried again.
    """
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(hashtext('migrate'))"))
        connection.execute(text(f"set role {service}_owner"))
        connection.execute(text(f"set lock_timeout = '{WAITS}'"))
        connection.commit()
        for tries_left in reversed(range(TRIES)):
            try:
                command.upgrade(config(folder, connection), "head")
                break
            except OperationalError as late:
                connection.rollback()
                if not tries_left or not isinstance(late.orig, LockNotAvailable):
                    raise
                Flag().wait(PAUSE)
    engine.dispose()


def revisions(folder: Path) -> list[str]:
    """Every version of a service's tables that this code knows, the newest first."""
    from alembic.script import ScriptDirectory

    return [each.revision for each in ScriptDirectory.from_config(config(folder, None)).walk_revisions()]


def config(folder: Path, connection: object) -> Config:
    """Alembic's configuration for one service."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "alembic"))
    made.set_main_option("version_locations", str(folder / "versions"))
    made.set_main_option("path_separator", "newline")
    made.attributes["connection"] = connection
    return made


def guard(service: str, *tables: str) -> None:
    """Forced row-level security for these tables, and the service's right to use them. For use inside a migration."""
    for table in tables:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy of_association on {table} to {service} using ({OF_ASSOCIATION}) with check ({OF_ASSOCIATION})")
        op.execute(f"grant select, insert, update, delete on {table} to {service}")


def guard_shared(service: str, table: str, *readable: str) -> None:
    """Forced row-level security for what associations show each other: all read these columns, only its owner changes a row."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy read_by_all on {table} for select to {service} using (true)")
    op.execute(f"create policy made_by_owner on {table} for insert to {service} with check ({OF_ASSOCIATION})")
    own = f"using ({OF_ASSOCIATION}) with check ({OF_ASSOCIATION})"
    op.execute(f"create policy changed_by_owner on {table} for update to {service} {own}")
    op.execute(f"create policy removed_by_owner on {table} for delete to {service} using ({OF_ASSOCIATION})")
    op.execute(f"grant select ({', '.join(readable)}), insert, update, delete on {table} to {service}")


def closed(*roles: str) -> None:
    """Where it is written which associations are closed (`chassis.closed`): these roles read it, and an operator writes it."""
    op.create_table(
        "closed",
        Column("association_id", Uuid(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("since", DateTime(timezone=True), nullable=False),
        PrimaryKeyConstraint("association_id", name="closed_pk"),
    )
    op.execute("alter table closed enable row level security")
    op.execute("alter table closed force row level security")
    op.execute(f"create policy seen_by_all on closed for select to {', '.join(roles)} using (true)")
    op.execute(f"grant select on closed to {', '.join(roles)}")


def differences(url: str, service: str, tables: MetaData) -> list[object]:
    """What the tables in the code and those in the database do not agree about."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text(f"set role {service}_owner"))
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, tables)
    engine.dispose()
    return list(found)
