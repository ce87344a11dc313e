"""`make demo` in every kind of trouble: a clear message or a clean recovery, nothing left running, nothing lost."""

import os
import select
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent
PATIENCE = 60


@dataclass
class Demo:
    """One copy of the demonstration, in a group of its own."""

    process: "subprocess.Popen[str]"
    port: int
    said: str = ""

    def until(self, words: str) -> str:
        """Read on until it says this, or ends."""
        for line in self.process.stdout or ():
            self.said += line
            if words in line:
                break
        return self.said

    def children(self) -> dict[str, int]:
        """Its PostgreSQL and its worker."""
        pids = map(int, Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split())
        return {"postgres" if b"/postgres" in Path(f"/proc/{pid}/cmdline").read_bytes() else "worker": pid for pid in pids}

    def family(self) -> list[int]:
        """A pidfd of everything that runs for it now."""
        return [os.pidfd_open(pid) for pid in (self.process.pid, *self.children().values())]

    def kill(self, sign: signal.Signals = signal.SIGKILL) -> int:
        """End it, and see that nothing of it is left running."""
        family = self.family()
        if sign is signal.SIGINT:
            os.killpg(self.process.pid, sign)  # as Ctrl-C does: everybody in the foreground hears it
        else:
            self.process.send_signal(sign)
        for each in family:
            assert select.select([each], [], [], PATIENCE)[0], "something of it is still running"
            os.close(each)
        self.said += (self.process.stdout or sys.stdin).read()
        return self.process.wait(PATIENCE)

    def page(self) -> str:
        """The post of the demonstration; a request waits until somebody answers it."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/stjernelund/demo/post", timeout=PATIENCE) as answer:
            return str(answer.read().decode())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("demo")
    for parent in (place, *place.parents):
        if parent.owner() == place.owner() and parent.name.startswith("pytest"):
            parent.chmod(0o755)
    yield place / "data"


def start(folder: Path, port: int | None = None, *words: str) -> Demo:
    port = port or free_port()
    program = [sys.executable, "-m", "deploy.embedded", "--port", str(port), "--data", str(folder), "--brief", *words]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAMSKAB_")}
    program = ["env", "--default-signal=INT", *program]  # where the tests run in the background, Ctrl-C would be ignored
    process = subprocess.Popen(
        program, cwd=HOUSE, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    return Demo(process, port)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_port_that_is_taken_is_told_before_any_work(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        demo = start(folder, taken.getsockname()[1])
        assert "taken; another one: make demo PORT=8090" in demo.until("nothing")
    assert demo.process.wait(PATIENCE) == 1
    assert not folder.exists()


def test_a_port_that_is_none_is_named(folder: Path) -> None:
    demo = start(folder, 99_999)
    assert "a port is a number from 1 to 65535, not 99999" in demo.until("nothing")
    assert demo.process.wait(PATIENCE) == 2


def test_it_survives_whatever_is_done_to_it(folder: Path) -> None:
    demo = start(folder)
    demo.until(" 2 of 10")
    demo.kill()  # in the middle of the story

    demo = start(folder)
    assert "interrupted while it was made; it begins anew" in demo.until(" 1 of 10")
    os.kill(demo.children()["postgres"], signal.SIGKILL)
    assert "its database ended unexpectedly" in demo.until("nothing")
    assert demo.process.wait(PATIENCE) == 1

    demo = start(folder)
    assert "10 of 10" in demo.until("Ctrl-C stops it")
    letters = demo.page()
    assert "@stjernelund.example" in letters

    second = start(folder)
    assert "another copy is already running" in second.until("nothing")
    assert second.process.wait(PATIENCE) == 1

    worker = os.pidfd_open(demo.children()["worker"])
    signal.pidfd_send_signal(worker, signal.SIGKILL)
    select.select([worker], [], [], PATIENCE)
    os.close(worker)
    assert demo.page() == letters  # another worker has taken its place
    os.kill(demo.children()["postgres"], signal.SIGKILL)
    assert "its database ended unexpectedly" in demo.until("nothing")
    assert demo.process.wait(PATIENCE) == 1

    demo = start(folder)
    assert "10 of 10" not in demo.until("Ctrl-C stops it")
    assert demo.page() == letters
    demo.kill()

    demo = start(folder)
    demo.until("Ctrl-C stops it")
    assert demo.page() == letters
    assert demo.kill(signal.SIGINT) == 0
    assert demo.said.rstrip().endswith("`make demo-reset` begins anew."), "a stop that was asked for has nothing to complain of"

    demo = start(folder, None, "--reset")
    assert "1 of 10" in demo.until("1 of 10")
    assert demo.kill(signal.SIGINT) == 130
    assert "Stopped before it was finished" in demo.said
