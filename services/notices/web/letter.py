"""Routes of letters, and the shapes of what comes in."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.shapes import Choice, Id, Many, Shape
from chassis.web import Routes, work
from services.notices.actions import letter as actions
from services.notices.queries import letter as queries
from services.notices.web.shown.letter import LetterShown, NoticeShown

routes = Routes("letters", __name__, description="Letters on paper: who must get one, and whether it was sent")


class Left(StrEnum):
    """Whether something is left to send."""

    TO_SEND = "to_send"
    DONE = "done"


class NoticesAsked(PageShape):
    """Which notices."""

    state = Choice(Left, load_default=Left.TO_SEND)


class Which(StrEnum):
    """Which letters of a notice."""

    ALL = "all"
    TO_SEND = "to_send"


class LettersAsked(PageShape):
    """Which letters."""

    state = Choice(Which, load_default=Which.ALL)


class Sent(Shape):
    """Which letters are on their way."""

    letters = Many(Id(), least=1, most=100, required=True)


@routes.get("/notices")
@routes.arguments(NoticesAsked, location="query")
@routes.response(200, page_of(NoticeShown))
def list_notices(asked: dict[str, Any]) -> Any:
    """What was told and needs letters, or needed some."""
    found = queries.notices_to_send if asked.pop("state") is Left.TO_SEND else queries.notices_done
    with work() as w:
        return found(w, **asked)


@routes.get("/notices/<uuid:id>")
@routes.response(200, NoticeShown)
def see_notice(id: UUID) -> Any:
    """One notice."""
    with work() as w:
        return queries.notice(w, id)


@routes.get("/notices/<uuid:id>/letters")
@routes.arguments(LettersAsked, location="query")
@routes.response(200, page_of(LetterShown))
def list_letters(asked: dict[str, Any], id: UUID) -> Any:
    """Who gets a letter of it."""
    with work() as w:
        return queries.letters_of(w, id, to_send=asked.pop("state") is Which.TO_SEND, **asked)


@routes.post("/notices/<uuid:id>/send")
@routes.arguments(Sent)
@routes.response(200, NoticeShown)
def send_letters(given: dict[str, Any], id: UUID) -> Any:
    """Several of them are on their way."""
    with work() as w:
        actions.send_letters(w, id, given["letters"])
        return queries.notice(w, id)


@routes.get("/letters/<uuid:id>")
@routes.response(200, LetterShown)
def see_letter(id: UUID) -> Any:
    """One letter."""
    with work() as w:
        return queries.letter(w, id)


@routes.post("/letters/<uuid:id>/send")
@routes.response(200, LetterShown)
def send_letter(id: UUID) -> Any:
    """It is on its way."""
    with work() as w:
        actions.send_letter(w, id)
        return queries.letter(w, id)
