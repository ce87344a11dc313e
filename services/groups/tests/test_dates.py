"""A charter's days hold in Denmark's own calendar, also in the nights in which the clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.clock import DENMARK, day_of
from chassis.refusal import Refused
from contracts.people import Policy
from services.groups.rules.group import State, open_for_sign_up
from services.groups.rules.lack import missing
from services.groups.rules.wording import Wording
from services.groups.tests.test_rules import HOUSE, MEMBERS, WORDING, a_group

YEARS = st.integers(2024, 2060)
quick = settings(deadline=None, max_examples=80)


def last_sunday(year: int, month: int) -> date:
    end = date(year, month, 31)
    return end - timedelta(days=(end.weekday() + 1) % 7)


changes = st.builds(last_sunday, YEARS, st.sampled_from([3, 10]))
near = st.builds(lambda day, days: day + timedelta(days=days), changes, st.integers(-3, 3))


@st.composite
def timetables(draw: st.DrawFn) -> Wording:
    """A timetable in order, with one of its days around a change of the clocks."""
    steps = [draw(st.integers(1, 60)) for _ in range(draw(st.integers(2, 5)))]
    first = draw(near)
    meetings = [first + timedelta(days=sum(steps[: n + 1])) for n in range(len(steps))]
    shift = draw(st.sampled_from([first, *meetings])) - first
    days = [day - shift for day in meetings]
    handover = days[-1] + timedelta(days=draw(st.integers(0, 30)))
    decision = max(handover, days[-1] + timedelta(days=1)) + timedelta(days=draw(st.integers(0, 30)))
    ends = days[0] - timedelta(days=draw(st.integers(1, 40)))
    return replace(WORDING, sign_up_until=ends, meetings=tuple(days), handover=handover, decision_by=decision)


def lacks(wording: Wording, today: date) -> set[tuple[str, str]]:
    found = missing(wording, policy=Policy(), members=MEMBERS, today=today)
    return {(lack.field, lack.no.slug) for lack in found}


def moments_of(day: date) -> tuple[datetime, datetime]:
    """The first and the last minute of a day in Denmark."""
    return datetime.combine(day, time.min, DENMARK).astimezone(UTC), datetime.combine(day, time(23, 59), DENMARK).astimezone(UTC)


@pytest.mark.invariant(56)
@quick
@given(wording=timetables())
def test_a_timetable_in_order_is_in_order_across_the_change_of_the_clocks(wording: Wording) -> None:
    assert wording.sign_up_until
    assert lacks(wording, wording.sign_up_until) == set()


@pytest.mark.invariant(17)
@pytest.mark.invariant(56)
@quick
@given(wording=timetables(), days=st.integers(0, 90))
def test_a_timetable_out_of_order_is_named_across_the_change_of_the_clocks(wording: Wording, days: int) -> None:
    assert wording.sign_up_until and wording.handover
    first, last, back = wording.meetings[0], wording.meetings[-1], timedelta(days=days)
    today = wording.sign_up_until

    assert ("sign_up_until", "sign-up-before-meetings") in lacks(replace(wording, sign_up_until=first + back), today)
    assert ("handover", "handover-after-meetings") in lacks(replace(wording, handover=last - timedelta(days=1) - back), today)
    assert ("decision_by", "decision-after-meetings") in lacks(replace(wording, decision_by=last - back), today)
    assert ("meetings", "meetings-order") in lacks(replace(wording, meetings=wording.meetings[::-1]), today)
    assert lacks(wording, today + timedelta(days=1)) == {("sign_up_until", "sign-up-date-past")}


@pytest.mark.invariant(56)
@quick
@given(day=near)
def test_sign_up_is_open_until_the_last_minute_of_its_last_day_in_denmark(day: date) -> None:
    found = a_group(State.RECRUITING, sign_up_until=day)
    first, last = moments_of(day)

    for moment in (first, last, last + timedelta(seconds=59)):
        assert open_for_sign_up(found, today=day_of(moment))
    assert not open_for_sign_up(found, today=day_of(last + timedelta(minutes=1)))


@pytest.mark.invariant(52)
@pytest.mark.invariant(56)
@quick
@given(met=near, days=st.integers(14, 365))
def test_a_group_falls_still_when_the_days_are_over_and_not_an_hour_before(met: date, days: int) -> None:
    found = a_group(State.ACTIVE, at_work_since=met)
    last = moments_of(met + timedelta(days=days))[1]
    facts = {"who": HOUSE, "last_met": None, "still_days": days, "members": (uuid4(),)}

    with pytest.raises(Refused, match="not-now"):
        found.fall_still(**facts, day=day_of(last))  # type: ignore[arg-type]
    assert found.fall_still(**facts, day=day_of(last + timedelta(minutes=1)))[0].still_since == met  # type: ignore[arg-type]
