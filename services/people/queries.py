"""What can be asked about people: plain reads. Names are given to whoever is signed in; addresses only to who sends letters."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, and_, cast, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import JSONB

from chassis.identity import Duty
from chassis.paging import after, number, page, word
from chassis.refusal import NOT_ALLOWED, NOT_FOUND, NotAllowed, NotFound
from chassis.work import Work
from contracts.event import plain
from services.people.rules.interest import State as Listed
from services.people.rules.person import Contact, Person, State
from services.people.store import (
    ASSOCIATIONS,
    INTERESTS,
    PERSONS,
    bodies,
    departments,
    doors,
    hash_of,
    interests,
    mandates,
    persons,
    workplaces,
)


def door(engine: Engine, name: str) -> dict[str, Any]:
    """Whose door this is, by slug or host name."""
    with engine.connect() as connection:
        row = connection.execute(select(doors).where(doors.c.name == name.lower())).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return _door(row)


def all_doors(engine: Engine, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of every association's door, one each, by what they are called."""
    asked = select(doors).where(doors.c.name == doors.c.slug)
    if where := after(cursor, word, word):
        asked = asked.where(tuple_(doors.c.title, doors.c.name) > tuple_(*where))
    with engine.connect() as connection:
        rows = connection.execute(asked.order_by(doors.c.title, doors.c.name).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.title, row.name), _door)


def workplaces_at(engine: Engine, email: str) -> list[dict[str, Any]]:
    """The doors of the associations where somebody with this address is employed, by name."""
    asked = (
        select(doors)
        .join(workplaces, workplaces.c.association_id == doors.c.association_id)
        .where(workplaces.c.address == hash_of(email), doors.c.name == doors.c.slug)
        .order_by(doors.c.title)
    )
    with engine.connect() as connection:
        return [_door(row) for row in connection.execute(asked)]


def association(work: Work) -> dict[str, Any]:
    """The association and its policy in force."""
    found = ASSOCIATIONS.see(work, work.who.association_id)
    shown = {
        name: getattr(found, name)
        for name in ("id", "name", "slug", "cvr", "lbf_number", "statement_url", "policy_version", "version")
    }
    return shown | {"policy": plain.unstructure(found.policy)}


def persons_at(work: Work, email: str) -> list[UUID]:
    """Who can be reached at an e-mail address; several people may share one."""
    found = select(persons.c.id).where(
        persons.c.email == email.strip().lower(), persons.c.email != "", persons.c.state == State.KNOWN
    )
    return list(work.execute(found.order_by(persons.c.external_id)).scalars())


def standing(work: Work, person_id: UUID) -> dict[str, Any]:
    """What a person may do here today."""
    found = PERSONS.see(work, person_id)
    if found.state is not State.KNOWN:
        raise NotFound(NOT_FOUND)
    seats = select(mandates.c.body_id, mandates.c.seat).where(mandates.c.person_id == person_id, *_in_force(work))
    return {
        "person_id": found.id,
        "display_name": found.shown,
        "departments": found.departments,
        "mandates": [{"body_id": row.body_id, "seat": row.seat} for row in work.execute(seats)],
        "duties": found.duties,
        "employee": found.employee,
        "contact": found.contact,
    }


def standing_on_paper(work: Work, person_id: UUID, staff_id: UUID) -> dict[str, Any]:
    """What staff may do for a person who is reached on paper: what a resident may, and nothing that a mandate or a duty allows.

    Only a secretary acts for others, and only for those exempt from digital contact.
    """
    if Duty.SECRETARY not in standing(work, staff_id)["duties"]:
        raise NotFound(NOT_FOUND)
    theirs = standing(work, person_id)
    if theirs["contact"] != Contact.PAPER or person_id == staff_id:
        raise NotFound(NOT_FOUND)
    return theirs | {"mandates": [], "duties": ()}


def names(work: Work, ids: Iterable[UUID]) -> dict[str, str]:
    """What some people want to be called; nobody is told who they do not know."""
    rows = work.execute(select(persons).where(persons.c.id.in_(list(ids))))
    return {str(person.id): person.shown for person in map(PERSONS.made, rows)}


def addresses(work: Work, ids: Iterable[UUID]) -> dict[str, dict[str, Any]]:
    """Where some people get their letters, for a secretary who sends them.

    Of who has name protection no address is shown: it is looked up in the administration system, under the number there.
    """
    if not work.who.has(Duty.SECRETARY):
        raise NotAllowed(NOT_ALLOWED)
    rows = work.execute(select(persons).where(persons.c.id.in_(list(ids)), persons.c.state == State.KNOWN))
    return {str(person.id): _address(person) for person in map(PERSONS.made, rows)}


