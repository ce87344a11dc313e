"""How the gateway reaches the services: in this process as WSGI, or over the network, any number of each."""

import contextvars
import select
import socket
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from http.client import CannotSendRequest, HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, InvalidURL
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import SplitResult, urlsplit

from gateway.origin import SAFE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PATIENCE_TO_CONNECT = 2.0
PATIENCE = 30.0

KEPT = 2.0
"""Seconds for which an idle connection is kept: for less long than a service that leaves goes on answering, so that none is
closed in the very moment in which it is used again."""

LOOK_AGAIN = 2.0
"""Seconds until it is looked up again who stands behind a name."""

SPARED = 10.0
"""Seconds for which one that closed its connections is asked only when nobody else answers: it is about to leave."""

Body = bytes | Iterable[bytes] | None
Idle = deque[tuple[float, HTTPConnection]]
"""Connections that nobody uses, and since when; the last one is used first."""

Place = tuple[SplitResult, str, int]
"""The address by which a process was found, and where it really is."""


class Away(Exception):
    """A service does not answer."""


class Unreached(Away):
    """Nobody was reached, so that nothing was asked."""


class BrokeOff(Away):
    """It broke on the way: what became of the request is not known."""


class Headers(Protocol):
    """What an answer says about itself."""

    def get(self, name: str) -> str | None: ...
    def items(self) -> Iterable[tuple[str, str]]: ...


class Answer(Protocol):
    """What a service answers, its body not yet read: close it."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Headers: ...
    def read(self) -> bytes: ...
    def iter_raw(self, size: int) -> Iterator[bytes]: ...
    def close(self) -> None: ...


class Asked(Protocol):
    """Whoever answers for a service."""

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: Body) -> Answer:
        """The answer. Raises `Away`."""


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

    def ask(self, service: str, method: str, path: str, *, headers: Mapping[str, str], content: Body = None) -> Answer:
        """The answer, its body not yet read: close it. Raises `Away`, and so does reading it."""
        asked = self.asked.get(service)
        if asked is None:
            raise Away(service)
        try:
            return asked.ask(method, path, headers, content)
        except Away as away:
            raise Away(f"{service}: {away}") from away


class Replicas:
    """All processes that answer for one service, asked in turn; one that is away, or about to leave, is passed over.

    A request that reached nobody goes to the next. One that broke on the way goes to the next only when it changes nothing: of
    another it is not known what became of it.
    """

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses = [urlsplit(each) for each in addresses]
        self.known: tuple[float, dict[Place, _Process]] = (0.0, {})
        self.turns = count()

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: Body) -> Answer:
        """The answer of the first that gives one. Raises `Away`."""
        failure: Away = Unreached("nobody is there")
        for process in self._in_turn():
            try:
                return process.ask(method, path, headers, content)
            except Unreached as gone:
                failure = gone
            except BrokeOff as broken:
                if method not in SAFE:
                    raise
                failure = broken
        raise failure

    def _in_turn(self) -> "list[_Process]":
        now = time.monotonic()
        if now - self.known[0] > LOOK_AGAIN:
            before = self.known[1]
            places = (place for each in self.addresses for place in _behind(each))
            self.known = now, {place: before.get(place) or _Process(place) for place in places}
        found = list(self.known[1].values())
        first = next(self.turns) % max(len(found), 1)
        return sorted(found[first:] + found[:first], key=lambda each: each.spared_until > now)


class _Process:
    """One process. A connection that has been answered over is kept for whoever asks next."""

    def __init__(self, place: Place) -> None:
        self.address, self.host, self.port = place
        self.kind = HTTPSConnection if self.address.scheme == "https" else HTTPConnection
        self.idle: Idle = deque()
        self.spared_until = 0.0

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: Body) -> Answer:
        """The answer. Nothing is asked twice: over a connection that the other end has closed meanwhile, nothing is asked."""
        connection = self._kept() or self._connected()
        try:
            connection.request(method, self.address.path.rstrip("/") + path, content, {**headers, "Host": self.address.netloc})
            answer = _Answer(connection.getresponse(), connection, self.idle)
        except (OSError, HTTPException, UnicodeError) as failure:
            connection.close()
            raise _called(failure) from failure
        except BaseException:  # what was to be sent could not be read
            connection.close()
            raise
        if answer.leaves:
            self._spare()
        return answer

    def _connected(self) -> HTTPConnection:
        connection = self.kind(self.host, self.port, timeout=PATIENCE_TO_CONNECT)
        try:
            connection.connect()
        except OSError as failure:
            connection.close()
            self._spare()
            raise Unreached(type(failure).__name__) from failure
        cast(socket.socket, connection.sock).settimeout(PATIENCE)
        return connection

    def _kept(self) -> HTTPConnection | None:
        with suppress(IndexError):  # there is none, or another thread was first
            while True:
                since, connection = self.idle.pop()
                if time.monotonic() - since < KEPT and _silent(connection):
                    return connection
                connection.close()
        return None

    def _spare(self) -> None:
        self.spared_until = time.monotonic() + SPARED


class _Answer:
    """What comes over a connection. Read to its end, it leaves the connection to the next."""

    def __init__(self, response: HTTPResponse, connection: HTTPConnection, idle: Idle) -> None:
        self.response, self.connection, self.idle = response, connection, idle
        self.status_code, self.headers = response.status, response.headers
        self.closed = False
        self.leaves = response.headers.get("Connection", "").lower() == "close"

    def read(self) -> bytes:
        """All of it. Raises `Away` when it breaks off."""
        try:
            return self.response.read()
        except (OSError, HTTPException) as failure:
            raise BrokeOff(f"the answer broke off: {type(failure).__name__}") from failure

    def iter_raw(self, size: int) -> Iterator[bytes]:
        """Piece by piece. Raises `Away` when it breaks off."""
        try:
            while piece := self.response.read(size):
                yield piece
        except (OSError, HTTPException) as failure:
            raise BrokeOff(f"the answer broke off: {type(failure).__name__}") from failure
        if self.response.length:
            raise BrokeOff("the answer broke off")

    def close(self) -> None:
        """No more of it is wanted. Said twice, it is done once: the connection may be another's by then."""
        if self.closed:
            return
        self.closed = True
        if self.response.isclosed() and not self.response.will_close:
            self.idle.append((time.monotonic(), self.connection))
        else:
            self.response.close()
            self.connection.close()


