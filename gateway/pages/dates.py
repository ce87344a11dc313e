"""Days and times as Danes write them."""

from datetime import UTC, date, datetime
from datetime import time as clock_time

from babel.dates import format_date

from chassis import clock
from chassis.clock import DENMARK


def day(value: str | date | None) -> str:
    """`24. marts 2026`."""
    read = _read(value)
    return "" if read is None else str(format_date(read, "d. MMMM y", locale="da"))


def weekday(value: str | date | None) -> str:
    """`tirsdag den 24. marts 2026`."""
    read = _read(value)
    return "" if read is None else str(format_date(read, "EEEE 'den' d. MMMM y", locale="da"))


def time(value: str | datetime | None) -> str:
    """`kl. 17.30`."""
    read = _moment(value)
    return "" if read is None else f"kl. {read:%H.%M}"


def moment(value: str | datetime | None) -> str:
    """`tirsdag den 24. marts 2026 kl. 17.30`."""
    read = _moment(value)
    return "" if read is None else f"{weekday(read)} {time(read)}"


def span(starts: str | datetime | None, ends: str | datetime | None) -> str:
    """`tirsdag den 24. marts 2026 kl. 17.30–19.00`."""
    last = _moment(ends)
    return "" if last is None else f"{moment(starts)}–{last:%H.%M}"


def hours(starts: str | datetime | None, ends: str | datetime | None) -> str:
    """`kl. 17.30–19.00`."""
    last = _moment(ends)
    return "" if last is None else f"{time(starts)}–{last:%H.%M}"


def today() -> str:
    """The day in Denmark, `2026-03-24`."""
    return clock.day_of(clock.now()).isoformat()


def for_input(value: str | datetime | None) -> str:
    """A moment as an input field holds it: Danish time without a zone."""
    read = _moment(value)
    return "" if read is None else f"{read:%Y-%m-%dT%H:%M}"


def evening(day: str | None) -> datetime | None:
    """Half past five on a day: when such meetings usually begin."""
    return datetime.combine(date.fromisoformat(day), clock_time(17, 30), DENMARK) if day else None


def _read(value: str | date | None) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value):
        read = _moment(value)
        return read and read.date()
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: str | datetime | None) -> datetime | None:
    if value is None or value == "":
        return None
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(DENMARK)
