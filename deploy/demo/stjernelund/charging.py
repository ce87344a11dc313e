"""Ladestandere på rimelige vilkår: a group whose proposal is rejected, with reasons and with a task all the same."""

from deploy.demo.said import Applicants, Charter, Decision, Meeting, Point, Proposal, Said, Task
from deploy.demo.stjernelund.board import ORGANISATION_BOARD

CHARTER = Charter(
    title="Ladestandere på rimelige vilkår",
    chair="birgit",
    present=ORGANISATION_BOARD,
    sponsor="poul.erik",
    facilitator="henrik",
    written="2026-03-31 10.00",
    adopted="2026-04-21 20.15",
    says={
        "background": "Antallet af elbiler vokser, og afdelingerne får tilbud fra mange leverandører. Nogle beboere er bange "
        "for at "
        "miste parkeringspladser.",
        "purpose": "Foreslå fælles principper for, hvordan afdelingerne kan etablere ladestandere: placering, betaling, "
        "adgang og "
        "valg af leverandør.",
        "frames": "Beboere uden bil må ikke komme til at betale for strøm til andre.",
        "questions": ["Hvor skal ladestandere stå, og hvem kan bruge dem?", "Hvem betaler, og hvordan vælges leverandøren?"],
        "not_up_for_change": "Den enkelte afdeling beslutter selv, om den vil have ladestandere.",
        "stakeholders": ["Beboere med elbil", "Beboere uden bil", "Afdelingsbestyrelserne"],
        "topic": "climate",
        "openness": 3,
        "facilitator_hours": 40,
    },
    seats={"resident": 6, "department_board": 2, "organisation_board": 1, "employee": 1},
    sign_up_until="2026-05-03",
    meetings=("2026-05-11", "2026-06-01", "2026-08-24", "2026-09-14"),
    handover="2026-09-28",
    decision_by="2026-10-27",
)

APPLICANTS = Applicants(
    when="2026-04-27 20.00",
    to={
        "resident": {
            "niels": "Jeg har elbil og lader i dag med forlængerledning.",
            "emma": "Jeg deler en elbil med to naboer.",
            "hassan": "Jeg kører taxa på el.",
            "maria": "Jeg har ingen bil og vil ikke betale for andres.",
            "olga": "Jeg cykler, men mangler plads til gæster.",
            "palle": "Jeg har siddet i et parkeringsudvalg før.",
        },
        "department_board": {"sara": "Vi har fået fire tilbud.", "inge": "Hos os er der kamp om pladserne."},
        "organisation_board": {"poul.erik": "Jeg vil gerne bære forslaget ind i bestyrelsen."},
        "employee": {"mads": "Jeg kender tavler og kabler."},
    },
    composed="2026-05-04 09.00",
)

PLACE = "Mødelokalet på kontoret"
HOURS = ("17.00", "19.00")
MEETINGS = (
    Meeting(
        day="2026-05-11",
        hours=HOURS,
        convened="2026-05-04 10.00",
        topic="Hvem har brug for hvad?",
        place=PLACE,
        minutes="Med og uden elbil fortalte, hvad de er bange for at miste. De fleste bekymringer handler om pladser og "
        "betaling.",
        given=(
            ("Pladser", "olga", "concern", "Der er ikke pladser nok i forvejen."),
            ("Pladser", "emma", "idea", "Pladser, der kun er til opladning om natten."),
            ("Betaling", "maria", "concern", "At det ender på alles husleje."),
            ("Betaling", "niels", "wish", "At man betaler for det, man bruger."),
            ("Leverandør", "hassan", "experience", "Den billigste stander stod stille hver anden uge."),
            ("Leverandør", "sara", "idea", "Én aftale for alle afdelinger."),
        ),
    ),
    Meeting(
        day="2026-06-01",
        hours=HOURS,
        convened="2026-05-18 10.00",
        topic="Tilbud og priser",
        place=PLACE,
        minutes="Tre tilbud blev lagt side om side. Prisen pr. kWh svinger mere end prisen på standeren.",
    ),
    Meeting(
        day="2026-08-24",
        hours=HOURS,
        convened="2026-08-10 10.00",
        topic="Placering",
        place=PLACE,
        minutes="Gruppen gik en tur i to afdelinger og tegnede pladser ind på et kort.",
        absent=("palle",),
    ),
    Meeting(
        day="2026-09-14",
        hours=HOURS,
        convened="2026-08-31 10.00",
        topic="Færdigt forslag",
        place=PLACE,
        minutes="Flertallet vil have én samlet løsning. Gruppen ved, at det går til kanten af kommissoriet.",
    ),
)

PROPOSAL = Proposal(
    written="2026-09-21 19.00",
    agreed="2026-09-27 16.00",
    by="niels",
    title="Én aftale om ladestandere",
    summary="Boligforeningen indgår én aftale for alle afdelinger og etablerer 40 ladestandere i 2027.",
    points=(
        Point(
            text="Boligforeningen indgår én aftale om ladestandere for alle afdelinger.",
            responsible="Administrationen",
            themes=("Leverandør",),
            question=1,
            outcome="rejected",
        ),
        Point(
            text="Der etableres 40 ladestandere i 2027, betalt af dispositionsfonden.",
            responsible="Administrationen",
            themes=("Betaling",),
            cost="high",
            question=1,
            outcome="rejected",
        ),
        Point(
            text="10 % af pladserne i hver afdeling reserveres til elbiler.",
            responsible="Afdelingerne",
            themes=("Pladser",),
            cost="none",
            needs_department_meeting=True,
            outcome="rejected",
        ),
    ),
)

DECISION = Decision(
    laid_open="2026-10-05 10.00",
    decided="2026-10-27 20.15",
    published="2026-10-28 09.00",
    recommended=("rejected", "Administrationen anbefaler, at afdelingerne beslutter selv, og tilbyder en vejledning."),
    recused={"mette": "Ansat hos en ladeoperatør."},
    votes=(2, 5, 1),
    says={
        "outcome": "rejected",
        "reason": "Arbejder og brug af parkeringspladser i en afdeling skal besluttes på afdelingsmødet, og det fremgik af "
        "kommissoriet, at den enkelte afdeling selv afgør, om den vil have ladestandere. En samlet løsning ville desuden lade "
        "afdelinger uden elbiler betale for andres. Gruppens arbejde med priser, adgang og placering er grundigt, og "
        "bestyrelsen vil "
        "bruge det.",
        "codes": ["other_competence", "economy"],
        "message": "Tak for arbejdet. Administrationen laver en vejledning ud fra jeres materiale.",
        "message_to_proposer": "Din ide blev ikke vedtaget i den form, gruppen foreslog. Her kan du læse hvorfor, og hvordan "
        "du kan "
        "tage den op i din egen afdeling.",
    },
    planned="2026-10-29 10.00",
    tasks=(
        Task(
            title="Lav en vejledning på to sider ud fra gruppens materiale",
            owner="Administrationen",
            due="2026-12-15",
            started=True,
        ),
    ),
)

CHARGING = Said(
    captions={
        "form": "Charging points: a charter, and a group with and without cars",
        "meet": "Charging points: the group meets four times, over the summer",
        "propose": "Charging points: one solution for all",
        "decide": "Charging points: the board rejects it, one member recused, and a guide follows all the same",
    },
    charter=CHARTER,
    applicants=APPLICANTS,
    meetings=MEETINGS,
    understood="Vi vil kunne lade en bil, uden at naboen uden bil mister sin plads eller betaler for os.",
    proposal=PROPOSAL,
    decision=DECISION,
)
