"""Signing up through the front door: the form, the lots, the interest list, and what staff write down for people on paper."""

from uuid import UUID, uuid4

import pytest
from flask import Flask

from gateway.tests.conftest import DEPARTMENTS, PERSONS
from gateway.tests.kit import OURS, Browser, Village
from services.groups.tests.kit import Place
from tests.kit import Hall

ELLEN = "9;Ellen Bruun;;;;1;Kastanjevej 9;nej;ja;nej;\n"


@pytest.fixture
def lane(village: Village, hall: Hall) -> Village:
    """The village, with somebody who is reached on paper."""
    village.move_in(DEPARTMENTS, PERSONS + ELLEN)
    hall.settle()
    return village


@pytest.fixture
def camilla(lane: Village) -> Browser:
    return lane.visitor("camilla@here.example")


def id_of(camilla: Browser, name: str) -> str:
    found = camilla.api("GET", f"/persons?search={name}").json["items"]
    return str(found[0]["id"])


def a_group(lane: Village, hall: Hall, camilla: Browser, **says: object) -> str:
    """A group that is open for sign-up, of a board that groups has heard of."""
    home = UUID(camilla.api("GET", "/departments").json["items"][0]["id"])
    place = Place(hall, here=lane.id, home=home)
    return place.group(**{"seats": [{"category": "resident", "places": 1}], **says})


@pytest.mark.invariant(21)
def test_a_secretary_acts_for_somebody_on_paper_and_for_nobody_else(lane: Village, camilla: Browser) -> None:
    ellen, anna = id_of(camilla, "Ellen"), id_of(camilla, "Anna")

    def join(browser: Browser, for_person: str) -> int:
        headers = {**OURS, "X-Act-For": for_person}
        return int(browser.api("PUT", "/interest", headers=headers, json={"consent_note": "Ringede i dag"}).status_code)

    assert join(camilla, ellen) == 200
    assert [each["person_id"] for each in camilla.api("GET", "/interest_list").json["items"]] == [ellen]
    for whom in (anna, str(uuid4()), "nobody", id_of(camilla, "Camilla")):
        assert join(camilla, whom) == 403
    assert join(lane.visitor("anna@here.example"), ellen) == 403
    assert camilla.api("GET", "/persons", headers={**OURS, "X-Act-For": ellen}).status_code == 403, "no duty goes along"


@pytest.mark.invariant(1)
def test_nobody_acts_for_a_neighbour(lane: Village, front: Flask, hall: Hall, camilla: Browser) -> None:
    other = Village(front, hall.apps["people"], hall.key)
    other.move_in(DEPARTMENTS, PERSONS)
    hall.settle()
    headers = {**OURS, "X-Act-For": id_of(camilla, "Ellen")}

    assert other.visitor("camilla@here.example").api("GET", "/interest", headers=headers).status_code == 403


@pytest.mark.invariant(27)
def test_somebody_joins_and_leaves_the_interest_list_on_their_own_page(lane: Village) -> None:
    anna = lane.visitor("anna@here.example")
    anna.do("/mig", "Skriv mig på interesselisten", "Skriv mig på listen", topics="Renovering\nKlima")
    assert "vil høre om Renovering, Klima" in anna.get("/mig").text

    anna.do("/mig", "Gå af interesselisten")
    assert "Skriv mig på interesselisten" in anna.get("/mig").text


def test_from_the_form_to_the_published_draw(lane: Village, hall: Hall, camilla: Browser) -> None:
    group_id = a_group(lane, hall, camilla, selection="lot")
    page, compose = f"/grupper/{group_id}", f"/grupper/{group_id}/ansoegninger"
    people = [lane.visitor(f"{name}@here.example") for name in ("anna", "bo")]
    for number, who in enumerate(people):
        who.do(page, "Tilmeld dig", "Send tilmeldingen", brings="Erfaring", first_time="ja", address=f"Vej {number}")
    camilla.do(compose, "Varsl lodtrækningen")
    camilla.do(compose, "Prøv lodtrækningen")
    assert "Alle mål kan nås" in camilla.get(compose).text
    assert "tallet ikke er skiftet ud" in people[0].get(f"{page}/lodtraekning").text
    camilla.do(compose, "Luk for tilmelding")
    assert camilla.do(compose, "Træk lod", "Træk lod nu") == compose

    shown = people[0].see(f"{page}/lodtraekning")
    assert shown.link("Hent programmet") == "/static/redo_draw.py"
    assert people[0].client.get(shown.link("Hent lodtrækningen")).json["state"] == "held"
    assert people[0].client.get("/static/redo_draw.py").status_code == 200
    states = [who.api("GET", f"/groups/{group_id}").json["my_sign_up"]["state"] for who in people]
    assert sorted(states) == ["offered", "reserve"]
    selected, reserve = (people[states.index(state)] for state in ("offered", "reserve"))
    assert "Du står på reservelisten som nummer 1." in reserve.get(page).text
    selected.do(page, "Nej tak")
    reserve.do(page, "Ja tak til pladsen")
    assert "Du er medlem af gruppen." in reserve.get(page).text
    reserve.do(page, "Forlad gruppen")


def test_an_address_is_asked_for_only_where_a_household_gets_one_seat(lane: Village, hall: Hall, camilla: Browser) -> None:
    anna = lane.visitor("anna@here.example")
    asked = {one: a_group(lane, hall, camilla, one_per_household=one) for one in (True, False)}

    shown = {one: "Din adresse" in anna.get(f"/goer/group/{id}/apply").text for one, id in asked.items()}
    assert shown == {True: True, False: False}


def test_a_target_that_cannot_be_met_is_named_where_the_lots_are_drawn(lane: Village, hall: Hall, camilla: Browser) -> None:
    group_id = a_group(lane, hall, camilla, selection="stratified_lot", targets=[{"places": 1, "first_timers": True}])
    lane.visitor("bo@here.example").do(f"/grupper/{group_id}", "Tilmeld dig", "Send tilmeldingen", first_time="nej")
    for step in ("draw/announce", "close_sign_up"):
        camilla.api("POST", f"/groups/{group_id}/{step}", json={})
    no = camilla.post(f"/goer/group/{group_id}/hold_draw", shortfall_reason="")

    assert no.status_code == 409
    assert "Mindst 1 plads til deltagere, der er med for første gang: der er 0 tilmeldte" in no.text


@pytest.mark.invariant(21)
def test_staff_write_down_what_somebody_on_paper_says_with_how_they_said_it(lane: Village, hall: Hall, camilla: Browser) -> None:
    group_id = a_group(lane, hall, camilla)
    compose, ellen = f"/grupper/{group_id}/ansoegninger", id_of(camilla, "Ellen")
    camilla.do(
        compose, "Skriv en tilmelding fra papir", "Gem tilmeldingen", for_person=ellen, consent_note="Afleverede en seddel"
    )
    seen = camilla.get(compose).text
    assert "Afleverede en seddel" in seen
    assert "Camilla Holst" in seen
    camilla.do(compose, "Tilbyd plads")
    assert camilla.do(compose, "Skriv et ja fra papir", "Gem svaret", consent_note="Ringede i dag") == compose

    assert camilla.api("GET", f"/groups/{group_id}").json["members"] == [{"person_id": ellen, "category": "resident"}]
    anna = lane.visitor("anna@here.example")
    assert anna.post(f"/goer/paper/{group_id}/apply", for_person=ellen, category="resident", consent_note="x").status_code == 403
