"""What the tests of notices share: an association with people on paper, and a group that is called to meetings."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis import clock
from chassis.identity import Identity
from contracts.event import Event
from contracts.meetings import MeetingCancelled, MeetingChanged, MeetingConvened
from contracts.people import PersonRegistered
from tests.kit import Asker, Hall, person, secretary


class Place:
    """An association of its own for one test; Ellen and Karl get letters, Anna reads on her telephone."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.id, self.group = hall, uuid4(), uuid4()
        self.secretary, self.resident = secretary(self.id), person(self.id, lives_in=[uuid4()])
        self.ellen, self.karl, self.anna = uuid4(), uuid4(), uuid4()
        for each in (self.ellen, self.karl):
            self.on_paper(each)
        self.hear(PersonRegistered(person_id=self.anna), self.anna)

    def hear(self, event: Event, subject: UUID, sequence: int = 1) -> None:
        """Notices hears this."""
        self.hall.tell(self.id, event, subject=subject, sequence=sequence)

    def on_paper(self, person_id: UUID) -> None:
        """Somebody is exempt from digital contact."""
        self.hear(PersonRegistered(person_id=person_id, on_paper=True), person_id)

    def convened(self, *told: UUID, days: int = 20) -> UUID:
        """A meeting that these are called to, so many days ahead."""
        meeting_id = uuid4()
        self.hear(MeetingConvened(**self._call(meeting_id, days), told=told), meeting_id)
        return meeting_id

    def changed(self, meeting_id: UUID, *told: UUID, sequence: int = 2) -> None:
        """It is moved."""
        self.hear(MeetingChanged(**self._call(meeting_id, 21), changed=("starts",), told=told), meeting_id, sequence)

    def cancelled(self, meeting_id: UUID, *told: UUID, sequence: int = 2) -> None:
        """It is called off."""
        event = MeetingCancelled(meeting_id=meeting_id, group_id=self.group, starts=self._at(20), reason="Sygdom.", told=told)
        self.hear(event, meeting_id, sequence)

    def ask(self, who: Identity | None = None) -> Asker:
        """Ask notices, as the secretary if nobody is named."""
        return self.hall.ask("notices", who or self.secretary)

    def notices(self, **asked: Any) -> list[dict[str, Any]]:
        """The notices with letters to send."""
        return list(self.ask().get("/notices", **asked).json["items"])

    def letters(self, notice: dict[str, Any], **asked: Any) -> list[dict[str, Any]]:
        """The letters of a notice."""
        return list(self.ask().get(f"/notices/{notice['id']}/letters", **asked).json["items"])

    def _call(self, meeting_id: UUID, days: int) -> dict[str, Any]:
        starts = self._at(days)
        facts = {"meeting_id": meeting_id, "group_id": self.group, "starts": starts, "ends": starts + timedelta(hours=2)}
        return facts | {"place": "Beboerlokalet"}

    @staticmethod
    def _at(days: int) -> datetime:
        return datetime.combine(clock.day_of(clock.now()) + timedelta(days=days), datetime.min.time(), UTC) + timedelta(hours=16)
