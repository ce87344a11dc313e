"""The only clock. Tests and the demonstration may set it; nothing else can."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")
PLAYING = {"test", "demo"}
SET_BY = os.environ.get("SAMSKAB_CLOCK")
"""A file that sets the clocks of many processes. Asked for once: the time is asked for several times in a request."""

_set = {"offset": timedelta()}


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC) + _set["offset"] + _offset_in_file()


def day_of(moment: datetime) -> date:
    """The calendar day in Denmark at a moment. A deadline that is a day runs until its last minute."""
    return moment.astimezone(DENMARK).date()


def set_to(moment: datetime | None) -> None:
    """Set this process's clock, which goes on from there (None: real time again). For tests and the demonstration only."""
    _only_when_playing()
    _set["offset"] = timedelta() if moment is None else moment - datetime.now(UTC)


def _offset_in_file() -> timedelta:
    """The seconds that the file holds."""
    if not SET_BY:
        return timedelta()
    _only_when_playing()
    try:
        return timedelta(seconds=float(Path(SET_BY).read_text()))
    except FileNotFoundError:
        return timedelta()


def _only_when_playing() -> None:
    if os.environ.get("SAMSKAB_RUN") not in PLAYING:
        raise RuntimeError("the clock can be set in tests and in the demonstration only (SAMSKAB_RUN=test or demo)")
