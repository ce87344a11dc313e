"""Reads the files that an administration system delivers: bytes in, rows and what is wrong with them out."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chassis.identity import Duty
from chassis.refusal import No, Refused
from chassis.shapes import CPR
from contracts.people import BodyKind, Seat

UNREADABLE = No(
    "file-unreadable", "Filen kan ikke læses som tekst med semikolon.", "The file cannot be read as text with semicolons."
)
HEADINGS_MISSING = No(
    "headings-missing", "Filen mangler disse overskrifter: {headings}.", "The file lacks these headings: {headings}."
)

DUTIES = {"moderator": Duty.MODERATOR, "sekretær": Duty.SECRETARY, "import": Duty.IMPORTER, "administrator": Duty.ADMINISTRATOR}
BODIES = {
    "organisationsbestyrelse": BodyKind.ORGANISATION_BOARD,
    "afdelingsbestyrelse": BodyKind.DEPARTMENT_BOARD,
    "repræsentantskab": BodyKind.SUPREME_AUTHORITY,
}
SEATS = {"formand": Seat.CHAIR, "næstformand": Seat.VICE_CHAIR, "medlem": Seat.MEMBER, "suppleant": Seat.ALTERNATE}


@dataclass(frozen=True)
class Problem:
    """What is wrong in which line and column; never what stands there."""

    line: int
    column: str
    da: str
    en: str


class Wrong(Exception):
    """A value does not fit. The two sentences say why."""

    def __init__(self, da: str, en: str) -> None:
        super().__init__(en)
        self.da, self.en = da, en


Reader = Callable[[str], Any]


def _text(most: int, *, needed: bool = False) -> Reader:
    def read(value: str) -> str:
        if needed and not value:
            raise Wrong("Skal udfyldes.", "Must be filled in.")
        if len(value) > most:
            raise Wrong(f"Er for lang: højst {most} tegn.", f"Is too long: at most {most} characters.")
        return value

    return read


def _number(pattern: str, what: str) -> Reader:
    def read(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise Wrong(f"Skal være {what}.", f"Must match {pattern}.")
        return value

    return read


def _yes(value: str) -> bool:
    if value.lower() not in {"ja", "nej", ""}:
        raise Wrong("Skal være ja eller nej.", "Must be ja or nej.")
    return value.lower() == "ja"


def _word(words: Mapping[str, Any]) -> Reader:
    def read(value: str) -> Any:
        if value.lower() not in words:
            raise Wrong(f"Skal være en af: {', '.join(words)}.", f"Must be one of: {', '.join(words)}.")
        return words[value.lower()]

    return read


def _words(words: Mapping[str, Any]) -> Reader:
    return lambda value: tuple(_word(words)(each.strip()) for each in value.split(",") if each.strip())


def _day(value: str) -> date:
    for form in ("%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise Wrong("Skal være en dato, fx 09-03-2026.", "Must be a date such as 09-03-2026.")


def _email(value: str) -> str:
    if value and not re.fullmatch(r"[^@\s;]{1,100}@[^@\s;]{1,150}", value):
        raise Wrong("Er ikke en e-mailadresse.", "Is not an e-mail address.")
    return value.lower()


HEADINGS: dict[str, dict[str, tuple[str, Reader]]] = {
    "departments": {
        "Afdelingsnr": ("number", _number(r".{1,12}", "1-12 tegn")),
        "LBF-afdelingsnr": ("lbf_number", _number(r"\d{1,5}", "1-5 cifre")),
        "Navn": ("name", _text(100, needed=True)),
        "Adresse": ("address", _text(200)),
        "Har afdelingsbestyrelse": ("has_board", _yes),
    },
    "persons": {
        "Person-id": ("external_id", _text(40, needed=True)),
        "Navn": ("name", _text(100, needed=True)),
        "Visningsnavn": ("chosen_name", _text(60)),
        "E-mail": ("email", _email),
        "Mobil": ("phone", _text(20)),
        "Afdelingsnr": ("department", _text(12)),
        "Adresse": ("address", _text(200)),
        "Navnebeskyttet": ("protected", _yes),
        "Kun papir": ("paper", _yes),
        "Medarbejder": ("employee", _yes),
        "Opgaver": ("duties", _words(DUTIES)),
    },
    "mandates": {
        "Person-id": ("external_id", _text(40, needed=True)),
        "Organ": ("body", _word(BODIES)),
        "Afdelingsnr": ("department", _text(12)),
        "Post": ("seat", _word(SEATS)),
        "Beboer": ("resident", _yes),
        "Fra": ("starts", _day),
        "Til": ("ends", lambda value: _day(value) if value else None),
    },
}
"""What stands under which heading, and how it is read."""


@dataclass(frozen=True)
class File:
    """What a file says: its good rows with their line numbers, the rows that are not good, and what is wrong with those."""

    good: list[tuple[int, dict[str, Any]]]
    bad: list[dict[str, Any]]
    problems: list[Problem]


def read(what: str, body: bytes) -> File:
    """Read a file. Raises `Refused` when it cannot be used at all: it is not text, or a heading is missing."""
    try:
        lines = list(csv.reader(io.StringIO(decoded(body)), delimiter=";"))
    except csv.Error:
        raise Refused(UNREADABLE) from None
    headings = [heading.strip() for heading in lines[0]] if lines else []
    missing = [heading for heading in HEADINGS[what] if heading not in headings]
    if missing:
        raise Refused(HEADINGS_MISSING, headings=missing)
    file = File([], [], [])
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells):
            row, wrong = _row(what, number, dict(zip(headings, [*cells, *[""] * len(headings)], strict=False)))
            file.problems.extend(wrong)
            file.bad.append(row) if wrong else file.good.append((number, row))
    return file


def _row(what: str, line: int, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    row, problems = {}, []
    for heading, value in cells.items():
        if CPR.search(value):
            problems.append(
                Problem(line, heading, "Ligner et CPR-nummer og er ikke gemt.", "Looks like a CPR number and was not kept.")
            )
        elif any(ord(sign) < 32 for sign in value):
            problems.append(
                Problem(line, heading, "Indeholder tegn, der ikke kan gemmes.", "Contains characters that cannot be kept.")
            )
        elif heading in HEADINGS[what]:
            name, reader = HEADINGS[what][heading]
            try:
                row[name] = reader(value.strip())
            except Wrong as why:
                problems.append(Problem(line, heading, why.da, why.en))
    return row, problems


def decoded(body: bytes) -> str:
    """UTF-8 with or without its mark; else the Windows-1252 that older systems write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(UNREADABLE)
