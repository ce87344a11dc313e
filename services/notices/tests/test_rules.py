"""The rules of letters: who is told of what, by when a letter must be out, and that it is sent once."""

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from chassis.identity import Duty, Identity
from chassis.refusal import NotAllowed, Refused
from contracts.circle import Circle, Whom
from contracts.decisions import SurveyOpened, TaskStarted
from contracts.event import Event
from contracts.groups import SeatOffered
from contracts.ideas import IdeaDeclined
from contracts.meetings import MeetingCancelled, MeetingConvened, MeetingHeld, ProposalSubmitted
from deploy.services import SERVICES
from services.notices.app import LISTENS
from services.notices.rules.letter import Letter, State, write
from services.notices.rules.notice import NAMES, Notice, notice_of
from tests.kit import person, secretary
from tests.lives import made

HERE = uuid4()
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUSE = Identity(association_id=HERE)
STAFF = secretary(HERE)
ELLEN = uuid4()


def a_letter(state: State = State.TO_SEND) -> Letter:
    made, _ = write(
        notice_id=uuid4(),
        about=uuid4(),
        kind="meeting.convened",
        within=None,
        person_id=ELLEN,
        send_by=TODAY,
        now=NOW,
        goes_on=False,
    )
    return replace(made, state=state)


def told_by(event: Event, notice_days: int = 7) -> Notice:
    return notice_of(event, id=uuid4(), today=TODAY, notice_days=notice_days)


def convened(starts: datetime) -> MeetingConvened:
    ends = starts + timedelta(hours=2)
    return MeetingConvened(meeting_id=uuid4(), group_id=uuid4(), starts=starts, ends=ends, place="Salen", told=(ELLEN, ELLEN))


TO_BE_TOLD = re.compile(r"(is|are) to be (told|asked|reminded|invited|called)")
NAMING = {"told", "circles", "remind", "circle"}
NOT_TOLD = {
    "idea.concluded": "the same people hear by what the body publishes",
    "meeting.held": "whoever was there knows",
    "proposal.submitted": "`members` are those whose proposal it is",
}
"""Events that name people or a circle, and that nobody is written to about."""


@pytest.mark.invariant(32)
@pytest.mark.parametrize("event", Event.known.values(), ids=lambda event: event.kind)
def test_whoever_an_event_names_to_be_told_gets_a_letter(event: type[Event]) -> None:
    names = {field.name for field in fields(event)} & NAMING or TO_BE_TOLD.search(" ".join((event.__doc__ or "").split()))
    listens = {service.name for service in SERVICES if event in service.listens}

    assert not names or event.kind in NOT_TOLD or (event in NAMES and "notices" in listens), event.kind


@pytest.mark.parametrize("event", NAMES, ids=lambda event: event.kind)
def test_every_event_that_names_somebody_says_what_it_is_about(event: type[Event]) -> None:
    found = told_by(made(event))

    assert found.kind == event.kind and found.about and found.links and found.send_by >= TODAY
    assert event in LISTENS


@pytest.mark.invariant(32)
def test_a_call_to_a_meeting_is_out_on_the_last_day_on_which_the_group_may_be_called() -> None:
    late_at_night = datetime(2026, 3, 30, 22, 30, tzinfo=UTC)  # half past midnight on the 31st in Denmark

    assert told_by(convened(datetime(2026, 3, 30, 15, tzinfo=UTC))).send_by == date(2026, 3, 23)
    assert told_by(convened(late_at_night)).send_by == date(2026, 3, 24)
    assert told_by(convened(datetime(2026, 3, 30, 15, tzinfo=UTC)), notice_days=14).send_by == date(2026, 3, 16)
    assert told_by(convened(datetime(2026, 3, 4, 15, tzinfo=UTC))).send_by == TODAY


