"""Unge ind i beboerdemokratiet: open for sign-up, and seats that go by lot."""

from deploy.demo.said import Applicants, Charter, Said
from deploy.demo.stjernelund.board import ORGANISATION_BOARD

YOUNG = Said(
    captions={"announce_draw": "Young people: sign-up is open, and lots will be drawn"},
    charter=Charter(
        title="Unge ind i beboerdemokratiet",
        chair="birgit",
        present=ORGANISATION_BOARD,
        sponsor="amir",
        facilitator="rasmus",
        written="2026-10-12 10.00",
        adopted="2026-10-27 20.45",
        says={
            "background": "Hver femte af vores lejere er under 30 år, men kun ganske få sidder i en bestyrelse. Mange flytter "
            "efter et "
            "par år og føler ikke, at indflydelsen er for dem.",
            "purpose": "Udvikl en eller to måder at deltage på, som passer til korte boperioder og et liv med studie og job.",
            "frames": "Op til 40.000 kr. til afprøvning i 2027. Beboerpladserne er til beboere mellem 18 og 30 år. Er der "
            "flere end "
            "seks tilmeldte, trækkes der lod, og resten tilbydes en plads på reservelisten. Det midterste møde er online.",
            "questions": ["Hvordan kan man deltage, når man kun bor her et par år?"],
            "not_up_for_change": "Hvem der kan vælges til bestyrelserne, følger af loven.",
            "budget_kroner": 40_000,
            "commitment": "money_set_aside",
            "stakeholders": ["Unge beboere", "Afdelingsbestyrelserne"],
            "topic": "democracy",
            "openness": 5,
            "selection": "stratified_lot",
            "facilitator_hours": 30,
        },
        seats={"resident": 6, "organisation_board": 1, "department_board": 1, "employee": 1},
        targets=(("resident", 4, "Stationsgården"),),
        sign_up_until="2026-11-29",
        meetings=("2027-01-14", "2027-02-04", "2027-02-25"),
        handover="2027-03-18",
        decision_by="2027-04-20",
    ),
    applicants=Applicants(
        when="2026-11-12 21.00",
        to={
            "resident": {
                "elif": "Jeg læser og arbejder, men vil gerne være med.",
                "kasper": "Jeg laver gerne noget i fælleskøkkenet.",
                "mikkel": "Jeg flyttede ind i august.",
                "aisha": "Jeg har siddet i et elevråd.",
                "oscar": "Jeg vil vide, hvad man egentlig kan bestemme.",
                "emma": "Jeg er den yngste til møderne i Møllevangen.",
                "julius": "Jeg bor i Fjordtårnene og er 24.",
            },
            "organisation_board": {"amir": "Jeg bor på Stationsgården og kender dem."},
            "department_board": {"sara": "Vi mangler unge i bestyrelsen."},
            "employee": {"signe": "Jeg er boligsocial medarbejder."},
        },
        composed="2026-11-19 10.00",
    ),
)
