"""Calendar files, read by a parser that is not the one that made them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import ics
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.clock import DENMARK
from services.meetings import files
from services.meetings.rules.meeting import AgendaItem, Call, ItemKind, Meeting, State
from services.meetings.tests.kit import CALL, CIRCLE, FACILITATOR, STARTS, a_meeting, convene

ODD = 'Selskabslokalet, "Søbakken"; \\ 2. sal – æøå ' * 4


def read(content: bytes) -> Any:
    return ics.Calendar(content.decode())


def only(content: bytes) -> Any:
    (found,) = read(content).events
    return found


def called(**more: Any) -> Meeting:
    return replace(convene(a_meeting()), **more)


def line(content: bytes, name: str) -> str:
    unfolded = content.decode().replace("\r\n ", "")
    return next(each for each in unfolded.split("\r\n") if each.startswith(f"{name}:"))


def test_a_foreign_reader_finds_the_meeting_as_we_meant_it() -> None:
    agenda = (AgendaItem(kind=ItemKind.DECISION, title="Valg af spor; og andet"),)
    meeting = called(place=ODD.strip(), online_link="https://mode.example/x?a=1,2", interpreter=True, agenda=agenda)

    found = only(files.of_meeting(meeting, "Øget brug af beboerlokaler"))

    assert (found.name, found.uid, found.location) == ("Øget brug af beboerlokaler", str(meeting.id), ODD.strip())
    assert (found.begin.datetime, found.end.datetime) == (STARTS, STARTS + timedelta(hours=2))
    assert found.description.split("\n") == [
        "Online: https://mode.example/x?a=1,2",
        "Der er tolk.",
        "Dagsorden:",
        "1. Valg af spor; og andet (B)",
    ]


def test_no_line_is_longer_than_a_calendar_can_read() -> None:
    content = files.of_meeting(called(place=ODD, accessibility=ODD), ODD)

    assert max(len(each) for each in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_number_grows_with_each_call_and_the_name_stays() -> None:
    first = convene(a_meeting())
    moved, _ = first.change(who=FACILITATOR, circle=CIRCLE, call=Call(place="Kælderen"), now=STARTS - timedelta(days=3))
    off, _ = moved.cancel(who=FACILITATOR, circle=CIRCLE, reason="Sne", now=STARTS - timedelta(days=2))
    made = [files.of_meeting(each, "Lokaler") for each in (first, moved, off)]

    assert [line(each, "SEQUENCE") for each in made] == ["SEQUENCE:1", "SEQUENCE:2", "SEQUENCE:3"]
    assert len({only(each).uid for each in made}) == 1
    assert [line(each, "METHOD") for each in made] == ["METHOD:PUBLISH", "METHOD:PUBLISH", "METHOD:CANCEL"]
    assert [line(each, "STATUS") for each in made] == ["STATUS:CONFIRMED", "STATUS:CONFIRMED", "STATUS:CANCELLED"]


def test_the_same_meetings_are_the_same_bytes() -> None:
    meetings = [(called(), "Lokaler"), (called(state=State.CANCELLED, reason="Sne"), "Trygge stier")]

    once = files.of_person(UUID(int=1), "Møder", meetings)

    assert once == files.of_person(UUID(int=1), "Møder", meetings)
    assert len(read(once).events) == 2
    assert {each.status for each in read(once).events} == {"CONFIRMED", "CANCELLED"}
    assert line(once, "METHOD") == "METHOD:PUBLISH"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in once


def test_a_calendar_without_meetings_is_a_calendar() -> None:
    assert len(read(files.of_person(UUID(int=1), "Møder", [])).events) == 0


def test_nothing_of_a_person_is_in_a_calendar() -> None:
    content = files.of_person(UUID(int=1), "Møder", [(called(), "Lokaler")])

    assert not {b"ATTENDEE", b"ORGANIZER", b"mailto"} & set(content.replace(b";", b":").split(b":"))


@pytest.mark.invariant(56)
@settings(deadline=None, max_examples=60)
@given(
    night=st.sampled_from([date(2026, 3, 29), date(2026, 10, 25)]),
    at=st.times(),
    minutes=st.integers(15, 720),
    fold=st.sampled_from([0, 1]),
)
def test_a_foreign_reader_finds_the_same_moment_also_when_the_clocks_change(
    night: date, at: time, minutes: int, fold: int
) -> None:
    begins = datetime.combine(night, at.replace(microsecond=0, fold=fold), DENMARK).astimezone(UTC)
    meeting = called(starts=begins, ends=begins + timedelta(minutes=minutes))

    found = only(files.of_meeting(meeting, "Lokaler"))

    assert (found.begin.datetime, found.end.datetime) == (meeting.starts, meeting.ends)
    assert CALL.place == meeting.place
