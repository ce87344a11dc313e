"""Where a story is played: the front door, people who sign in at it, the clock, and the post."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx2

from chassis.clock import DENMARK

FILES = {"departments": "afdelinger.csv", "persons": "personer.csv", "mandates": "bestyrelser.csv"}
SIGNED_IN = timedelta(days=14)
LINK = re.compile(r"/log-ind/[A-Za-z0-9_-]{20,}")


class StoryStopped(Exception):
    """Somebody was refused something that the story needs; the message is the whole answer."""


class House(Protocol):
    """What the operator can do, asking the services as the house itself."""

    def __call__(self, method: str, path: str, **how: Any) -> Any:
        """Ask people; return the answer's JSON."""


@dataclass
class World:
    """One association seen from its front door. `settle` waits until all letters are applied; `set_clock` sets every clock."""

    door: Callable[[], httpx2.Client]
    slug: str
    house: House
    settle: Callable[[], None]
    set_clock: Callable[[datetime], None]
    shift: timedelta = timedelta()
    people: dict[str, "Visitor"] = field(default_factory=dict)
    now: datetime | None = None

    def at(self, when: str) -> None:
        """It is now this time in Denmark, `2026-02-24 19.30`; what was told before has been heard."""
        self.settle()
        moment = datetime.strptime(when, "%Y-%m-%d %H.%M").replace(tzinfo=DENMARK) + self.shift
        self.now = moment
        self.set_clock(moment)

    def day(self, when: str) -> str:
        """A day of the story, shifted as the whole story is."""
        return (datetime.fromisoformat(when) + self.shift).date().isoformat()

    def moment(self, when: str) -> str:
        """A moment of the story with its zone."""
        return (datetime.strptime(when, "%Y-%m-%d %H.%M").replace(tzinfo=DENMARK) + self.shift).isoformat()

    def move_in(self, files: Path, **association: str) -> None:
        """The association is registered, and its people come in from the administration system's files."""
        self.house("POST", "/associations", json={"slug": self.slug, **association})
        for what, name in FILES.items():
            csv = {"content": (files / name).read_bytes(), "headers": {"Content-Type": "text/csv"}}
            came = self.house("POST", f"/imports/{what}", **csv)
            if came["problems"]:
                raise StoryStopped(f"{name}: {came['problems']}")
        self.settle()

    def visitor(self, name: str) -> "Visitor":
        """Somebody, signed in by a one-time link not long ago."""
        found = self.people.get(name)
        if found is None or (self.now and found.since and self.now - found.since > SIGNED_IN):
            found = Visitor(self.door(), self.slug, since=self.now).sign_in(f"{name}@{self.slug}.example")
            self.people[name] = found
        return found


class Visitor:
    """One person at the front door."""

    def __init__(self, client: httpx2.Client, slug: str, *, since: datetime | None = None, acts_for: str = "") -> None:
        self.client, self.slug, self.since, self.acts_for = client, slug, since, acts_for

    def on_paper(self, person_id: str) -> "Visitor":
        """The same member of staff, writing down what a person on paper says."""
        return Visitor(self.client, self.slug, since=self.since, acts_for=person_id)

    def sign_in(self, email: str) -> "Visitor":
        """Ask for a link, open it, press the button."""
        self._form("/log-ind", email=email)
        letters = self.client.get(f"/{self.slug}/demo/post", params={"to": email}).text
        found = LINK.search(letters)
        if found is None:
            raise StoryStopped(f"no link came for {email}")
        self._form(found[0])
        return self

    def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, named: Mapping[str, str] | None = None
    ) -> httpx2.Response:
        """Ask the API for something; `named` are headers of one's own."""
        headers = SAME_ORIGIN | dict(named or {}) | ({"X-Act-For": self.acts_for} if self.acts_for else {})
        return self.client.request(method, f"/{self.slug}/api/v1{path}", json=body, headers=headers)

    def get(self, path: str) -> Any:
        """What is there."""
        return _good(self.ask("GET", path))

    def post(self, path: str, **body: Any) -> Any:
        """Do something."""
        return _good(self.ask("POST", path, body))

    def put(self, path: str, **body: Any) -> Any:
        """Write something."""
        return _good(self.ask("PUT", path, body))

    def _form(self, path: str, **fields: str) -> None:
        answer = self.client.post(f"/{self.slug}{path}", data=fields, headers=SAME_ORIGIN)
        if answer.status_code >= 400:
            raise StoryStopped(f"{path}: {answer.status_code} {answer.text[:500]}")


SAME_ORIGIN = {"X-Samskab": "1", "Sec-Fetch-Site": "same-origin"}


def _good(answer: httpx2.Response) -> Any:
    if answer.status_code >= 400:
        raise StoryStopped(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}")
    return answer.json() if answer.content else None
