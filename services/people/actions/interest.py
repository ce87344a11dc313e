"""What people do with the interest list: join it, say what they want to hear of, leave it."""

from uuid import UUID

from sqlalchemy import func, select

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.people.rules import interest
from services.people.rules.interest import Interest, State, Wish
from services.people.store import INTERESTS, PERSONS, departments


def want(work: Work, wish: Wish) -> Interest:
    """I want to hear of new groups, or of others than before."""
    _must_know(work, wish.departments)
    found = INTERESTS.find(work, PERSONS.get(work, work.who.person_id or UUID(int=0)).id)  # my twin request waits here
    if found is None:
        return INTERESTS.put(work, *interest.join(who=work.who, wish=wish, now=work.now))
    if found.state is State.LEFT:
        return INTERESTS.put(work, *found.join(who=work.who, wish=wish, now=work.now))
    return INTERESTS.put(work, *found.change(who=work.who, wish=wish))


def leave(work: Work) -> Interest:
    """I want to hear no more."""
    return INTERESTS.put(work, *INTERESTS.get(work, work.who.person_id or UUID(int=0)).leave(who=work.who))


def _must_know(work: Work, ids: tuple[UUID, ...]) -> None:
    known = select(func.count()).select_from(departments).where(departments.c.id.in_(ids))
    if ids and work.execute(known).scalar() != len(set(ids)):
        raise NotFound(NOT_FOUND)
