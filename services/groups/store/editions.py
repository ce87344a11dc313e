"""Every edition of a charter that was laid before its body: kept whole, and what became of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from chassis.work import Work
from contracts.event import plain
from services.groups.rules.wording import Wording
from services.groups.store.tables import editions


def lay(work: Work, charter_id: UUID, edition: int, wording: Wording, *, why: str = "", standing: str = "proposed") -> None:
    """Keep an edition as it was laid."""
    row = {"charter_id": charter_id, "edition": edition, "wording": plain.unstructure(wording), "why": why}
    kept = row | {"association_id": work.who.association_id, "laid_at": work.now, "standing": standing, "reason": ""}
    work.execute(insert(editions), kept | {"settled_at": None if standing == "proposed" else work.now})


def settle(work: Work, charter_id: UUID, edition: int, standing: str, reason: str = "") -> None:
    """What became of it."""
    this_one = (editions.c.charter_id == charter_id, editions.c.edition == edition)
    work.execute(update(editions).where(*this_one).values(standing=standing, reason=reason, settled_at=work.now))


def of(work: Work, charter_id: UUID) -> list[Any]:
    """All editions of a charter, the first one first."""
    kept = select(editions).where(editions.c.charter_id == charter_id)
    return list(work.execute(kept.order_by(editions.c.edition)))


def newest_of(work: Work, charter_id: UUID, *, older_than: int | None, most: int) -> list[Any]:
    """So many editions of a charter, the newest first."""
    kept = select(editions).where(editions.c.charter_id == charter_id)
    kept = kept if older_than is None else kept.where(editions.c.edition < older_than)
    return list(work.execute(kept.order_by(editions.c.edition.desc()).limit(most)))


def wording_of(row: Any) -> Wording:
    """What an edition says."""
    return plain.structure(row.wording, Wording)
