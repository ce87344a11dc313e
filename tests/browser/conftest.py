"""The front door of the told story on a port of its own, and a browser."""

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import WSGIRequestHandler, make_server

from deploy.demo.story import SLUG
from tests.conftest import Told


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_request(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def door(told: Told) -> Iterator[str]:
    """Where the association of the story is found."""
    server = make_server("127.0.0.1", 0, told.world.door()._transport.app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/{SLUG}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all; without one the run fails."""
    from tests.servers.chromium import chromium

    with chromium() as found:
        yield found
