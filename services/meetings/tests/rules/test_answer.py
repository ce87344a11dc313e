"""The rules of answers to a convening, asked directly."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.meetings import AnswerGiven
from services.meetings.rules import answer, meeting
from services.meetings.rules.answer import Answer, State
from services.meetings.rules.meeting import Meeting
from services.meetings.tests.kit import ANNA, BO, CIRCLE, FACILITATOR, OUTSIDER, STARTS, a_meeting, convene

CALLED = convene(a_meeting())


def of(who: Identity, to: Meeting = CALLED) -> Answer:
    assert who.person_id
    return answer.answer_of(to.id, who.person_id)


def accept(found: Answer, who: Identity = ANNA, to: Meeting = CALLED) -> tuple[Answer, object]:
    return found.accept(who=who, of=to, circle=CIRCLE)


def test_a_member_comes_or_sends_an_apology_and_may_think_better_of_it() -> None:
    coming, told = accept(of(ANNA))
    excused, told_again = coming.apologise(who=ANNA, of=CALLED, circle=CIRCLE)

    assert (coming.state, excused.state) == (State.COMING, State.APOLOGY)
    assert isinstance(told, AnswerGiven) and told.coming
    assert isinstance(told_again, AnswerGiven) and not told_again.coming


def test_nobody_answers_for_somebody_else_or_without_being_called() -> None:
    with pytest.raises(NotAllowed):
        accept(of(ANNA), who=BO)
    with pytest.raises(NotAllowed):
        accept(of(OUTSIDER), who=OUTSIDER)
    assert accept(of(FACILITATOR), who=FACILITATOR)[0].state is State.COMING


def test_the_same_answer_twice_is_one_answer() -> None:
    coming, _ = accept(of(ANNA))

    with pytest.raises(Refused):
        accept(coming)


@pytest.mark.parametrize("state", [meeting.State.PLANNED, meeting.State.HELD, meeting.State.CANCELLED])
def test_only_a_convening_is_answered(state: meeting.State) -> None:
    with pytest.raises(Refused):
        accept(of(ANNA), to=replace(CALLED, state=state))


@pytest.mark.invariant(31)
def test_whoever_said_yes_to_another_time_has_not_answered() -> None:
    coming, _ = accept(of(ANNA))
    later = replace(CALLED, starts=STARTS + timedelta(days=1), ends=STARTS + timedelta(days=1, hours=2))

    assert answer.standing(coming, CALLED.starts) is State.COMING
    assert answer.standing(coming, later.starts) is State.OPEN
    assert answer.standing(accept(coming, to=later)[0], later.starts) is State.COMING
    assert answer.standing(None, CALLED.starts) is State.OPEN


def test_staff_may_write_an_answer_down_and_that_is_seen() -> None:
    assert accept(of(ANNA), who=replace(ANNA, act=FACILITATOR.person_id))[0].written_by == FACILITATOR.person_id
