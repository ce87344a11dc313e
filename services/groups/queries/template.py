"""What can be asked about templates: our own, and those that others share."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.paging import after, page
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.groups.rules import template as rules
from services.groups.rules.template import State, Template, keeps
from services.groups.store import shared
from services.groups.store.tables import TEMPLATES, templates


def templates_in(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of our templates, newest first."""
    kept = select(templates).where(templates.c.state != State.DISCARDED)
    if where := after(cursor):
        kept = kept.where(tuple_(templates.c.kept_at, templates.c.id) < tuple_(*where))
    rows = work.execute(kept.order_by(templates.c.kept_at.desc(), templates.c.id.desc()).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.kept_at, row.id), lambda row: _template(work, TEMPLATES.made(row)))


def template(work: Work, id: UUID) -> dict[str, Any]:
    """One of our templates."""
    found = TEMPLATES.see(work, id)
    if found.state is State.DISCARDED:
        raise NotFound(NOT_FOUND)
    return _template(work, found)


def shared_in(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of what associations share, newest first."""
    rows = shared.page_of(work, limit=limit, cursor=cursor)
    return page(rows, limit, lambda row: (row.shared_at, row.id), lambda row: _shared(work, row))


def shared_template(work: Work, id: UUID) -> dict[str, Any]:
    """One that is shared; whose it is nobody is told, beyond the name that they chose to show."""
    return _shared(work, shared.see(work, id))


def _template(work: Work, found: Template) -> dict[str, Any]:
    return {
        "id": found.id,
        "title": found.title,
        "good_for": found.good_for,
        "kept_at": found.kept_at,
        "state": found.state,
        "shown_as": found.shown_as,
        "version": found.version,
        **plain.unstructure(found.pattern),
        "may": rules.LIFE.open_to(found, work.who) + (["begin"] if keeps(work.who) else []),
    }


def _shared(work: Work, row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "good_for": row.good_for,
        "shown_as": row.shown_as,
        "shared_at": row.shared_at,
        **row.pattern,
        "may": ["copy"] if keeps(work.who) else [],
    }
