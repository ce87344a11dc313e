"""An association with a board, a charter and a group, for tests that need one."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis import clock
from chassis.identity import Identity
from contracts.decisions import AmendmentDecided, CharterDecided, Outcome, RevocationDecided
from contracts.people import BodyKind, BodyRegistered, DepartmentRegistered, MandateRegistered, Seat
from tests.kit import Asker, Hall, person, secretary


def today() -> date:
    """The calendar day in Denmark."""
    return clock.day_of(clock.now())


@dataclass
class Place:
    """One association: its board with a chair and a member, one department, a secretary and a facilitator."""

    hall: Hall
    here: UUID = field(default_factory=uuid4)
    body: UUID = field(default_factory=uuid4)
    home: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        self.secretary = secretary(self.here)
        self.chair = person(self.here, sits_in=[self.body], seat="chair")
        self.member = person(self.here, sits_in=[self.body])
        self.facilitator = person(self.here, employee=True)
        self.register(self.body, BodyKind.ORGANISATION_BOARD)
        self.hall.tell(self.here, DepartmentRegistered(department_id=self.home, number="5", name="Lindehaven"), subject=self.home)
        for who, seat in ((self.chair, Seat.CHAIR), (self.member, Seat.MEMBER)):
            self.seat(who, seat)

    def register(self, body: UUID, kind: BodyKind, department: UUID | None = None) -> UUID:
        """Let groups hear of a body."""
        self.hall.tell(self.here, BodyRegistered(body_id=body, body=kind, name="b", department_id=department), subject=body)
        return body

    def seat(self, who: Identity, seat: Seat, **more: Any) -> None:
        """Let groups hear of a mandate in the board."""
        assert who.person_id
        facts: dict[str, Any] = {"resident": True, "starts": date(2020, 1, 1), "body_id": self.body} | more
        mandate = MandateRegistered(mandate_id=uuid4(), person_id=who.person_id, seat=seat, **facts)
        self.hall.tell(self.here, mandate, subject=mandate.mandate_id)

    def resident(self) -> Identity:
        """Somebody who lives in the department."""
        return person(self.here, lives_in=[self.home])

    def ask(self, who: Identity) -> Asker:
        """Ask groups as somebody."""
        return self.hall.ask("groups", who)

    def says(self, **more: Any) -> dict[str, Any]:
        """All that a charter must say."""
        day = today()
        usual = {
            "background": "Beboerne får besked for sent.",
            "purpose": "Foreslå en fælles standard.",
            "frames": "Højst 60.000 kr. om året.",
            "questions": ["Hvad varsler vi?"],
            "not_up_for_change": "Hvad der renoveres.",
            "stakeholders": ["Beboere i de afdelinger, der skal renoveres"],
            "topic": "renovation",
            "openness": 4,
            "facilitator_hours": 40,
            "seats": [{"category": "resident", "places": 2}, {"category": "organisation_board", "places": 1}],
            "sign_up_until": str(day + timedelta(days=10)),
            "meetings": [str(day + timedelta(days=n)) for n in (20, 40)],
            "handover": str(day + timedelta(days=50)),
            "decision_by": str(day + timedelta(days=60)),
            "sponsor_id": str(self.chair.person_id),
            "facilitator_id": str(self.facilitator.person_id),
            "facilitator_employed": True,
        }
        return usual | more

    def drafted(self, **more: Any) -> dict[str, Any]:
        """A charter of which only the title is written."""
        return self.ask(self.member).post("/charters", title="Klar besked", body_id=str(self.body), **more).json

    def proposed(self, **says: Any) -> dict[str, Any]:
        """A charter that lies before the board."""
        made = self.drafted()
        self.ask(self.member).put(f"/charters/{made['id']}", **self.says(**says))
        answer = self.ask(self.member).post(f"/charters/{made['id']}/propose")
        assert answer.status_code == 200, answer.json
        return answer.json

    def decide(self, charter_id: str, outcome: Outcome = Outcome.ADOPTED, *, edition: int = 1, reason: str = "") -> None:
        """Let groups hear what the board decided on a charter."""
        item = uuid4()
        fact = CharterDecided(
            docket_item_id=item, charter_id=UUID(charter_id), edition=edition, outcome=outcome, meeting_day=today(), reason=reason
        )
        self.hall.tell(self.here, fact, subject=item)

    def group(self, **says: Any) -> str:
        """The id of a group that is open for sign-up."""
        made = self.proposed(**says)
        self.decide(made["id"])
        return str(self.ask(self.secretary).get(f"/charters/{made['id']}").json["group_id"])

    def applied(self, group_id: str, who: Identity, category: str = "resident") -> str:
        """The id of somebody's sign-up."""
        answer = self.ask(who).post(f"/groups/{group_id}/apply", category=category, brings="Erfaring")
        assert answer.status_code == 201, answer.json
        return str(answer.json["id"])

    def move(self, who: Identity, sign_up_id: str, verb: str, **body: Any) -> Any:
        """The answer to a move of a sign-up."""
        return self.ask(who).post(f"/sign_ups/{sign_up_id}/{verb}", **body)

    def joined(self, group_id: str, who: Identity, category: str = "resident") -> str:
        """The id of the sign-up of somebody who is a member now."""
        id = self.applied(group_id, who, category)
        assert self.move(self.member, id, "offer").status_code == 200
        assert self.move(who, id, "accept").json["state"] == "accepted"
        return id

    def formed(self, **says: Any) -> str:
        """The id of a group that is formed: one resident, one member of the board."""
        id = self.group(**says)
        self.joined(id, self.resident())
        self.joined(id, self.chair, "organisation_board")
        self.ask(self.secretary).post(f"/groups/{id}/close_sign_up")
        answer = self.ask(self.secretary).post(f"/groups/{id}/form")
        assert answer.json["state"] == "formed", answer.json
        return id

    def amended(self, group_id: str, **says: Any) -> dict[str, Any]:
        """An amendment of the group's charter that says something else, and why."""
        charter_id = self.ask(self.secretary).get(f"/groups/{group_id}").json["charter_id"]
        made = self.ask(self.member).post(f"/charters/{charter_id}/amend")
        assert made.status_code == 201, made.json
        usual = {"why": "Der er brug for mere tid.", "decision_by": str(today() + timedelta(days=80))}
        answer = self.ask(self.member).put(f"/amendments/{made.json['id']}", **(usual | says))
        assert answer.status_code == 200, answer.json
        return answer.json

    def propose(self, amendment_id: str) -> Any:
        """The answer when the amendment is laid before the board."""
        return self.ask(self.member).post(f"/amendments/{amendment_id}/propose")

    def decide_amendment(self, made: dict[str, Any], outcome: Outcome = Outcome.ADOPTED, **more: Any) -> None:
        """Let groups hear what the board decided on an amendment."""
        facts = {"amendment_id": UUID(made["id"]), "charter_id": UUID(made["charter_id"]), "attempt": 1} | more
        fact = AmendmentDecided(docket_item_id=uuid4(), outcome=outcome, meeting_day=today(), **facts)
        self.hall.tell(self.here, fact, subject=fact.docket_item_id)

    def amend(self, group_id: str, **says: Any) -> None:
        """Let the group's charter be amended: the board adopts that it says something else."""
        made = self.amended(group_id, **says)
        assert self.propose(made["id"]).status_code == 200, made["missing"]
        self.decide_amendment(made)

    def decide_revocation(self, charter_id: str, outcome: Outcome = Outcome.ADOPTED, *, number: int = 1) -> None:
        """Let groups hear whether the board took a charter back."""
        facts = {"charter_id": UUID(charter_id), "number": number, "reason": "Det sagde vi."}
        fact = RevocationDecided(docket_item_id=uuid4(), outcome=outcome, meeting_day=today(), **facts)
        self.hall.tell(self.here, fact, subject=fact.docket_item_id)

    def template(self, charter_id: str, **more: Any) -> dict[str, Any]:
        """A template that is kept of a charter."""
        named = {"title": "Klar besked", "good_for": "Når naboer skal have besked i tide"} | more
        answer = self.ask(self.secretary).post(f"/charters/{charter_id}/keep_as_template", **named)
        assert answer.status_code == 201, answer.json
        return answer.json

    def state_of(self, sign_up_id: str, group_id: str) -> str:
        """Where a sign-up is in its life."""
        items = self.ask(self.secretary).get(f"/groups/{group_id}/sign_ups").json["items"]
        return str(next(item["state"] for item in items if item["id"] == sign_up_id))

    def told(self, subject: str) -> list[str]:
        """The kinds of what groups told about a thing, in order."""
        with self.hall.running["groups"].post_engine.connect() as connection:
            rows = connection.exec_driver_sql("select kind from outbox where subject = %(s)s order by sequence", {"s": subject})
            return [row.kind for row in rows]

    def stuck(self) -> list[tuple[str, str]]:
        """The letters of this association that could not be applied, with the reason."""
        with self.hall.running["groups"].post_engine.connect() as connection:
            query = "select kind, reason from inbox where association_id = %(here)s and reason is not null"
            return [(row.kind, row.reason) for row in connection.exec_driver_sql(query, {"here": self.here})]
