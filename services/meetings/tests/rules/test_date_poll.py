"""The rules of date polls, asked directly."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.clock import DENMARK, day_of
from chassis.identity import Identity
from chassis.refusal import NotAllowed, NotFound, Refused
from contracts.meetings import DatePollDecided, DatePollDropped, DatePollOpened, DatePollReminded
from services.meetings.rules import date_poll, meeting
from services.meetings.rules.circle import Member
from services.meetings.rules.date_poll import DatePoll, Option, Says
from services.meetings.tests.kit import (
    ANNA,
    BO,
    CHARLOTTE,
    CIRCLE,
    DORTE,
    FACILITATOR,
    HOUSE,
    OUTSIDER,
    SPONSOR,
    a_circle,
    a_meeting,
)

TODAY = date(2026, 3, 16)
ANSWER_BY = date(2026, 3, 20)
FIRST = datetime(2026, 3, 28, 17, 30, tzinfo=DENMARK)
EACH_SPRING_AND_AUTUMN = st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)])
near_the_change = st.builds(lambda day, off: day + timedelta(days=off), EACH_SPRING_AND_AUTUMN, st.integers(-2, 2))


def some_options(minutes: int = 90, first: datetime = FIRST) -> tuple[Option, ...]:
    days = (timedelta(days=n) for n in range(3))
    return tuple(date_poll.option(uuid4(), first + after, minutes) for after in days)


def ask(who: Identity = FACILITATOR, **more: Any) -> tuple[DatePoll, object]:
    usual: dict[str, Any] = {"of": a_meeting(), "circle": CIRCLE, "options": some_options(), "answer_by": ANSWER_BY}
    usual |= {"today": TODAY, "notice_days": 7, "polling": False}
    return date_poll.ask(id=uuid4(), who=who, **(usual | more))


def says(found: DatePoll, *words: Says) -> dict[UUID, Says]:
    return {option.id: word for option, word in zip(found.options, words or [Says.YES] * 3, strict=True)}


def answered(found: DatePoll, *whom: Identity) -> DatePoll:
    for who in whom:
        found, _ = found.answer(who=who, circle=CIRCLE, says=says(found))
    return found


def test_all_who_are_to_answer_are_told_and_given_the_times() -> None:
    found, told = ask()

    assert isinstance(told, DatePollOpened)
    assert set(told.told) == {each.person_id for each in (ANNA, BO, CHARLOTTE, DORTE, FACILITATOR, SPONSOR)}
    assert [time.ends - time.starts for time in told.times] == [timedelta(minutes=90)] * 3
    assert found.state is date_poll.State.OPEN


@pytest.mark.parametrize("who", [ANNA, OUTSIDER])
def test_only_those_who_lead_the_group_ask(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        ask(who)


@pytest.mark.parametrize("state", [meeting.State.CONVENED, meeting.State.HELD, meeting.State.CANCELLED])
def test_nobody_is_asked_about_a_meeting_that_has_its_time(state: meeting.State) -> None:
    with pytest.raises(Refused, match="not-now"):
        ask(of=a_meeting(state))


@pytest.mark.parametrize(
    ("more", "slug"),
    [
        ({"polling": True}, "date-poll-open-already"),
        ({"options": some_options() + some_options()}, "same-time-twice"),
        ({"answer_by": TODAY}, "answer-day-past"),
        ({"answer_by": date(2026, 3, 22)}, "answer-day-late"),
        ({"circle": a_circle(formed=False)}, "group-not-formed"),
        ({"circle": a_circle(closed=True)}, "group-is-over"),
    ],
)
def test_what_nobody_can_answer_is_not_asked(more: dict[str, Any], slug: str) -> None:
    with pytest.raises(Refused, match=slug):
        ask(**more)


@pytest.mark.invariant(31)
def test_the_last_day_for_answers_leaves_the_notice_that_a_meeting_needs() -> None:
    assert ask(answer_by=date(2026, 3, 21))[0].answer_by == date(2026, 3, 21)
    with pytest.raises(Refused, match="answer-day-late"):
        ask(answer_by=date(2026, 3, 22))


def test_the_newest_answer_counts_and_nobody_is_counted_twice() -> None:
    found = answered(ask()[0], ANNA, BO)
    found, _ = found.answer(who=ANNA, circle=CIRCLE, says=says(found, Says.NO, Says.IF_NEED_BE, Says.YES))

    assert sorted(reply.person_id for reply in found.replies) == sorted([ANNA.person_id, BO.person_id])
    mine = next(reply for reply in found.replies if reply.person_id == ANNA.person_id)
    assert list(mine.says.values()) == [Says.NO, Says.IF_NEED_BE, Says.YES]


def test_each_of_the_times_is_answered_and_no_other() -> None:
    found, _ = ask()
    for wrong in ({}, dict(list(says(found).items())[:2]), says(found) | {uuid4(): Says.YES}):
        with pytest.raises(Refused, match="answer-every-time"):
            found.answer(who=ANNA, circle=CIRCLE, says=wrong)


def test_an_outsider_answers_nothing_and_who_leads_does() -> None:
    found, _ = ask()

    with pytest.raises(NotAllowed):
        found.answer(who=OUTSIDER, circle=CIRCLE, says=says(found))
    assert answered(found, FACILITATOR, SPONSOR).replies


def test_exactly_those_members_are_reminded_who_have_not_answered() -> None:
    found = answered(ask()[0], ANNA, FACILITATOR)

    _, told = found.remind(who=HOUSE, circle=CIRCLE, day=date(2026, 3, 18))

    assert isinstance(told, DatePollReminded)
    assert set(told.told) == {BO.person_id, CHARLOTTE.person_id, DORTE.person_id}


def test_nobody_is_reminded_too_early_or_twice_or_when_all_have_answered() -> None:
    found = answered(ask()[0], ANNA)
    with pytest.raises(Refused):
        found.remind(who=HOUSE, circle=CIRCLE, day=date(2026, 3, 17))

    reminded, _ = found.remind(who=HOUSE, circle=CIRCLE, day=date(2026, 3, 18))
    with pytest.raises(Refused):
        reminded.remind(who=HOUSE, circle=CIRCLE, day=date(2026, 3, 19))
    with pytest.raises(Refused):
        answered(found, BO, CHARLOTTE, DORTE).remind(who=HOUSE, circle=CIRCLE, day=date(2026, 3, 19))


def test_who_left_is_not_reminded_and_who_came_later_is() -> None:
    carla = uuid4()
    circle = a_circle(members=(*CIRCLE.members[1:], Member(person_id=carla, category=CIRCLE.members[0].category)))

    _, told = ask()[0].remind(who=HOUSE, circle=circle, day=ANSWER_BY)

    assert isinstance(told, DatePollReminded)
    assert carla in told.told
    assert ANNA.person_id not in told.told


def test_no_person_reminds() -> None:
    with pytest.raises(NotAllowed):
        ask()[0].remind(who=FACILITATOR, circle=CIRCLE, day=ANSWER_BY)


def test_one_of_the_times_is_chosen_by_those_who_lead_and_then_it_is_over() -> None:
    found = answered(ask()[0], ANNA, BO)
    option = found.options[1]

    with pytest.raises(NotAllowed):
        found.decide(who=ANNA, option_id=option.id, today=TODAY, notice_days=7)
    with pytest.raises(NotFound):
        found.decide(who=FACILITATOR, option_id=uuid4(), today=TODAY, notice_days=7)
    decided, told = found.decide(who=FACILITATOR, option_id=option.id, today=TODAY, notice_days=7)
    assert isinstance(told, DatePollDecided)
    assert (told.starts, told.ends, decided.chosen) == (option.starts, option.ends, option.id)
    with pytest.raises(Refused):
        decided.answer(who=CHARLOTTE, circle=CIRCLE, says=says(decided))


@pytest.mark.invariant(31)
def test_a_time_that_is_too_near_to_call_people_is_not_chosen() -> None:
    found, _ = ask()

    with pytest.raises(Refused, match="too-short-notice"):
        found.decide(who=FACILITATOR, option_id=found.options[0].id, today=date(2026, 3, 22), notice_days=7)


def test_a_poll_may_end_without_a_time_and_everybody_is_told() -> None:
    dropped, told = ask()[0].drop(who=FACILITATOR, circle=CIRCLE)

    assert isinstance(told, DatePollDropped)
    assert told.told == CIRCLE.everybody
    assert dropped.chosen is None


@pytest.mark.invariant(56)
@settings(deadline=None, max_examples=150)
@given(day=near_the_change, at=st.times(), minutes=st.integers(15, 720))
def test_a_time_lasts_its_minutes_and_keeps_its_danish_day_also_when_the_clocks_change(day: date, at: time, minutes: int) -> None:
    starts = datetime.combine(day, at, DENMARK)

    made = date_poll.option(uuid4(), starts, minutes)

    assert made.ends - made.starts == timedelta(minutes=minutes)
    assert made.starts == starts.astimezone(UTC)
    assert made.starts.tzinfo is UTC
    assert day_of(made.starts) == day


@pytest.mark.invariant(56)
@settings(deadline=None, max_examples=150)
@given(day=near_the_change, at=st.times(), notice=st.integers(1, 30), spare=st.integers(-3, 3))
def test_the_notice_of_a_poll_is_counted_in_danish_days_also_when_the_clocks_change(
    day: date, at: time, notice: int, spare: int
) -> None:
    options = some_options(90, datetime.combine(day, at, DENMARK))
    answer_by = day - timedelta(days=notice + spare)
    today = answer_by - timedelta(days=1)

    if spare >= 0:
        assert ask(options=options, answer_by=answer_by, today=today, notice_days=notice)
    else:
        with pytest.raises(Refused, match="answer-day-late"):
            ask(options=options, answer_by=answer_by, today=today, notice_days=notice)


def test_the_times_are_asked_in_their_order() -> None:
    found, _ = ask(options=tuple(reversed(some_options())))

    assert [option.starts for option in found.options] == sorted(option.starts for option in found.options)
    assert replace(found).remind_on == date(2026, 3, 18)
