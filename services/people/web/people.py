"""How the world asks about people: routes, and the shapes of what comes in."""

from dataclasses import asdict
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import current_app, request
from marshmallow import fields, validate

from chassis.answers import items_of, page_of
from chassis.identity import Duty
from chassis.paging import LongPageShape
from chassis.partners import open_to_partners
from chassis.problems import language
from chassis.refusal import NOT_FOUND, NotFound
from chassis.shapes import Choice, Id, Line, Many, Nested, Shape, Whole, Yes
from chassis.web import Routes, who, work
from contracts.people import Policy, TieBreak
from services.people import queries
from services.people.actions import by_people, imports
from services.people.rules.person import Contact
from services.people.web.shown.people import (
    Addresses,
    AssociationShown,
    BodyShown,
    DepartmentShown,
    Door,
    Duties,
    ImportReport,
    Me,
    Names,
    PersonsAt,
    PersonShown,
    StandingShown,
)

routes = Routes("people", __name__, description="Associations, their bodies and their people")

OF_ASSOCIATION = ("id", "name", "slug", "cvr", "lbf_number", "statement_url", "policy_version", "policy")
OF_DEPARTMENT = ("id", "number", "lbf_number", "name", "has_board")
OF_BODY = ("id", "kind", "name", "department_id")
"""What a partner is given: the association and how it is built, without persons."""
BIGGEST_FILE = 5 * 1024 * 1024


class Share(fields.Float):
    """A share between nothing and all."""

    default_error_messages = {"invalid": "not-a-number", "special": "not-a-number", "too_large": "not-a-number"}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        if isinstance(value, str | bool):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **more)


class PolicyShape(Shape):
    """What an association decides about its own practice."""

    answer_days = Whole(1, 365)
    meetings_min = Whole(1, 12)
    meetings_max = Whole(1, 12)
    notice_days = Whole(0, 90)
    minutes_days = Whole(1, 365)
    offer_days = Whole(1, 90)
    still_days = Whole(14, 365)
    quorum_of_members = Share(validate=validate.Range(0, 1, min_inclusive=False, error="out-of-range:0:1"))
    quorum_at_least = Whole(0, 100)
    quorum_needs_chair = Yes()
    tie_break = Choice(TieBreak)
    survey_days = Whole(1, 180)
    reads_a_minute = Whole(60, 100_000, allow_none=True)
    writes_a_minute = Whole(20, 100_000, allow_none=True)
    reads_a_minute_in_all = Whole(600, 1_000_000, allow_none=True)
    writes_a_minute_in_all = Whole(200, 1_000_000, allow_none=True)


CSV = {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}
"""What a file is sent as: semicolons between the columns, a heading first."""

SLUG = validate.Regexp(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z", error="wrong-type")
TAKEN = {"static", "healthz", "readyz", "schemas"}
"""Words that the front door needs for itself."""


class Digits(fields.String):
    """A number that is kept as text, for its leading zeros count: exactly so many digits."""

    def __init__(self, many: int, **more: Any) -> None:
        super().__init__(validate=validate.Regexp(rf"[0-9]{{{many}}}\Z", error=f"not-digits:{many}"), **more)


class NewAssociation(Shape):
    """An association that moves in."""

    name = Line(100, required=True)
    slug = fields.String(required=True, validate=[SLUG, validate.NoneOf(TAKEN, error="wrong-type")])
    host = Line(200, load_default=None, allow_none=True)
    cvr = Digits(8, load_default=None, allow_none=True)
    lbf_number = Digits(4, load_default=None, allow_none=True)
    statement_url = Line(300, load_default=None, allow_none=True)
    policy = Nested(PolicyShape, load_default={})


class Address(Shape):
    """Where somebody is reached."""

    email = Line(250, required=True)


class Ids(Shape):
    """Whose names are asked for."""

    ids = Many(Id(), most=500, required=True)


class Presented(Shape):
    """What I want to be called, and how I want to be reached."""

    chosen_name = Line(60, least=0)
    contact = Choice(Contact)


class Entrusted(Shape):
    """A duty and who has it."""

    person_id = Id(required=True)
    duty = Choice(Duty, required=True)


class PersonsAsked(Shape):
    """Which people."""

    search = Line(60, least=0, load_default="")
    limit = Whole(1, 100, load_default=50)
    cursor = fields.String(load_default=None, allow_none=True)


class Sweep(StrEnum):
    """Whether many may be gone."""

    YES = "yes"
    NO = "no"


class FileAsked(Shape):
    """How a file is to be taken: whether many may be gone, and why residents need not be the majority."""

    sweep = Choice(Sweep, load_default=Sweep.NO)
    override = Line(500, load_default="")


def _only_the_house() -> None:
    if not who().house:
        raise NotFound(NOT_FOUND)


@routes.get("/doors")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(Door))
def list_doors(asked: dict[str, Any]) -> Any:
    """Every association's way in."""
    _only_the_house()
    return queries.all_doors(current_app.extensions["engine"], **asked)


@routes.get("/doors/<name>")
@routes.response(200, Door)
def see_door(name: str) -> Any:
    """Whose door this is."""
    _only_the_house()
    return queries.door(current_app.extensions["engine"], name)


