"""Everything of one association, from every database: taken out into one file, erased, and brought back."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import IntegrityError

from chassis import clock
from chassis.closed import Closed
from chassis.service import Service
from deploy.command.reach import Reach
from deploy.upkeep import closing
from deploy.upkeep.associations import Known
from deploy.upkeep.cut import HEAD, cut
from deploy.upkeep.errand import CannotDo, Say
from deploy.upkeep.letters import send_again_what_is_missing
from services.partners.store import feed

FORMAT = 1
MANIFEST = "manifest.json"
AT_ONCE = 500
SPEAK = text("select set_config('app.association_id', :here, true)")
MAY_DELETE = text("select has_table_privilege(:role, quote_ident(:name), 'delete')")
STAYS = {"closed"}
"""What is no part of an association: whether it is closed, which outlives it."""

OF_NOW = {"at_work"}
"""What goes with an association and never comes back: whoever acted in it then acts somewhere else now."""


def tables(service: Service) -> list[Table]:
    """Every table that is taken out: it says whose its rows are. Those first that others lean on; no list of names."""
    return [table for table in _all_tables(service) if table.name not in OF_NOW]


def _all_tables(service: Service) -> list[Table]:
    return [table for table in service.tables.sorted_tables if "association_id" in table.c and table.name not in STAYS]


def export(reach: Reach, whose: Known, to: Path, say: Say) -> int:
    """Write one file with all that there is, each database as it was at one and the same moment; return how many rows."""
    if to.exists():
        raise CannotDo(f"{to} is there already; it is not written over")
    half = to.with_name(to.name + ".half-made")
    rows = 0
    databases: dict[str, Any] = {}
    with cut(reach) as held, zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
        for service in reach.databases:
            say(service.name)
            seen = held[service.name].connection
            written = {table.name: _write(archive, seen, service, table, whose.id) for table in tables(service)}
            databases[service.name] = {"revision": held[service.name].revision, "tables": written}
            rows += sum(each["rows"] for each in written.values())
        about = {"id": str(whose.id), "slug": whose.slug, "name": whose.name}
        manifest = {"format": FORMAT, "made_at": clock.now().isoformat(), "association": about, "databases": databases}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    half.chmod(0o600)
    half.rename(to)
    return rows


def checksums(connection: Connection, service: Service, here: UUID) -> dict[str, dict[str, Any]]:
    """How many rows of an association each table holds, and the SHA-256 of all that they say."""
    connection.execute(text("set local timezone = 'UTC'"))
    return {table.name: _summed(_rows(connection, table, here)) for table in tables(service)}


def erase(reach: Reach, whose: Known, say: Say) -> int:
    """Leave nothing of an association; letters of it that are still on their way are dropped when they arrive.

    It may be interrupted and typed again. Its doors go last, so that it can be named until the end.
    """
    closing.close(reach, whose.id, Closed.GONE)
    erased = 0
    for service in sorted(reach.databases, key=lambda each: each.name == "people"):
        say(service.name)
        with reach.seeing_all(service.name) as connection:
            connection.execute(SPEAK, {"here": str(whose.id)})
            erased += sum(_delete(connection, service, table, whose.id) for table in reversed(_all_tables(service)))
            left = {name for name, each in checksums(connection, service, whose.id).items() if each["rows"]}
            if left:
                raise CannotDo(f"{service.name} still holds rows in {', '.join(sorted(left))}; type the same command again")
    return erased


def about(archive: Path) -> dict[str, Any]:
    """What an archive says of itself. Raises `CannotDo`."""
    try:
        with zipfile.ZipFile(archive) as opened:
            manifest: dict[str, Any] = json.loads(opened.read(MANIFEST))
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise CannotDo(f"{archive} is no archive of an association") from None
    if manifest.get("format") != FORMAT:
        raise CannotDo(f"{archive} has a form that this version does not read")
    return manifest


def bring_back(reach: Reach, archive: Path, say: Say) -> tuple[int, int]:
    """Put an association back as it was: all of it or nothing. Return how many rows, and how many letters are sent again."""
    manifest = about(archive)
    here = UUID(manifest["association"]["id"])
    with ExitStack() as all_or_nothing, zipfile.ZipFile(archive) as opened:
        connections = {each.name: all_or_nothing.enter_context(reach.seeing_all(each.name)) for each in reach.databases}
        for service in reach.databases:
            _fits(connections[service.name], service, manifest, here)
        for service in reach.databases:
            say(service.name)
            _put_back(opened, connections[service.name], service, manifest["databases"][service.name]["tables"], here)
        feed.leap(connections["partners"], clock.now(), here)
        for connection in connections.values():
            connection.execute(closing.OPEN, {"here": here})
    rows = sum(each["rows"] for database in manifest["databases"].values() for each in database["tables"].values())
    return rows, send_again_what_is_missing(reach, here)


def _write(archive: zipfile.ZipFile, connection: Connection, service: Service, table: Table, here: UUID) -> dict[str, Any]:
    with archive.open(_file_of(service, table.name), "w", force_zip64=True) as file:
        return _summed(_rows(connection, table, here), file)


def _summed(rows: Iterator[str], file: IO[bytes] | None = None) -> dict[str, Any]:
    number, digest = 0, hashlib.sha256()
    for row in rows:
        line = row.encode() + b"\n"
        digest.update(line)
        number += 1
        if file:
            file.write(line)
    return {"rows": number, "sha256": digest.hexdigest()}


def _rows(connection: Connection, table: Table, here: UUID) -> Iterator[str]:
    """The rows as JSON, in an order that only what they say decides."""
    columns = ", ".join(_quoted(connection, name) for name in _columns(table))
    name = _quoted(connection, table.name)
    asked = text(f"""
        select row from (
            select to_jsonb(r)::text as row from (select {columns} from {name} where association_id = :here) as r
        ) as rows order by row collate "C"
    """)
    yield from connection.execute(asked, {"here": here}, execution_options={"stream_results": True}).scalars()


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.computed is None]


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)


def _file_of(service: Service, table: str) -> str:
    return f"{service.name}/{table}.jsonl"


def _delete(connection: Connection, service: Service, table: Table, here: UUID) -> int:
    """As the service itself, so that row-level security holds the hand that deletes; past it only where it shows rows of all, or
    where the service may delete nothing, as of what employees did."""
    words = {"role": service.name, "name": table.name}
    if "no_association" not in table.info and connection.execute(MAY_DELETE, words).scalar():
        connection.execute(text(f"set local role {_quoted(connection, service.name)}"))
    gone = connection.execute(table.delete().where(table.c.association_id == here)).rowcount
    connection.execute(text("set local role none"))
    return int(gone)


def _fits(connection: Connection, service: Service, manifest: dict[str, Any], here: UUID) -> None:
    of_it = manifest["databases"].get(service.name)
    revision = str(connection.execute(HEAD).scalar())
    if of_it is None or of_it["revision"] != revision or {*of_it["tables"]} != {table.name for table in tables(service)}:
        theirs = of_it["revision"] if of_it else "nothing"
        raise CannotDo(
            f"the archive has {theirs} of {service.name} and this installation is at {revision}: "
            "bring it back into the version that it came from, and upgrade then"
        )
    if any(each["rows"] for each in checksums(connection, service, here).values()):
        raise CannotDo("the association is here already; nothing was changed")


def _put_back(
    archive: zipfile.ZipFile, connection: Connection, service: Service, written: dict[str, dict[str, Any]], here: UUID
) -> None:
    for table in tables(service):
        columns = ", ".join(_quoted(connection, name) for name in _columns(table))
        name = _quoted(connection, table.name)
        insert = text(f"""
            insert into {name} ({columns})
            select {columns} from jsonb_populate_recordset(null::{name}, cast(:rows as jsonb)) where association_id = :here
        """)
        with archive.open(_file_of(service, table.name)) as file:
            try:
                for lines in _pieces(file):
                    connection.execute(insert, {"rows": f"[{','.join(lines)}]", "here": here})
            except IntegrityError:
                taken = f"{service.name}: a row of {table.name} has the name of another association's"
                raise CannotDo(f"{taken}; nothing was changed") from None
    found = checksums(connection, service, here)
    if wrong := [name for name, each in written.items() if found[name] != each]:
        raise CannotDo(f"the archive is damaged: {service.name}/{wrong[0]} is not what its checksum says; nothing was changed")


def _pieces(file: IO[bytes]) -> Iterator[Sequence[str]]:
    lines: list[str] = []
    for line in file:
        lines.append(line.decode().rstrip("\n"))
        if len(lines) == AT_ONCE:
            yield lines
            lines = []
    if lines:
        yield lines
