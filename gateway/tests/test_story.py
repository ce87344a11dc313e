"""Every step from an idea to what is carried out, done with the pages alone, as on a telephone without JavaScript."""

from collections.abc import Iterable
from datetime import datetime

import pytest
from flask import Flask

from chassis import clock
from chassis.clock import DENMARK
from gateway.tests.kit import Browser, Village
from tests.kit import Hall

DEPARTMENTS = """Afdelingsnr;LBF-afdelingsnr;Navn;Adresse;Har afdelingsbestyrelse
1;00101;Kastanjegården;Kastanjevej 1;nej
3;00103;Søbakken;Søbakken 2;nej
"""
HEADINGS = "Person-id;Navn;Visningsnavn;E-mail;Mobil;Afdelingsnr;Adresse;Navnebeskyttet;Kun papir;Medarbejder;Opgaver\n"
RESIDENTS = ["Anna Sørensen", "Bo Lund", "Dina Friis", "Erik Holm"]
BOARD = ["Birgit Kjær", "Jens Krog", "Lone Bak"]
STAFF = {"Camilla Holst": "sekretær,moderator", "Rasmus Vang": ""}


def email(name: str) -> str:
    return f"{name.partition(' ')[0].lower()}@here.example"


def rows() -> str:
    homes = [f"{n};{name};;{email(name)};;1;Kastanjevej {n};nej;nej;nej;\n" for n, name in enumerate(RESIDENTS + BOARD, 1)]
    staff = [f"{n};{name};;{email(name)};;;;nej;nej;ja;{duties}\n" for n, (name, duties) in enumerate(STAFF.items(), 20)]
    return HEADINGS + "".join(homes + staff)


def seats() -> str:
    posts = ["formand", "næstformand", "medlem"]
    first = len(RESIDENTS) + 1
    sit = [f"{n};organisationsbestyrelse;;{post};ja;01-01-2020;\n" for n, post in enumerate(posts, first)]
    return "Person-id;Organ;Afdelingsnr;Post;Beboer;Fra;Til\n" + "".join(sit)


class Walk:
    """People with telephones, and a clock."""

    def __init__(self, hall: Hall, front: Flask) -> None:
        self.hall, self.village = hall, Village(front, hall.apps["people"], hall.key)
        self.village.move_in(DEPARTMENTS, rows())
        self.village.tell("/imports/mandates", data=seats().encode(), headers={"Content-Type": "text/csv"})
        self.people: dict[str, Browser] = {}
        self.hall.settle()

    def at(self, when: str) -> None:
        """It is now this time."""
        clock.set_to(datetime.strptime(when, "%Y-%m-%d %H.%M").replace(tzinfo=DENMARK))
        self.people.clear()

    def __call__(self, name: str) -> Browser:
        """Somebody, by first name; whatever was told has been heard."""
        self.hall.settle()
        if name not in self.people:
            self.people[name] = self.village.visitor(f"{name}@here.example")
        return self.people[name]

    def all(self, names: Iterable[str], path: str, label: str, **how: str) -> None:
        """Several do the same."""
        for name in names:
            self(name).do(path, label, **how)


@pytest.fixture
def who(hall: Hall, front: Flask, clock_back: None) -> Walk:
    return Walk(hall, front)


def test_from_an_idea_to_what_is_carried_out(who: Walk) -> None:
    who.at("2027-01-12 18.00")
    idea = who("anna").do("/ideer", "Fortæl om din ide", "Send ideen", title="Øget brug af beboerlokaler", text="De står tomme.")
    who("camilla").do(idea, "Offentliggør ideen")
    who.all(["bo", "dina"], idea, "Støt ideen")

    charter = write_charter(who, idea)
    group = adopt(who, charter)
    compose(who, group)
    meet(who, group)
    proposal = propose(who, group)
    decision = decide(who, proposal)
    carry_out(who, decision)

    record(who, idea, group, decision)


