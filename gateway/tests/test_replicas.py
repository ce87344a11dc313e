"""Several processes of one service: asked in turn, passed over when they are away or leave, and never asked twice for one change."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gateway.services import Away, Services


class Replica(ThreadingHTTPServer):
    """One process; it can answer, say that it leaves, or break off."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[str] = []
        self.leaves = self.breaks = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Replica

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(self.command)
        if self.server.breaks:
            self.close_connection = True
            return
        self.send_response(204)
        if self.server.leaves:
            self.send_header("Connection", "close")
        self.end_headers()

    do_POST = do_GET  # noqa: N815  the name that http.server calls

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def two() -> Iterator[tuple[Replica, Replica]]:
    both = Replica(), Replica()
    yield both
    for each in both:
        each.shutdown()
        each.server_close()


def services(*replicas: str) -> Services:
    return Services.at({"ideas": list(replicas)})


def ask(services: Services, method: str = "GET", content: bytes | None = None) -> int:
    answer = services.ask("ideas", method, "/ideas", headers={}, content=content)
    answer.close()
    return answer.status_code


def test_all_are_asked_in_turn(two: tuple[Replica, Replica]) -> None:
    asked = services(*(each.url for each in two))
    for _ in range(10):
        ask(asked)
    assert [len(each.asked) for each in two] == [5, 5]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_one_that_is_away_is_passed_over(two: tuple[Replica, Replica], method: str) -> None:
    asked = services("http://127.0.0.1:1", two[0].url)
    assert [ask(asked, method, b"x") for _ in range(4)] == [204] * 4
    assert len(two[0].asked) == 4


def test_one_that_closes_its_connections_is_spared(two: tuple[Replica, Replica]) -> None:
    asked = services(*(each.url for each in two))
    two[0].leaves = True
    for _ in range(10):
        ask(asked)
    assert [len(each.asked) for each in two] == [1, 9]


def test_one_that_leaves_is_asked_while_nobody_else_answers(two: tuple[Replica, Replica]) -> None:
    asked = services("http://127.0.0.1:1", two[0].url)
    two[0].leaves = True
    assert [ask(asked) for _ in range(3)] == [204] * 3


def test_what_changes_nothing_is_asked_again_when_it_broke_off(two: tuple[Replica, Replica]) -> None:
    two[0].breaks = True
    assert ask(services(*(each.url for each in two))) == 204
    assert [len(each.asked) for each in two] == [1, 1]


def test_what_changes_something_is_never_asked_twice(two: tuple[Replica, Replica]) -> None:
    two[0].breaks = True
    with pytest.raises(Away):
        ask(services(*(each.url for each in two)), "POST", b"x")
    assert [len(each.asked) for each in two] == [1, 0]


@pytest.mark.parametrize("where", ["http://127.0.0.1:1", "http://nobody.invalid:8000"])
def test_nobody_there_is_away(where: str) -> None:
    with pytest.raises(Away):
        ask(services(where))
