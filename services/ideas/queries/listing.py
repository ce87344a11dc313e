"""Lists of ideas: sorted by when, by how many stand behind each, or by how many departments they come from, and sifted."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select, text

from chassis.identity import Duty
from chassis.paging import after, moment, number, page
from chassis.work import Work
from services.ideas.rules.endorsement import State as Endorsed
from services.ideas.rules.idea import PUBLIC, State
from services.ideas.rules.origin import Origin
from services.ideas.store.tables import endorsements, ideas, standing
from services.ideas.store.vocabulary import stems

WITH_STANDING = (
    select(
        ideas,
        func.coalesce(standing.c.endorsers, 0).label("endorsers"),
        func.coalesce(standing.c.in_departments, 0).label("in_departments"),
        endorsements.c.state.label("mine"),
    )
    .outerjoin(standing, and_(standing.c.association_id == ideas.c.association_id, standing.c.idea_id == ideas.c.id))
    .outerjoin(
        endorsements,
        and_(
            endorsements.c.association_id == ideas.c.association_id,
            endorsements.c.person_id == bindparam("person", type_=endorsements.c.person_id.type),
            endorsements.c.idea_id == ideas.c.id,
        ),
    )
    .where(ideas.c.association_id == bindparam("association"))
)
OF_IDEA = (
    *("id", "title", "text", "origin", "author_id", "departments", "submitted_at", "state", "answer_by", "overdue"),
    *("reason", "merged_into", "charter_id", "decision_id", "outcome"),
)
FIGURES = ("endorsers", "in_departments")
COLUMNS = ", ".join((*(f"i.{name}" for name in OF_IDEA), *(f"s.{name}" for name in FIGURES), "e.state as mine"))
SHOWN = (*OF_IDEA, *FIGURES)
HIGHEST = UUID(int=2**128 - 1)
MOST = 2**31 - 1
ENDED = datetime(9999, 1, 1, tzinfo=UTC)
BEGAN = datetime(1, 1, 1, tzinfo=UTC)


class Sort(StrEnum):
    """What a list begins with."""

    NEWEST = "newest"
    OLDEST = "oldest"
    ENDORSERS = "endorsers"
    BREADTH = "breadth"


class Order:
    """One way to sort: by these columns of `standing`, an index for each; where a first page begins; how a cursor is read."""

    def __init__(self, *columns: str, begins: tuple[Any, ...], read: tuple[Callable[[Any], Any], ...], up: bool = False) -> None:
        self.columns, self.begins, self.read = columns, begins, read
        self.statements = {found: text(_list(columns, up=up, found=found)) for found in (False, True)}


def _list(columns: tuple[str, ...], *, up: bool, found: bool) -> str:
    """Of each state asked for as many as a page needs, in the order of an index; then the first of them all."""
    way, beyond = ("asc", ">") if up else ("desc", "<")
    order, order_of_all = (", ".join(f"{of}{column} {way}" for column in columns) for of in ("l.", "s."))
    here = ", ".join(f"l.{column}" for column in columns)
    ended = ", ".join(f":after_{number}" for number in range(len(columns)))
    said = """and l.idea_id in (
        select w.idea_id from words w where w.association_id = :association and w.word = any(cast(:stems as text[]))
        group by w.idea_id having count(*) = cardinality(cast(:stems as text[])))"""
    return f"""
        with s as (
            select l.* from unnest(cast(:states as text[])) as asked (state) cross join lateral (
                select l.idea_id, l.submitted_at, l.endorsers, l.in_departments from standing l
                where l.association_id = :association and l.state = asked.state and ({here}) {beyond} ({ended})
                  and (cast(:origin as text) is null or l.origin = cast(:origin as text))
                  and (cast(:department as text) is null or l.departments = '[]'
                       or l.departments @> jsonb_build_array(cast(:department as text)))
                  {said if found else ""}
                order by {order} limit :most
            ) as l order by {order} limit :most
        )
        select {COLUMNS} from s
        join ideas i on i.association_id = :association and i.id = s.idea_id
        left join endorsements e on e.association_id = :association and e.person_id = :person and e.idea_id = s.idea_id
        order by {order_of_all}
    """


ORDERS = {
    Sort.NEWEST: Order("submitted_at", "idea_id", begins=(ENDED, HIGHEST), read=(moment, UUID)),
    Sort.OLDEST: Order("submitted_at", "idea_id", begins=(BEGAN, UUID(int=0)), read=(moment, UUID), up=True),
    Sort.ENDORSERS: Order("endorsers", "idea_id", begins=(MOST, HIGHEST), read=(number, UUID)),
    Sort.BREADTH: Order("in_departments", "endorsers", "idea_id", begins=(MOST, MOST, HIGHEST), read=(number, number, UUID)),
}


def ideas_in(
    work: Work,
    *,
    state: State | None,
    origin: Origin | None,
    department: UUID | None,
    q: str,
    sort: Sort,
    limit: int,
    cursor: str | None,
) -> dict[str, Any]:
    """A page of ideas, with how many stand behind each and whether I do. What is merged is found only when asked for."""
    order = ORDERS[sort]
    ended = after(cursor, *order.read) or order.begins
    found = stems(work, q) if q else []
    states = _states(work, state) if found or not q else []
    values = {f"after_{number}": value for number, value in enumerate(ended)} | {
        "association": work.who.association_id,
        "person": work.who.person_id,
        "states": states,
        "origin": origin,
        "department": department and str(department),
        "most": limit + 1,
    }
    rows = work.execute(order.statements[bool(q)], values | ({"stems": found} if q else {})).all()
    return page(rows, limit, lambda row: _ended(order, row), listed)


def shown(row: Any) -> dict[str, Any]:
    """An idea in a list."""
    return {name: getattr(row, name) for name in SHOWN} | {"endorsed_by_me": row.mine == Endorsed.GIVEN}


def listed(row: Any) -> dict[str, Any]:
    """The same for a row of `COLUMNS`, by place, which is cheaper than by name."""
    return dict(zip(SHOWN, row, strict=False)) | {"endorsed_by_me": row[-1] == Endorsed.GIVEN}


def _states(work: Work, state: State | None) -> list[State]:
    asked = {state} if state else PUBLIC - {State.MERGED}
    if not work.who.has(Duty.MODERATOR, Duty.SECRETARY):
        asked = asked & PUBLIC
    return sorted(asked - {State.DRAFT, State.DISCARDED})


def _ended(order: Order, row: Any) -> tuple[Any, ...]:
    return tuple(row.id if column == "idea_id" else getattr(row, column) for column in order.columns)