def write_charter(who: Walk, idea: str) -> str:
    camilla = who("camilla")
    charter = camilla.do(idea, "Skriv et kommissorium", "Begynd kommissoriet", body_id="Organisationsbestyrelsen")
    assert "Det mangler endnu" in camilla.get(charter).text
    who("camilla").do(
        charter,
        "Skriv i kommissoriet",
        "Gem",
        background="Lokalerne står tomme på hverdage.",
        purpose="Kom med forslag til, hvordan de bruges mere.",
        questions="Hvordan bruges lokalerne mere?\nHvordan bliver booking lettere?",
        frames="Et engangsbeløb på op til 150.000 kr.",
        budget_kroner="150.000",
        not_up_for_change="Lejepriserne.",
        stakeholders="Beboere i alle afdelinger\nDriften",
        topic="Fællesskab",
        openness="4: Mest åben",
        facilitator_hours="40",
        **{"seats-0-category": "Beboere", "seats-0-places": "3", "seats-1-category": "Organisationsbestyrelsen"},
        **{"seats-1-places": "1", "meetings-0-day": "2027-04-08", "meetings-1-day": "22.4.2027"},
        sign_up_until="2027-03-22",
        handover="2027-06-03",
        decision_by="2027-06-23",
        sponsor_id="Lone Bak",
        facilitator_id="Rasmus Vang",
    )
    assert "Det mangler endnu" not in camilla.get(charter).text
    who("camilla").do(charter, "Læg det på bestyrelsens dagsorden")
    return charter


def adopt(who: Walk, charter: str) -> str:
    who.at("2027-02-24 20.00")
    assert "Ligger på bestyrelsens dagsorden" in who("birgit").get("/").text
    item = who("birgit").see("/dagsorden").link("Øget brug").removeprefix(f"/{who.village.slug}")
    who("birgit").do(
        item, "Skriv beslutningen ind", "Gem beslutningen", outcome="Vedtaget", meeting_day="2027-02-24", votes_for="3"
    )
    return who("camilla").see(charter).link("Se opgavegruppen").removeprefix(f"/{who.village.slug}")


def compose(who: Walk, group: str) -> None:
    who.at("2027-03-10 19.00")
    for name, category in [("anna", "Beboer"), ("bo", "Beboer"), ("dina", "Beboer"), ("erik", "Beboer")]:
        who(name).do(group, "Tilmeld dig", "Send tilmeldingen", category=category, brings="Jeg bruger selv lokalerne.")
    who("lone").do(group, "Tilmeld dig", "Send tilmeldingen", category="Organisationsbestyrelse")
    who.at("2027-03-23 19.00")
    composing = f"{group}/ansoegninger"
    who("birgit").do(composing, "Luk for tilmelding")
    for name in ("Anna Sørensen", "Bo Lund", "Dina Friis", "Lone Bak"):
        who("birgit").do(composing, f"Tilbyd plads: {name}")
    who("birgit").do(composing, "Udpeg ikke: Erik Holm", "Udpeg ikke", reason="Der var flere tilmeldte end pladser.")
    assert "Du er tilbudt en plads" in who("anna").get("/").text
    who.all(["anna", "bo", "dina", "lone"], group, "Ja tak til pladsen")
    who("birgit").do(composing, "Gruppen er sammensat")


def meet(who: Walk, group: str) -> None:
    who.at("2027-03-24 10.00")
    rasmus = who("rasmus")
    days = {"torsdag den 8. april 2027": "2027-04-08", "torsdag den 22. april 2027": "2027-04-22"}
    meetings = {day: rasmus.see(group).link(said).removeprefix(f"/{who.village.slug}") for said, day in days.items()}
    for meeting in meetings.values():
        rasmus.do(
            meeting,
            "Indkald til mødet",
            "Indkald",
            place="Selskabslokalet",
            **{"agenda-0-title": "Fælles billede af problemet", "agenda-0-kind": "Drøftelse"},
        )
    for day, meeting in meetings.items():
        who.at(f"{day} 19.40")
        who("rasmus").do(meeting, "Notér fremmøde", "Mødet er holdt")
        minutes = who("rasmus").do(meeting, "Skriv referat", "Gem kladden", **{"items-0-text": "Vi talte os frem."})
        who("rasmus").do(minutes, "Send til kommentering")
        who("anna").do(minutes, "Skriv en kommentar", "Send kommentaren", text="Husk punktet om nøgler.")
        for label in ("Godkend referatet", "Offentliggør referatet"):
            who("rasmus").do(minutes, label)
    who("rasmus").do(group, "Opret et tema", name="Booking")
    who("anna").do(group, "Giv et bidrag", "Giv bidraget", kind="Ønske", text="Jeg vil kunne se, om lokalet er ledigt.")
    who("rasmus").do(group, "Saml under et tema", "Gem", theme_id="Booking")


