"""What the tests of requests share: asking a service with headers of one's own, and all at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from chassis.identity import Identity
from tests.kit import Hall


class Caller:
    """Somebody who asks one service, with whatever headers."""

    def __init__(self, hall: Hall, service: str, who: Identity) -> None:
        self.hall, self.service, self.who = hall, service, who
        self.signed = {"Authorization": f"Bearer {hall.signer.sign(who, audience=service)}"}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer. `If_Match` stands for the header If-Match."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        client = self.hall.apps[self.service].test_client()
        sent = {"data": body} if isinstance(body, bytes) else {"json": body}
        return client.open(path, method=method, headers=self.signed | named, **sent)

    def told(self) -> int:
        """How many events the service told in this association."""
        with self.hall.running[self.service].begin(self.who) as work:
            return int(work.connection.exec_driver_sql("select count(*) from outbox").scalar_one())

    def kept(self) -> int:
        """How many answers are kept in this association."""
        with self.hall.running[self.service].begin(self.who) as work:
            return int(work.connection.exec_driver_sql("select count(*) from answered").scalar_one())


def at_once(many: int, deed: Callable[[], Any]) -> list[Any]:
    """The same, so many times, each in a thread of its own, all let go at the same moment."""
    gate = Barrier(many)

    def do(_: int) -> Any:
        gate.wait()
        return deed()

    with ThreadPoolExecutor(many) as several:
        return list(several.map(do, range(many)))
