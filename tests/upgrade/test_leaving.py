"""A web process that is told to stop: whoever asks is answered, by it or by the other, and nothing that changes something is cut off."""

import os
from contextlib import ExitStack
from pathlib import Path
from threading import Event as Flag
from threading import Thread

from gateway.services import Away, Services
from tests.servers.full import look, until
from tests.servers.webs import HOUSE, free_port, process


def test_one_of_two_leaves_while_many_ask_and_nobody_is_cut_off(tmp_path: Path) -> None:
    ports, eyes = [free_port(), free_port()], [free_port(), free_port()]
    answered, failed, stopping = [], [], Flag()
    addresses = [f"http://127.0.0.1:{port}" for port in ports]

    def ask(first: int) -> None:
        """Over a new connection each time, to the one or the other first: whoever knocks at a door that closes is not lost."""
        while not stopping.is_set():
            services = Services.at({"small": addresses if len(answered) % 2 == first else addresses[::-1]})
            try:
                answer = services.ask("small", "POST", "/", headers={"Content-Type": "text/plain"}, content=b"x" * 1000)
                answered.append(answer.read())
                answer.close()
            except Away as away:
                failed.append(str(away))

    with ExitStack() as running:
        processes = []
        for number, port in enumerate(ports):
            words = ["-m", "gunicorn", "-c", "deploy/gunicorn.py", "--bind", f"127.0.0.1:{port}", "tests.upgrade.small:app"]
            own = os.environ | {"PYTHONPATH": str(HOUSE), "METRICS_PORT": str(eyes[number]), "WEB_LEAVES_AFTER": "1"}
            processes.append(running.enter_context(process(words, own, tmp_path / f"{number}.log")))
        until(lambda: all(ready(port) for port in eyes), "both are ready")
        asking = [Thread(target=ask, args=(number % 2,), daemon=True) for number in range(3)]
        for thread in asking:
            thread.start()
        until(lambda: len(answered) > 50, "many ask")
        processes[0].terminate()
        processes[0].wait(60)
        done = len(answered)
        until(lambda: len(answered) > done + 50, "the other answers")
        stopping.set()
        for thread in asking:
            thread.join(30)
    assert failed == []
    assert set(answered) == {b"1000"}


def ready(port: int) -> bool:
    try:
        return look(f"http://127.0.0.1:{port}", "readyz")[0] == 200
    except OSError:
        return False
