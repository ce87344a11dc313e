"""One idea, my own, those that are like what somebody writes, and who is to be told of what becomes of one."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, literal_column, select, text, tuple_

from chassis.identity import Duty
from chassis.paging import after, page
from chassis.refusal import NOT_ALLOWED, NOT_FOUND, NotAllowed, NotFound
from chassis.work import Work
from services.ideas.queries.listing import COLUMNS, WITH_STANDING, shown
from services.ideas.rules.comment import may_comment
from services.ideas.rules.endorsement import State as Endorsed
from services.ideas.rules.idea import Idea, State, may_see, open_for_comments, open_moves
from services.ideas.store.tables import IDEAS, ideas

BY_DEPARTMENT: Any = literal_column("""(
    select coalesce(json_agg(json_build_object('department_id', b.department_id, 'endorsers', b.endorsers)
                             order by b.endorsers desc, b.department_id), '[]')
    from breadth b where b.association_id = ideas.association_id and b.idea_id = ideas.id and b.endorsers > 0
)""")
MERGED_IN: Any = literal_column("""(
    select coalesce(json_agg(json_build_object('id', m.id, 'title', m.title) order by m.submitted_at), '[]')
    from (select id, title, submitted_at from ideas m where m.association_id = ideas.association_id and m.merged_into = ideas.id
          order by submitted_at limit 50) m
)""")
ONE = WITH_STANDING.add_columns(BY_DEPARTMENT.label("by_department"), MERGED_IN.label("merged_in")).where(
    ideas.c.id == bindparam("id")
)
"""All that is shown of an idea, in one round trip."""

MINE = (
    WITH_STANDING.where(ideas.c.author_id == bindparam("person"), ideas.c.state != State.DISCARDED)
    .order_by(ideas.c.written_at.desc(), ideas.c.id.desc())
    .limit(bindparam("most"))
)
MINE_AFTER = MINE.where(tuple_(ideas.c.written_at, ideas.c.id) < tuple_(bindparam("moment"), bindparam("after")))
SURVIVING = text("""
    with recursive way (id, title, merged_into) as (
        select id, title, merged_into from ideas where association_id = :association and id = :id
        union all
        select i.id, i.title, i.merged_into from ideas i join way on i.association_id = :association and i.id = way.merged_into
    )
    select id, title from way where merged_into is null
""")
SIMILAR = text(f"""
    with asked as (
        select stem, count(*) over () as words from unnest(tsvector_to_array(to_tsvector('danish', :text))) as stem limit 60
    ), hits as (
        select found.idea_id, found.in_title, asked.words, count(*) over (partition by asked.stem) as among
        from asked cross join lateral (
            select w.idea_id, w.in_title from words w where w.association_id = :association and w.word = asked.stem
            order by w.idea_id desc limit 200
        ) as found
    ), likeness as (
        select idea_id, sum((case when in_title then 2 else 1 end) / ln(1 + among)) as likeness
        from hits where idea_id is distinct from :besides group by idea_id having count(*) >= least(2, min(words))
        order by likeness desc limit 50
    )
    select {COLUMNS} from likeness
    join ideas i on i.association_id = :association and i.id = likeness.idea_id
    join standing s on s.association_id = :association and s.idea_id = likeness.idea_id
    left join endorsements e on e.association_id = :association and e.person_id = :person and e.idea_id = likeness.idea_id
    where i.state in ('published', 'parked', 'taken_up', 'declined')
    order by likeness.likeness desc, i.id desc limit :most
""")
"""Stems in common, a rare one and one in the title counting for more; of a common one only the newest ideas are looked at."""

CIRCLE = text("""
    with recursive part (id, author_id) as (
        select id, author_id from ideas where association_id = :association and id = :id
        union all
        select i.id, i.author_id from ideas i join part on i.association_id = :association and i.merged_into = part.id
    ), told (person_id, why) as (
        select author_id, case when id = :id then 'author' else 'author_of_merged' end from part where author_id > :after
        union all
        select stands.person_id,
               case when part.id = :id and stands.carried_from is null then 'endorser' else 'endorser_of_merged' end
        from part cross join lateral (
            select e.person_id, e.carried_from from endorsements e
            where e.association_id = :association and e.idea_id = part.id and e.state = 'given' and e.person_id > :after
            order by e.person_id limit :most
        ) as stands
        union all
        (select e.person_id, 'endorser' from endorsements e
         where e.association_id = :association and e.idea_id = :id and e.state = 'carried' and e.person_id > :after
         order by e.person_id limit :most)
        union all
        (select distinct c.author_id, 'commenter' from comments c
         where c.association_id = :association and c.idea_id = :id and c.state <> 'withdrawn' and c.author_id > :after
         order by c.author_id limit :most)
    )
    select person_id, array_agg(distinct why order by why) as why from told group by person_id order by person_id limit :most
