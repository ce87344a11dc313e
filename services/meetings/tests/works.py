"""A formed group with three members on a real database, and the way to a submitted proposal."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis import clock
from chassis.identity import Identity
from contracts.decisions import DecisionPublished, Outcome
from contracts.event import Event, Letter
from contracts.groups import (
    CharterCameIntoForce,
    CharterText,
    GroupFormed,
    MemberLeft,
    SeatAccepted,
    SeatCategory,
    SeatPlan,
)
from tests.kit import Asker, Hall, person

POINT = {
    "text": "Ét system",
    "responsible": "Driften",
    "cost": "low",
    "rent": "none",
    "question": 0,
    "first_step": "Indhent tilbud.",
}
STARTS = datetime(2030, 4, 8, 17, 30, tzinfo=clock.DENMARK)


class Works:
    """A formed group with three members, and who leads it."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.here, self.group_id = hall, uuid4(), uuid4()
        self.facilitator, self.anna, self.bo = (person(self.here, lives_in=[uuid4()]) for _ in range(3))
        self.neighbour = person(self.here, lives_in=[uuid4()])
        clock.set_to(STARTS - timedelta(days=14))
        self.charter_id, self.body_id, self.sponsor_id = uuid4(), uuid4(), uuid4()
        for member in (self.anna, self.bo):
            self.seat(member)
        self.charter()
        hall.tell(self.here, GroupFormed(group_id=self.group_id, charter_id=self.charter_id), subject=self.group_id)

    def charter(
        self,
        edition: int = 1,
        *,
        meetings: tuple[date, ...] = (date(2030, 4, 8), date(2030, 4, 22)),
        most: int = 3,
        facilitator: Identity | None = None,
    ) -> None:
        """The charter comes into force, for the first time or amended."""
        text = CharterText(
            title="Lokaler",
            background="b",
            purpose="p",
            frames="f",
            questions=("Hvordan?",),
            not_up_for_change="n",
            seats=(SeatPlan(category=SeatCategory.RESIDENT, places=3),),
            sign_up_until=date(2030, 3, 1),
            meetings=meetings,
            handover=date(2030, 5, 1),
            decision_by=date(2030, 6, 1),
            sponsor_id=self.sponsor_id,
            facilitator_id=(facilitator or self.facilitator).person_id,
        )
        told = CharterCameIntoForce(
            charter_id=self.charter_id,
            group_id=self.group_id,
            body_id=self.body_id,
            edition=edition,
            text=text,
            meetings_min=2,
            meetings_max=most,
        )
        self.hall.tell(self.here, told, subject=self.charter_id, sequence=edition)

    def seat(self, who: Identity, category: SeatCategory = SeatCategory.RESIDENT) -> UUID:
        """Somebody becomes a member."""
        told = SeatAccepted(sign_up_id=uuid4(), group_id=self.group_id, person_id=who.person_id, category=category)
        self.hall.tell(self.here, told, subject=told.sign_up_id)
        return told.sign_up_id

    def leave(self, who: Identity, sign_up_id: UUID) -> None:
        """A member leaves."""
        told = MemberLeft(sign_up_id=sign_up_id, group_id=self.group_id, person_id=who.person_id)
        self.hall.tell(self.here, told, subject=sign_up_id, sequence=2)

    def ask(self, who: Identity) -> Asker:
        """Somebody at the door."""
        return self.hall.ask("meetings", who)

    def see(self, who: Identity | None = None) -> Any:
        """The group's work, as somebody sees it."""
        return self.ask(who or self.anna).get(f"/groups/{self.group_id}").json

    def told(self, event: type[Event]) -> list[Any]:
        """What meetings has told of this kind, the oldest first."""
        with self.hall.running["meetings"].post_engine.connect() as connection:
            query = "select body from outbox where association_id = %s and kind = %s order by id"
            rows = connection.exec_driver_sql(query, (self.here, event.kind)).scalars().all()
        return [Letter.from_bytes(bytes(row)).event() for row in rows]

    def convene(self, number: int, **more: Any) -> Any:
        """The group is called to a meeting."""
        starts = STARTS + timedelta(days=14 * number)
        meeting = self.see()["meetings"][number]["id"]
        call = {"starts": starts.isoformat(), "ends": (starts + timedelta(hours=2)).isoformat(), "place": "Lokalet"}
        answer = self.ask(self.facilitator).post(f"/meetings/{meeting}/convene", **(call | more))
        assert answer.status_code == 200, answer.text
        return answer.json

    def meet(self, number: int) -> Any:
        """A meeting is convened and held."""
        meeting = self.convene(number)
        clock.set_to(STARTS + timedelta(days=14 * number, hours=2))
        present = [str(self.anna.person_id), str(self.bo.person_id)]
        return self.ask(self.facilitator).post(f"/meetings/{meeting['id']}/hold", present=present).json

    def post(self, who: Identity, path: str, **body: Any) -> Any:
        """Somebody does something that must succeed."""
        answer = self.ask(who).post(path, **body)
        assert answer.status_code < 300, f"{path}: {answer.status_code} {answer.text}"
        return answer.json

    def bring(self, who: Identity, text: str = "Åbent længere", kind: str = "wish") -> Any:
        """Somebody brings something."""
        return self.post(who, f"/groups/{self.group_id}/contributions", kind=kind, text=text)

    def drafted(self, *texts: str) -> Any:
        """A proposal with these recommendations, one if none are named."""
        made = self.post(self.anna, f"/groups/{self.group_id}/proposal", title="Lokaler", summary="s")
        for text in texts or ("Ét system",):
            self.post(self.anna, f"/proposals/{made['id']}/recommendations", **POINT | {"text": text})
        return self.proposal(made["id"])

    def proposal(self, id: str, who: Identity | None = None) -> Any:
        """The proposal, as somebody sees it."""
        return self.ask(who or self.anna).get(f"/proposals/{id}").json

    def ready(self) -> Any:
        """A proposal after two meetings that takes in the one contribution, and that all are asked about."""
        self.meet(0), self.meet(1)
        wish, made = self.bring(self.anna), self.drafted()
        self.post(self.facilitator, f"/contributions/{wish['id']}/trace", recommendation_id=made["recommendations"][0]["id"])
        return self.post(self.anna, f"/proposals/{made['id']}/ask_consent")

    def submitted(self) -> Any:
        """The whole way to a submitted proposal."""
        made = self.ready()
        for who in (self.anna, self.bo):
            self.post(who, f"/proposals/{made['id']}/consent")
        return self.post(self.anna, f"/proposals/{made['id']}/submit")

    def decide(self, proposal_id: str, outcome: Outcome, reason: str = "Regn på driften.") -> None:
        """The body decides, and we hear of it."""
        decision = DecisionPublished(
            decision_id=uuid4(),
            charter_id=uuid4(),
            group_id=self.group_id,
            proposal_id=UUID(proposal_id),
            outcome=outcome,
            reason=reason,
        )
        self.hall.tell(self.here, decision, subject=decision.decision_id)
