"""A Chromium for the run: the one that TEST_CHROMIUM names, else the machine's own, else Debian's, installed when root."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.servers.debian import install

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
    install("chromium", unless=_on_this_machine)
    found = _on_this_machine()
    if not found:
        raise NoBrowser(MISSING)
    return found


def _on_this_machine() -> str | None:
    return os.environ.get("TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
