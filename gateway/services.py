"""How the gateway reaches the services: in this process as WSGI, or over the network by their addresses."""

import contextvars
import select
from collections.abc import Iterable, Iterator, Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import socket
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PATIENCE_TO_CONNECT = 2.0
PATIENCE = 30.0

Body = bytes | Iterable[bytes] | None


class Away(Exception):
    """A service does not answer."""


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


class Client(Protocol):
    """One service, wherever it is."""

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: Body) -> Answer:
        """The answer. Raises `Away`."""


class Services:
    """The services by name. Connections are kept open."""

    def __init__(self, clients: Mapping[str, Client]) -> None:
        self.clients = clients

    @classmethod
    def here(cls, apps: Mapping[str, "WSGIApplication"]) -> "Services":
        """Services of this process."""
        return cls({name: _Here(name, app) for name, app in apps.items()})

    @classmethod
    def at(cls, addresses: Mapping[str, str]) -> "Services":
        """Services by their addresses, such as `http://ideas:8000`."""
        return cls({name: _There(url) for name, url in addresses.items()})

    def ask(self, service: str, method: str, path: str, *, headers: Mapping[str, str], content: Body = None) -> Answer:
        """The answer, its body not yet read: close it. Raises `Away`, and so does reading it."""
        client = self.clients.get(service)
        if client is None:
            raise Away(service)
        return client.ask(method, path, headers, content)


class _There:
    """A service at an address. A connection that has been answered over is kept for whoever asks next."""

    def __init__(self, url: str) -> None:
        where = urlsplit(url)
        self.kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
        self.host, self.port, self.before = where.hostname or "", where.port, where.path.rstrip("/")
        self.idle: list[HTTPConnection] = []

    def ask(self, method: str, path: str, headers: Mapping[str, str], content: Body) -> Answer:
        """The answer. Nothing is asked twice: over a connection that the other end has closed meanwhile, nothing is asked."""
        connection = self._kept() or self.kind(self.host, self.port, timeout=PATIENCE_TO_CONNECT)
        try:
            if connection.sock is None:
                connection.connect()
                cast(socket, connection.sock).settimeout(PATIENCE)
            connection.request(method, self.before + path, content, dict(headers))
            return _Answer(connection.getresponse(), connection, self.idle)
        except (OSError, HTTPException, UnicodeError) as failure:
            connection.close()
            raise Away(f"{self.host}: {type(failure).__name__}") from failure

    def _kept(self) -> HTTPConnection | None:
        while self.idle:
            try:
                connection = self.idle.pop()
            except IndexError:  # another thread was first
                return None
            watched = select.poll()
            watched.register(connection.sock, select.POLLIN)
            if not watched.poll(0):  # an idle connection says nothing, but for its end
                return connection
            connection.close()
        return None


class _Answer:
    """What comes over a connection. Read to its end, it leaves the connection to the next."""

    def __init__(self, response: HTTPResponse, connection: HTTPConnection, idle: list[HTTPConnection]) -> None:
        self.response, self.connection, self.idle = response, connection, idle
        self.status_code, self.headers = response.status, response.headers

    def read(self) -> bytes:
        """All of it. Raises `Away` when it breaks off."""
        try:
            return self.response.read()
        except (OSError, HTTPException) as failure:
            raise Away(f"the answer broke off: {type(failure).__name__}") from failure

    def iter_raw(self, size: int) -> Iterator[bytes]:
        """Piece by piece. Raises `Away` when it breaks off."""
        try:
            while piece := self.response.read(size):
                yield piece
        except (OSError, HTTPException) as failure:
            raise Away(f"the answer broke off: {type(failure).__name__}") from failure
        if self.response.length:
            raise Away("the answer broke off")

    def close(self) -> None:
        """No more of it is wanted."""
        if self.response.isclosed() and not self.response.will_close:
            self.idle.append(self.connection)
        else:
            self.response.close()
            self.connection.close()


class _Here:
    """Calls a WSGI application in a context of its own, so that what it notes for its logs stays its own."""

    def __init__(self, name: str, app: Any) -> None:
        import httpx2  # not needed where services are called over the network

        self.client, self.httpx = httpx2.Client(transport=httpx2.WSGITransport(app), base_url=f"http://{name}"), httpx2

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
