"""Waking the post after a commit, without a lock that all writers would share: notified from a connection of its own."""

from collections.abc import Callable
from threading import Event as Flag
from threading import Lock, Thread
from typing import cast

import psycopg
from sqlalchemy import Engine

AT_MOST_EVERY = 0.02
LOOK_ANYWAY = 1.0
CHANNEL = "post"


class Bell:
    """Rung after each commit; tells the post of this database at most every 20 ms. Its thread starts at the first ring."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.rung, self.lock = engine, Flag(), Lock()
        self.thread: Thread | None = None

    def ring(self) -> None:
        """Something was committed. Never waits, never fails."""
        self.rung.set()
        if self.thread is None:
            with self.lock:
                if self.thread is None:
                    self.thread = Thread(target=self._run, name="bell", daemon=True)
                    self.thread.start()

    def _run(self) -> None:
        pause = Flag()
        while True:
            self.rung.wait()
            self.rung.clear()
            notify(self.engine)
            pause.wait(AT_MOST_EVERY)


def notify(engine: Engine) -> None:
    """Tell whoever waits on this database; a database that is down will be looked at anyway."""
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"notify {CHANNEL}")
    except Exception:  # noqa: BLE001  the post looks every second whether it was told or not
        return


def on_notice(engine: Engine, wake: Callable[[], None], stopping: Flag) -> None:
    """Call `wake` whenever the database is notified, until told to stop. Raises when the database goes away."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"listen {CHANNEL}")
        raw = cast(psycopg.Connection, connection.connection.driver_connection)
        while not stopping.is_set():
            for _ in raw.notifies(timeout=LOOK_ANYWAY, stop_after=1):
                wake()
