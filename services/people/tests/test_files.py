"""Files as administration systems deliver them, read without a database."""

from datetime import date

import pytest

from chassis.refusal import Refused
from services.people.files import HEADINGS, read

PERSONS = ";".join(HEADINGS["persons"])
GOOD = "7;Åse Ærø;;aase@b.example;;5;Lindealle 1;nej;nej;nej;"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_danish_letters_are_read_in_either_encoding(encoding: str) -> None:
    file = read("persons", f"{PERSONS}\r\n{GOOD}\r\n".encode(encoding))

    assert [row["name"] for _, row in file.good] == ["Åse Ærø"]
    assert file.problems == []


def test_leading_zeros_are_kept() -> None:
    file = read("departments", (";".join(HEADINGS["departments"]) + "\n05;00105;Lindehaven;;ja\n").encode())

    assert (file.good[0][1]["number"], file.good[0][1]["lbf_number"]) == ("05", "00105")


@pytest.mark.parametrize("written", ["09-03-2026", "9.3.2026", "2026-03-09"])
def test_dates_are_read_as_danes_write_them(written: str) -> None:
    file = read("mandates", (";".join(HEADINGS["mandates"]) + f"\n1;organisationsbestyrelse;;formand;ja;{written};\n").encode())

    assert file.good[0][1]["starts"] == date(2026, 3, 9)


def test_a_bad_row_is_named_by_line_column_and_reason_and_the_rest_comes_in() -> None:
    file = read(
        "persons", f"{PERSONS}\n{GOOD}\n8;Bo;;ikke-en-adresse;;5;;nej;måske;nej;\n{GOOD.replace('7;', '9;', 1)}\n".encode()
    )

    assert [(p.line, p.column) for p in file.problems] == [(3, "E-mail"), (3, "Kun papir")]
    assert len(file.good) == 2


@pytest.mark.invariant(4)
@pytest.mark.parametrize("column", range(11))
def test_a_cpr_number_in_any_column_is_refused_and_not_repeated(column: int) -> None:
    cells = GOOD.split(";")
    cells[column] = "010190-1234"
    file = read("persons", f"{PERSONS}\n{';'.join(cells)}\n".encode())

    assert file.good == []
    assert "0101" not in repr(file.problems)


def test_a_file_without_a_heading_is_refused_by_its_name() -> None:
    with pytest.raises(Refused, match="headings-missing") as refused:
        read("persons", b"Person-id;Navn\n1;Bo\n")

    assert "E-mail" in refused.value.facts["headings"]


@pytest.mark.parametrize("body", [b"", b"\x00\x01", b"\x81\x8d", b'"' * 10])
def test_what_is_no_file_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        read("persons", body)
