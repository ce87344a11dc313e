"""How the gateway reaches the services: in this process as WSGI, or over the network, any number of each."""

import contextvars
import socket
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import urlsplit

import httpx2

from gateway.origin import SAFE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Content = bytes | Iterable[bytes] | None
PATIENCE = httpx2.Timeout(30.0, connect=2.0, pool=5.0)
MANY = httpx2.Limits(max_connections=100, max_keepalive_connections=50, keepalive_expiry=2.0)
"""An idle connection is kept for less long than a service that leaves goes on answering: none is used that was just closed."""

LOOK_AGAIN = 2.0
"""Seconds until it is looked up again who stands behind a name."""

SPARED = 10.0
"""Seconds for which one that closed its connections is asked only when nobody else answers: it is about to leave."""


class Away(Exception):
    """A service does not answer."""


class Asked(Protocol):
    """Whoever answers for a service."""

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: Content) -> httpx2.Response:
        """The answer, its body not yet read. Raises what the client raises."""


class Services:
    """The services by name. Connections are kept open."""

    def __init__(self, asked: Mapping[str, Asked]) -> None:
        self.asked = dict(asked)

    @classmethod
    def here(cls, apps: Mapping[str, "WSGIApplication"]) -> "Services":
        """Services of this process."""
        return cls({name: _Here(app) for name, app in apps.items()})

    @classmethod
    def at(cls, addresses: Mapping[str, str | Sequence[str]]) -> "Services":
        """Services by their addresses, such as `http://ideas:8000`: one, behind which there may be many, or several."""
        return cls({name: Replicas([where] if isinstance(where, str) else where) for name, where in addresses.items()})

    def ask(
        self, service: str, method: str, path: str, *, headers: Mapping[str, str], content: Content = None
    ) -> httpx2.Response:
        """The answer, its body not yet read: close it. Raises `Away`."""
        asked = self.asked.get(service)
        if asked is None:
            raise Away(service)
        try:
            return asked.ask(method, path, headers, content)
        except (httpx2.TransportError, httpx2.InvalidURL) as failure:
            raise Away(f"{service}: {type(failure).__name__}") from failure


class Replicas:
    """All processes that answer for one service, asked in turn; one that is away, or about to leave, is passed over.

    A request that reached nobody goes to the next. One that broke on the way goes to the next only when it changes nothing: of
    another it is not known what became of it.
    """

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses, self.client = [urlsplit(each) for each in addresses], httpx2.Client(timeout=PATIENCE, limits=MANY)
        self.known: tuple[float, list[tuple[str, str]]] = (0.0, [])
        self.spared: dict[str, float] = {}
        self.turns = count()

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: Content) -> httpx2.Response:
        """The answer of the first that gives one."""
        failure: httpx2.TransportError = httpx2.ConnectError("nobody is there")
        for url, host in self._in_turn():
            try:
                return self._send(url, method, path, {**headers, "Host": host}, content)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as gone:
                failure = gone
                self.spared[url] = time.monotonic() + SPARED
            except (httpx2.NetworkError, httpx2.RemoteProtocolError) as broken:
                if method not in SAFE:
                    raise
                failure = broken
        raise failure

    def _send(self, url: str, method: str, path: str, headers: Mapping[str, str], content: Content) -> httpx2.Response:
        answer = _send(self.client, f"{url}{path}", method, headers, content)
        if answer.headers.get("Connection", "").lower() == "close":
            self.spared[url] = time.monotonic() + SPARED
        return answer

    def _in_turn(self) -> list[tuple[str, str]]:
        now = time.monotonic()
        if now - self.known[0] > LOOK_AGAIN:
            self.known = now, [(url, each.netloc) for each in self.addresses for url in _behind(each)]
        found = self.known[1]
        first = next(self.turns) % max(len(found), 1)
        return sorted(found[first:] + found[:first], key=lambda each: self.spared.get(each[0], 0.0) > now)


class _Here:
    """Calls a WSGI application in a context of its own, so that what it notes for its logs stays its own."""

    def __init__(self, app: Any) -> None:
        self.client = httpx2.Client(transport=_InContext(app), base_url="http://here")

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: Content) -> httpx2.Response:
        """What the application answers."""
        return _send(self.client, path, method, headers, content)


class _InContext(httpx2.BaseTransport):
    def __init__(self, app: Any) -> None:
        self.inner = httpx2.WSGITransport(app)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return contextvars.copy_context().run(self._ask, request)

    def _ask(self, request: httpx2.Request) -> httpx2.Response:
        answer = self.inner.handle_request(request)
        whole = answer.read()
        answer.close()
        return httpx2.Response(answer.status_code, headers=answer.headers, stream=httpx2.ByteStream(whole))


def _send(client: httpx2.Client, url: str, method: str, headers: Mapping[str, str], content: Content) -> httpx2.Response:
    request = client.build_request(method, url, headers=dict(headers), content=content)
    request.headers.pop("User-Agent", None)
    return client.send(request, stream=True)


def _behind(address: Any) -> list[str]:
    """The addresses of all processes that share a name, each as a URL of its own."""
    found: list[str] = []
    with suppress(OSError):
        for family, _, _, _, where in socket.getaddrinfo(address.hostname, address.port or 80, type=socket.SOCK_STREAM):
            host, port = cast("tuple[str, int]", where[:2])
            found.append(f"{address.scheme}://{f'[{host}]' if family is socket.AF_INET6 else host}:{port}")
    return found
