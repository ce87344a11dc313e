"""A group for asking rules about: who is in it, and its meetings."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis.clock import DENMARK
from chassis.identity import Identity
from contracts.groups import SeatCategory
from services.meetings.rules import meeting
from services.meetings.rules.circle import Circle, Member
from services.meetings.rules.meeting import Call, Meeting
from tests.kit import person

HERE = uuid4()
HOUSE = Identity(association_id=HERE)
FACILITATOR, SPONSOR = person(HERE, employee=True), person(HERE, sits_in=[uuid4()])
ANNA, BO, CHARLOTTE, DORTE = (person(HERE, lives_in=[uuid4()]) for _ in range(4))
OUTSIDER = person(HERE, lives_in=[uuid4()])
STARTS = datetime(2026, 4, 8, 15, 30, tzinfo=UTC)
TODAY = date(2026, 4, 1)
CALL = Call(starts=STARTS, ends=STARTS + timedelta(hours=2), place="Selskabslokalet")


def a_circle(**more: Any) -> Circle:
    members = (
        Member(person_id=ANNA.person_id, category=SeatCategory.RESIDENT),
        Member(person_id=BO.person_id, category=SeatCategory.RESIDENT),
        Member(person_id=CHARLOTTE.person_id, category=SeatCategory.DEPARTMENT_BOARD),
        Member(person_id=DORTE.person_id, category=SeatCategory.EMPLOYEE),
    )
    usual = {"formed": True, "members": members, "questions": 2, "fewest": 2, "most": 5}
    return Circle(
        group_id=UUID(int=1),
        charter_id=UUID(int=2),
        body_id=UUID(int=3),
        facilitator_id=FACILITATOR.person_id,
        sponsor_id=SPONSOR.person_id,
        **(usual | more),
    )


CIRCLE = a_circle()


def a_meeting(state: meeting.State = meeting.State.PLANNED, **more: Any) -> Meeting:
    made, _ = meeting.plan(id=uuid4(), who=HOUSE, circle=CIRCLE, day=date(2026, 4, 8), planned=0)
    return replace(made, state=state, **more)


def convene(
    found: Meeting, circle: Circle = CIRCLE, call: Call = CALL, today: date = TODAY, who: Identity = FACILITATOR
) -> Meeting:
    now = datetime.combine(today, time(12), DENMARK)
    return found.convene(who=who, circle=circle, call=call, now=now, notice_days=7, polling=False)[0]


def hold(present: list[Identity], now: datetime = STARTS, circle: Circle = CIRCLE) -> tuple[Meeting, object]:
    there = tuple(each.person_id for each in present)
    return convene(a_meeting()).hold(who=FACILITATOR, circle=circle, present=there, guests=0, now=now, minutes_days=28)
