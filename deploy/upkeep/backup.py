"""Backs up every database as it was at one moment, and restores them so that no letter is lost and none is applied twice."""

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pika
from pika.exceptions import AMQPError, ChannelClosedByBroker
from sqlalchemy import Connection, text

from chassis import clock, migrate
from chassis.service import Service
from chassis.transport.rabbitmq import queue_of
from deploy import secrets
from deploy.command.reach import Reach
from deploy.postgres import programs
from deploy.postgres.provision import lay_ground, provision
from deploy.services import SERVICES
from deploy.upkeep.cut import Held, cut
from deploy.upkeep.errand import CannotDo, Say
from deploy.upkeep.letters import send_again_what_is_missing
from services.partners.store import feed

FORMAT = 1
MANIFEST = "manifest.json"
NAMED = "samskab-%Y%m%dT%H%M%SZ"
SEALS = ("partners.seal",)
"""Keys without which something in the databases can never be read again; they go with the backup, where there are such."""

IN_USE = text("""
    select count(*) from pg_stat_activity where datname = any(:databases) and usename = any(:roles)
""")


@dataclass(frozen=True)
class Restored:
    """What came back: of which moment, how many rows, how many letters are sent again, and which databases began empty."""

    of: str
    rows: int
    letters: int
    empty: list[str]


def back_up(reach: Reach, into: Path, say: Say) -> Path:
    """Write a folder with a dump of every database and a manifest; it has its name only when it is whole. Return it."""
    made_at = clock.now()
    folder = into / made_at.strftime(NAMED)
    if folder.exists():
        raise CannotDo(f"{folder} is there already; it is not written over")
    half = folder.with_name(folder.name + ".half-made")
    half.mkdir(parents=True, mode=0o700)
    databases: dict[str, Any] = {}
    with cut(reach) as held:
        moment = max(each.at for each in held.values())
        for service in reach.databases:
            say(service.name)
            databases[service.name] = _dump(reach, service, held[service.name], half)
    manifest = {"format": FORMAT, "moment": moment.isoformat(), "version": _our_version(), "databases": databases}
    for name in SEALS:
        if (reach.folder / name).exists():
            secrets.put_down(half / name, (reach.folder / name).read_text(encoding="ascii"))
    (half / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    half.rename(folder)
    return folder


def about(folder: Path) -> dict[str, Any]:
    """What a backup says of itself, after looking that its files are what their checksums say. Raises `CannotDo`."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CannotDo(f"{folder} is no backup") from None
    if manifest.get("format") != FORMAT:
        raise CannotDo(f"{folder} has a form that this version does not read")
    for name, written in manifest["databases"].items():
        path = folder / written["file"]
        if not path.exists() or _sha256(path) != written["sha256"]:
            raise CannotDo(f"the backup is damaged: {written['file']} of {name} is not what its checksum says")
    return manifest


def restore(reach: Reach, folder: Path, say: Say, *, broker: bool = True) -> Restored:
    """Make every database anew from a backup. It may be interrupted and typed again. Raises `CannotDo`."""
    manifest = about(folder)
    for service in reach.databases:
        _must_know(manifest, service)
    must_stand_still(reach)
    if broker and reach.data is None:
        empty_queues(reach)
    rows = sum(_bring_back(reach, service, manifest, folder, say) for service in reach.databases)
    for name in SEALS:
        if (folder / name).exists():
            secrets.put_down(reach.folder / name, (folder / name).read_text(encoding="ascii"))
    with reach.seeing_all("partners") as connection:
        feed.leap(connection, clock.now())
    say("letters")
    letters = send_again_what_is_missing(reach)
    empty = [service.name for service in reach.databases if service.name not in manifest["databases"]]
    return Restored(manifest["moment"], rows, letters, empty)


def must_stand_still(reach: Reach) -> None:
    """Refuse while any process of ours is connected: it would read half of the old and half of the new."""
    names = [service.name for service in reach.databases]
    roles = [role for name in names for role in (name, f"{name}_post")]
    with reach.seeing_all("postgres") as connection:
        busy = connection.execute(IN_USE, {"databases": names, "roles": roles}).scalar()
    if busy:
        raise CannotDo(f"the services hold {busy} connections; stop gateway and services first, and leave the database running")


def empty_queues(reach: Reach) -> None:
    """What the broker holds was told after the backup, by a time that is gone: nobody may hear it."""
    for service in SERVICES:
        try:
            with pika.BlockingConnection(pika.URLParameters(reach.amqp_url(service.name))) as connection:
                connection.channel().queue_purge(queue_of(service.name))
        except ChannelClosedByBroker as no:
            if no.reply_code != 404:
                raise
        except AMQPError as away:
            why = f"RabbitMQ does not answer ({type(away).__name__}), and its queues must be emptied"
            raise CannotDo(f"{why}: start it, or say --new-broker when it is new") from None


def _dump(reach: Reach, service: Service, held: Held, folder: Path) -> dict[str, Any]:
    path = folder / f"{service.name}.dump"
    path.touch(mode=0o600)
    words = ("--format=custom", f"--snapshot={held.snapshot}", f"--file={path}")
    programs.run("pg_dump", _server(held.connection), reach.admin_url(service.name), *words)
    about_it = {"file": path.name, "sha256": _sha256(path), "bytes": path.stat().st_size, "revision": held.revision}
    return about_it | {"rows": _rows(held.connection, service)}


def _rows(connection: Connection, service: Service) -> dict[str, int]:
    quote = connection.dialect.identifier_preparer.quote
    there = set(connection.execute(text("select tablename from pg_tables where schemaname = 'public'")).scalars())
    return {
        name: int(connection.execute(text(f"select count(*) from {quote(name)}")).scalar_one())
        for name in sorted(there & set(service.tables.tables))
    }


def _must_know(manifest: dict[str, Any], service: Service) -> None:
    written = manifest["databases"].get(service.name)
    if written and written["revision"] not in migrate.revisions(service.migrations):
        raise CannotDo(f"the backup is of a newer version than this one: {service.name} {written['revision']} is not known here")


def _bring_back(reach: Reach, service: Service, manifest: dict[str, Any], folder: Path, say: Say) -> int:
    say(service.name)
    admin_url = reach.admin_url().render_as_string(hide_password=False)
    passwords = secrets.passwords(reach.folder, service.name)
    with reach.admin().execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        server = _server(connection)
        connection.execute(text(f'drop database if exists "{service.name}" with (force)'))
    written = manifest["databases"].get(service.name)
    if written:
        lay_ground(admin_url, service, passwords)
        words = ("--exit-on-error", "--single-transaction", f"--dbname={service.name}", str(folder / written["file"]))
        programs.run("pg_restore", server, reach.admin_url(service.name), *words)
        with reach.seeing_all(service.name) as connection:
            found = _rows(connection, service)
        if wrong := [table for table, rows in written["rows"].items() if found.get(table, rows) != rows]:
            raise CannotDo(f"{service.name}: {wrong[0]} did not come back whole")
    provision(admin_url, service, passwords)
    return sum(written["rows"].values()) if written else 0


def _server(connection: Connection) -> int:
    return int(connection.execute(text("select current_setting('server_version_num')::int / 10000")).scalar_one())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _our_version() -> str:
    try:
        return version("samskab")
    except PackageNotFoundError:
        return "from a checkout"
