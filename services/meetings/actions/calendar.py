"""What people do with the secret address of their calendar."""

from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import text

from chassis.refusal import NOT_ALLOWED, NotAllowed
from chassis.work import Work
from services.meetings.rules.calendar import Calendar, calendar_of
from services.meetings.store.tables import CALENDARS

ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('calendar'), hashtext(:person))")
"""A person who asks twice at once has one calendar, not two."""


def open_calendar(work: Work) -> str:
    """A new secret, told this once: only its hash is kept. An older one is no good any more."""
    secret = token_urlsafe(32)
    CALENDARS.put(work, *_mine(work).open(who=work.who, hash=sha256(secret.encode()).hexdigest(), now=work.now))
    return secret


def close_calendar(work: Work) -> Calendar:
    """No address any more."""
    return CALENDARS.put(work, *_mine(work).close(who=work.who))


def _mine(work: Work) -> Calendar:
    if work.who.person_id is None:
        raise NotAllowed(NOT_ALLOWED)
    work.execute(ONE_AT_A_TIME, {"person": str(work.who.person_id)})
    return CALENDARS.find(work, work.who.person_id) or calendar_of(work.who.person_id)
