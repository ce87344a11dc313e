"""A Chromium for the run: the one that TEST_CHROMIUM names, else the machine's own, else Debian's, installed when root."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The tests of the pages need a browser: set TEST_CHROMIUM, or install Debian's chromium "
    "(apt install chromium; as root that is done for you)."
)


class NoBrowser(Exception):
    """There is no Chromium to be had; the message says what to install."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser without windows."""
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=_program(), args=[*as_root, "--disable-dev-shm-usage"])
        yield browser
        browser.close()


def _program() -> str:
    found = os.environ.get("TEST_CHROMIUM") or _on_this_machine()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing chromium for the tests ...", flush=True)  # noqa: T201  a minute without a word looks like a hang
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", "-qq", *words], env=quiet, capture_output=True, check=False)
        found = _on_this_machine()
    if not found:
        raise NoBrowser(MISSING)
    return found


def _on_this_machine() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)