def departments_here(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the departments, by number."""
    by_number = (func.length(departments.c.number), departments.c.number)
    asked = select(departments).where(departments.c.state == "open")
    if where := after(cursor, number, word):
        asked = asked.where(tuple_(*by_number) > tuple_(*where))
    rows = work.execute(asked.order_by(*by_number).limit(limit + 1)).all()
    shown = ("id", "number", "lbf_number", "name", "has_board")
    return page(rows, limit, lambda row: (len(row.number), row.number), lambda row: {name: getattr(row, name) for name in shown})


def bodies_here(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the bodies, the association's own first, each with who sits there today."""
    asked = select(bodies)
    if where := after(cursor, word, word, UUID):
        kind, name, id = where
        further = tuple_(bodies.c.name, bodies.c.id) > tuple_(name, id)
        asked = asked.where(or_(bodies.c.kind < kind, and_(bodies.c.kind == kind, further)))
    rows = work.execute(asked.order_by(bodies.c.kind.desc(), bodies.c.name, bodies.c.id).limit(limit + 1)).all()
    sitting = _sitting(work, [row.id for row in rows])
    return page(rows, limit, lambda row: (row.kind, row.name, row.id), lambda row: _body(row, sitting))


def body(work: Work, id: UUID) -> dict[str, Any]:
    """One body."""
    found = work.execute(select(bodies).where(bodies.c.id == id)).one_or_none()
    if found is None:
        raise NotFound(NOT_FOUND)
    return _body(found, _sitting(work, [id]))


def _sitting(work: Work, body_ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Who sits in these bodies today."""
    sitting: dict[UUID, list[dict[str, Any]]] = {}
    theirs = select(mandates).where(mandates.c.body_id.in_(body_ids), *_in_force(work))
    for row in work.execute(theirs.order_by(mandates.c.id)):
        seat = {"person_id": row.person_id, "seat": row.seat, "resident": row.resident}
        sitting.setdefault(row.body_id, []).append(seat)
    return sitting


def _body(row: Any, sitting: dict[UUID, list[dict[str, Any]]]) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in ("id", "kind", "name", "department_id")}
    return shown | {"members": sitting.get(row.id, [])}


def persons_here(work: Work, *, search: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the people known here, for staff, by name."""
    if not work.who.has(Duty.SECRETARY, Duty.ADMINISTRATOR):
        raise NotAllowed(NOT_ALLOWED)
    asked = select(persons).where(persons.c.state == State.KNOWN).order_by(persons.c.external_id).limit(limit + 1)
    if search:
        pattern = f"%{search.lower()}%"
        asked = asked.where(or_(func.lower(persons.c.name).like(pattern), func.lower(persons.c.chosen_name).like(pattern)))
    if where := after(cursor, word):
        asked = asked.where(persons.c.external_id > where[0])
    found = [PERSONS.made(row) for row in work.execute(asked)]
    return page(found, limit, lambda p: (p.external_id,), _person)


def _person(found: Person) -> dict[str, Any]:
    return {
        "id": found.id,
        "display_name": found.shown,
        "departments": found.departments,
        "contact": found.contact,
        "protected": found.protected,
        "employee": found.employee,
    }


def me(work: Work) -> dict[str, Any]:
    """What is known about me."""
    found = PERSONS.see(work, work.who.person_id or UUID(int=0))
    mine = {
        name: getattr(found, name)
        for name in ("id", "name", "chosen_name", "email", "departments", "contact", "protected", "duties", "version")
    }
    return mine | {"display_name": found.shown, "may": ["present"]}


def my_interest(work: Work) -> dict[str, Any]:
    """Whether I am on the interest list, and what I want to hear of."""
    me = work.who.person_id
    found = INTERESTS.see(work, me) if me and work.execute(select(interests.c.id).where(interests.c.id == me)).scalar() else None
    if found is None or found.state is not Listed.LISTED:
        return {"listed": False, "topics": (), "departments": (), "joined_at": None, "may": ["join"] if me else []}
    wants = {"topics": found.topics, "departments": found.departments, "joined_at": found.joined_at, "version": found.version}
    return {"listed": True, **wants, "may": ["change", "leave"]}


def interest_list(work: Work, *, department_id: UUID | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of those who want to hear of new groups, for whoever invites them: the house, or staff."""
    if not work.who.house and not work.who.has(Duty.SECRETARY):
        raise NotAllowed(NOT_ALLOWED)
    asked = select(interests).where(interests.c.state == Listed.LISTED)
    if department_id:
        named = interests.c.departments.contains([str(department_id)])
        asked = asked.where(or_(named, interests.c.departments == cast([], JSONB)))
    if where := after(cursor):
        asked = asked.where(tuple_(interests.c.joined_at, interests.c.id) > tuple_(*where))
    rows = work.execute(asked.order_by(interests.c.joined_at, interests.c.id).limit(limit + 1)).all()
    return page(
        rows,
        limit,
        lambda row: (row.joined_at, row.id),
        lambda row: {"person_id": row.id, "topics": row.topics, "departments": row.departments, "joined_at": row.joined_at},
    )


def _address(person: Person) -> dict[str, Any]:
    where = {"address": "" if person.protected else person.address, "protected": person.protected}
    return {"name": person.shown, **where, "departments": person.departments, "external_id": person.external_id}


def _in_force(work: Work) -> tuple[Any, ...]:
    ends = or_(mandates.c.ends.is_(None), mandates.c.ends >= work.today)
    return mandates.c.state == "in_force", mandates.c.starts <= work.today, ends


def _door(row: Any) -> dict[str, Any]:
    return {"association_id": row.association_id, "slug": row.slug, "name": row.title, "statement_url": row.statement_url}