def propose(who: Walk, group: str) -> str:
    who.at("2027-05-26 20.00")
    proposal = who("anna").do(group, "Begynd løsningsforslaget", "Begynd", summary="Ét forslag.")
    who("anna").do(
        proposal,
        "Skriv i løsningsforslaget",
        "Gem",
        **{
            "recommendations-0-text": "Ét fælles bookingsystem.",
            "recommendations-0-responsible": "Administrationen",
            "recommendations-0-cost": "Mellem",
            "recommendations-0-rent": "Ingen",
            "recommendations-0-question": "Hvordan bliver booking lettere?",
            "recommendations-0-first_step": "Aftales i juni.",
        },
    )
    who("rasmus").do(group, "Indgår i en anbefaling", "Gem", recommendation_id="1. Ét fælles bookingsystem.")
    who("anna").do(proposal, "Bed gruppen om at godkende")
    assert "Godkend gruppens løsningsforslag" in who("bo").get("/").text
    for name in ("anna", "bo", "dina"):
        who(name).do(proposal, "Godkend løsningsforslaget", "Jeg godkender")
    who("lone").do(proposal, "Godkend løsningsforslaget", "Jeg godkender", dissent="Jeg ville have haft flere møder.")
    who("anna").do(proposal, "Aflever til bestyrelsen")
    return proposal


def decide(who: Walk, proposal: str) -> str:
    who.at("2027-06-10 09.00")
    assert "Administrationen" in who("camilla").get(proposal).text
    item = who("camilla").see("/dagsorden").link("Øget brug").removeprefix(f"/{who.village.slug}")
    who("camilla").do(item, "Fremlæg sagen", "Fremlæg", staff_recommendation="Administrationen anbefaler forslaget.")
    who("jens").do(item, "Meld inhabilitet", "Notér inhabilitet", reason="Ansat hos en leverandør.")
    who.at("2027-06-23 20.30")
    who("camilla").do(
        item,
        "Skriv beslutningen ind",
        "Gem beslutningen",
        outcome="Vedtaget",
        meeting_day="2027-06-23",
        votes_for="2",
        reason="Forslaget er konkret.",
        conditions="Det skal måles.",
        **{"points-0-outcome": "Vedtaget"},
    )
    decision = who("camilla").see(item).link("Se beslutningen").removeprefix(f"/{who.village.slug}")
    assert who("erik").get(decision).status_code == 404
    who("camilla").do(decision, "Offentliggør beslutningen")
    return decision


def carry_out(who: Walk, decision: str) -> None:
    camilla = who("camilla")
    camilla.do(
        decision,
        "Planlæg en opgave",
        "Gem opgaven",
        title="Vælg et bookingsystem",
        owner="Administrationen",
        due="2027-12-01",
        departments=["Søbakken"],
    )
    assert "Afventer afdelingsmødet" in camilla.get(decision).text
    camilla.do(
        decision,
        "Skriv afdelingsmødets svar ind",
        "Gem svaret",
        department_id="Søbakken",
        meeting_day="2027-06-20",
        approved="Afdelingsmødet sagde ja",
    )
    camilla.do(decision, "Gå i gang")
    camilla.do(decision, "Opgaven er gennemført")


def record(who: Walk, idea: str, group: str, decision: str) -> None:
    erik = who("erik")
    assert "100 % er gennemført" in erik.get(decision).text
    assert "Jens Krog. Deltog hverken i drøftelsen eller afstemningen." in erik.get(decision).text
    assert "Jeg ville have haft flere møder." in erik.get(decision).text
    page = erik.see(group)
    assert "Anna Sørensen" in erik.get(group).text
    assert any(said.startswith("Referat") for said in page.links)
    assert "Beslutning: vedtaget" in erik.get(idea).text
    assert who.hall.parked(who.village.id) == []
