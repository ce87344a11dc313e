"""How the gateway reaches the services: in this process as WSGI, or over the network by their addresses."""

import contextvars
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import httpx2

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PATIENCE = httpx2.Timeout(30.0, connect=2.0, pool=5.0)
MANY = httpx2.Limits(max_connections=100, max_keepalive_connections=50)


class Away(Exception):
    """A service does not answer."""


class Services:
    """The services by name. Connections are kept open."""

    def __init__(self, clients: Mapping[str, httpx2.Client]) -> None:
        self.clients = clients

    @classmethod
    def here(cls, apps: Mapping[str, "WSGIApplication"]) -> "Services":
        """Services of this process."""
        return cls({name: httpx2.Client(transport=_Here(app), base_url=f"http://{name}") for name, app in apps.items()})

    @classmethod
    def at(cls, addresses: Mapping[str, str]) -> "Services":
        """Services by their addresses, such as `http://ideas:8000`."""
        return cls({name: httpx2.Client(base_url=url, timeout=PATIENCE, limits=MANY) for name, url in addresses.items()})

    def ask(
        self,
        service: str,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        content: bytes | Iterable[bytes] | None = None,
    ) -> httpx2.Response:
        """The answer, its body not yet read: close it. Raises `Away`."""
        client = self.clients.get(service)
        if client is None:
            raise Away(service)
        try:
            request = client.build_request(method, path, headers=dict(headers), content=content)
            request.headers.pop("User-Agent", None)
            return client.send(request, stream=True)
        except (httpx2.TransportError, httpx2.InvalidURL) as failure:
            raise Away(f"{service}: {type(failure).__name__}") from failure


class _Here(httpx2.BaseTransport):
    """Calls a WSGI application in a context of its own, so that what it notes for its logs stays its own."""

    def __init__(self, app: Any) -> None:
        self.inner = httpx2.WSGITransport(app)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """What the application answers."""
        return contextvars.copy_context().run(self._ask, request)

    def _ask(self, request: httpx2.Request) -> httpx2.Response:
        answer = self.inner.handle_request(request)
        whole = answer.read()
        answer.close()
        return httpx2.Response(answer.status_code, headers=answer.headers, stream=httpx2.ByteStream(whole))
