"""Grønne gårdrum med plads til mere liv: a department's own group, set up by its board, open for sign-up."""

from deploy.demo.said import Applicants, Charter, Said
from deploy.demo.stjernelund.board import LINDEHAVEN

COURTYARD = Said(
    captions={"set_up": "The courtyard: Lindehaven's own board sets up a group, and sign-up is open"},
    charter=Charter(
        title="Grønne gårdrum med plads til mere liv",
        board="Lindehaven",
        chair="torben",
        present=LINDEHAVEN,
        sponsor="torben",
        facilitator="line",
        written="2026-10-26 10.00",
        adopted="2026-11-09 20.00",
        says={
            "background": "Gården er mest en plæne, som bliver klippet, men sjældent brugt. Ved skybrud står vandet ved "
            "opgang 14–18.",
            "purpose": "Tegn sammen et forslag til en gård, der er rar at være i, kan rumme regnvand og kan passes af "
            "beboerne med "
            "hjælp fra driften.",
            "frames": "Forslag i tre prisklasser.",
            "questions": ["Hvordan bliver gården rar at være i?", "Hvor skal vandet hen?"],
            "not_up_for_change": "Alt, der kan mærkes på huslejen, skal for afdelingsmødet.",
            "stakeholders": ["Beboere i Lindehaven", "Driften"],
            "topic": "climate",
            "openness": 4,
            "facilitator_hours": 30,
        },
        seats={"resident": 5, "department_board": 2, "employee": 1},
        sign_up_until="2026-12-13",
        meetings=("2027-01-20", "2027-02-10", "2027-03-10"),
        handover="2027-03-24",
        decision_by="2027-04-07",
    ),
    applicants=Applicants(
        when="2026-11-17 19.00",
        to={
            "resident": {
                "rikke": "Jeg har haft kolonihave i ti år.",
                "niels": "Mine børn spiller bold på plænen.",
                "bodil": "Jeg har en kælder, der har stået under vand.",
            },
            "department_board": {"torben": "Jeg er tovholder.", "inge": "Jeg vil gerne passe et bed."},
            "employee": {"jonas": "Jeg er gartner i driften."},
        },
    ),
)
