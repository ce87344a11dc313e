"""Lets associations in, one or eight hundred, and finds them again by their slug."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from marshmallow import ValidationError, fields, validate
from sqlalchemy import select

from chassis.identity import Identity
from chassis.problems import flat
from chassis.shapes import Line, sentence
from chassis.work import Begin
from contracts.people import Policy
from deploy.command.reach import Reach
from deploy.upkeep import policies
from deploy.upkeep.errand import CannotDo
from gateway.store import SERVICE as GATEWAY
from gateway.store import closed_ones
from services.people.actions import by_people
from services.people.rules.person import BY_OPERATOR
from services.people.store import associations, doors
from services.people.web.people import NewAssociation

ADDRESS = validate.Regexp(r"[^@\s;]{1,100}@[^@\s;]{1,150}\Z", error="wrong-type")
HEADINGS = ("slug", "name", "admin_name", "admin_email")
"""What the file of many must say of each; the other columns may be left out."""


class NewWithAdministrator(NewAssociation):
    """An association that moves in, with the first person, who lets the others in."""

    admin_name = Line(100, required=True)
    admin_email = fields.String(required=True, validate=ADDRESS)
    admin_id = Line(40, load_default=f"{BY_OPERATOR}1")


@dataclass(frozen=True)
class Known:
    """An association that lives here. `state` is open, suspended or gone."""

    id: UUID
    slug: str
    name: str
    state: str


@dataclass(frozen=True)
class BadLine:
    """What is wrong in which line of a file, never what stands there."""

    line: int
    column: str
    says: str


def known(reach: Reach) -> list[Known]:
    """Every association, by name."""
    asked = select(doors.c.association_id, doors.c.slug, doors.c.title).where(doors.c.name == doors.c.slug)
    with reach.admin("people").begin() as connection:
        rows = connection.execute(asked.order_by(doors.c.title)).all()
    with reach.admin(GATEWAY.name).begin() as connection:
        shut = {row.association_id: row.state for row in connection.execute(select(closed_ones))}
    return [Known(row.association_id, row.slug, row.title, shut.get(row.association_id, "open")) for row in rows]


def find(reach: Reach, slug: str) -> Known:
    """The association with this slug. Raises `CannotDo`."""
    for each in known(reach):
        if each.slug == slug:
            return each
    raise CannotDo(f"there is no association {slug}; `samskab association list` shows all")


def register(begin: Begin, new: Mapping[str, Any]) -> UUID:
    """Let one in, with its board and its administrator, in one transaction. Raises `Refused`."""
    said = dict(new)
    name, email, external_id = (said.pop(f"admin_{what}") for what in ("name", "email", "id"))
    with begin(Identity(association_id=uuid4())) as work:
        by_people.register_association(work, **(said | {"policy": Policy(**said["policy"])}))
        by_people.let_in_administrator(work, name=name, email=email, external_id=external_id)
        return work.who.association_id


def checked(said: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """What was said of a new association, and what is wrong with it: field and sentence."""
    chosen = {name: value for name, value in said.items() if value not in ("", None)}
    written = {name: chosen.pop(name) for name in list(chosen) if name in policies.NAMES}
    wrong: list[tuple[str, str]] = []
    policy: dict[str, Any] = {}
    for name, value in written.items():
        try:
            policy |= {name: policies.read(name, value)}
        except CannotDo as why:
            wrong.append((name, str(why)))
    try:
        return NewWithAdministrator().load(chosen) | {"policy": policy}, wrong
    except ValidationError as error:
        return {}, wrong + [(field, sentence(message, "en")) for field, message in flat(error.messages)]


def read_many(reach: Reach, content: bytes) -> tuple[list[dict[str, Any]], int, list[BadLine]]:
    """A whole file: those that are still to be let in, how many are here already, and every line that is bad."""
    rows = _rows(content)
    here = {each.slug: each for each in known(reach)}
    taken, cvrs = _doors(reach), _cvrs(reach)
    new: list[dict[str, Any]] = []
    bad: list[BadLine] = []
    first_seen: dict[str, int] = {}
    for line, row in rows:
        made, wrong = checked(row)
        bad += [BadLine(line, field, says) for field, says in wrong]
        for name in filter(None, (made.get("slug"), made.get("host"))):
            if name in first_seen:
                bad.append(BadLine(line, "slug", f"The same address stands in line {first_seen[name]}."))
            first_seen.setdefault(name, line)
        lives_here = here.get(made.get("slug", ""))
        if lives_here and made.get("cvr") and cvrs.get(lives_here.id) not in (None, made["cvr"]):
            bad.append(BadLine(line, "slug", "The address belongs to an association with another CVR number."))
        for name in filter(None, (made.get("slug"), made.get("host"))):
            if taken.get(name) not in (None, lives_here.id if lives_here else None):
                bad.append(BadLine(line, "host", "The address is already another association's."))
        if made and not lives_here:
            new.append(made)
    return new, len(rows) - len(new) - len({each.line for each in bad}), bad


def _rows(content: bytes) -> Sequence[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotDo("the file is not UTF-8 text") from None
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    headings = [heading.strip().lower() for heading in next(lines, [])]
    allowed = {*NewWithAdministrator().fields, *policies.NAMES} - {"policy"}
    if missing := [heading for heading in HEADINGS if heading not in headings]:
        raise CannotDo(f"the file lacks these headings: {', '.join(missing)}")
    if strange := [heading for heading in headings if heading not in allowed]:
        raise CannotDo(f"these headings are not known: {', '.join(strange)}; known are {', '.join(sorted(allowed))}")
    return [
        (lines.line_num, {name: cell.strip() for name, cell in zip(headings, cells, strict=False)})
        for cells in lines
        if any(cell.strip() for cell in cells)
    ]


def _doors(reach: Reach) -> dict[str, UUID]:
    with reach.admin("people").begin() as connection:
        return {row.name: row.association_id for row in connection.execute(select(doors.c.name, doors.c.association_id))}


def _cvrs(reach: Reach) -> dict[UUID, str | None]:
    with reach.seeing_all("people") as connection:
        return {row.id: row.cvr for row in connection.execute(select(associations.c.id, associations.c.cvr))}
