"""How the world asks about charters: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import LongPageShape, PageShape
from chassis.shapes import Choice, Id, Line, Many, Shape, Whole
from chassis.web import Routes, work
from services.groups.actions import charter as actions
from services.groups.queries import charter as queries
from services.groups.rules.charter import State
from services.groups.web.reason import Reason
from services.groups.web.says import MOST_DEPARTMENTS, Says
from services.groups.web.shown.charter import Changes, CharterInList, CharterShown, EditionShown

routes = Routes("charters", __name__, description="Charters: what a group is asked to do")


class NewCharter(Shape):
    """The beginning of a charter. No departments: all of them, or a department board's own."""

    title = Line(120, required=True)
    body_id = Id(required=True)
    idea_id = Id(load_default=None, allow_none=True)
    department_ids = Many(Id(), most=MOST_DEPARTMENTS, load_default=None, allow_none=True)
    template_id = Id(load_default=None, allow_none=True)


class EditionsAsked(Shape):
    """Which two editions are to be compared; nothing said: the newest with the one before it."""

    one = Whole(1, 10_000, load_default=None, allow_none=True)
    other = Whole(1, 10_000, load_default=None, allow_none=True)


class ChartersAsked(PageShape):
    """Which charters: those in one state, or all that one may see."""

    state = Choice(State, load_default=None, allow_none=True)


@routes.post("/charters")
@routes.arguments(NewCharter)
@routes.response(201, CharterShown)
def draft_charter(new: dict[str, Any]) -> Any:
    """Begin to write a charter."""
    departments = new.pop("department_ids")
    with work() as w:
        made = actions.draft_charter(w, **new, department_ids=None if departments is None else tuple(departments))
        return queries.charter(w, made.id)


@routes.get("/charters")
@routes.arguments(ChartersAsked, location="query")
@routes.response(200, page_of(CharterInList))
def list_charters(asked: dict[str, Any]) -> Any:
    """The association's charters, newest first."""
    with work() as w:
        return queries.charters_in(w, **asked)


@routes.get("/charters/<uuid:id>")
@routes.response(200, CharterShown)
def see_charter(id: UUID) -> Any:
    """One charter."""
    with work() as w:
        return queries.charter(w, id)


@routes.put("/charters/<uuid:id>")
@routes.arguments(Says)
@routes.response(200, CharterShown)
def edit_charter(says: dict[str, Any], id: UUID) -> Any:
    """Write in it."""
    with work() as w:
        actions.edit_charter(w, id, says)
        return queries.charter(w, id)


@routes.post("/charters/<uuid:id>/propose")
@routes.response(200, CharterShown)
def propose_charter(id: UUID) -> Any:
    """Lay it before its body."""
    with work() as w:
        actions.propose_charter(w, id)
        return queries.charter(w, id)


@routes.get("/charters/<uuid:id>/editions")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(EditionShown))
def list_editions(asked: dict[str, Any], id: UUID) -> Any:
    """Every edition that was laid before the body."""
    with work() as w:
        return queries.editions_of(w, id, **asked)


@routes.get("/charters/<uuid:id>/changes")
@routes.arguments(EditionsAsked, location="query")
@routes.response(200, Changes)
def compare_editions(asked: dict[str, Any], id: UUID) -> Any:
    """What of two editions differs."""
    with work() as w:
        return queries.changes_between(w, id, **asked)


@routes.post("/charters/<uuid:id>/ask_revocation")
@routes.arguments(Reason)
@routes.response(200, CharterShown)
def ask_revocation(given: dict[str, Any], id: UUID) -> Any:
    """Ask its body to take it back."""
    with work() as w:
        actions.ask_revocation(w, id, **given)
        return queries.charter(w, id)
