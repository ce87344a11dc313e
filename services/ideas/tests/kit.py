"""What the tests of ideas share: an association's people, and ideas in the state that a test needs."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from chassis.identity import Duty, Identity
from tests.kit import Asker, Hall, person, secretary

HOME = uuid4()


class Place:
    """An association of its own for one test."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.id = hall, uuid4()
        self.author, self.secretary = self.resident(), secretary(self.id)
        self.moderator = person(self.id, duties=frozenset({Duty.MODERATOR}))
        self.board_member = person(self.id, lives_in=[HOME], sits_in=[uuid4()])

    def resident(self, *lives_in: UUID) -> Identity:
        """Somebody who lives here."""
        return person(self.id, lives_in=lives_in or [HOME])

    def ask(self, who: Identity) -> Asker:
        """Ask ideas as somebody."""
        return self.hall.ask("ideas", who)

    def submitted(self, title: str = "Øget brug af beboerlokaler", text: str = "De står tomme.", **more: Any) -> dict[str, Any]:
        """An idea of the author's that waits for a moderator."""
        return self.ask(more.pop("by", self.author)).post("/ideas", title=title, text=text, **more).json

    def published(self, title: str = "Øget brug af beboerlokaler", text: str = "De står tomme.", **more: Any) -> dict[str, Any]:
        """An idea of the author's that everybody can read."""
        return self.ask(self.moderator).post(f"/ideas/{self.submitted(title, text, **more)['id']}/publish").json

    def do(self, who: Identity, idea: dict[str, Any], verb: str, **body: Any) -> Any:
        """Do something with an idea."""
        return self.ask(who).post(f"/ideas/{idea['id']}/{verb}", **body)

    def see(self, idea: dict[str, Any], who: Identity | None = None) -> dict[str, Any]:
        """An idea as somebody sees it, a secretary if nobody is named, after all has been heard."""
        self.hall.settle()
        return self.ask(who or self.secretary).get(f"/ideas/{idea['id']}").json

    def circle(self, idea: dict[str, Any], limit: int = 100) -> dict[UUID, list[str]]:
        """Who is to be told of what becomes of an idea, and why; read page by page."""
        found: dict[UUID, list[str]] = {}
        cursor = None
        while True:
            asked = {"limit": limit} | ({"cursor": cursor} if cursor else {})
            page = self.ask(self.secretary).get(f"/ideas/{idea['id']}/circle", **asked).json
            assert not found.keys() & {UUID(each["person_id"]) for each in page["items"]}, "told twice"
            found |= {UUID(each["person_id"]): each["why"] for each in page["items"]}
            cursor = page["next_cursor"]
            if cursor is None:
                return found


def on_paper(who: Identity, staff: Identity) -> Identity:
    """Somebody for whom a member of staff writes it down."""
    return replace(who, act=staff.person_id)
