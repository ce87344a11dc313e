"""Every step from an idea to what is carried out, done with the pages alone, as on a telephone without JavaScript."""

from collections.abc import Iterable
from datetime import datetime

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from chassis import clock
from chassis.clock import DENMARK
from gateway.tests.kit import OURS, Browser, Village, well_made
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
    together(who, group)
    proposal = propose(who, group)
    decision = decide(who, proposal)
    carry_out(who, decision)
    look_back(who, decision)

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
    who("rasmus").do(f"{group}/arbejde", "Opret et tema", name="Booking")
    who("anna").do(group, "Giv et bidrag", "Giv bidraget", kind="Ønske", text="Jeg vil kunne se, om lokalet er ledigt.")
    who("rasmus").do(f"{group}/arbejde", "Saml under et tema", "Gem", theme_id="Booking")


def together(who: Walk, group: str) -> None:
    work, heard = f"{group}/arbejde", f"{group}/hoert"
    who("dina").do(work, "Skriv jeres fælles forståelse", "Gem sætningen", text="Booking er for besværlig.")
    agree(who, work)
    who("rasmus").do(work, "Skriv den om", "Gem den nye udgave", text="Booking er for besværlig, og nøglen er langt væk.")
    assert "Booking er for besværlig." in who("bo").get(work).text, "the old words are still there"
    assert "Bo Lund" in who("rasmus").get(heard).text.partition("Hvad gjorde du")[0]
    assert "Anna Sørensen" not in who("rasmus").get(heard).text.partition("Hvad gjorde du")[0]
    who("rasmus").do(heard, "Gav ordet til en, der ikke var hørt")
    who("rasmus").do(heard, "Notér med en bemærkning", "Notér", act="Afprøvede enigheden", note="Alle kunne leve med det.")
    who("rasmus").do(heard, "Fortryd")
    assert who("anna").get(heard).status_code == 403
    ask_without_names(who, work)
    who("bo").do(work, "Giv et bidrag", "Giv bidraget", kind="Bekymring", text="Larm om natten.")
    who("bo").do(work, "Ret bidraget", "Gem", text="Larm efter kl. 22.")
    who("bo").do(work, "Træk bidraget tilbage")


def agree(who: Walk, work: str) -> None:
    for name, level in {"anna": "2", "bo": "4"}.items():
        form = who(name).see(work).form_with("Jeg er enig i graden 1")
        sent = dict(form.sends()) | {"level": level}
        assert who(name).client.post(form.action, data=sent, headers=OURS).status_code == 303
    assert "Enighed 3,0 af 5" in who("dina").get(work).text


def ask_without_names(who: Walk, work: str) -> None:
    who("rasmus").do(work, "Spørg gruppen anonymt", "Åbn runden", question="Hvad holder dig væk?")
    for name in ("anna", "bo", "dina"):
        assert "Svar anonymt på" in who(name).get("/").text
        who(name).do(work, "Svar anonymt", "Send svaret", text=f"Svar nummer {len(name)}{name[0]}")
    assert "Svar nummer" not in who("rasmus").get(work).text
    who("rasmus").do(work, "Luk runden og vis svarene")
    assert who("lone").get(work).text.count("Svar nummer") == 3


def write_over_each_other(who: Walk, proposal: str) -> None:
    """Anna and Bo have the same recommendation open; Bo saves last, sees both, and saves what they wrote together."""
    open_at = {name: who(name).see(who(name).see(proposal).link("Ret: anbefaling 1")).form_with("Gem") for name in ("anna", "bo")}
    send = {name: form.sends(text=f"{name} skrev dette.") for name, form in open_at.items()}
    first, second = (
        who(name).client.post(open_at[name].action, data=MultiDict(send[name]), headers=OURS) for name in ("anna", "bo")
    )
    assert (first.status_code, second.status_code) == (303, 409)
    both = well_made(second.text)
    side_by_side = second.text.partition("Begge udgaver")[2].partition("</section>")[0]
    assert "anna skrev dette." in side_by_side and "bo skrev dette." in side_by_side
    again = both.form_with("Gem")
    assert dict(again.sends())["text"] == "bo skrev dette."
    joined = again.sends(text="Ét fælles bookingsystem.")
    assert who("bo").client.post(again.action, data=MultiDict(joined), headers=OURS).status_code == 303
    assert "Ét fælles bookingsystem." in who("anna").get(proposal).text


