"""What partners does when it hears something: put what may leave into the feed; at each new day, forget the oldest."""

from datetime import timedelta
from typing import cast

from chassis import answered
from chassis.work import Work
from contracts.event import Event, Letter
from contracts.outside import cut
from contracts.partners import GrantTested
from contracts.people import DayTurned
from services.partners.store import feed

KEPT = timedelta(days=30)


def tell_partners(work: Work, event: Event) -> None:
    """Something that partners may hear has happened. How things stand, told anew, is no news."""
    letter = cast(Letter, work.letter)
    if not letter.replay:
        feed.put(work, letter, cut(event))


def tell_one_partner(work: Work, event: GrantTested) -> None:
    """A test event has come the whole way."""
    feed.put(work, cast(Letter, work.letter), cut(event), grant=event.grant_id)


def forget_the_oldest(work: Work, _: DayTurned) -> None:
    """What is older than thirty days goes, and answers of the day before."""
    feed.forget(work, work.now - KEPT)
    answered.forget(work)
