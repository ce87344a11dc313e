"""Looks at everything that an installation stands on, and says what to mend."""

from collections.abc import Callable, Iterator

from deploy.command.reach import Reach
from deploy.upkeep.doctor import broker, databases, letters, machine, routes
from deploy.upkeep.doctor.finding import Check, Finding, State, bad

CHECKS: tuple[Check, ...] = (
    machine.secret_files,
    machine.signing_keys,
    databases.server,
    databases.reachable,
    databases.migrated,
    databases.roles,
    databases.fences,
    databases.connections,
    broker.users,
    broker.rights,
    broker.exchanges,
    broker.queues,
    routes.routes,
    letters.posts,
    letters.boxes,
    machine.clocks,
    machine.disk,
    machine.mail,
    machine.versions,
)

__all__ = ["CHECKS", "Finding", "State", "examine"]


def examine(reach: Reach, sentence: Callable[[Exception], str]) -> Iterator[Finding]:
    """Every finding of every check. One that breaks is itself a finding, in a `sentence`, and the others go on."""
    for check in CHECKS:
        try:
            yield from check(reach)
        except Exception as failure:  # noqa: BLE001  whatever it is, the doctor says it and looks on
            yield bad(check.__name__.replace("_", " "), f"could not be looked at: {sentence(failure)}", "mend that first")
