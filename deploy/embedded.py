"""Samskab in one process on one port, with the demonstration: `python -m deploy.embedded`."""

import argparse
import fcntl
import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from gunicorn.app.base import BaseApplication
from sqlalchemy import make_url

from chassis import eyes, telemetry
from deploy.bundled import AlreadyRunning, Lost, WontStart, bundled, until_lost
from deploy.demo.world import StoryStopped
from deploy.installation import Installation

TOLD_ON = date(2026, 11, 23)
"""The day that the demonstration's dates are written for; they move with today by whole weeks."""

WELCOME = """
  Samskab is running:  {address}

  Sign in with one of these addresses; the letter with the link lies at {address}demo/post
    anna@stjernelund.example      a resident who had the idea
    bo@stjernelund.example        a neighbour, member of the group
    birgit@stjernelund.example    chair of the organisation board
    camilla@stjernelund.example   the secretary, who also moderates
    rasmus@stjernelund.example    the facilitator
    elif@stjernelund.example      a young resident, signed up for seats that go by lot
    torben@stjernelund.example    chair of a department board with a group of its own
    malene@tranevig.example       a resident elsewhere, at {house}tranevig/

  Ctrl-C stops it; your data stays. `make demo-reset` begins anew.
"""


class CannotRun(Exception):
    """Why not, in one sentence for whoever typed the command."""


def main(words: list[str]) -> int:
    """Make the demonstration when it is not there, then serve it until told to stop."""
    asked = _asked(words)
    try:
        with alone(asked.data), _port(asked.port) as port:
            if asked.reset:
                shutil.rmtree(asked.data, ignore_errors=True)
            if not asked.data.exists():
                make(asked.data, brief=asked.brief)
            serve(asked.data, port)
    except (CannotRun, AlreadyRunning, WontStart, Lost) as why:
        print(f"Samskab stopped: {why}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("  Stopped before it was finished; the next start begins anew.", file=sys.stderr)
        return 130
    return 0


def make(data: Path, *, brief: bool = False) -> None:
    """Play the demonstration, or its first story alone, into a folder beside the one that counts; rename it when it is whole."""
    half = data.with_name(data.name + ".half-made")
    if half.exists():
        print("  The demonstration was interrupted while it was made; it begins anew.", flush=True)
        shutil.rmtree(half)
    half.mkdir(parents=True)
    from deploy.demo.play import play
    from deploy.demo.whole import tell_all, tell_one

    told = tell_one if brief else tell_all
    os.environ["SAMSKAB_RUN"] = "demo"
    with bundled(half / "postgres") as url:
        try:
            play(Installation.at(half, url), shift=_whole_weeks(), tell=lambda world_of: told(world_of, _say))
        except StoryStopped as stopped:
            raise CannotRun(f"somebody in the story was refused: {str(stopped)[:300]}") from stopped
    del os.environ["SAMSKAB_RUN"]
    half.rename(data)


def serve(data: Path, port: socket.socket) -> None:
    """Serve until told to stop. One worker: pools and post threads start in it, after the fork."""
    address = "http://{}:{}/".format(*port.getsockname())
    with bundled(data / "postgres") as url:
        where = make_url(url)
        (data / "address").write_text(f"{where.host}:{where.port}", encoding="ascii")  # for the command line
        print(WELCOME.format(address=f"{address}stjernelund/", house=address), flush=True)
        OneWorker(Installation.at(data, url, public_url=address.rstrip("/")), port).run()


class OneWorker(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """gunicorn with one threaded worker."""

    def __init__(self, installation: Installation, port: socket.socket) -> None:
        self.installation, self.port = installation, port
        super().__init__()

    def load_config(self) -> None:
        """Its settings."""
        settings: dict[str, Any] = {
            "bind": f"fd://{self.port.detach()}",  # gunicorn closes it
            "workers": 1,
            "worker_class": "gthread",
            "threads": 16,
            "timeout": 60,
            "graceful_timeout": 10,
            "control_socket_disable": True,
            "loglevel": "warning",
            "worker_exit": lambda _server, _worker: self.installation.stop(),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The front door; called in the worker."""
        telemetry.configure("samskab")
        Thread(target=self._end_with_the_database, daemon=True).start()
        door = self.installation.open()
        eyes.open_where_asked(self.installation.eyes())
        return door

    def _end_with_the_database(self) -> None:
        """Nothing can be done here without it, and a server that only says no would look like one that runs."""
        until_lost(self.installation.folder / "postgres")
        os.kill(os.getppid(), signal.SIGTERM)


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.embedded", description="Run Samskab in one process, with a demonstration."
    )
    parser.add_argument("--port", type=_port_number, default=8080, help="port on 127.0.0.1 (default 8080)")
    parser.add_argument("--data", type=Path, default=Path(".data"), help="folder that keeps everything (default .data)")
    parser.add_argument("--brief", action="store_true", help="one story only: a quicker first start")
    parser.add_argument("--reset", action="store_true", help="throw away what is there and begin anew")
    asked = parser.parse_args(words)
    asked.data = asked.data.absolute()
    return asked


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the folder against a second copy; the lock goes with the process, however that ends."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with data.with_name(data.name + ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(
                f"another copy is already running from {data.name}; stop it first, or give --data another folder"
            ) from None
        yield


@contextmanager
def _port(number: int) -> Iterator[socket.socket]:
    """Take the port at once, before the work; who comes early waits until the pages are there."""
    with socket.socket() as port:
        port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            port.bind(("127.0.0.1", number))
            port.listen()
        except PermissionError:
            raise CannotRun(f"port {number} is for root alone; another one: make demo PORT=8090") from None
        except OSError:
            raise CannotRun(f"port {number} is taken; another one: make demo PORT=8090") from None
        yield port


def _port_number(written: str) -> int:
    if not written.isdigit() or not 0 < int(written) < 65536:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {written}")
    return int(written)


def _whole_weeks() -> timedelta:
    days = (datetime.now(UTC).date() - TOLD_ON).days
    return timedelta(weeks=days // 7)


def _say(number: int, of: int, what: str) -> None:
    print(f"  {number:2} of {of}  {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
