"""An administrator's employee, who works in several associations: acts in one at a time, and what they do is written down there."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import ProgrammingError

from gateway import store
from gateway.tests.conftest import DEPARTMENTS, PERSONS
from gateway.tests.kit import Browser, Village
from tests.kit import Hall

IDEA = {"title": "Bænke", "text": "I gården.", "origin": "administration"}
ELLEN = "10;Ellen Bruun;;;;3;Søbakken 36;nej;ja;nej;\n"


class Firm:
    """An administrator with one employee, Dorte, in two associations; she is secretary of both. Nobody shares her address."""

    def __init__(self, front: Flask, hall: Hall) -> None:
        self.address = f"dorte{uuid4().hex[:8]}@firm.example"
        self.front, self.hall = front, hall
        self.here, self.there, self.elsewhere = self._association("her"), self._association("der"), self._association("")
        hall.settle()

    def _association(self, name: str) -> Village:
        made = Village(self.front, self.hall.apps["people"], self.hall.key)
        dorte = f"20;Dorte {name.capitalize()};;{self.address};;;;nej;nej;ja;sekretær,moderator\n" if name else ""
        made.move_in(DEPARTMENTS, PERSONS + ELLEN + dorte)
        return made

    def dorte(self) -> Browser:
        """Her browser, signed in here."""
        return self.here.visitor(self.address)


@pytest.fixture
def firm(front: Flask, hall: Hall) -> Firm:
    return Firm(front, hall)


def switched(browser: Browser, to: Village) -> Browser:
    """The same browser, after choosing another association."""
    answer = browser.post("/skift", til=to.slug)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{to.slug}/"), answer.text
    return Browser(browser.client, to.slug)


@pytest.mark.invariant(2)
def test_the_association_is_chosen_and_every_page_says_which_it_is(firm: Firm) -> None:
    here = firm.dorte()
    assert "Du handler som medarbejder i" in here.get("/").text and "Du handler som medarbejder i" in here.get("/ideer").text
    assert firm.there.slug in here.get("/skift").text and firm.elsewhere.slug not in here.get("/skift").text

    there = switched(here, firm.there)
    assert "Du handler som medarbejder i" in there.get("/").text
    assert there.api("GET", "/me").json["name"] == "Dorte Der"
    there.see("/skift")


@pytest.mark.invariant(2)
def test_an_employee_acts_in_one_association_at_a_time(firm: Firm) -> None:
    here, telephone = firm.dorte(), firm.dorte()
    there = switched(here, firm.there)

    for old in (here, telephone):
        assert old.api("GET", "/me").status_code == 401
        assert old.api("POST", "/ideas", json=IDEA).status_code == 401
    assert there.api("GET", "/me").status_code == 200


@pytest.mark.invariant(2)
def test_signing_in_elsewhere_ends_what_was_open_too(firm: Firm) -> None:
    here = firm.dorte()
    there = firm.there.visitor(firm.address)

    assert here.api("GET", "/me").status_code == 401
    assert there.api("GET", "/me").status_code == 200


def test_a_resident_stays_signed_in_wherever_they_live(firm: Firm) -> None:
    here, there = firm.here.visitor("anna@here.example"), firm.there.visitor("anna@here.example")

    assert [each.api("GET", "/me").status_code for each in (here, there)] == [200, 200]
    assert here.get("/skift").status_code == 404 and "Du handler som" not in here.get("/").text


@pytest.mark.invariant(2)
def test_nobody_goes_where_they_are_not_employed(firm: Firm) -> None:
    here = firm.dorte()

    for slug in (firm.elsewhere.slug, firm.here.slug, "nowhere", ""):
        assert here.post("/skift", til=slug).status_code == 404, slug
    assert firm.here.visitor("anna@here.example").post("/skift", til=firm.there.slug).status_code == 404
    assert firm.here.browser().post("/skift", til=firm.there.slug).status_code == 401
    assert here.api("GET", "/me").status_code == 200

    firm.there.move_in(DEPARTMENTS, PERSONS + ELLEN)
    firm.hall.settle()
    assert here.post("/skift", til=firm.there.slug).status_code == 404, "she works there no more"


@pytest.mark.invariant(2)
def test_each_act_is_kept_with_person_association_role_route_and_number(firm: Firm) -> None:
    here = firm.dorte()
    made = here.api("POST", "/ideas", json=IDEA)
    refused = here.api("POST", f"/ideas/{made.json['id']}/show")
    assert (made.status_code, refused.status_code) == (201, 409)

    newest, first = kept(firm, firm.here)[:2]
    me = here.api("GET", "/me").json["id"]
    assert (first.method, first.route, first.answered, str(first.person_id)) == ("POST", "/ideas", 201, me)
    assert first.association_id == firm.here.id and first.roles == ["employee", "moderator", "secretary"]
    assert str(first.request_id) == made.headers["X-Request-ID"]
    assert (newest.route, newest.answered) == (f"/ideas/{made.json['id']}/show", 409)
    assert len(kept(firm, firm.here)) == 2, "reading is no act"

    text = here.see("/handlinger") and here.get("/handlinger").text
    assert "Dorte Her" in text and "Sekretær" in text and "POST /ideas" in text and "Afvist" in text
    assert str(first.request_id) in text and made.json["id"] not in text


@pytest.mark.invariant(2)
def test_what_is_done_for_somebody_on_paper_names_both(firm: Firm) -> None:
    here = firm.dorte()
    ellen = here.api("GET", "/persons?search=Ellen").json["items"][0]["id"]
    done = here.api(
        "PUT", "/interest", headers={"Sec-Fetch-Site": "same-origin", "X-Act-For": ellen}, json={"consent_note": "Ringede."}
    )
    assert done.status_code == 200, done.text

    (act,) = kept(firm, firm.here)
    assert str(act.acts_for) == ellen and str(act.person_id) == here.api("GET", "/me").json["id"]
    assert "for Ellen Bruun" in here.get("/handlinger").text


@pytest.mark.invariant(1, 2)
def test_an_association_reads_what_was_done_in_it_and_no_other_does(firm: Firm) -> None:
    here = firm.dorte()
    here.api("POST", "/ideas", json=IDEA)
    there = switched(here, firm.there)

    assert kept(firm, firm.there) == []
    assert "Der er ikke gjort noget endnu" in there.get("/handlinger").text
    assert firm.there.visitor("camilla@here.example").get("/handlinger").text.count("POST /ideas") == 0
    assert "POST /ideas" in firm.here.visitor("camilla@here.example").get("/handlinger").text
    assert firm.here.visitor("anna@here.example").get("/handlinger").status_code == 404
    assert firm.here.browser().get("/handlinger").status_code == 401


@pytest.mark.invariant(2)
def test_what_was_done_cannot_be_deleted(firm: Firm) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), keeper(firm).of(firm.here.id) as db:
        db.execute(store.acts.delete())


def test_what_was_done_is_read_page_by_page(firm: Firm) -> None:
    here = firm.dorte()
    for _ in range(52):
        here.api("POST", "/ideas/mine")
    page = here.see("/handlinger")

    assert here.get(page.link("Vis flere").removeprefix(f"/{here.slug}")).text.count("POST /ideas/mine") == 2
    assert here.get("/handlinger?fra=x").status_code == 404


def keeper(firm: Firm) -> store.Store:
    """The gateway's database."""
    return store.Store(firm.front.extensions["gateway"].auth.store.engine)


def kept(firm: Firm, village: Village) -> list[Any]:
    """What employees did in an association, newest first."""
    with keeper(firm).of(village.id) as db:
        return store.newest_acts(db, 100)
