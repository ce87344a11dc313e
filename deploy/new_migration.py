"""Writes a service's next migration from what its tables say now: `python -m deploy.new_migration ideas "why"`."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine, make_url, text

from chassis import migrate
from chassis.service import Service
from deploy.bundled import bundled
from deploy.postgres.provision import provision
from deploy.services import BY_NAME
from gateway.store import SERVICE as GATEWAY


def write(service: Service, why: str, folder: Path | None = None) -> None:
    """Migrate an empty database as far as it goes, compare it with the code, and write down the difference.

    Look at what it wrote: a new table wants its `guard(...)`, and a change that old code cannot live with wants two migrations.
    """
    folder = folder or service.migrations
    versions = folder / "versions"
    number = f"{len(list(versions.glob('[0-9]*.py'))) + 1:04d}"
    roles = dict.fromkeys((service.name, f"{service.name}_post"), "unused")
    with tempfile.TemporaryDirectory() as place, bundled(Path(place) / "postgres", durable=False) as url:
        provision(url, service, roles)
        engine = create_engine(make_url(url).set(database=service.name))
        with engine.connect() as connection:
            connection.execute(text(f"set role {service.name}_owner"))
            connection.commit()
            settings = migrate.config(folder, connection)
            settings.attributes["tables"] = service.tables
            command.revision(settings, message=why, autogenerate=True, rev_id=number, version_path=str(versions))
        engine.dispose()


if __name__ == "__main__":
    write({GATEWAY.name: GATEWAY, **BY_NAME}[sys.argv[1]], sys.argv[2])
