"""What an administration system delivers comes in: only what differs is written, and who is gone from the file is gone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import delete, insert, select

from chassis.cupboard import Cupboard
from chassis.refusal import NOT_ALLOWED, No, NotAllowed, Refused
from chassis.work import Work
from contracts.people import BodyKind
from services.people import files
from services.people.files import Problem
from services.people.rules import body, department, interest, mandate, person
from services.people.rules.body import Body, check_roster
from services.people.rules.department import Department
from services.people.rules.importing import imports
from services.people.rules.mandate import Mandate
from services.people.rules.person import Contact, Person
from services.people.store import BODIES, DEPARTMENTS, INTERESTS, MANDATES, PERSONS, hash_of, persons, workplaces

MOST_GONE = 0.2
FEW = 10
"""A file that would end more than a fifth of all, and more than a few, looks truncated (ours)."""

TOO_MANY_GONE = No(
    "too-many-gone",
    "Filen ville fjerne {gone} af {known}. Er den hel? Bekræft med sweep=yes, hvis det er meningen.",
    "The file would remove {gone} of {known}. Is it whole? Confirm with sweep=yes if that is meant.",
)


@dataclass
class Report:
    """What became of a file."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    problems: list[Problem] = field(default_factory=list)


def import_file(work: Work, what: str, content: bytes, *, sweep: bool = False, override: str = "") -> Report:
    """Bring a file in: `departments`, `persons` or `mandates`, in this order the first time."""
    if not imports(None, work.who):
        raise NotAllowed(NOT_ALLOWED)
    file = files.read(what, content)
    report = Report(read=len(file.good) + len(file.bad), problems=list(file.problems))
    {"departments": _departments, "persons": _persons, "mandates": _mandates}[what](work, file, report, sweep, override)
    return report


def _departments(work: Work, file: files.File, report: Report, sweep: bool, _: str) -> None:
    def id_of(row: Mapping[str, Any]) -> UUID | None:
        return _id(work, "department", row["number"]) if "number" in row else None

    wanted = {id_of(row): Department(id=_id(work, "department", row["number"]), **row) for _, row in file.good}
    spared = {id_of(row) for row in file.bad}
    known = _known(work, DEPARTMENTS)
    _sweep(work, DEPARTMENTS, report, known, wanted, spared, department.State.OPEN, sweep, lambda each: each.close(who=work.who))
    _bring(work, DEPARTMENTS, report, known, wanted, department.registered)
    boards = {_id(work, "board", d.number): d for d in wanted.values() if d.has_board}
    bodies = {id: Body(id=id, kind=BodyKind.DEPARTMENT_BOARD, name=_board_of(d), department_id=d.id) for id, d in boards.items()}
    _bring(work, BODIES, Report(), _known(work, BODIES), bodies, body.registered)


def _persons(work: Work, file: files.File, report: Report, sweep: bool, _: str) -> None:
    here = {d.number: d.id for d in _known(work, DEPARTMENTS).values()}
    wanted: dict[UUID | None, Person] = {}
    spared = {_id(work, "person", row["external_id"]) if "external_id" in row else None for row in file.bad}
    for line, row in file.good:
        id = _id(work, "person", row["external_id"])
        if row["department"] and row["department"] not in here:
            report.problems.append(Problem(line, "Afdelingsnr", "Afdelingen kendes ikke.", "The department is not known."))
            spared.add(id)
            continue
        made = _person(id, row, here)
        lived = wanted[id].departments if id in wanted else ()
        wanted[id] = replace(made, departments=tuple(sorted({*lived, *made.departments})))
    known = _known(work, PERSONS)
    spared |= {id for id, each in known.items() if each.external_id.startswith(person.BY_OPERATOR)}
    gone = _sweep(work, PERSONS, report, known, wanted, spared, person.State.KNOWN, sweep, lambda each: each.leave(who=work.who))
    _bring(work, PERSONS, report, known, wanted, lambda new: person.register(who=work.who, person=new), _as_they_chose)
    for id in gone:
        wants = INTERESTS.find(work, id)
        if wants and wants.state is interest.State.LISTED:
            INTERESTS.put(work, *wants.leave(who=work.who))
    for seat in _known(work, MANDATES).values():
        if seat.person_id in gone and seat.state is mandate.State.IN_FORCE:
            MANDATES.put(work, *seat.end(who=work.who, last_day=work.today))
    _workplaces(work)


def _workplaces(work: Work) -> None:
    """Remember at which addresses people are employed here, so that who works in several associations can choose."""
    here = work.who.association_id
    work.execute(delete(workplaces).where(workplaces.c.association_id == here))
    employed = select(persons.c.email).where(persons.c.employee, persons.c.state == person.State.KNOWN, persons.c.email != "")
    rows = [{"address": hash_of(email), "association_id": here} for email in set(work.execute(employed).scalars())]
    if rows:
        work.execute(insert(workplaces), rows)


