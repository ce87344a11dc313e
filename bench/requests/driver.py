"""Asks as fast as it is answered: `wrk`, which takes little of the machine itself."""

import json
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ASK = Path(__file__).parent / "ask.lua"
PATIENCE = 10
MISSING = "The bench of the requests needs wrk (apt install wrk; as root that is done for you)."


class AnsweredWrongly(Exception):
    """Something else came than what was asked for; what was measured means nothing."""


@dataclass(frozen=True)
class Asks:
    """What is asked, in turn: the n-th request with the n-th headers and the n-th path, each list round and round."""

    method: str
    paths: Sequence[str]
    who: Sequence[Mapping[str, str]]
    body: Mapping[str, Any] | None = None

    def lua(self) -> str:
        """As `ask.lua` reads it."""
        carried = {"Content-Type": "application/json"} if self.body is not None else {}
        who = ",".join(_table({**each, **carried}) for each in self.who)
        body = f", body={_said(json.dumps(self.body))}" if self.body is not None else ""
        return f"return {{method={_said(self.method)}, who={{{who}}}, path={{{','.join(map(_said, self.paths))}}}{body}}}"


@dataclass(frozen=True)
class Answers:
    """What came of it. Waits are in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p95: float

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.requests / self.seconds


def program() -> str:
    """Where `wrk` is."""
    from tests.servers.debian import install

    install("wrk", unless=lambda: shutil.which("wrk"))
    found = shutil.which("wrk")
    if found is None:
        raise FileNotFoundError(MISSING)
    return found


def taste(url: str, asks: Asks) -> str:
    """Ask once and return what is answered, so that one sees what is measured."""
    body = None if asks.body is None else json.dumps(asks.body).encode()
    headers = {**asks.who[-1], **({"Content-Type": "application/json"} if body else {})}
    request = urllib.request.Request(url + asks.paths[-1], data=body, headers=headers, method=asks.method)  # noqa: S310  our own
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        return str(answer.read().decode())


def ask(url: str, asks: Path, *, connections: int, seconds: float, first: int = 0) -> Answers:
    """Ask for so long over so many connections. Raises `AnsweredWrongly` for anything but a yes, or for no answer at all."""
    requests, took, broken, refused, p50, p95 = _said_at_the_end(url, asks, connections, seconds, first)
    if not requests:  # on a busy machine a short while may be too short
        requests, took, broken, refused, p50, p95 = _said_at_the_end(url, asks, connections, PATIENCE, first)
    if broken or refused or not requests:
        raise AnsweredWrongly(f"{requests} answers from {url}, {refused} of them a no, {broken} connections broken")
    return Answers(requests, took / 1e6, p50 / 1000, p95 / 1000)


def warm_up(url: str, asks: Path, *, connections: int, seconds: float, first: int) -> None:
    """The same, whatever comes: a first page may take longer than that."""
    _said_at_the_end(url, asks, connections, seconds, first)


def _said_at_the_end(url: str, asks: Path, connections: int, seconds: float, first: int) -> list[int]:
    words = ["-t1", f"-c{connections}", "-d600s", f"--timeout={PATIENCE}s", "-s", str(ASK), url, "--", str(asks), str(first)]
    words = ["/usr/bin/env", "--default-signal=INT", program(), *words]  # what runs in the background of a shell ignores it
    driver = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603
    try:
        said, _ = driver.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        driver.send_signal(signal.SIGINT)
        said, _ = driver.communicate(timeout=PATIENCE * 2)
    found = next((line.split()[1:] for line in said.splitlines() if line.startswith("found ")), None)
    if found is None:
        raise AnsweredWrongly(said)
    return list(map(int, found))


def _table(values: Mapping[str, str]) -> str:
    """A Lua table."""
    return f"{{{','.join(f'[{_said(name)}]={_said(value)}' for name, value in values.items())}}}"


def _said(text: str) -> str:
    """A Lua string."""
    return (
        '"' + "".join(f"\\{byte:03d}" if byte < 32 or byte > 126 or byte in b'"\\' else chr(byte) for byte in text.encode()) + '"'
    )
