"""The rules of meetings, asked directly."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.clock import DENMARK
from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.meetings import MeetingAmended, MeetingCancelled, MeetingChanged, MeetingConvened, MeetingHeld, MinutesOverdue
from services.meetings.rules import contribution, meeting
from services.meetings.rules.contribution import Kind
from services.meetings.rules.meeting import AgendaItem, Call, ItemKind, Meeting
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
    SPONSOR,
    STARTS,
    TODAY,
    a_circle,
    a_meeting,
    convene,
    hold,
)

NOW = datetime.combine(TODAY, time(12), DENMARK)
AGENDA = (AgendaItem(kind=ItemKind.DECISION, title="Fælles billede"), AgendaItem(kind=ItemKind.INFORMATION, title="Næste skridt"))


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
    assert told.told == (FACILITATOR.person_id, SPONSOR.person_id)
    with pytest.raises(Refused):
        late.miss_minutes(who=HOUSE, day=date(2026, 5, 8))


def convening(**more: Any) -> Any:
    return a_meeting().convene(who=FACILITATOR, circle=CIRCLE, call=replace(CALL, **more), now=NOW, notice_days=7, polling=False)


def change(found: Meeting, **call: Any) -> Any:
    return found.change(who=FACILITATOR, circle=CIRCLE, call=Call(**call), now=NOW)


@pytest.mark.invariant(31)
def test_a_convening_tells_everybody_what_they_need_to_come() -> None:
    _, told = convening(
        online_link="https://mode.example/x", interpreter=True, child_care=True, accessibility="Elevator", agenda=AGENDA
    )

    assert isinstance(told, MeetingConvened)
    assert set(told.told) == {each.person_id for each in (ANNA, BO, CHARLOTTE, DORTE, FACILITATOR, SPONSOR)}
    assert (told.place, told.online_link, told.interpreter, told.child_care) == (
        "Selskabslokalet",
        "https://mode.example/x",
        True,
        True,
    )
    assert (told.accessibility, told.agenda, told.edition) == ("Elevator", ("Fælles billede", "Næste skridt"), 1)


@pytest.mark.invariant(31)
@pytest.mark.parametrize(
    ("call", "changed"),
    [
        ({"place": "Kælderen"}, ("place",)),
        ({"starts": STARTS - timedelta(hours=1)}, ("starts",)),
        ({"ends": STARTS + timedelta(minutes=90), "interpreter": True}, ("ends", "interpreter")),
        ({"agenda": AGENDA[:1]}, ("agenda",)),
        ({"place": "", "online_link": "https://mode.example/x"}, ("place", "online_link")),
    ],
)
def test_a_change_tells_everybody_what_is_different(call: dict[str, Any], changed: tuple[str, ...]) -> None:
    found, _ = convening(agenda=AGENDA)

    made, told = change(found, **call)

    assert isinstance(told, MeetingChanged)
    assert (told.changed, told.told, told.edition) == (changed, CIRCLE.everybody, 2)
    assert (made.edition, made.called_at) == (2, NOW)


def test_nobody_is_told_when_nothing_is_different() -> None:
    found, _ = convening(agenda=AGENDA)

    with pytest.raises(Refused, match="meeting-not-changed"):
        change(found, place="Selskabslokalet", agenda=AGENDA)


def test_what_is_not_said_in_a_change_stays_as_it_was() -> None:
    made, _ = change(convening(agenda=AGENDA, accessibility="Elevator")[0], place="Kælderen")

    assert (made.starts, made.accessibility, made.agenda) == (STARTS, "Elevator", AGENDA)


@pytest.mark.parametrize("call", [{"place": ""}, {"ends": STARTS}, {"ends": STARTS + timedelta(days=2)}])
def test_a_change_leaves_a_meeting_that_one_can_come_to(call: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        change(convening()[0], **call)


@pytest.mark.invariant(31)
@pytest.mark.parametrize("convened", [True, False])
def test_when_a_meeting_is_called_off_everybody_is_told_why(convened: bool) -> None:
    found = convening()[0] if convened else a_meeting()

    off, told = found.cancel(who=FACILITATOR, circle=CIRCLE, reason="Sne", now=NOW)

    assert isinstance(told, MeetingCancelled)
    assert (told.reason, told.told) == ("Sne", CIRCLE.everybody)
    assert off.edition == found.edition + 1


@pytest.mark.invariant(51)
@pytest.mark.parametrize(("convened", "told_to"), [(True, CIRCLE.everybody), (False, ())])
def test_when_the_group_is_over_its_meetings_are_off_and_those_who_were_called_are_told(convened: bool, told_to: object) -> None:
    found = convening()[0] if convened else a_meeting()

    off, told = found.lapse(who=HOUSE, circle=a_circle(closed=True), now=NOW)

    assert isinstance(told, MeetingCancelled)
    assert (off.state, told.told) == (meeting.State.CANCELLED, told_to)
    with pytest.raises(NotAllowed):
        found.lapse(who=FACILITATOR, circle=CIRCLE, now=NOW)


def test_the_agenda_is_prepared_until_the_convening_and_goes_along_with_it() -> None:
    prepared, _ = a_meeting().prepare_agenda(who=FACILITATOR, agenda=AGENDA)
    convened = convene(prepared)

    assert convened.agenda == AGENDA
    with pytest.raises(Refused):
        convened.prepare_agenda(who=FACILITATOR, agenda=())
    with pytest.raises(NotAllowed):
        a_meeting().prepare_agenda(who=ANNA, agenda=AGENDA)


def test_a_time_that_was_agreed_on_is_the_meetings_time_when_nothing_else_is_said() -> None:
    agreed, _ = a_meeting().agree_on_time(who=FACILITATOR, starts=STARTS, ends=STARTS + timedelta(minutes=90))
    convened = convene(agreed, call=Call(place="Selskabslokalet"))

    assert (convened.starts, convened.ends) == (STARTS, STARTS + timedelta(minutes=90))
    with pytest.raises(Refused, match="meeting-without-time"):
        convene(a_meeting(), call=Call(place="Selskabslokalet"))


def test_nobody_is_called_while_they_are_still_asked_when() -> None:
    with pytest.raises(Refused, match="date-poll-open"):
        a_meeting().convene(who=FACILITATOR, circle=CIRCLE, call=CALL, now=NOW, notice_days=7, polling=True)


def amended(found: Meeting, who: Identity = HOUSE, day: date = date(2026, 4, 15), leads: Identity = FACILITATOR) -> Any:
    return found.be_amended(who=who, day=day, facilitator_id=leads.person_id, sponsor_id=SPONSOR.person_id)


def test_an_amended_charter_moves_a_day_that_nobody_agreed_on_or_was_called_to() -> None:
    made, told = amended(a_meeting())
    agreed, _ = a_meeting().agree_on_time(who=FACILITATOR, starts=STARTS, ends=STARTS + timedelta(hours=2))

    assert isinstance(told, MeetingAmended)
    assert made.day == date(2026, 4, 15)
    for found in (agreed, convening()[0]):
        with pytest.raises(Refused):
            amended(found)
        assert amended(found, leads=BO)[0].day == found.day
        assert amended(found, leads=BO)[0].facilitator_id == BO.person_id
    with pytest.raises(NotAllowed):
        amended(a_meeting(), who=FACILITATOR)


@pytest.mark.invariant(30)
def test_a_member_who_is_named_twice_came_once() -> None:
    held, told = hold([ANNA, BO, ANNA])

    assert isinstance(told, MeetingHeld)
    assert (told.present, told.attended, told.members) == (2, (ANNA.person_id, BO.person_id), 4)
    assert len(held.present) == 2


@pytest.mark.invariant(31)
@pytest.mark.invariant(56)
@settings(deadline=None, max_examples=150)
@given(
    day=st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)]),
    off=st.integers(-2, 9),
    at=st.times(),
    now_at=st.times(),
    notice=st.integers(0, 30),
    spare=st.integers(-2, 2),
)
def test_notice_is_whole_danish_days_whatever_the_hour_and_whatever_the_clocks_do(
    day: date, off: int, at: time, now_at: time, notice: int, spare: int
) -> None:
    starts = datetime.combine(day + timedelta(days=off), at, DENMARK)
    now = datetime.combine(starts.date() - timedelta(days=notice + spare), now_at, DENMARK)
    call = Call(starts=starts, ends=starts.astimezone(UTC) + timedelta(minutes=90), place="x")

    def ask() -> Meeting:
        return a_meeting().convene(who=FACILITATOR, circle=CIRCLE, call=call, now=now, notice_days=notice, polling=False)[0]

    if spare >= 0:
        assert ask().day == starts.date()
    else:
        with pytest.raises(Refused, match="too-short-notice"):
            ask()
