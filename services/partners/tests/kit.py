"""Partners for tests: an association with a trusted person, a grant, and the program that reads by it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from chassis.identity import Duty, Identity
from contracts.event import Event
from tests.kit import Asker, Hall, person


@dataclass
class Place:
    """One association, made anew for a test."""

    hall: Hall
    here: UUID = field(default_factory=uuid4)

    @property
    def trusted(self) -> Asker:
        """Somebody with the duty."""
        return self.asks(person(self.here, duties=frozenset({Duty.ADMINISTRATOR})))

    def asks(self, who: Identity) -> Asker:
        """Somebody at the door of partners."""
        return self.hall.ask("partners", who)

    def grant(self, *kinds: str, scopes: tuple[str, ...] = (), name: str = "Hjemmesiden") -> dict[str, Any]:
        """A grant."""
        return good(self.trusted.post("/grants", name=name, kinds=list(kinds), scopes=list(scopes)))

    def credential(self, grant: dict[str, Any], **more: Any) -> dict[str, Any]:
        """A credential, with its secret."""
        return good(self.trusted.post(f"/grants/{grant['id']}/credentials", name="Drift", **more))

    def reader(self, grant: dict[str, Any]) -> "Program":
        """A partner's program, as the gateway lets it in."""
        return Program(self, grant, self.credential(grant))

    def tell(self, event: Event, *, subject: UUID | None = None, sequence: int = 1) -> None:
        """Something happened."""
        self.hall.tell(self.here, event, subject=subject or uuid4(), sequence=sequence)


@dataclass
class Program:
    """A partner's program that reads the feed and keeps its place in it."""

    place: Place
    grant: dict[str, Any]
    credential: dict[str, Any]
    cursor: str | None = None

    @property
    def identity(self) -> Identity:
        """What the gateway signs for it."""
        return Identity(
            association_id=self.place.here,
            person_id=UUID(self.grant["id"]),
            credential=UUID(self.credential["id"]),
            scopes=frozenset(self.grant["scopes"]) | {"events:read"},
        )

    def ask(self, **query: Any) -> Any:
        """Ask for a page."""
        return self.place.asks(self.identity).get("/events", **query)

    def read(self, **query: Any) -> list[dict[str, Any]]:
        """The next page; the place in the feed moves on."""
        answer = self.ask(**({"cursor": self.cursor} if self.cursor else {}), **query)
        assert answer.status_code == 200, answer.text
        self.cursor = answer.headers["Next-Cursor"]
        return list(answer.json)

    def kinds(self, **query: Any) -> list[str]:
        """What the next page tells of."""
        return [event["type"].removeprefix("dk.samskab.") for event in self.read(**query)]


def good(answer: Any) -> dict[str, Any]:
    """What was answered, when it was no no."""
    assert answer.status_code < 300, answer.text
    return dict(answer.json)