def propose(who: Walk, group: str) -> str:
    who.at("2027-05-26 20.00")
    proposal = who("anna").do(group, "Begynd løsningsforslaget", "Begynd", summary="Ét forslag.")
    who("anna").do(
        proposal,
        "Skriv en anbefaling",
        "Gem",
        text="Ét fælles bookingsystem.",
        responsible="Administrationen",
        cost="Mellem",
        rent="Ingen",
        question="Hvordan bliver booking lettere?",
        first_step="Aftales i juni.",
    )
    write_over_each_other(who, proposal)
    who("anna").do(
        proposal,
        "Skriv en anbefaling",
        "Gem",
        text="Noget, vi fortryder.",
        responsible="Ingen",
        cost="Høj",
        rent="Over 15 %",
        question="Hvordan bliver booking lettere?",
    )
    who("bo").do(proposal, "Tag ud: anbefaling 2", "Tag den ud")
    assert "Noget, vi fortryder." not in who("anna").get(proposal).text
    who("rasmus").do(f"{group}/arbejde", "Indgår i en anbefaling", "Gem", recommendation_id="1. Ét fælles bookingsystem.")
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
    item = who("camilla").see("/dagsorden?tilstand=snart").link("Øget brug").removeprefix(f"/{who.village.slug}")
    who("camilla").do(
        item, "Skriv indstillingen", "Gem indstillingen", outcome="Vedtaget", text="Administrationen anbefaler forslaget."
    )
    who("camilla").do(item, "Fremlæg sagen")
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
        codes=["Der er behov for det"],
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
    camilla.do(decision, "Meld, hvor langt det er", "Gem", percent="40", note="Leverandøren er valgt.")
    assert "40 % er gennemført" in who("erik").get(decision).text
    assert "Leverandøren er valgt." in who("erik").get(decision).text
    camilla.do(decision, "Ret opgaven", "Gem", due="2028-01-01")
    camilla.do(decision, "Opgaven er gennemført")


def look_back(who: Walk, decision: str) -> None:
    assert "Fortæl, hvordan det var at være med" in who("anna").get("/").text
    survey = who("anna").see(decision).link("Hvordan var det at være med?").removeprefix(f"/{who.village.slug}")
    scales = dict.fromkeys(("heard", "influence", "trust_board", "fairness", "ownership"), "4")
    who("anna").do(survey, "Svar på spørgsmålene", "Send mit svar", **scales, would_recommend="Ja", would_stand="Måske")
    assert "1 af 4 har svaret" in who("erik").get(survey).text
    assert "Svar på spørgsmålene" not in who("erik").get(survey).text
    assert "Fortæl, hvordan det var at være med" not in who("anna").get("/").text

    camilla = who("camilla")
    corrected = camilla.do(
        decision, "Ret en skrivefejl", "Gem rettelsen", what="Beløbet.", why="Tastefejl.", reason="Forslaget koster 135.000 kr."
    )
    publishing = camilla.do("/offentliggoerelser", "Saml flere beslutninger", "Begynd", title="Mødet den 23. juni")
    camilla.do(publishing, "Læg en beslutning i", "Læg i", decision_id=corrected.rpartition("/")[2])
    assert "Medlemmerne af 1 gruppe (4 personer)" in camilla.get(publishing).text
    camilla.do(publishing, "Offentliggør dem alle")
    assert "1 af 1 offentliggjort" in camilla.get(publishing).text
    assert "En skrivefejl er rettet: Beløbet." in who("erik").get(decision).text
    assert "Forslaget koster 135.000 kr." in who("erik").get(corrected).text
    assert who("erik").get(publishing).status_code == 404

    camilla.do(corrected, "Planlæg en opfølgning", "Gem dagen", day="2027-09-01")
    camilla.do(corrected, "Skriv opfølgningen", "Gem opfølgningen", found="Lokalerne bliver brugt mere.")
    assert "Lokalerne bliver brugt mere." in who("erik").get(corrected).text


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