@routes.post("/associations")
@routes.arguments(NewAssociation)
@routes.response(201, AssociationShown)
def register_association(new: dict[str, Any]) -> Any:
    """Let an association in."""
    _only_the_house()
    with work() as w:
        by_people.register_association(w, **(new | {"policy": Policy(**new["policy"])}))
        return queries.association(w)


@routes.get("/association")
@routes.response(200, AssociationShown)
@open_to_partners("association:read", *OF_ASSOCIATION)
def see_association() -> Any:
    """The association and its policy."""
    with work() as w:
        return queries.association(w)


@routes.put("/policy")
@routes.arguments(PolicyShape)
@routes.response(200, AssociationShown)
def set_policy(said: dict[str, Any]) -> Any:
    """Decide about our own practice; what is not said falls back to the usual."""
    with work() as w:
        by_people.set_policy(w, Policy(**said))
        return queries.association(w)


@routes.post("/sign_in")
@routes.arguments(Address)
@routes.response(200, PersonsAt)
def persons_at(said: dict[str, Any]) -> Any:
    """Who can be reached at an address."""
    _only_the_house()
    with work() as w:
        return {"person_ids": queries.persons_at(w, said["email"])}


@routes.post("/workplaces")
@routes.arguments(Address)
@routes.response(200, items_of(Door))
def list_workplaces(said: dict[str, Any]) -> Any:
    """Where somebody with this address is employed."""
    _only_the_house()
    return {"items": queries.workplaces_at(current_app.extensions["engine"], said["email"])}


@routes.get("/standing/<uuid:id>")
@routes.response(200, StandingShown)
def see_standing(id: UUID) -> Any:
    """What a person may do here today."""
    _only_the_house()
    with work() as w:
        return queries.standing(w, id)


@routes.get("/standing/<uuid:id>/on_paper/<uuid:staff_id>")
@routes.response(200, StandingShown)
def see_standing_on_paper(id: UUID, staff_id: UUID) -> Any:
    """What a member of staff may do for a person on paper."""
    _only_the_house()
    with work() as w:
        return queries.standing_on_paper(w, id, staff_id)


@routes.post("/names")
@routes.arguments(Ids)
@routes.response(200, Names)
def look_up_names(asked: dict[str, Any]) -> Any:
    """What some people want to be called."""
    with work() as w:
        return {"names": queries.names(w, asked["ids"])}


@routes.post("/addresses")
@routes.arguments(Ids)
@routes.response(200, Addresses)
def look_up_addresses(asked: dict[str, Any]) -> Any:
    """Where some people get their letters."""
    with work() as w:
        return {"addresses": queries.addresses(w, asked["ids"])}


@routes.get("/departments")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(DepartmentShown))
@open_to_partners("association:read", *OF_DEPARTMENT)
def list_departments(asked: dict[str, Any]) -> Any:
    """The departments."""
    with work() as w:
        return queries.departments_here(w, **asked)


@routes.get("/bodies")
@routes.arguments(LongPageShape, location="query")
@routes.response(200, page_of(BodyShown))
@open_to_partners("association:read", *OF_BODY)
def list_bodies(asked: dict[str, Any]) -> Any:
    """The bodies and who sits in them today."""
    with work() as w:
        return queries.bodies_here(w, **asked)


@routes.get("/bodies/<uuid:id>")
@routes.response(200, BodyShown)
@open_to_partners("association:read", *OF_BODY)
def see_body(id: UUID) -> Any:
    """One body."""
    with work() as w:
        return queries.body(w, id)


@routes.get("/persons")
@routes.arguments(PersonsAsked, location="query")
@routes.response(200, page_of(PersonShown))
def list_persons(asked: dict[str, Any]) -> Any:
    """The people known here, for staff."""
    with work() as w:
        return queries.persons_here(w, **asked)


@routes.get("/me")
@routes.response(200, Me)
def see_me() -> Any:
    """What is known about me."""
    with work() as w:
        return queries.me(w)


@routes.put("/me")
@routes.arguments(Presented)
@routes.response(200, Me)
def present_me(said: dict[str, Any]) -> Any:
    """Choose what to be called and how to be reached."""
    with work() as w:
        by_people.present_myself(w, chosen_name=said.get("chosen_name"), contact=said.get("contact"))
        return queries.me(w)


@routes.post("/duties")
@routes.arguments(Entrusted)
@routes.response(200, Duties)
def give_duty(said: dict[str, Any]) -> Any:
    """Entrust somebody with something."""
    with work() as w:
        return {"duties": by_people.give_duty(w, **said).duties}


@routes.post("/duties/withdraw")
@routes.arguments(Entrusted)
@routes.response(200, Duties)
def take_duty(said: dict[str, Any]) -> Any:
    """Take a duty back."""
    with work() as w:
        return {"duties": by_people.take_duty(w, **said).duties}


@routes.post("/imports/<any(departments, persons, mandates):what>")
@routes.doc(requestBody=CSV)
@routes.arguments(FileAsked, location="query")
@routes.response(200, ImportReport)
def import_file(asked: dict[str, Any], what: str) -> Any:
    """Bring in a file as the administration system delivers it."""
    request.max_content_length = BIGGEST_FILE
    with work() as w:
        report = imports.import_file(w, what, request.get_data(), sweep=asked["sweep"] == "yes", override=asked["override"])
    said = [{"line": p.line, "column": p.column, "says": p.da if language() == "da" else p.en} for p in report.problems]
    return asdict(report) | {"problems": said}
