"""A board for tests: who sits in it, what lies before it, and how it votes; all over HTTP, on a real database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

from chassis import clock
from contracts.event import Letter
from contracts.groups import CharterCameIntoForce, CharterProposed, CharterText, SeatCategory, SeatPlan
from contracts.meetings import CostClass, ProposalSubmitted, Recommendation, RentEffect
from contracts.people import BodyKind, BodyRegistered, DayTurned, DepartmentRegistered, MandateRegistered, Seat
from tests.kit import Asker, Hall, person, secretary

LONG_AGO = date(2020, 1, 1)


def today() -> date:
    return clock.day_of(clock.now())


def a_text(**more: Any) -> CharterText:
    text = CharterText(
        title="Øget brug af beboerlokaler",
        background="De står tomme.",
        purpose="At de bliver brugt.",
        frames="150.000 kr.",
        questions=("Hvordan?",),
        not_up_for_change="Huslejen",
        seats=(SeatPlan(category=SeatCategory.RESIDENT, places=8),),
        sign_up_until=today() + timedelta(days=20),
        meetings=(today() + timedelta(days=40), today() + timedelta(days=60)),
        handover=today() + timedelta(days=70),
        decision_by=today() + timedelta(days=90),
        sponsor_id=uuid4(),
        facilitator_id=uuid4(),
    )
    return replace(text, **more)


class Board:
    """An association with a board: a chair, a vice-chair, members (three unless said otherwise); and an alternate."""

    def __init__(self, hall: Hall, *, members: int = 3) -> None:
        self.hall, self.here, self.body = hall, uuid4(), uuid4()
        hall.tell(self.here, BodyRegistered(body_id=self.body, body=BodyKind.ORGANISATION_BOARD, name="OB"), subject=self.body)
        seats = (Seat.CHAIR, Seat.VICE_CHAIR, *(Seat.MEMBER,) * members, Seat.ALTERNATE)
        self.people = [self.seat(seat) for seat in seats]
        self.chair, self.vice, *self.members, self.alternate = self.people

    def seat(
        self,
        seat: Seat,
        *,
        person_id: UUID | None = None,
        body: UUID | None = None,
        starts: date = LONG_AGO,
        ends: date | None = None,
    ) -> UUID:
        id, person_id = uuid4(), person_id or uuid4()
        fact = MandateRegistered(
            mandate_id=id, body_id=body or self.body, person_id=person_id, seat=seat, resident=True, starts=starts, ends=ends
        )
        self.hall.tell(self.here, fact, subject=id)
        return person_id

    def secretary(self) -> Asker:
        return self.hall.ask("decisions", secretary(self.here))

    def sitting(self, person_id: UUID, seat: str = "member") -> Asker:
        return self.hall.ask("decisions", person(self.here, sits_in=[self.body], seat=seat, person_id=person_id))

    def resident(self) -> Asker:
        return self.hall.ask("decisions", person(self.here, lives_in=[uuid4()]))

    def charter(self, edition: int = 1, *, charter_id: UUID | None = None, body: UUID | None = None, **text: Any) -> str:
        id = charter_id or uuid4()
        fact = CharterProposed(charter_id=id, body_id=body or self.body, edition=edition, text=a_text(**text))
        self.hall.tell(self.here, fact, subject=id, sequence=edition)
        newest: str = self.secretary().get("/docket").json["items"][0]["id"]
        return newest

    def proposal(self, *asked: Recommendation, edition: int = 1, in_force: bool = True, **more: Any) -> ProposalSubmitted:
        fact = ProposalSubmitted(
            **{
                "proposal_id": uuid4(),
                "group_id": uuid4(),
                "charter_id": uuid4(),
                "body_id": self.body,
                "edition": edition,
                "title": "Brug lokalerne",
                "summary": "To forslag",
                "recommendations": asked or (recommendation(), recommendation()),
                "members": (self.members[0],),
                **more,
            }
        )
        if in_force:
            self.in_force(fact)
        self.hall.tell(self.here, fact, subject=fact.proposal_id, sequence=edition)
        return fact

    def in_force(self, fact: ProposalSubmitted, idea_id: UUID | None = None, edition: int = 1, **text: Any) -> None:
        charter = CharterCameIntoForce(
            charter_id=fact.charter_id,
            group_id=fact.group_id,
            body_id=fact.body_id,
            edition=edition,
            text=a_text(**text),
            meetings_min=2,
            meetings_max=5,
            idea_id=idea_id,
        )
        self.hall.tell(self.here, charter, subject=fact.charter_id, sequence=uuid4().int % 1_000_000)

    def newest(self) -> str:
        id: str = self.secretary().get("/docket").json["items"][0]["id"]
        return id

    def votes(self, yes: int = 5, no: int = 0, none: int = 0, **more: Any) -> dict[str, Any]:
        present = [str(id) for id in self.people[: yes + no + none]]
        facts = {"meeting_day": today().isoformat(), "chair_id": str(self.chair), "present": present}
        return {**facts, "votes_for": yes, "votes_against": no, "abstained": none, **more}

    def decided(self, fact: ProposalSubmitted | None = None, outcome: str = "adopted", **more: Any) -> dict[str, Any]:
        fact = fact or self.proposal()
        id = self.newest()
        self.secretary().post(f"/docket/{id}/present")
        points = [{"recommendation_id": str(asked.id), "outcome": outcome} for asked in fact.recommendations]
        told = {"outcome": outcome, "reason": "Det er godt.", "codes": [code_for(outcome)], "points": points, **more}
        answer = self.secretary().post(
            f"/docket/{id}/decide_proposal", **self.votes(**({} if outcome != "rejected" else {"yes": 1, "no": 4})), **told
        )
        assert answer.status_code == 200, answer.json
        return {"docket_item": id, "decision": answer.json["decision_id"]}

    def published(self, fact: ProposalSubmitted | None = None, **more: Any) -> str:
        id: str = self.decided(fact, **more)["decision"]
        assert self.secretary().post(f"/decisions/{id}/publish").status_code == 200
        return id

    def day(self, day: date) -> None:
        """A day turns."""
        self.hall.tell(self.here, DayTurned(day=day), subject=self.here, sequence=day.toordinal())

    def department(self) -> str:
        id = uuid4()
        self.hall.tell(self.here, DepartmentRegistered(department_id=id, number="5", name="Lindehaven"), subject=id)
        return str(id)

    def task(self, decision_id: str, **more: Any) -> Any:
        usual = {"title": "Køb system", "owner": "Driftschefen", "due": "2030-01-01"}
        return self.secretary().post(f"/decisions/{decision_id}/tasks", **{**usual, **more})


def code_for(outcome: str) -> str:
    return "need" if outcome.startswith("adopted") else "economy"


def recommendation(**more: Any) -> Recommendation:
    usual = {"text": "Ét bookingsystem", "responsible": "Driften", "cost": CostClass.LOW, "rent": RentEffect.NONE, "question": 0}
    return Recommendation(**{"id": uuid4(), **usual, **more})


def at_once(*doing: Callable[[], Any]) -> list[Any]:
    """What came of several doing something at the same moment."""
    ready, answers = Barrier(len(doing)), list[Any]()

    def run(do: Callable[[], Any]) -> None:
        ready.wait()
        answers.append(do())

    threads = [Thread(target=run, args=(do,)) for do in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(doing), "somebody got no answer"
    return answers


def told(board: Board, kind: str) -> list[dict[str, Any]]:
    """What was written down to be told, in order."""
    with board.hall.running["decisions"].post_engine.connect() as connection:
        asked = "select body from outbox where association_id = %s and kind = %s order by id"
        return [Letter.from_bytes(bytes(row[0])).data for row in connection.exec_driver_sql(asked, (board.here, kind))]
