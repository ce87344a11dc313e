"""What is shown of associations, their bodies and their people."""

from chassis.answers import Answer, Choice, Id, Ids, Map, May, Nested, Number, Several, Words, Yes, record
from chassis.identity import Duty
from contracts.people import BodyKind, Policy, Seat
from services.people.rules.person import Contact


class Door(Answer):
    """An association's way in."""

    association_id = Id()
    slug = Words()
    name = Words()
    statement_url = Words(allow_none=True)


class AssociationShown(Answer):
    """The association and its policy in force."""

    id = Id()
    version = Number()
    name = Words()
    slug = Words()
    cvr = Words(allow_none=True)
    lbf_number = Words(allow_none=True)
    statement_url = Words(allow_none=True)
    policy_version = Number()
    policy = Nested(record(Policy))


class PersonsAt(Answer):
    """Who can be reached at an address; several people may share one."""

    person_ids = Ids()


class MandateShown(Answer):
    """A seat in a body."""

    body_id = Id()
    seat = Choice(Seat)


class StandingShown(Answer):
    """What a person may do here today."""

    person_id = Id()
    display_name = Words()
    departments = Ids()
    mandates = Several(Nested(MandateShown))
    duties = Several(Choice(Duty))
    employee = Yes()
    contact = Choice(Contact)


class Names(Answer):
    """What people want to be called, by id; whoever is not known here is not among them."""

    names = Map(values=Words())


class AddressShown(Answer):
    """Where somebody gets letters; empty for who has name protection: their administration looks it up by `external_id`."""

    name = Words()
    address = Words()
    protected = Yes()
    departments = Ids()
    external_id = Words()


class Addresses(Answer):
    """Where people get their letters, by id; whoever is not known here is not among them."""

    addresses = Map(values=Nested(AddressShown))


class DepartmentShown(Answer):
    """A department."""

    id = Id()
    number = Words()
    lbf_number = Words()
    name = Words()
    has_board = Yes()


class Sitting(Answer):
    """Who sits in a body today, and whether they live there."""

    person_id = Id()
    seat = Choice(Seat)
    resident = Yes()


class BodyShown(Answer):
    """A body and who sits in it today; one without a department is the association's own."""

    id = Id()
    kind = Choice(BodyKind)
    name = Words()
    department_id = Id(allow_none=True)
    members = Several(Nested(Sitting))


class PersonShown(Answer):
    """A person, for staff."""

    id = Id()
    display_name = Words()
    departments = Ids()
    contact = Choice(Contact)
    protected = Yes()
    employee = Yes()


class Me(Answer):
    """What is known about whoever asks."""

    id = Id()
    version = Number()
    name = Words()
    chosen_name = Words()
    display_name = Words()
    email = Words()
    departments = Ids()
    contact = Choice(Contact)
    protected = Yes()
    duties = Several(Choice(Duty))
    may = May()


class Duties(Answer):
    """What a person is entrusted with now."""

    duties = Several(Choice(Duty))


class LineProblem(Answer):
    """What is wrong with a line of a file; the first line is the heading."""

    line = Number()
    column = Words()
    says = Words()


class ImportReport(Answer):
    """What became of a file."""

    read = Number()
    added = Number()
    changed = Number()
    unchanged = Number()
    ended = Number()
    problems = Several(Nested(LineProblem))
