"""Meetings as calendar files (iCalendar, RFC 5545): one meeting to keep, or all of a person's to follow."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from icalendar import STATUS, Calendar, Event

from services.meetings.rules.meeting import ItemKind, Meeting, State

MADE_BY = "-//Samskab//Opgavegrupper//DA"
REFRESH = timedelta(hours=4)
CODES = {ItemKind.DECISION: "B", ItemKind.DISCUSSION: "D", ItemKind.INFORMATION: "O"}
"""As on Danish agendas: beslutning, drøftelse, orientering."""


def of_meeting(meeting: Meeting, group: str) -> bytes:
    """One meeting. A cancelled one takes itself out of the calendar it was put into."""
    method = "CANCEL" if meeting.state is State.CANCELLED else "PUBLISH"
    made = Calendar.new(uid=str(meeting.id), prodid=MADE_BY, method=method)
    made.add_component(_event(meeting, group))
    return bytes(made.to_ical())


def of_person(person_id: UUID, name: str, meetings: Iterable[tuple[Meeting, str]]) -> bytes:
    """All meetings that a person was called to, each with what its group is called.

    Nothing in it depends on when it is asked for, so that the same meetings are the same bytes.
    """
    made = Calendar.new(uid=str(person_id), prodid=MADE_BY, method="PUBLISH", name=name, refresh_interval=REFRESH)
    made["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
    made.add("X-PUBLISHED-TTL", REFRESH)
    for meeting, group in meetings:
        made.add_component(_event(meeting, group))
    return bytes(made.to_ical())


def _event(meeting: Meeting, group: str) -> Event:
    """Times are written in UTC: a single meeting needs no time zone, whatever the clocks do. SEQUENCE grows with each call."""
    cancelled = meeting.state is State.CANCELLED
    return Event.new(
        uid=str(meeting.id),
        stamp=meeting.called_at,
        last_modified=meeting.called_at,
        start=meeting.starts,
        end=meeting.ends,
        sequence=meeting.edition,
        status=STATUS.CANCELLED if cancelled else STATUS.CONFIRMED,
        summary=f"Aflyst: {group}" if cancelled else group,
        location=meeting.place or meeting.online_link or None,
        description="\n".join(_says(meeting)),
    )


def _says(meeting: Meeting) -> Iterable[str]:
    if meeting.reason:
        yield f"Aflyst: {meeting.reason}"
    if meeting.online_link:
        yield f"Online: {meeting.online_link}"
    helps: Mapping[str, bool] = {"Der er tolk.": meeting.interpreter, "Der er børnepasning.": meeting.child_care}
    yield from (said for said, there in helps.items() if there)
    if meeting.accessibility:
        yield meeting.accessibility
    if meeting.agenda:
        yield "Dagsorden:"
    yield from (f"{n}. {item.title} ({CODES[item.kind]})" for n, item in enumerate(meeting.agenda, 1))
