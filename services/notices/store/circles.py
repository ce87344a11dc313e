"""Who of those on paper is named by a notice: by name, or by the circles that they belong to."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.work import Work
from contracts.circle import Whom
from services.notices.rules.notice import Notice

OF_AN_IDEA = {Whom.AUTHOR, Whom.ENDORSERS, Whom.COMMENTERS}
OF_A_BODY = {Whom.BOARD, Whom.CHAIR}

ON_PAPER = text("""
    select p.person_id from on_paper p
    where p.association_id = :association and p.person_id > :after and (
        p.person_id = any(cast(:persons as uuid[]))
        or exists (select from circles c
                   join unnest(cast(:whom as text[]), cast(:of as uuid[])) as named (whom, of_id) using (whom, of_id)
                   where c.association_id = :association and c.person_id = p.person_id)
        or exists (select from mandates m
                   join unnest(cast(:seats as text[]), cast(:bodies as uuid[])) as named (seats, body_id) using (body_id)
                   where m.association_id = :association and m.person_id = p.person_id
                     and m.starts <= :today and (m.ends is null or m.ends >= :today)
                     and (named.seats = 'board' or m.seat in ('chair', 'vice_chair'))))
    order by p.person_id limit :most
""")
"""Walks along those on paper, who are few, and not along the circle, which may be any size."""

PARTS = text("""
    with recursive part (id) as (
        select cast(:id as uuid)
        union all
        select m.idea_id from merges m join part on m.association_id = :association and m.into_id = part.id
    ) select id from part
""")
NOBODY = UUID(int=0)


def on_paper_of(work: Work, notice: Notice, *, after: UUID, most: int) -> list[UUID]:
    """The next of those on paper whom the notice names, by id."""
    named = [(whom, of) for circle in notice.circles for whom, of in _named(work, circle.whom, circle.of)]
    circles = [pair for pair in named if pair[0] not in OF_A_BODY]
    bodies = [pair for pair in named if pair[0] in OF_A_BODY]
    values: dict[str, Any] = {"association": work.who.association_id, "after": after, "most": most, "today": work.today}
    values |= {"persons": list(notice.persons), "whom": [str(whom) for whom, _ in circles], "of": [of for _, of in circles]}
    values |= {"seats": [str(whom) for whom, _ in bodies], "bodies": [of for _, of in bodies]}
    return list(work.execute(ON_PAPER, values).scalars())


def _named(work: Work, whom: Whom, of: UUID) -> list[tuple[Whom, UUID]]:
    """The circles that one circle stands for: of an idea, also those of every idea that was merged into it."""
    here = work.who.association_id
    if whom in OF_AN_IDEA:
        return [(whom, part) for part in work.execute(PARTS, {"association": here, "id": of}).scalars()]
    return [(whom, here if whom is Whom.INTERESTED else of)]
