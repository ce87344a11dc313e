"""Bedre kommunikation under renoveringer: a group whose proposal is adopted with changes."""

from deploy.demo.said import Applicants, Charter, Decision, Meeting, Point, Proposal, Said, Task
from deploy.demo.stjernelund.board import ORGANISATION_BOARD

CHARTER = Charter(
    title="Bedre kommunikation under renoveringer",
    chair="birgit",
    present=ORGANISATION_BOARD,
    sponsor="fatima",
    facilitator="line",
    written="2026-02-10 10.00",
    adopted="2026-02-24 20.15",
    says={
        "background": "De seneste to år har Stjernelund renoveret tag, facader og badeværelser i tre afdelinger. Beboerne "
        "fortæller, "
        "at de har fået besked for sent, at tiderne er skredet, og at de ikke har vidst, hvem de skulle ringe til. "
        "Håndværkerne har "
        "omvendt stået foran låste døre.",
        "purpose": "Opgavegruppen skal foreslå en fælles standard for, hvordan vi kommunikerer før, under og efter en "
        "renovering.",
        "frames": "Forslaget skal kunne bruges i alle afdelinger og må koste højst 60.000 kr. om året for hele foreningen.",
        "questions": ["Hvad varsler vi, hvornår og ad hvilke kanaler?", "Hvem har ansvaret?"],
        "not_up_for_change": "Gruppen skal ikke tage stilling til, hvad der renoveres.",
        "budget_kroner": 60_000,
        "stakeholders": ["Beboere, der bor i en renovering", "Håndværkere og byggeledelse", "Driften"],
        "topic": "renovation",
        "openness": 4,
        "facilitator_hours": 50,
    },
    seats={"resident": 6, "department_board": 2, "organisation_board": 2, "employee": 2},
    sign_up_until="2026-03-15",
    meetings=("2026-03-24", "2026-04-14", "2026-05-05", "2026-05-26"),
    handover="2026-06-09",
    decision_by="2026-06-23",
)

APPLICANTS = Applicants(
    when="2026-03-04 19.30",
    to={
        "resident": {
            "linh": "Jeg boede i lejligheden, mens facaden blev skiftet.",
            "dennis": "Vi fik nyt badeværelse, og tiden skred tre gange.",
            "ibrahim": "Jeg oversætter tit beskeder for mine naboer.",
            "soeren": "Jeg arbejder på nat og skal vide, hvornår der bliver boret.",
            "vibeke": "Jeg har boet under et stillads i et halvt år.",
            "rikke": "Vi skal renoveres til næste år.",
            "preben": "Jeg har tid og vil gerne hjælpe.",
        },
        "department_board": {"hans.peter": "Det er os, naboerne ringer til.", "kim": "Vi står over for nye tage."},
        "organisation_board": {"fatima": "Jeg bor selv i Fjordtårnene.", "jens": "Jeg har fulgt byggesagerne."},
        "employee": {"mads": "Jeg leder byggesagerne.", "dorte": "Driften får de fleste opkald."},
    },
    composed="2026-03-16 19.00",
    reserves=("preben",),
)

PLACE = "Fællesrummet i Fjordtårnene"
HOURS = ("17.00", "19.00")
MEETINGS = (
    Meeting(
        day="2026-03-24",
        hours=HOURS,
        convened="2026-03-16 20.00",
        topic="Fælles billede af problemet",
        place=PLACE,
        minutes="Alle fortalte om en gang, det gik galt, og en gang, det gik godt. Det, der går galt, er oftest det samme: "
        "beskeden kommer for sent, og der er ingen at ringe til.",
        given=(
            ("Varsling", "linh", "experience", "Jeg opdagede stilladset den morgen, det blev sat op."),
            ("Varsling", "soeren", "wish", "Besked i god tid, så jeg kan bytte min vagt."),
            ("Varsling", "mads", "constraint", "Vejret flytter tiderne, og vi ved det tit først dagen før."),
            ("Kontakt", "dennis", "experience", "Jeg blev stillet om fire gange."),
            ("Kontakt", "dorte", "idea", "Én fast person på hver byggesag."),
            ("Kanaler", "ibrahim", "concern", "Lange breve bliver ikke læst af alle."),
            ("Kanaler", "vibeke", "wish", "Papir i opgangen, ikke kun sms."),
            ("Når det går galt", "rikke", "wish", "En undskyldning, når en tid skrider."),
            ("Når det går galt", "dennis", "idea", "Penge tilbage, når ingen kommer."),
            ("Når det går galt", "hans.peter", "wish", "At vi selv kan vælge håndværkerne."),
        ),
    ),
    Meeting(
        day="2026-04-14",
        hours=HOURS,
        convened="2026-03-30 10.00",
        topic="Ideer",
        place=PLACE,
        minutes="Gruppen fik besøg af en byggeleder og talte sig frem til tre frister, som alle kan huske: 14, 3 og 1 dag.",
        absent=("jens",),
    ),
    Meeting(
        day="2026-05-05",
        hours=HOURS,
        convened="2026-04-20 10.00",
        topic="Udkast",
        place=PLACE,
        minutes="Udkastet blev læst højt. Der var uenighed om kompensation, og begge syn bliver skrevet ned.",
        absent=("kim", "soeren"),
    ),
    Meeting(
        day="2026-05-26",
        hours=HOURS,
        convened="2026-05-11 10.00",
        topic="Færdigt forslag",
        place=PLACE,
        minutes="Gruppen blev enig om seks punkter. To deltagere skriver en mindretalsudtalelse.",
    ),
)

