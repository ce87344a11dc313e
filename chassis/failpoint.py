"""Places where a test may let the process die or fail: named here, so that each is found in the code by its name."""

import os
from collections.abc import Callable

_armed: dict[str, Callable[[], None]] = {}


def reached(name: str) -> None:
    """The program has come to this place. Nothing happens unless a test has armed it."""
    if _armed and name in _armed:
        _armed[name]()


def arm(name: str, happens: Callable[[], None]) -> None:
    """Let something happen whenever the place is reached. In tests only (SAMSKAB_RUN=test)."""
    if os.environ.get("SAMSKAB_RUN") != "test":
        raise RuntimeError("failpoints are for tests only (SAMSKAB_RUN=test)")
    _armed[name] = happens


def disarm() -> None:
    """Let nothing happen anywhere."""
    _armed.clear()


def arm_from_environment() -> None:
    """Arm what FAILPOINT says: `relay.sent:3` ends the process, as a kill would, the third time it comes there."""
    name, _, count = os.environ.get("FAILPOINT", "").partition(":")
    if name:
        arm(name, _dies_at(int(count or 1)))


def _dies_at(count: int) -> Callable[[], None]:
    left = [count]

    def die() -> None:
        left[0] -= 1
        if left[0] <= 0:
            os._exit(70)

    return die
