"""What becomes of letters when something is told: they are written, and they lapse.

However many there are, they are written a portion at a time; what is told of one portion leads to the next. What is told anew
(a replay) brings the copies in order and writes nothing: people heard of it when it happened.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from chassis.work import Work
from contracts.circle import Whom
from contracts.event import Event
from contracts.groups import ApplicantNotSelected, MemberLeft, SeatAccepted, SignUpApplied
from contracts.ideas import IdeaMerged
from contracts.notices import LetterWritten
from contracts.people import PersonGone
from services.notices.rules.letter import LIFE, write
from services.notices.rules.notice import NAMES, Notice, about, notice_of
from services.notices.store import copies
from services.notices.store.circles import NOBODY, on_paper_of
from services.notices.store.letter import keep_notice, put_letter, see_notice, unsent_about, unsent_to
from services.notices.store.tables import LETTERS

PORTION = 50

STANDS = {SignUpApplied: Whom.APPLICANTS, SeatAccepted: Whom.MEMBERS, ApplicantNotSelected: Whom.NOT_SELECTED}
"""Which circle of a group a sign-up belongs to; in every other state, to none."""


def write_letters(work: Work, heard: Event) -> None:
    """Whoever is named and must have letters gets one."""
    if type(heard) in NAMES and not work.replay and work.who.cause is not None:
        days = copies.notice_days(work)
        _write_some(work, notice_of(heard, id=work.who.cause, today=work.today, notice_days=days), after=NOBODY)


def write_more(work: Work, heard: LetterWritten) -> None:
    """Go on with those who are left."""
    if heard.goes_on:
        _write_some(work, see_notice(work, heard.notice_id), after=heard.person_id)


def write_instead(work: Work, heard: Event) -> None:
    """Something newer is told of the same thing: what was not sent yet would be wrong by now."""
    _lapse(work, unsent_about(work, about(heard)))
    write_letters(work, heard)


def follow_idea(work: Work, heard: Any) -> None:
    """Its author belongs to it, also when it goes on as part of another; whoever is to be told gets a letter."""
    if heard.author_id is not None:
        copies.belongs(work, Whom.AUTHOR, heard.idea_id, heard.author_id, by=heard.idea_id)
    if isinstance(heard, IdeaMerged):
        copies.keep_merge(work, heard.idea_id, heard.into_id)
    write_letters(work, heard)


def follow_sign_up(work: Work, heard: Any) -> None:
    """The person belongs to another circle of the group than before, and what was not sent about the sign-up is out of date."""
    copies.belongs_no_more(work, by=heard.sign_up_id)
    if whom := STANDS.get(type(heard)):
        copies.belongs(work, whom, heard.group_id, heard.person_id, by=heard.sign_up_id)
    if isinstance(heard, MemberLeft):
        _lapse(work, unsent_to(work, heard.person_id, heard.group_id))
    write_instead(work, heard)


def let_go(work: Work, heard: PersonGone) -> None:
    """Nobody writes to a person who left."""
    copies.forget_person(work, heard.person_id)
    _lapse(work, unsent_to(work, heard.person_id))


def _write_some(work: Work, notice: Notice, *, after: UUID) -> None:
    found = on_paper_of(work, notice, after=after, most=PORTION + 1)
    if found:
        keep_notice(work, notice)
    for person_id in found[:PORTION]:
        goes_on = len(found) > PORTION and person_id == found[PORTION - 1]
        letter, told = write(
            notice_id=notice.id,
            about=notice.about,
            kind=notice.kind,
            within=notice.within,
            person_id=person_id,
            send_by=notice.send_by,
            now=work.now,
            goes_on=goes_on,
        )
        if LETTERS.find(work, letter.id) is None:
            put_letter(work, None, letter, told)


def _lapse(work: Work, ids: Iterable[UUID]) -> None:
    for id in ids:
        letter = LETTERS.get(work, id)
        if "lapse" in LIFE.open_to(letter, work.who):
            lapsed, told = letter.lapse(who=work.who)
            put_letter(work, letter, lapsed, told)
