"""Letters on paper from the office: which are to be sent, how they read, marked one by one and together, and hidden from others."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis import clock
from chassis.clock import DENMARK
from contracts.meetings import MeetingConvened
from contracts.people import PersonChanged
from gateway.pages import letter_words
from gateway.tests.conftest import DEPARTMENTS, PERSONS
from gateway.tests.kit import Browser, Village, well_made
from services.notices.rules.notice import NAMES
from tests.kit import Hall

ON_PAPER = """10;Ellen Bruun;;;;3;Søbakken 36, 1. tv.;nej;ja;nej;
11;Karl Friis;;;;1;Kastanjevej 9;nej;ja;nej;
12;Mette Skjult;Mette;;;1;Hemmelig Vej 3;ja;ja;nej;
"""


@pytest.fixture
def village(village: Village, hall: Hall) -> Village:
    village.move_in(DEPARTMENTS, PERSONS + ON_PAPER)
    hall.settle()
    return village


@pytest.fixture
def camilla(village: Village) -> Browser:
    return village.visitor("camilla@here.example")


def ids(camilla: Browser) -> dict[str, UUID]:
    """Everybody by name, as the secretary finds them."""
    return {each["display_name"]: UUID(each["id"]) for each in camilla.api("GET", "/persons?limit=100").json["items"]}


def convened(hall: Hall, village: Village, *told: UUID, days: int = 20) -> None:
    day = clock.day_of(clock.now()) + timedelta(days=days)
    starts = datetime(day.year, day.month, day.day, 17, 30, tzinfo=DENMARK)
    meeting_id = uuid4()
    facts: dict[str, Any] = {"meeting_id": meeting_id, "group_id": uuid4(), "starts": starts, "ends": starts + timedelta(hours=2)}
    hall.tell(village.id, MeetingConvened(**facts, place="Beboerlokalet", told=told), subject=meeting_id)


@pytest.mark.invariant(32)
def test_the_office_prints_the_letters_and_marks_them_as_sent(hall: Hall, village: Village, camilla: Browser) -> None:
    known = ids(camilla)
    convened(hall, village, known["Ellen Bruun"], known["Karl Friis"], known["Anna Sørensen"])

    assert "Breve på papir" in camilla.get("/").text
    page = camilla.see("/breve")
    text = camilla.get("/breve").text
    assert "2 breve tilbage" in text and "Senest" in text
    notice = page.link("Indkaldelse til møde").removeprefix(f"/{camilla.slug}")
    there = camilla.get(notice).text
    assert "Ellen Bruun" in there and "Søbakken 36, 1. tv." in there and "Anna Sørensen" not in there

    sheets = camilla.get(f"{notice}/udskriv").text
    well_made(sheets)
    assert sheets.count('class="sheet"') == 2
    assert "Kære Ellen Bruun" in sheets and "Ring til Boligforeningen Prøvelunden" in sheets and "Jeg kommer ikke" in sheets

    camilla.do(notice, "Markér som sendt: brevet til Ellen")
    assert "af Camilla Holst" in camilla.get(notice).text and "1 brev tilbage" in camilla.get("/breve").text
    assert camilla.get(f"{notice}/udskriv").text.count('class="sheet"') == 1
    assert camilla.do(notice, "Markér flere som sendt", "Markér dem som sendt") == notice
    assert "2 af 2 sendt" in camilla.get(notice).text
    assert "Der er ingen breve at sende" in camilla.get("/breve").text
    assert "2 sendt" in camilla.get("/breve?vis=sendte").text
    assert "Breve på papir" not in camilla.get("/").text


def test_only_those_with_a_tick_are_marked(hall: Hall, village: Village, camilla: Browser) -> None:
    known = ids(camilla)
    convened(hall, village, known["Ellen Bruun"], known["Karl Friis"])
    notice = camilla.see("/breve").link("Indkaldelse").removeprefix(f"/{camilla.slug}")

    camilla.do(notice, "Markér flere som sendt", "Markér dem som sendt", letters=["Karl Friis"])
    assert "1 af 2 sendt" in camilla.get(notice).text
    nobody = camilla.post(f"/goer/notice/{notice.rpartition('/')[2]}/send")
    assert nobody.status_code == 422 and "Mindst 1" in nobody.text


@pytest.mark.invariant(5, 32)
def test_the_address_of_somebody_protected_is_shown_nowhere(hall: Hall, village: Village, camilla: Browser) -> None:
    convened(hall, village, ids(camilla)["Mette"])
    notice = camilla.see("/breve").link("Indkaldelse").removeprefix(f"/{camilla.slug}")

    for page in (notice, f"{notice}/udskriv"):
        text = camilla.get(page).text
        assert "Kære Mette" in text or "Mette" in text
        assert "Hemmelig" not in text and "Skjult" not in text
        assert "person-id 12" in text


@pytest.mark.invariant(32)
def test_residents_and_neighbours_find_no_letters(hall: Hall, village: Village, camilla: Browser, front: Any) -> None:
    convened(hall, village, ids(camilla)["Ellen Bruun"])
    notice = camilla.see("/breve").link("Indkaldelse").removeprefix(f"/{camilla.slug}")
    other = Village(front, hall.apps["people"], hall.key)
    other.move_in(DEPARTMENTS, PERSONS)
    hall.settle()
    anna, neighbour = village.visitor("anna@here.example"), other.visitor("camilla@here.example")

    assert "/breve" not in anna.get("/").text
    for path in ("/breve", notice, f"{notice}/udskriv"):
        assert anna.get(path).status_code == 404, path
        assert neighbour.get(path).status_code == (200 if path == "/breve" else 404), path
    assert "Der er ingen breve at sende" in neighbour.get("/breve").text
    assert anna.api("GET", "/notices").status_code == 403
    assert anna.api("POST", "/addresses", json={"ids": []}).status_code == 403
    assert village.browser().get("/breve").status_code == 401


@pytest.mark.invariant(32)
@pytest.mark.parametrize("kind", [event.kind for event in NAMES])
def test_every_kind_of_letter_has_words_of_its_own(kind: str) -> None:
    assert kind in letter_words.BY_KIND


def test_a_letter_to_somebody_who_went_over_to_mail_is_still_there_until_it_is_sent(
    hall: Hall, village: Village, camilla: Browser
) -> None:
    ellen = ids(camilla)["Ellen Bruun"]
    convened(hall, village, ellen)
    hall.tell(village.id, PersonChanged(person_id=ellen), subject=ellen, sequence=9)

    assert "1 brev tilbage" in camilla.get("/breve").text
