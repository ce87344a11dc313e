"""People at work all the while: ideas written, published, endorsed and read, and an account of every answer."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx2

from deploy.demo.world import Visitor, World

AT_ONCE = 3
PEOPLE = 8
BREATH = 0.05
"""Seconds between two things that one person does."""

SLUG = "skift"
DEPARTMENTS = "Afdelingsnr;LBF-afdelingsnr;Navn;Adresse;Har afdelingsbestyrelse\n" + "".join(
    f"{n};0090{n};Afdeling {n};Vejen {n};nej\n" for n in range(1, 4)
)
PERSONS = (
    "Person-id;Navn;Visningsnavn;E-mail;Mobil;Afdelingsnr;Adresse;Navnebeskyttet;Kun papir;Medarbejder;Opgaver\n"
    + "".join(f"80{n:02};Beboer {n};;beboer{n}@{SLUG}.example;;{n % 3 + 1};Vejen {n};nej;nej;nej;\n" for n in range(PEOPLE))
    + f"8900;Sekretær;;sekretaer@{SLUG}.example;;;;nej;nej;ja;sekretær,moderator\n"
)


@dataclass
class Load:
    """Some threads, each of which is several people; what was answered, and what they know to have been done."""

    world: World
    seed: int
    answers: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    endorsed: dict[str, set[int]] = field(default_factory=dict)
    written: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def move_in(self) -> None:
        """The association and its people."""
        said = {"slug": SLUG, "name": "Boligforeningen Skift", "cvr": "99999047", "lbf_number": "9904"}
        self.world.house("POST", "/associations", json=said)
        for what, csv in (("departments", DEPARTMENTS), ("persons", PERSONS)):
            came = self.world.house("POST", f"/imports/{what}", content=csv.encode(), headers={"Content-Type": "text/csv"})
            assert came["problems"] == []
        self.people = [self.world.visitor(f"beboer{n}") for n in range(PEOPLE)]
        self.secretary = self.world.visitor("sekretaer")

    def __enter__(self) -> "Load":
        self.threads = [threading.Thread(target=self._work, args=(n,), daemon=True) for n in range(AT_ONCE)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self.threads)

    def _work(self, number: int) -> None:
        chance = random.Random(f"{self.seed} {number}")
        while not self.stopping.wait(BREATH):
            try:
                self._do_something(chance)
            except httpx2.TransportError as broken:
                self.failed.append(f"{type(broken).__name__}: {broken}")

    def _do_something(self, chance: random.Random) -> None:
        number, what = chance.randrange(PEOPLE), chance.random()
        somebody = self.people[number]
        ideas = list(self.endorsed)
        if what < 0.15 or not ideas:
            made = self._ask(somebody, "POST", "/ideas", {"title": f"Ide {chance.random()}", "text": "Vi kan gøre det sammen."})
            if made and self._ask(self.secretary, "POST", f"/ideas/{made['id']}/publish"):
                with self.lock:
                    self.endorsed[made["id"]] = {number}
                    self.written += 1
        elif what < 0.55:
            self._endorse(chance.choice(ideas), number)
        elif what < 0.75:
            self._ask(somebody, "GET", f"/ideas/{chance.choice(ideas)}")
        else:
            self._ask(somebody, "GET", chance.choice(["/ideas", "/me", "/departments", "/charters"]))

    def _endorse(self, idea: str, number: int) -> None:
        """Each endorses an idea once; the author (who is in the set from the start) never."""
        with self.lock:
            if number in self.endorsed[idea]:
                return
            self.endorsed[idea].add(number)
        self._ask(self.people[number], "POST", f"/ideas/{idea}/endorse")

    def _ask(self, somebody: Visitor, method: str, path: str, body: Any = None) -> Any:
        answer = somebody.ask(method, path, body)
        with self.lock:
            self.answers[answer.status_code] += 1
        if answer.status_code >= 400:
            self.failed.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
            return None
        return answer.json() if answer.content else {}