def _mandates(work: Work, file: files.File, report: Report, sweep: bool, override: str) -> None:
    here = {d.number: d.id for d in _known(work, DEPARTMENTS).values()}
    people = {p.external_id: p.id for p in _known(work, PERSONS).values() if p.state is person.State.KNOWN}
    bodies = {(b.kind, b.department_id): b for b in _known(work, BODIES).values()}
    wanted: dict[UUID | None, Mandate] = {}
    spared: set[UUID | None] = {None} if file.bad else set()
    for line, row in file.good:
        place = bodies.get((row["body"], here.get(row["department"]) if row["department"] else None))
        if row["external_id"] not in people:
            report.problems.append(Problem(line, "Person-id", "Personen kendes ikke.", "The person is not known."))
        elif place is None:
            report.problems.append(
                Problem(line, "Organ", "Organet findes ikke i afdelingen.", "The department has no such body.")
            )
        else:
            id = _id(work, "mandate", f"{row['external_id']} {place.id} {row['starts']}")
            facts = {name: row[name] for name in ("seat", "resident", "starts", "ends")}
            wanted[id] = Mandate(id=id, body_id=place.id, person_id=people[row["external_id"]], **facts)
    if report.problems:
        spared.add(None)
    _majority(work, bodies.values(), wanted.values(), override)
    known = _known(work, MANDATES)
    ended = lambda each: each.end(who=work.who, last_day=work.today)  # noqa: E731
    _sweep(work, MANDATES, report, known, wanted, spared, mandate.State.IN_FORCE, sweep, ended)
    _bring(work, MANDATES, report, known, wanted, mandate.registered)


def _majority(work: Work, bodies: Iterable[Body], wanted: Iterable[Mandate], override: str) -> None:
    """Refuses a file that leaves an organisation board without a majority of residents; a reason given is kept with the body."""
    seats = list(wanted)
    for each in bodies:
        sitting = [
            m for m in seats if m.body_id == each.id and m.seat != "alternate" and (m.ends is None or m.ends >= work.today)
        ]
        check_roster(
            each.kind, members=len(sitting), residents=sum(m.resident for m in sitting), override=override or each.override
        )
        if override and each.kind is BodyKind.ORGANISATION_BOARD and each.override != override:
            BODIES.put(work, *each.change(who=work.who, to=replace(each, override=override)))


def _known(work: Work, cupboard: Cupboard[Any]) -> dict[UUID, Any]:
    return {thing.id: thing for thing in map(cupboard.made, work.execute(select(cupboard.table)))}


def _bring(
    work: Work,
    cupboard: Cupboard[Any],
    report: Report,
    known: Mapping[UUID, Any],
    wanted: Mapping[Any, Any],
    registered: Callable[[Any], Any],
    as_chosen: Callable[[Any, Any], Any] = lambda _, new: new,
) -> None:
    """Write what is new and what differs; a thing that says the same is left alone."""
    for id, new in wanted.items():
        old = known.get(id)
        if old is None:
            cupboard.put(work, *registered(new))
            report.added += 1
        elif as_chosen(old, replace(new, version=old.version)) == old:
            report.unchanged += 1
        else:
            cupboard.put(work, *old.change(who=work.who, to=new))
            report.changed += 1


def _sweep(
    work: Work,
    cupboard: Cupboard[Any],
    report: Report,
    known: Mapping[UUID, Any],
    wanted: Mapping[Any, Any],
    spared: set[UUID | None],
    here: str,
    sweep: bool,
    end: Callable[[Any], Any],
) -> set[UUID]:
    """End what is gone from the file; nothing while a row cannot be told apart from one that is gone."""
    present = [thing for thing in known.values() if thing.state == here]
    gone = [] if None in spared else [thing for thing in present if thing.id not in wanted and thing.id not in spared]
    if not sweep and len(gone) > FEW and len(gone) > MOST_GONE * len(present):
        raise Refused(TOO_MANY_GONE, gone=len(gone), known=len(present))
    for thing in gone:
        cupboard.put(work, *end(thing))
    report.ended += len(gone)
    return {thing.id for thing in gone}


def _as_they_chose(old: Person, new: Person) -> Person:
    return replace(new, chosen_name=old.chosen_name, contact=old.contact, renamed=True) if old.renamed else new


def _person(id: UUID, row: Mapping[str, Any], here: Mapping[str, UUID]) -> Person:
    named = {
        name: row[name] for name in ("external_id", "name", "chosen_name", "email", "phone", "address", "protected", "employee")
    }
    lives_in = (here[row["department"]],) if row["department"] else ()
    contact = Contact.PAPER if row["paper"] else Contact.EMAIL
    return Person(id=id, **named, departments=lives_in, contact=contact, duties=tuple(sorted(row["duties"])))


def _board_of(department: Department) -> str:
    return f"Afdelingsbestyrelsen i {department.name}"


def _id(work: Work, kind: str, name: str) -> UUID:
    """The same thing gets the same id, however often it comes."""
    return uuid5(work.who.association_id, f"{kind} {name}")
