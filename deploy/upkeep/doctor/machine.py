"""Secrets, keys, clocks, disk, mail and versions: what is around the services."""

import json
import os
import platform
import shutil
import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import text

from deploy import secrets
from deploy.command.reach import Reach
from deploy.services import SERVICES
from deploy.upkeep.doctor.finding import Finding, bad, note, well
from deploy.upkeep.keys import out_of_step

SKEW = 2.0
"""Seconds between two clocks before somebody should look; tokens allow for thirty."""

ROOM = 0.1
"""The share of a disk that should be free."""


def secret_files(reach: Reach) -> Iterator[Finding]:
    """Every password and key is there, and read by its owner alone."""
    files = [path for path in sorted(reach.folder.glob("*")) if path.is_file()]
    loose = [path for path in files if path.stat().st_mode & 0o777 & ~secrets.mode_of(path)]
    for path in loose:
        mode = f"{secrets.mode_of(path):o}"
        yield bad("secrets", f"{path.name} can be read or written by others", f"chmod {mode} {path}")
    needed = [f"{role}.database_url" for name in secrets.DATABASES for role in (name, f"{name}_post")]
    needed += [] if reach.data else [f"{service.name}.amqp_url" for service in SERVICES]
    missing = [name for name in needed if not (reach.folder / name).exists()]
    if missing:
        yield bad("secrets", f"{', '.join(missing)} missing", f"python -m deploy.secrets {reach.folder} makes what is missing")
    yield from _definitions(reach)
    if not loose and not missing:
        yield well("secrets", "are there, and their owner's alone")


def signing_keys(reach: Reach) -> Iterator[Finding]:
    """The services know the key that the gateway signs with, and no other."""
    wrong = out_of_step(reach.folder)
    yield bad("keys", wrong, "samskab keys rotate") if wrong else well("keys", "are in step")


def clocks(reach: Reach) -> Iterator[Finding]:
    """This machine and the database's tell the same time."""
    with reach.admin().begin() as connection:
        before = datetime.now(UTC)
        theirs = connection.execute(text("select clock_timestamp()")).scalar_one()
        after = datetime.now(UTC)
    skew = abs((theirs - (before + (after - before) / 2)).total_seconds())
    if skew > SKEW:
        said = f"this machine and the database's differ by {skew:.0f} seconds"
        yield bad("clocks", said, "let both machines follow a time server")
    else:
        within = max(skew, (after - before).total_seconds())
        yield well("clocks", f"this machine and the database's agree within {within:.1f} seconds")
    yield note("clocks", "the broker's cannot be read; nothing depends on it")


def disk(reach: Reach) -> Iterator[Finding]:
    """There is room on the disks that can be seen from here."""
    for place in {reach.data or reach.folder, Path("/tmp")}:  # noqa: S108  looked at, not written to
        room = shutil.disk_usage(place)
        said = f"{place} has {room.free / 1e9:.1f} GB free of {room.total / 1e9:.1f}"
        yield bad("disk", said, "make room") if room.free < ROOM * room.total else well("disk", said)
    with reach.admin().begin() as connection:
        asked = text("select sum(pg_database_size(datname)) from pg_database where datname = any(:names)")
        size = connection.execute(asked, {"names": [service.name for service in reach.databases]}).scalar() or 0
    yield note("disk", f"the databases take {float(size) / 1e9:.2f} GB; the disk that they lie on cannot be seen by a query")


def mail(_: Reach) -> Iterator[Finding]:
    """The mail server that SMTP_URL names lets us in; nothing is sent."""
    url = os.environ.get("SMTP_URL")
    if not url:
        yield note("mail", "SMTP_URL names no server here: where the gateway has none either, letters stay in the house")
        return
    where = urlsplit(url)
    try:
        with _mail_server(where.scheme, where.hostname or "localhost", where.port) as server:
            if where.username:
                server.login(unquote(where.username), unquote(where.password or ""))
            server.noop()
        yield well("mail", f"{where.hostname} lets us in")
    except (OSError, smtplib.SMTPException) as no:
        yield bad("mail", f"{where.hostname} does not let us in ({type(no).__name__})", "mend SMTP_URL or the mail server")


def versions(_: Reach) -> Iterator[Finding]:
    """What runs here."""
    system = f"{platform.system()} {platform.release()}"
    yield note("versions", f"Python {platform.python_version()} on {system}, {socket.gethostname()}")


def _definitions(reach: Reach) -> Iterator[Finding]:
    path = reach.folder / "definitions.json"
    if reach.data or not path.exists():
        return
    written = json.loads(path.read_text(encoding="ascii"))
    known = {user["name"]: user for user in written["users"]}
    mend = f"python -m deploy.secrets {reach.folder} makes them anew; then restart rabbitmq"
    if missing := sorted({secrets.DOCTOR, *(service.name for service in SERVICES)} - known.keys()):
        yield bad("secrets", f"the broker's definitions lack {', '.join(missing)}", mend)
        return
    wanted = json.loads(secrets.definitions(reach.folder, known))
    if other := [what for what in wanted if written.get(what) != wanted[what]]:
        yield bad("secrets", f"the broker's definitions are otherwise than this version makes them: {', '.join(other)}", mend)


def _mail_server(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=10, context=trusted)
    server = smtplib.SMTP(host, port or 25, timeout=10)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=trusted)
    return server
