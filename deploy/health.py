"""Whether a process is well: `python -m deploy.health URL`, or a file that a living process touches."""

import sys
import time
import urllib.request
from pathlib import Path

STALE = 60
"""Seconds after which a file that was not touched means that nobody is there."""


def well(what: str) -> bool:
    """Whether the address answers, or the file was touched lately."""
    if what.startswith("http://"):
        with urllib.request.urlopen(what, timeout=4) as answer:  # noqa: S310  our own process on this machine
            return bool(answer.status == 200)
    return time.time() - Path(what).stat().st_mtime < STALE


if __name__ == "__main__":
    sys.exit(0 if well(sys.argv[1]) else 1)
