"""How endorsements become figures: each counted once, whatever is heard of it and however often."""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from services.ideas.rules.endorsement import State
from services.ideas.store.tables import breadth, endorsements, standing

ASSOCIATION, ID = bindparam("association", type_=Uuid), bindparam("k_id", type_=Uuid)
LOOK = (
    select(endorsements.c.idea_id, endorsements.c.state, endorsements.c.departments, endorsements.c.counted)
    .where(endorsements.c.association_id == ASSOCIATION, endorsements.c.id == ID)
    .with_for_update()
)
NOTE = (
    update(endorsements)
    .where(endorsements.c.association_id == ASSOCIATION, endorsements.c.id == ID)
    .values(counted=bindparam("v_counted", type_=endorsements.c.counted.type))
)
NEW = insert(breadth)
IN_DEPARTMENT = NEW.on_conflict_do_update(
    index_elements=["association_id", "idea_id", "department_id"],
    set_={"endorsers": breadth.c.endorsers + NEW.excluded.endorsers},
).returning(breadth.c.endorsers)
IN_ALL = (
    update(standing)
    .where(standing.c.association_id == ASSOCIATION, standing.c.idea_id == ID)
    .values(
        endorsers=standing.c.endorsers + bindparam("more", type_=standing.c.endorsers.type),
        in_departments=standing.c.in_departments + bindparam("more_departments", type_=standing.c.endorsers.type),
    )
)
FIGURES = select(standing.c.endorsers, standing.c.in_departments).where(
    standing.c.association_id == ASSOCIATION, standing.c.idea_id == ID
)


def fold(work: Work, endorsement_id: UUID) -> None:
    """Bring the figures in line with the endorsement as it stands now.

    What is counted is noted on the row itself, so that a letter heard twice, late or anew changes nothing.
    """
    key = {"association": work.who.association_id, "k_id": endorsement_id}
    row = work.execute(LOOK, key).one_or_none()
    if row is None:
        return
    now = row.departments if row.state == State.GIVEN else None
    if now != row.counted:
        work.execute(NOTE, key | {"v_counted": now})
        _count(work, row.idea_id, was=row.counted, now=now)


def figures(work: Work, idea_id: UUID) -> Any:
    """How many stand behind an idea, and in how many departments."""
    return work.execute(FIGURES, {"association": work.who.association_id, "k_id": idea_id}).one()


def _count(work: Work, idea_id: UUID, *, was: list[str] | None, now: list[str] | None) -> None:
    more_departments = 0
    for department_id in sorted(set(was or ()) ^ set(now or ())):
        change = 1 if department_id in (now or ()) else -1
        key = {"association_id": work.who.association_id, "idea_id": idea_id, "department_id": UUID(department_id)}
        left = work.execute(IN_DEPARTMENT, key | {"endorsers": change}).scalar_one()
        more_departments += 1 if (left, change) == (1, 1) else -1 if (left, change) == (0, -1) else 0
    more = (now is not None) - (was is not None)
    values = {"association": work.who.association_id, "k_id": idea_id, "more": more, "more_departments": more_departments}
    work.execute(IN_ALL, values)