def test_other_letters_are_out_in_three_days_and_before_what_they_are_about() -> None:
    def offered(answer_by: date) -> date:
        return told_by(SeatOffered(sign_up_id=uuid4(), group_id=uuid4(), person_id=ELLEN, answer_by=answer_by)).send_by

    assert offered(date(2026, 3, 20)) == date(2026, 3, 5)
    assert offered(date(2026, 3, 4)) == date(2026, 3, 3)
    assert offered(TODAY) == TODAY
    off = MeetingCancelled(meeting_id=uuid4(), group_id=uuid4(), starts=datetime(2026, 3, 3, 16, tzinfo=UTC), told=(ELLEN,))
    assert told_by(off).send_by == TODAY
    asked = SurveyOpened(survey_id=uuid4(), group_id=uuid4(), decision_id=uuid4(), closes_on=date(2026, 4, 1))
    assert told_by(asked).answer_by == date(2026, 4, 1)


def test_nobody_is_named_twice_by_one_notice() -> None:
    assert told_by(convened(datetime(2026, 3, 30, 15, tzinfo=UTC))).persons == (ELLEN,)


def test_what_becomes_of_an_idea_is_told_to_everybody_who_had_to_do_with_it() -> None:
    idea_id = uuid4()
    found = told_by(IdeaDeclined(idea_id=idea_id, author_id=uuid4(), reason="Den er for dyr."))

    assert {(circle.whom, circle.of) for circle in found.circles} == {
        (Whom.AUTHOR, idea_id),
        (Whom.ENDORSERS, idea_id),
        (Whom.COMMENTERS, idea_id),
    }


def test_a_circle_is_kept_as_the_event_names_it() -> None:
    circle = Circle(whom=Whom.MEMBERS, of=uuid4())
    assert told_by(TaskStarted(task_id=uuid4(), decision_id=uuid4(), circles=(circle, circle))).circles == (circle,)


@pytest.mark.invariant(32)
def test_a_secretary_marks_a_letter_as_sent_and_it_says_who_and_when() -> None:
    sent, told = a_letter().send(who=STAFF, now=NOW)

    assert (sent.state, sent.sent_by, sent.sent_at) == (State.SENT, STAFF.person_id, NOW)
    assert told.kind == "letter.sent"


@pytest.mark.parametrize("who", [person(HERE, lives_in=[uuid4()]), person(HERE, employee=True), person(HERE, sits_in=[uuid4()])])
def test_nobody_but_a_secretary_marks_a_letter(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        a_letter().send(who=who, now=NOW)


def test_other_duties_do_not_make_somebody_look_after_the_letters() -> None:
    for duty in set(Duty) - {Duty.SECRETARY}:
        with pytest.raises(NotAllowed):
            a_letter().send(who=person(HERE, duties=frozenset({duty})), now=NOW)


@pytest.mark.invariant(32)
@pytest.mark.parametrize("state", [State.SENT, State.LAPSED])
def test_a_letter_is_sent_once_and_not_after_it_lapsed(state: State) -> None:
    with pytest.raises(Refused):
        a_letter(state).send(who=STAFF, now=NOW)


def test_a_letter_that_is_sent_does_not_lapse() -> None:
    with pytest.raises(Refused):
        a_letter(State.SENT).lapse(who=HOUSE)
    assert a_letter().lapse(who=HOUSE)[0].state is State.LAPSED


def test_a_person_gets_one_letter_of_one_notice() -> None:
    facts: dict[str, Any] = {"about": uuid4(), "kind": "x", "within": None, "send_by": TODAY, "now": NOW, "goes_on": False}
    notice_id, other = uuid4(), uuid4()
    ids = [write(notice_id=of, person_id=ELLEN, **facts)[0].id for of in (notice_id, notice_id, other)]

    assert ids[0] == ids[1] != ids[2]


def test_what_is_told_of_a_held_meeting_or_a_submitted_proposal_leads_to_no_letter() -> None:
    assert MeetingHeld not in NAMES and ProposalSubmitted not in NAMES
