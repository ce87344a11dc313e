"""What people and operators do: let an association in, set its policy, entrust duties, choose a name, begin a day."""

from uuid import UUID, uuid5

from sqlalchemy import Engine, select
from sqlalchemy.dialects.postgresql import insert

from chassis import answered, clock
from chassis.identity import Duty, Identity
from chassis.refusal import Refused
from chassis.work import Begin, Work
from contracts.people import BodyKind, Policy
from services.people.rules import association, body, person
from services.people.rules.association import Association
from services.people.rules.body import Body
from services.people.rules.person import Contact, Person
from services.people.store import ASSOCIATIONS, BODIES, PERSONS, doors


def register_association(
    work: Work,
    *,
    name: str,
    slug: str,
    host: str | None,
    cvr: str | None,
    lbf_number: str | None,
    statement_url: str | None,
    policy: Policy,
) -> Association:
    """An operator lets an association in, with its organisation board; asking again changes nothing."""
    id = work.who.association_id
    known = ASSOCIATIONS.find(work, id)
    if known:
        return known
    new = Association(
        id=id, name=name, slug=slug, host=host, cvr=cvr, lbf_number=lbf_number, statement_url=statement_url, policy=policy
    )
    made, told = association.register(who=work.who, association=new)
    kept = ASSOCIATIONS.put(work, made, told)
    for door in filter(None, (slug, host)):
        _open(work, door, kept)
    board = Body(id=uuid5(id, "organisation_board"), kind=BodyKind.ORGANISATION_BOARD, name="Organisationsbestyrelsen")
    BODIES.put(work, *body.registered(board))
    return kept


def let_in_administrator(work: Work, *, name: str, email: str, external_id: str) -> Person:
    """The first person of an association, who lets the others in; asking again changes nothing."""
    id = uuid5(work.who.association_id, f"person {external_id}")
    first = Person(id=id, external_id=external_id, name=name, email=email.lower(), duties=(Duty.ADMINISTRATOR,))
    return PERSONS.find(work, id) or PERSONS.put(work, *person.register(who=work.who, person=first))


def set_policy(work: Work, policy: Policy) -> Association:
    """The association decides about its own practice."""
    changed, told = ASSOCIATIONS.get(work, work.who.association_id).set_policy(who=work.who, policy=policy)
    return ASSOCIATIONS.put(work, changed, told)


def give_duty(work: Work, person_id: UUID, duty: Duty) -> Person:
    """A person is entrusted with something."""
    known = PERSONS.get(work, person_id)
    return _entrust(work, known, {*known.duties, duty})


def take_duty(work: Work, person_id: UUID, duty: Duty) -> Person:
    """A person is no longer entrusted with it."""
    known = PERSONS.get(work, person_id)
    return _entrust(work, known, {*known.duties} - {duty})


def present_myself(work: Work, *, chosen_name: str | None, contact: Contact | None) -> Person:
    """I choose what to be called and how to be reached."""
    me = PERSONS.get(work, work.who.person_id or UUID(int=0))
    name = me.chosen_name if chosen_name is None else chosen_name
    changed, told = me.present(who=work.who, chosen_name=name, contact=contact or me.contact)
    return PERSONS.put(work, changed, told)


def turn_day(engine: Engine, begin: Begin) -> None:
    """Tell every association that is open and has not heard so that a day has begun; cheap when all have."""
    today = clock.day_of(clock.now())
    with engine.connect() as connection:
        shut = select(doors.metadata.tables["closed"].c.association_id)
        open_ones = select(doors.c.association_id, doors.c.day).distinct().where(doors.c.association_id.not_in(shut))
        known = connection.execute(open_ones).all()
    for association_id in {row.association_id for row in known if row.day is None or row.day < today}:
        with begin(Identity(association_id=association_id)) as work:
            _turn(work)


def _turn(work: Work) -> None:
    answered.forget(work)
    found = ASSOCIATIONS.find(work, work.who.association_id)
    if found and (found.day is None or found.day < work.today):
        turned, told = found.turn_day(who=work.who, day=work.today)
        ASSOCIATIONS.put(work, turned, told)
    work.execute(doors.update().where(doors.c.association_id == work.who.association_id).values(day=work.today))


def _entrust(work: Work, known: Person, duties: set[Duty]) -> Person:
    changed, told = known.entrust(who=work.who, duties=tuple(duties))
    return PERSONS.put(work, changed, told)


def _open(work: Work, name: str, to: Association) -> None:
    door = insert(doors).values(name=name, association_id=to.id, slug=to.slug, title=to.name, statement_url=to.statement_url)
    work.execute(door.on_conflict_do_nothing())
    if work.execute(select(doors.c.association_id).where(doors.c.name == name)).scalar() != to.id:
        raise Refused(association.DOOR_TAKEN, door=name)
