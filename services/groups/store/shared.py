"""Templates that associations share: published and taken back by whoever shares them, read by all, without whose they are."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from chassis.paging import after
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.groups.rules.template import Template
from services.groups.store.tables import shared_templates

READABLE = tuple(shared_templates.c[name] for name in ("id", "title", "good_for", "pattern", "shown_as", "shared_at"))
"""What may be read; the database lets nobody read whose it is."""


def publish(work: Work, template: Template) -> None:
    """Let others read the template as it is now."""
    says = {
        "title": template.title,
        "good_for": template.good_for,
        "pattern": plain.unstructure(template.pattern),
        "shown_as": template.shown_as,
    }
    row = insert(shared_templates).values(
        id=template.shared_id, association_id=work.who.association_id, shared_at=work.now, **says
    )
    work.execute(row.on_conflict_do_update(index_elements=["id"], set_=says))


def take_back(work: Work, template: Template) -> None:
    """Nobody reads it any more."""
    work.execute(delete(shared_templates).where(shared_templates.c.id == template.shared_id))


def page_of(work: Work, *, limit: int, cursor: str | None) -> list[Any]:
    """One row more than a page of what is shared, the newest first."""
    shared = select(*READABLE)
    if where := after(cursor):
        shared = shared.where(tuple_(shared_templates.c.shared_at, shared_templates.c.id) < tuple_(*where))
    newest = shared.order_by(shared_templates.c.shared_at.desc(), shared_templates.c.id.desc())
    return list(work.execute(newest.limit(limit + 1)))


def see(work: Work, id: UUID) -> Any:
    """One that is shared. Raises `NotFound`."""
    row = work.execute(select(*READABLE).where(shared_templates.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return row
