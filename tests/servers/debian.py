"""Installs a package of Debian's for the tests, as root; one process at a time, and without starting a service of the machine's own."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def install(package: str, *, unless: Callable[[], object]) -> None:
    """Install it unless it is there, also when it came while we waited our turn. Does nothing for an ordinary user."""
    if unless() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    with (Path(tempfile.gettempdir()) / "samskab-apt.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if unless():
            return
        print(f"installing {package} for the tests ...", flush=True)  # noqa: T201  a minute without a word looks like a hang
        with _no_services_started():
            for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
                quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
                subprocess.run(["apt-get", "-qq", *words], env=quiet, capture_output=True, check=False)


@contextmanager
def _no_services_started() -> Iterator[None]:
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()
