"""Services at an address: connections are kept and used again, lost ones replaced, and what breaks off is said to be away."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import cast

import pytest

from gateway import services as named
from gateway.services import Answer, Away, Idle, Services


class Echo(BaseHTTPRequestHandler):
    """Answers with what came, and with the port that the caller speaks from."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self._body()
        if self.path.endswith("/breaks-off"):
            self.close_connection = True
            self._answer(b"half", length=100)
        elif self.path.endswith("/says-goodbye"):
            self.close_connection = True
            self._answer(b"bye", more={"Connection": "close"})
        elif self.path.endswith("/in-pieces"):
            self._head({"Transfer-Encoding": "chunked"})
            self.wfile.write(b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
        else:
            self._answer(body, more={"X-Port": str(self.client_address[1]), "X-Path": self.path})

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        pieces = iter(lambda: self.rfile.read(int(self.rfile.readline(), 16) + 2)[:-2], b"")
        return b"".join(pieces)

    def _answer(self, body: bytes, *, length: int | None = None, more: dict[str, str] | None = None) -> None:
        self._head({"Content-Length": str(len(body) if length is None else length), **(more or {})})
        self.wfile.write(body)

    def _head(self, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    serving.daemon_threads = True
    thread = Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield serving
    serving.shutdown()
    serving.server_close()
    thread.join()


@pytest.fixture
def services(server: ThreadingHTTPServer) -> Services:
    return Services.at({"echo": f"http://127.0.0.1:{server.server_port}/under"})


def _ask(services: Services, path: str = "/x", **how: object) -> Answer:
    return services.ask("echo", "POST", path, headers={}, **how)  # type: ignore[arg-type]


def _idle(services: Services) -> Idle:
    """The connections that are kept to the only process there is."""
    (process,) = services.asked["echo"].known[1].values()  # type: ignore[attr-defined]
    return cast(Idle, process.idle)


def _whole(answer: Answer) -> tuple[bytes, str]:
    body, port = answer.read(), dict(answer.headers.items()).get("X-Port", "")
    answer.close()
    return body, port


def test_what_is_read_to_its_end_leaves_its_connection_to_the_next(services: Services) -> None:
    ports = {_whole(_ask(services, content=b"hello"))[1] for _ in range(3)}

    assert len(ports) == 1


def test_two_at_once_have_a_connection_each(services: Services) -> None:
    first, second = _ask(services), _ask(services)

    assert _whole(first)[1] != _whole(second)[1]


def test_an_answer_that_is_not_wanted_to_its_end_takes_its_connection_with_it(services: Services) -> None:
    unread = _ask(services, content=b"x" * 10_000)
    port = dict(unread.headers.items())["X-Port"]
    unread.close()

    assert _whole(_ask(services))[1] != port


def test_a_connection_that_the_service_has_closed_is_replaced_before_anything_is_asked(services: Services) -> None:
    _whole(_ask(services))
    kept = _idle(services)
    kept[0][1].sock.shutdown(socket.SHUT_RD)  # as if the other end had closed it

    assert _whole(_ask(services, content=b"still"))[0] == b"still"
    assert len(kept) == 1


def test_a_connection_is_kept_for_less_long_than_who_leaves_goes_on_answering(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _whole(_ask(services))[1]
    monkeypatch.setattr(named, "KEPT", 0.0)

    assert _whole(_ask(services))[1] != first
    assert len(_idle(services)) == 1


def test_who_says_goodbye_is_not_asked_over_the_same_connection_again(services: Services) -> None:
    assert _whole(_ask(services, "/says-goodbye"))[0] == b"bye"

    assert not _idle(services)
    assert _whole(_ask(services, content=b"again"))[0] == b"again"


@pytest.mark.parametrize("content", [None, b"", b"whole", iter([b"in ", b"pieces"])])
def test_bodies_arrive_as_they_are(services: Services, content: object) -> None:
    assert _whole(_ask(services, content=content))[0] in {b"", b"whole", b"in pieces"}


def test_answers_come_in_pieces_too(services: Services) -> None:
    answer = _ask(services, "/in-pieces")

    assert b"".join(answer.iter_raw(4)) == b"onetwo"
    answer.close()
    assert len(_idle(services)) == 1


def test_an_answer_that_is_closed_twice_leaves_its_connection_once(services: Services) -> None:
    answer = _ask(services, content=b"")
    answer.read()
    answer.close()
    answer.close()

    assert len(_idle(services)) == 1


def test_an_answer_that_breaks_off_is_no_answer(services: Services) -> None:
    with pytest.raises(Away):
        _ask(services, "/breaks-off").read()
    with pytest.raises(Away):
        list(_ask(services, "/breaks-off").iter_raw(1000))


@pytest.mark.parametrize("path", ["/a b", "/a\r\nX: y", "/æ"])
def test_a_path_that_is_none_reaches_nobody(services: Services, path: str) -> None:
    with pytest.raises(Away):
        _ask(services, path)


def test_an_address_may_have_a_path_of_its_own(services: Services) -> None:
    answer = _ask(services, "/x?q=%C3%A6")

    assert dict(answer.headers.items())["X-Path"] == "/under/x?q=%C3%A6"
    answer.close()
