"""What staff do with letters: say that one is sent, or that several of one notice are."""

from collections.abc import Iterable
from uuid import UUID

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.notices.rules.letter import Letter, State
from services.notices.store.letter import put_letter
from services.notices.store.tables import LETTERS


def send_letter(work: Work, id: UUID) -> Letter:
    """One letter is on its way."""
    return _send(work, LETTERS.get(work, id))


def send_letters(work: Work, notice_id: UUID, ids: Iterable[UUID]) -> None:
    """Those that are named are on their way; one that a colleague marked before stays as the colleague said."""
    for id in sorted(set(ids)):
        letter = LETTERS.get(work, id)
        if letter.notice_id != notice_id:
            raise NotFound(NOT_FOUND)
        if letter.state is not State.SENT:
            _send(work, letter)


def _send(work: Work, letter: Letter) -> Letter:
    sent, told = letter.send(who=work.who, now=work.now)
    return put_letter(work, letter, sent, told)
