"""Waking the post after a commit, without a lock that all writers would share: notified from a connection of its own."""

from collections.abc import Callable
from threading import Event as Flag
from threading import Lock, Thread

from sqlalchemy import Engine, text

from chassis.own import OwnConnection

AT_MOST_EVERY = 0.002
LOOK_ANYWAY = 1.0
CHANNEL = "post"
"""Something is to be sent."""

APPLIED = "applied"
"""All that was there is applied: for whoever waits for that, not for the post, which would only wake itself."""

LISTEN = text(f"listen {CHANNEL}")


class Bell:
    """Rung after each commit; tells the post of this database at most every 2 ms. Its thread starts at the first ring."""

    def __init__(self, engine: Engine) -> None:
        self.database, self.rung, self.lock = OwnConnection(engine), Flag(), Lock()
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
            notify(self.database, CHANNEL)
            pause.wait(AT_MOST_EVERY)


def notify(database: OwnConnection, channel: str) -> None:
    """Tell whoever waits on this database; a database that is down will be looked at anyway."""
    try:
        database.execute(text(f"notify {channel}"))
    except Exception:  # noqa: BLE001  the post looks every second whether it was told or not
        return


def on_notice(database: OwnConnection, wake: Callable[[], None], stopping: Flag) -> None:
    """Call `wake` whenever the database is notified, until told to stop. Raises when the database goes away."""
    try:
        database.execute(LISTEN)
        while not stopping.is_set():
            for _ in database.raw().notifies(timeout=LOOK_ANYWAY, stop_after=1):
                wake()
    finally:
        database.close()