class _Here:
    """Calls a WSGI application in a context of its own, so that what it notes for its logs stays its own."""

    def __init__(self, app: Any) -> None:
        import httpx2  # not needed where services are called over the network

        self.client, self.httpx = httpx2.Client(transport=httpx2.WSGITransport(app), base_url="http://here"), httpx2

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: Body) -> Answer:
        """What the application answers."""
        return contextvars.copy_context().run(self._ask, method, path, headers, content)

    def _ask(self, method: str, path: str, headers: Mapping[str, str], content: Body) -> Answer:
        try:
            request = self.client.build_request(method, path, headers=dict(headers), content=content)
            request.headers.pop("User-Agent", None)
            answer = self.client.send(request, stream=True)
            whole = answer.read()
        except (self.httpx.TransportError, self.httpx.InvalidURL) as failure:
            raise Away(type(failure).__name__) from failure
        answer.close()
        return self.httpx.Response(answer.status_code, headers=answer.headers, stream=self.httpx.ByteStream(whole))


def _called(failure: Exception) -> Away:
    """What went wrong after it was reached. Who is slow, or cannot be asked such a thing, has not broken off."""
    slow_or_ours = isinstance(failure, TimeoutError | InvalidURL | CannotSendRequest | UnicodeError)
    return (Away if slow_or_ours else BrokeOff)(type(failure).__name__)


def _silent(connection: HTTPConnection) -> bool:
    """An idle connection says nothing, but for its end."""
    watched = select.poll()
    watched.register(cast(socket.socket, connection.sock), select.POLLIN)
    return not watched.poll(0)


def _behind(address: SplitResult) -> Iterator[Place]:
    """Where all processes are that share an address."""
    usual = 443 if address.scheme == "https" else 80
    with suppress(OSError):
        for *_, where in socket.getaddrinfo(address.hostname, address.port or usual, type=socket.SOCK_STREAM):
            yield address, *cast("tuple[str, int]", where[:2])