""")
"""Read straight from who wrote, endorsed and commented: whatever is still being carried after a merge, nobody is left out."""
NOBODY = UUID(int=0)


def idea(work: Work, id: UUID) -> dict[str, Any]:
    """One idea, and what I can do with it. One that is not public is seen by its author and by moderators;

    what its author took back is still seen by whoever stood behind it."""
    row = _row(work, id)
    here = {"association": work.who.association_id, "id": id}
    found = IDEAS.made(row)
    part_of = work.execute(SURVIVING, here).one() if found.merged_into else None
    return shown(row) | {
        "version": found.version,
        "by_department": row.by_department,
        "written_at": row.written_at,
        "written_down_by": row.written_down_by if _staff(work) else None,
        "part_of": part_of and {"id": part_of.id, "title": part_of.title},
        "merged_in": row.merged_in,
        "comments_closed": not _open_for_comments(found),
        "may": open_moves(found, work.who) + _endorsing(work, found, mine=row.mine) + _commenting(work, found),
    }


def my_ideas(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """What I have written, drafts and all, newest first."""
    values: dict[str, Any] = {**_asking(work), "most": limit + 1}
    where = after(cursor)
    statement = MINE_AFTER if where else MINE
    rows = work.execute(statement, values | (dict(zip(("moment", "after"), where, strict=True)) if where else {})).all()
    return page(rows, limit, lambda row: (row.written_at, row.id), lambda row: shown(row) | {"written_at": row.written_at})


def similar(work: Work, *, text: str, besides: UUID | None, most: int = 5) -> dict[str, Any]:
    """Ideas that everybody can read and that are like what somebody is writing, the likest first."""
    rows = work.execute(SIMILAR, {**_asking(work), "text": text, "besides": besides, "most": most})
    return {"items": [shown(row) for row in rows]}


def circle(work: Work, id: UUID, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """Who is to be told of what becomes of an idea, and why each; for secretaries and for the house."""
    if not work.who.house:
        _row(work, id)
    elif work.execute(select(ideas.c.id).where(ideas.c.id == id)).scalar() is None:
        raise NotFound(NOT_FOUND)
    if not (work.who.house or work.who.has(Duty.SECRETARY)):
        raise NotAllowed(NOT_ALLOWED)
    (last,) = after(cursor, UUID) or (NOBODY,)
    rows = work.execute(CIRCLE, {"association": work.who.association_id, "id": id, "after": last, "most": limit + 1}).all()
    return page(rows, limit, lambda row: (row.person_id,), lambda row: {"person_id": row.person_id, "why": row.why})


def _row(work: Work, id: UUID) -> Any:
    row = work.execute(ONE, _asking(work) | {"id": id}).one_or_none()
    visible = row and may_see(state=State(row.state), author_id=row.author_id, who=work.who)
    if row is None or not (visible or (row.mine == Endorsed.GIVEN and row.state == State.WITHDRAWN)):
        raise NotFound(NOT_FOUND)
    return row


def _asking(work: Work) -> dict[str, Any]:
    return {"association": work.who.association_id, "person": work.who.person_id}


def _staff(work: Work) -> bool:
    return work.who.has(Duty.MODERATOR, Duty.SECRETARY)


def _open_for_comments(found: Idea) -> bool:
    return open_for_comments(state=found.state, closed=found.comments_closed, outcome=found.outcome)


def _commenting(work: Work, found: Idea) -> list[str]:
    return ["comment"] if may_comment(work.who) and _open_for_comments(found) else []


def _endorsing(work: Work, found: Idea, *, mine: str | None) -> list[str]:
    if mine == Endorsed.GIVEN:
        return ["withdraw_endorsement"]
    can = work.who.person_id and work.who.person_id != found.author_id and (work.who.resident or work.who.mandates)
    return ["endorse"] if can and found.state is State.PUBLISHED else []
