"""Afdelingsmøder, flere har lyst til at komme til: a group at work, whose last meeting was moved."""

from deploy.demo.said import Applicants, Charter, Meeting, Said
from deploy.demo.stjernelund.board import ORGANISATION_BOARD

CHARTER = Charter(
    title="Afdelingsmøder, flere har lyst til at komme til",
    chair="birgit",
    present=ORGANISATION_BOARD,
    sponsor="karen",
    facilitator="rasmus",
    written="2026-03-30 10.00",
    adopted="2026-04-21 20.00",
    says={
        "background": "Fremmødet falder, og det er ofte de samme, der kommer. Afdelingsmødet er stadig det sted, hvor budgettet "
        "besluttes.",
        "purpose": "Foreslå to til fire ændringer, som mindst tre afdelinger kan afprøve i 2027, og hvordan vi ser, om de "
        "virker.",
        "frames": "Forslagene skal holde sig inden for lov og vedtægter.",
        "questions": ["Hvad kan få flere til at komme?", "Hvordan ser vi, om det virker?"],
        "not_up_for_change": "Digitale værktøjer kan supplere, men ikke erstatte mødet.",
        "stakeholders": ["Beboere, der ikke kommer i dag", "Afdelingsbestyrelserne"],
        "topic": "democracy",
        "openness": 5,
        "facilitator_hours": 40,
    },
    seats={"resident": 6, "department_board": 3, "organisation_board": 1, "employee": 1},
    sign_up_until="2026-08-10",
    meetings=("2026-08-20", "2026-09-10", "2026-10-01"),
    handover="2026-10-13",
    decision_by="2026-10-27",
)

APPLICANTS = Applicants(
    when="2026-05-20 20.00",
    to={
        "resident": {
            "elif": "Jeg har aldrig været til et afdelingsmøde.",
            "julius": "Heller ikke jeg. Jeg vil gerne vide hvorfor.",
            "charlotte": "Jeg har små børn og når det aldrig.",
            "jytte": "Jeg har været til dem alle i tyve år.",
            "maria": "Jeg vil gerne tale om tonen.",
            "palle": "Jeg laver gerne maden.",
        },
        "department_board": {
            "susanne": "Vi var ni til vores sidste møde.",
            "grethe": "Jeg vil gerne af med de lange dagsordener.",
            "torben": "Vi har prøvet med fællesspisning.",
        },
        "organisation_board": {"karen": "Det begynder i afdelingerne."},
        "employee": {"signe": "Jeg kender mange, der ikke kommer."},
    },
    composed="2026-08-11 19.00",
)

PLACE = "Selskabslokalet i Søbakken"
HOURS = ("18.00", "20.00")
MEETINGS = (
    Meeting(
        day="2026-08-20",
        hours=HOURS,
        convened="2026-08-12 10.00",
        topic="Hvorfor kommer vi, og hvorfor kommer vi ikke?",
        place=PLACE,
        child_care=True,
        minutes="Fire havde aldrig været til et afdelingsmøde. De fleste vidste ikke, hvad der bliver besluttet dér.",
        given=(
            ("Tid", "charlotte", "experience", "Klokken 19 lægger jeg børn."),
            ("Tid", "jytte", "wish", "At vi er færdige, når vi siger, vi er det."),
            ("Indhold", "elif", "experience", "Jeg forstod ikke indkaldelsen."),
            ("Indhold", "grethe", "concern", "Budgettet skal stadig gennemgås ordentligt."),
            ("Fællesskab", "palle", "idea", "Vi spiser først og holder møde bagefter."),
            ("Fællesskab", "maria", "wish", "At man kan sige noget uden at blive talt ned."),
            ("Digitalt", "julius", "idea", "Man kan stille spørgsmål på nettet ugen før."),
        ),
    ),
    Meeting(
        day="2026-09-10",
        hours=HOURS,
        convened="2026-08-27 10.00",
        topic="Ideer, vi kan prøve",
        place=PLACE,
        child_care=True,
        minutes="Gruppen valgte tre ideer at arbejde videre med: spisning først, børnepasning og spørgsmål på forhånd.",
        absent=("torben",),
    ),
    Meeting(
        day="2026-10-01",
        hours=HOURS,
        convened="2026-09-17 10.00",
        topic="Færdigt forslag",
        place=PLACE,
        child_care=True,
        moved=("2026-09-29 09.00", "2026-12-03"),
    ),
)

DEPARTMENT_MEETINGS = Said(
    captions={
        "form": "Department meetings: a charter, and a group of eleven",
        "meet": "Department meetings: two meetings, and the third is moved",
    },
    charter=CHARTER,
    applicants=APPLICANTS,
    meetings=MEETINGS,
    understood="Mange kommer ikke, fordi de ikke ved, hvad de kan bestemme, og fordi mødet ligger, når de ikke kan.",
)
