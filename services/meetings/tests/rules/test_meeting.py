"""The rules of meetings, asked directly."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.meetings import MeetingHeld, MinutesOverdue
from services.meetings.rules import contribution, meeting
from services.meetings.rules.contribution import Kind
from services.meetings.rules.meeting import Call
from services.meetings.tests.kit import (
    ANNA,
    BO,
    CALL,
    CHARLOTTE,
    CIRCLE,
    DORTE,
    FACILITATOR,
    HOUSE,
    OUTSIDER,
    STARTS,
    TODAY,
    a_circle,
    a_meeting,
    convene,
    hold,
)


@pytest.mark.invariant(28)
def test_only_a_formed_group_is_convened() -> None:
    with pytest.raises(Refused, match="group-not-formed"):
        convene(a_meeting(), a_circle(formed=False))


@pytest.mark.invariant(51)
def test_a_group_that_is_over_meets_no_more_and_takes_no_contributions() -> None:
    over = a_circle(closed=True)

    with pytest.raises(Refused, match="group-is-over"):
        convene(a_meeting(), over)
    with pytest.raises(Refused, match="group-is-over"):
        contribution.give(id=uuid4(), who=ANNA, circle=over, kind=Kind.WISH, text="t", meeting_id=None, now=STARTS)


@pytest.mark.invariant(31)
def test_a_meeting_is_convened_a_week_ahead_or_not_at_all() -> None:
    assert convene(a_meeting(), today=date(2026, 4, 1)).state is meeting.State.CONVENED
    with pytest.raises(Refused, match="too-short-notice"):
        convene(a_meeting(), today=date(2026, 4, 2))


@pytest.mark.invariant(56)
def test_notice_is_counted_in_danish_days_across_the_change_of_clocks() -> None:
    midnight = Call(starts=datetime(2026, 3, 31, 22, 30, tzinfo=UTC), ends=datetime(2026, 4, 1, 0, tzinfo=UTC), place="x")

    assert convene(a_meeting(), call=midnight, today=date(2026, 3, 25)).day == date(2026, 4, 1)
    with pytest.raises(Refused, match="too-short-notice"):
        convene(a_meeting(), call=midnight, today=date(2026, 3, 26))


@pytest.mark.parametrize(
    ("call", "slug"),
    [(replace(CALL, ends=STARTS), "ends-before-start"), (replace(CALL, place=""), "meeting-nowhere")],
)
def test_a_meeting_needs_an_end_and_somewhere_to_be(call: Call, slug: str) -> None:
    with pytest.raises(Refused, match=slug):
        convene(a_meeting(), call=call)


def test_an_online_link_is_somewhere_to_be() -> None:
    assert convene(a_meeting(), call=replace(CALL, place="", online_link="https://mode.example/x")).online_link


@pytest.mark.parametrize("who", [ANNA, OUTSIDER])
def test_a_member_or_an_outsider_convenes_nobody(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        convene(a_meeting(), who=who)


@pytest.mark.invariant(30)
def test_a_meeting_is_not_held_before_it_begins() -> None:
    with pytest.raises(Refused, match="meeting-not-begun"):
        hold([ANNA, BO], now=STARTS - timedelta(minutes=1))


@pytest.mark.invariant(30)
@pytest.mark.parametrize("present", [[ANNA], [CHARLOTTE, DORTE], []])
def test_a_meeting_needs_half_of_the_members_and_a_resident(present: list[Identity]) -> None:
    with pytest.raises(Refused, match="no-quorum"):
        hold(present)


@pytest.mark.invariant(30)
def test_the_same_person_twice_is_one_person() -> None:
    with pytest.raises(Refused, match="no-quorum"):
        hold([ANNA, ANNA])


def test_somebody_who_is_no_member_does_not_count_as_present() -> None:
    with pytest.raises(Refused, match="present-not-a-member"):
        hold([ANNA, BO, OUTSIDER])


def test_a_held_meeting_tells_how_many_were_there_and_when_its_minutes_are_due() -> None:
    held, told = hold([ANNA, CHARLOTTE])

    assert isinstance(told, MeetingHeld) and told.present == 2
    assert held.minutes_by == date(2026, 5, 6)


@pytest.mark.invariant(29)
def test_no_more_meetings_are_planned_than_the_charter_allows() -> None:
    assert meeting.plan(id=uuid4(), who=FACILITATOR, circle=CIRCLE, day=TODAY, planned=4)
    with pytest.raises(Refused, match="too-many-meetings"):
        meeting.plan(id=uuid4(), who=FACILITATOR, circle=CIRCLE, day=TODAY, planned=5)


def test_a_meeting_is_called_off_only_with_a_reason() -> None:
    with pytest.raises(Refused, match="reason-needed"):
        convene(a_meeting()).cancel(who=FACILITATOR, circle=CIRCLE, reason="  ", now=STARTS)


@pytest.mark.invariant(33)
def test_minutes_are_late_only_after_their_last_day_and_that_is_said_once() -> None:
    held, _ = hold([ANNA, BO])

    with pytest.raises(Refused):
        held.miss_minutes(who=HOUSE, day=date(2026, 5, 6))
    late, told = held.miss_minutes(who=HOUSE, day=date(2026, 5, 7))
    assert isinstance(told, MinutesOverdue)
    with pytest.raises(Refused):
        late.miss_minutes(who=HOUSE, day=date(2026, 5, 8))
