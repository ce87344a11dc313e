"""The rules of a person's calendar, asked directly."""

import pytest

from chassis.refusal import NotAllowed, Refused
from services.meetings.rules.calendar import Calendar, State, calendar_of
from services.meetings.tests.kit import ANNA, BO, HOUSE, STARTS


def mine() -> Calendar:
    assert ANNA.person_id
    return calendar_of(ANNA.person_id).open(who=ANNA, hash="a" * 64, now=STARTS)[0]


def test_a_new_address_takes_the_place_of_the_old_one() -> None:
    again, _ = mine().open(who=ANNA, hash="b" * 64, now=STARTS)

    assert (again.state, again.hash) == (State.OPEN, "b" * 64)


def test_a_closed_calendar_keeps_no_secret_and_can_be_opened_again() -> None:
    closed, _ = mine().close(who=ANNA)

    assert (closed.state, closed.hash) == (State.CLOSED, None)
    assert closed.open(who=ANNA, hash="c" * 64, now=STARTS)[0].state is State.OPEN
    with pytest.raises(Refused):
        closed.close(who=ANNA)


def test_nobody_opens_or_closes_somebody_elses_and_the_house_only_closes() -> None:
    for who in (BO, HOUSE):
        with pytest.raises(NotAllowed):
            mine().open(who=who, hash="d" * 64, now=STARTS)
    with pytest.raises(NotAllowed):
        mine().close(who=BO)
    assert mine().close(who=HOUSE)[0].state is State.CLOSED