DISSENT = "Jeg mener, at kompensationen er vigtigere end de øvrige punkter."
PROPOSAL = Proposal(
    written="2026-05-28 19.00",
    agreed="2026-06-08 19.00",
    by="linh",
    title="14-3-1: besked i tide",
    summary="En fælles standard for, hvordan beboerne får besked før, under og efter en renovering.",
    points=(
        Point(
            text="»14-3-1«: skriftligt varsel 14 dage før, påmindelse 3 dage før og besked dagen før, at der kommer nogen i "
            "din bolig.",
            responsible="Byggeafdelingen",
            themes=("Varsling",),
        ),
        Point(
            text="En navngiven kontaktperson pr. byggesag med telefontid hver hverdag kl. 7.30–9.00.",
            responsible="Administrationen",
            themes=("Kontakt",),
            cost="medium",
            question=1,
            outcome="adopted_with_changes",
            change="Telefontiden bliver tre dage om ugen.",
            reason="Daglig telefontid vil koste mere end rammen på 60.000 kr.",
        ),
        Point(
            text="Beskeder på papir i opgangen, sms og hjemmeside samtidig og i korte tekster, der er lette at oversætte.",
            responsible="Administrationen",
            themes=("Kanaler",),
        ),
        Point(
            text="Når en tid ændres, får man besked med det samme og en undskyldning.",
            responsible="Byggeafdelingen",
            themes=("Når det går galt",),
            cost="none",
        ),
        Point(
            text="En beboerfølgegruppe ved alle renoveringer over seks uger.",
            responsible="Afdelingsbestyrelserne",
            cost="none",
            question=1,
        ),
        Point(
            text="500 kr. i kompensation, hvis håndværkere udebliver uden besked.",
            responsible="Administrationen",
            cost="medium",
            question=1,
            outcome="rejected",
            reason="Kompensation vil blive betalt af beboerne selv over huslejen.",
        ),
    ),
    answered={"At vi selv kan vælge håndværkerne.": "Valg af entreprenør sker i udbud og ligger uden for gruppens opgave."},
    dissents={"dennis": DISSENT, "soeren": DISSENT},
)

DECISION = Decision(
    laid_open="2026-06-11 10.00",
    decided="2026-06-23 20.45",
    published="2026-06-24 09.30",
    recommended=("adopted_with_changes", "Administrationen anbefaler punkt 1-5 med kortere telefontid."),
    votes=(7, 1, 1),
    says={
        "outcome": "adopted_with_changes",
        "reason": "Daglig telefontid vil koste mere end rammen på 60.000 kr. Kompensation vil blive betalt af beboerne selv over "
        "huslejen; i stedet skal varsling og udeblivelse skrives ind i kontrakterne med entreprenørerne. Bestyrelsen evaluerer "
        "ændringerne efter den næste renovering sammen med gruppen.",
        "codes": ["need", "economy"],
        "message": "Tak for et grundigt arbejde. Punkt 1–5 er vedtaget. Punkt 6 er ikke vedtaget, og I kan læse hvorfor.",
    },
    review_on="2027-06-15",
    planned="2026-06-26 10.00",
    tasks=(
        Task(title="Skriv 14-3-1 ind i alle byggesager", owner="Byggeafdelingen", due="2026-12-15", point=0, started=True),
        Task(title="Udpeg en kontaktperson for hver byggesag", owner="Administrationen", due="2027-01-05", point=1, started=True),
        Task(
            title="Lav korte skabeloner til beskeder",
            owner="Administrationen",
            due="2026-12-15",
            point=2,
            started=True,
            done="2026-10-20 10.00",
        ),
        Task(title="Brug standarden første gang i Fjordtårnene", owner="Byggeafdelingen", due="2027-01-31", point=3),
        Task(title="Saml en beboerfølgegruppe i Fjordtårnene", owner="Afdelingen", due="2027-01-31", point=4),
    ),
)

RENOVATION = Said(
    captions={
        "form": "Renovations: a charter, and a group of twelve",
        "meet": "Renovations: the group meets four times",
        "propose": "Renovations: six recommendations, and two who see it differently",
        "decide": "Renovations: the board adopts with changes, and says what and why",
    },
    charter=CHARTER,
    applicants=APPLICANTS,
    meetings=MEETINGS,
    understood="Vi får besked for sent og ved ikke, hvem vi kan ringe til, og derfor bliver en renovering værre end nødvendigt.",
    proposal=PROPOSAL,
    decision=DECISION,
)
