"""What boards do with a charter after it is adopted, with the pages alone: amend it, take it back, keep and share it."""

import pytest
from flask import Flask

from chassis import clock
from contracts.people import DayTurned
from gateway.tests.kit import Village, some_id
from gateway.tests.test_story import Walk, adopt, compose, write_charter
from tests.kit import Hall


@pytest.fixture
def who(hall: Hall, front: Flask, clock_back: None) -> Walk:
    return Walk(hall, front)


def in_force(who: Walk) -> tuple[str, str]:
    """The pages of a charter in force and of its group."""
    who.at("2027-01-12 18.00")
    idea = who("anna").do("/ideer", "Fortæl om din ide", "Send ideen", title="Øget brug af beboerlokaler", text="De står tomme.")
    who("camilla").do(idea, "Offentliggør ideen")
    charter = write_charter(who, idea)
    return charter, adopt(who, charter)


def decided(who: Walk, outcome: str, **more: str) -> None:
    """The board decides on what lies before it."""
    item = who("birgit").see("/dagsorden").link("Øget brug").removeprefix(f"/{who.village.slug}")
    day = clock.day_of(clock.now())
    votes = {"votes_for": "3"} if outcome == "Vedtaget" else {"votes_for": "0", "votes_against": "3"}
    who("birgit").do(item, "Skriv beslutningen ind", "Gem beslutningen", outcome=outcome, meeting_day=str(day), **votes, **more)
    who.hall.settle()


@pytest.mark.invariant(16)
def test_a_charter_is_amended_through_the_board_and_shows_what_changed(who: Walk) -> None:
    charter, group = in_force(who)
    amending = who("camilla").do(charter, "Foreslå en ændring")
    assert "Skriv, hvorfor kommissoriet skal ændres" in who("camilla").get(amending).text
    who("camilla").do(
        amending,
        "Skriv i ændringen",
        "Gem",
        why="Afdelingerne vil have mere tid.",
        decision_by="2027-07-01",
        budget_kroner="175.000",
    )
    page = who("camilla").get(amending).text
    assert all(said in page for said in ("150.000 kr.", "175.000 kr.", "23. juni 2027", "1. juli 2027"))
    who("camilla").do(amending, "Læg den på bestyrelsens dagsorden")
    item = who("birgit").see("/dagsorden").link("Øget brug").removeprefix(f"/{who.village.slug}")
    who("birgit").see(item)
    assert "Afdelingerne vil have mere tid." in who("birgit").get(item).text
    assert "175.000 kr." in who("birgit").get(item).text
    assert "Der er en ændring på vej" in who("anna").get(charter).text
    decided(who, "Vedtaget")

    assert "1. juli 2027" in who("anna").get(group).text
    who("anna").see(f"{charter}/udgaver")
    editions = who("anna").get(f"{charter}/udgaver").text
    assert all(said in editions for said in ("2. udgave", "Gælder nu", "Afløst af en senere udgave", "175.000 kr."))


@pytest.mark.invariant(13)
@pytest.mark.invariant(52)
def test_a_charter_is_taken_back_and_everybody_reads_why(who: Walk) -> None:
    charter, group = in_force(who)
    ask = ("Bed om, at det bliver tilbagekaldt", "Læg det på bestyrelsens dagsorden")
    who("camilla").do(charter, *ask, reason="Lokalerne er solgt.")
    assert "Lokalerne er solgt." in who("anna").get(charter).text
    decided(who, "Vedtaget")

    assert "Tilbagekaldt" in who("anna").get(charter).text
    assert "Derfor blev gruppen opløst" in who("anna").get(group).text
    assert "Lokalerne er solgt." in who("anna").get(group).text


def test_a_template_is_kept_shared_copied_by_the_neighbour_and_begun_from(who: Walk, front: Flask) -> None:
    charter, _ = in_force(who)
    name = str(some_id())
    kept = who("camilla").do(charter, "Gem som skabelon", "Gem skabelonen", good_for="Lokaler, der står tomme")
    assert "Lokaler, der står tomme" in who("camilla").get("/skabeloner").text
    who("camilla").do(kept, "Ret skabelonen", "Gem", frames="Et beløb på op til 100.000 kr.")
    who("camilla").do(kept, "Del med andre boligforeninger", "Del skabelonen", shown_as=name)

    next_door = Village(front, who.hall.apps["people"], who.hall.key)
    next_door.move_in("Afdelingsnr;LBF-afdelingsnr;Navn;Adresse;Har afdelingsbestyrelse\n1;00101;A;B 1;nej\n", _one_secretary())
    who.hall.settle()
    neighbour = next_door.visitor("else@next.example")
    assert name in neighbour.get("/skabeloner").text
    shared = neighbour.see("/skabeloner").link("Øget brug").removeprefix(f"/{next_door.slug}")
    copy = neighbour.do(shared, "Kopiér til vores egne")
    assert "Et beløb på op til 100.000 kr." in neighbour.get(copy).text
    who("camilla").do(kept, "Hold op med at dele")
    assert neighbour.get(shared).status_code == 404

    begin = who("camilla").see(kept).link("Begynd et kommissorium").removeprefix(f"/{who.village.slug}")
    begun = who("camilla").do(begin, "Begynd kommissoriet", title="Endnu et", body_id="Organisationsbestyrelsen")
    assert "Et beløb på op til 100.000 kr." in who("camilla").get(begun).text
    who("camilla").do(kept, "Slet skabelonen")
    assert who("camilla").get(kept).status_code == 404


def _one_secretary() -> str:
    head = "Person-id;Navn;Visningsnavn;E-mail;Mobil;Afdelingsnr;Adresse;Navnebeskyttet;Kun papir;Medarbejder;Opgaver\n"
    return head + "1;Else Dam;;else@next.example;;;;nej;nej;ja;sekretær\n"


@pytest.mark.invariant(52)
def test_a_still_group_and_a_vacant_role_are_seen_by_everybody(who: Walk) -> None:
    _, group = in_force(who)
    compose(who, group)
    who("rasmus").do(group, "Forlad en rolle", "Forlad en rolle", role="Facilitator")
    assert "Ledig" in who("anna").get(group).text
    who("camilla").do(group, "Udpeg en ny", "Udpeg en ny", person_id="Camilla Holst")
    assert "Camilla Holst" in who("anna").get(group).text

    who.at("2027-07-01 09.00")
    who.hall.tell(who.village.id, DayTurned(day=clock.day_of(clock.now())), subject=some_id())
    assert "Gruppen har ikke holdt møde siden 23. marts 2027." in who("anna").get(group).text
    who("birgit").do(group, "Opløs gruppen", "Opløs gruppen", reason="Opgaven er løst på anden vis.")
    assert "Opgaven er løst på anden vis." in who("anna").get(group).text
