"""The Danish words for what the services say in English: the glossary, as residents and boards read it."""

from typing import Any

WORDS: dict[str, dict[str, str]] = {
    "idea": {
        "draft": "Kladde",
        "submitted": "Venter på at blive offentliggjort",
        "published": "Offentlig",
        "rejected": "Ikke offentliggjort",
        "hidden": "Skjult",
        "merged": "Lagt sammen med en anden",
        "parked": "Sat i bero",
        "declined": "Ikke taget op",
        "withdrawn": "Trukket tilbage",
        "taken_up": "Taget op",
    },
    "origin": {
        "resident": "Beboer",
        "department_board": "Afdelingsbestyrelsen",
        "organisation_board": "Organisationsbestyrelsen",
        "administration": "Administrationen",
    },
    "sort": {"newest": "Nyeste", "endorsers": "Flest støtter", "breadth": "Flest afdelinger"},
    "comment": {"shown": "Kan læses", "hidden": "Skjult", "withdrawn": "Trukket tilbage"},
    "charter": {
        "draft": "Kladde",
        "proposed": "Ligger til beslutning",
        "returned": "Sendt tilbage",
        "rejected": "Afvist",
        "in_force": "Vedtaget",
        "revoked": "Tilbagekaldt",
    },
    "edition": {
        "proposed": "Ligger til beslutning",
        "returned": "Sendt tilbage",
        "rejected": "Afvist",
        "in_force": "Gælder nu",
        "superseded": "Afløst af en senere udgave",
        "revoked": "Tilbagekaldt",
    },
    "amendment": {
        "draft": "Kladde",
        "proposed": "Ligger til beslutning",
        "returned": "Sendt tilbage",
        "rejected": "Afvist",
        "in_force": "Vedtaget",
        "withdrawn": "Trukket tilbage",
        "lapsed": "Bortfaldet",
    },
    "template": {"kept": "Kun for os", "shared": "Delt med andre"},
    "topic": {
        "renovation": "Renovering",
        "community": "Fællesskab",
        "democracy": "Demokrati",
        "environment": "Miljø",
        "climate": "Klima",
        "safety": "Tryghed",
        "neighbours": "Naboskab",
        "outdoors": "Udearealer",
        "housing": "Bolig",
        "operations": "Drift",
        "inclusion": "Inklusion",
        "other": "Andet",
    },
    "openness": {
        "1": "1: Løsningen er givet",
        "2": "2: Mest givet",
        "3": "3: Midt imellem",
        "4": "4: Mest åben",
        "5": "5: Helt åben",
    },
    "scope": {
        "one_department": "Én afdeling",
        "several_departments": "Flere afdelinger",
        "whole_association": "Hele boligforeningen",
    },
    "commitment": {
        "advisory": "At lytte: gruppen rådgiver bestyrelsen",
        "decides_by_date": "At beslutte senest på den dag, der står i tidsplanen",
        "money_set_aside": "At beslutte, og der er allerede sat penge af",
    },
    "role": {"sponsor": "Tovholder", "facilitator": "Facilitator"},
    "charter_field": {
        "title": "Titel",
        "background": "Baggrund",
        "purpose": "Formål",
        "frames": "Rammer",
        "questions": "Spørgsmål til gruppen",
        "not_up_for_change": "Det ligger fast",
        "seats": "Deltagerkreds",
        "minority_reason": "Beboernes flertal",
        "sign_up_until": "Sidste dag for tilmelding",
        "meetings": "Møder",
        "handover": "Aflevering",
        "decision_by": "Beslutning",
        "sponsor_id": "Tovholder",
        "facilitator_id": "Facilitator",
        "facilitator_employed": "Facilitatoren er ansat",
        "facilitator_hired": "Facilitatoren er hyret",
        "facilitator_hours": "Timer til facilitatoren",
        "stakeholders": "Hvem det berører",
        "department_ids": "Berørte afdelinger",
        "topic": "Emne",
        "openness": "Opgavens åbenhed",
        "commitment": "Bestyrelsens løfte",
        "budget_kroner": "Beløb",
        "targets": "Mål for pladserne",
        "selection": "Fordeling af pladser",
        "one_per_household": "Højst én fra hver husstand",
        "more_meetings_reason": "Flere møder",
    },
    "contact": {"email": "På mail", "paper": "På papir"},
    "group": {
        "recruiting": "Åben for tilmelding",
        "selecting": "Gruppen sammensættes",
        "formed": "Gruppen er sammensat",
        "active": "I gang",
        "proposal_submitted": "Løsningsforslaget er afleveret",
        "decided": "Der er truffet beslutning",
        "closed": "Afsluttet",
        "dissolved": "Opløst",
    },
    "sign_up": {
        "applied": "Tilmeldt",
        "offered": "Tilbudt en plads",
        "reserve": "På reservelisten",
        "not_selected": "Ikke udpeget",
        "withdrawn": "Trukket tilbage",
        "accepted": "Medlem",
        "declined": "Sagt nej tak",
        "expired": "Ikke besvaret i tide",
        "left": "Udtrådt",
    },
    "category": {
        "resident": "Beboer",
        "department_board": "Afdelingsbestyrelse",
        "organisation_board": "Organisationsbestyrelse",
        "employee": "Medarbejder",
        "external": "Ekstern",
    },
    "categories": {
        "resident": "Beboere",
        "department_board": "Afdelingsbestyrelser",
        "organisation_board": "Organisationsbestyrelsen",
        "employee": "Medarbejdere",
        "external": "Eksterne",
    },
    "of_category": {
        "resident": "beboere",
        "department_board": "medlemmer af afdelingsbestyrelser",
        "organisation_board": "medlemmer af organisationsbestyrelsen",
        "employee": "medarbejdere",
        "external": "eksterne",
    },
    "draw": {"announced": "Varslet", "held": "Der er trukket lod"},
    "selection": {
        "board_selection": "Bestyrelsen sammensætter gruppen",
        "first_come": "Efter tilmeldingens rækkefølge",
        "lot": "Ved lodtrækning",
        "stratified_lot": "Ved lodtrækning med mål for fordelingen",
    },
    "meeting": {
        "planned": "Planlagt",
        "convened": "Indkaldt",
        "held": "Afholdt",
        "cancelled": "Aflyst",
    },
    "minutes": {
        "draft": "Kladde",
        "for_comments": "Til kommentering",
        "approved": "Godkendt",
        "published": "Offentliggjort",
    },
    "date_poll": {"open": "Medlemmerne bliver spurgt", "decided": "Tiden er valgt", "dropped": "Lukket uden en tid"},
    "says": {"yes": "Ja", "if_need_be": "Hvis nødvendigt", "no": "Nej"},
    "answer": {"coming": "Kommer", "apology": "Afbud", "open": "Ikke svaret"},
    "agenda_code": {"decision": "B", "discussion": "D", "information": "O"},
    "agenda": {"decision": "Beslutning", "discussion": "Drøftelse", "information": "Orientering"},
    "contribution": {
        "given": "Venter på svar",
        "themed": "Samlet under et tema",
        "traced": "Indgår i løsningsforslaget",
        "answered": "Besvaret",
        "withdrawn": "Trukket tilbage",
    },
    "kind": {"wish": "Ønske", "experience": "Erfaring", "concern": "Bekymring", "idea": "Ide", "constraint": "Vilkår"},
    "proposal": {
        "draft": "Kladde",
        "group_consent": "Til godkendelse i gruppen",
        "submitted": "Afleveret",
        "decided": "Der er truffet beslutning",
    },
    "act": {
        "frame": "Mindede om opgaven og rammerne",
        "invite": "Gav ordet til en, der ikke var hørt",
        "surface_difference": "Fik uenigheden frem",
        "translate": "Oversatte mellem hverdagssprog og fagsprog",
        "reframe": "Viste sagen fra en ny side",
        "synthesise": "Samlede bidrag til et tema",
        "test_agreement": "Afprøvede enigheden",
        "protect_minority": "Gav plads til mindretallet",
        "connect_upwards": "Spurgte bestyrelsen eller administrationen",
        "settle_next_step": "Aftalte næste skridt",
    },
    "level": {"1": "1 – slet ikke", "2": "2", "3": "3 – halvt om halvt", "4": "4", "5": "5 – helt"},
    "anonymous_round": {"open": "Åben for svar", "closed": "Lukket"},
    "difference": {"new": "Ny", "changed": "Ændret", "taken_out": "Taget ud"},
    "cost": {"none": "Ingen", "low": "Lav", "medium": "Mellem", "high": "Høj"},
    "rent": {"none": "Ingen", "up_to_15": "Højst 15 %", "above_15": "Over 15 %"},
    "docket": {"laid": "På dagsordenen", "under_decision": "Til beslutning", "decided": "Besluttet"},
    "matter": {
        "charter": "Kommissorium",
        "amendment": "Ændring af kommissorium",
        "revocation": "Tilbagekaldelse",
        "proposal": "Løsningsforslag",
    },
    "decision": {"prepared": "Ikke offentliggjort endnu", "published": "Offentliggjort", "superseded": "Afløst af en senere"},
    "outcome": {
        "adopted": "Vedtaget",
        "adopted_with_changes": "Vedtaget med ændringer",
        "rejected": "Afvist",
        "returned": "Sendt tilbage",
    },
    "reason_code": {
        "need": "Der er behov for det",
        "ready": "Klar til at gå i gang",
        "within_frame": "Holder sig inden for rammen",
        "economy": "Økonomi",
        "law": "Lov og regler",
        "other_competence": "Hører under et andet organ",
        "scope": "Ligger uden for opgaven",
        "duplicate": "Findes allerede",
        "priority": "Andet er vigtigere nu",
        "technical": "Kan ikke lade sig gøre teknisk",
    },
    "round": {
        "gathering": "Samles",
        "publishing": "Er ved at blive offentliggjort",
        "published": "Offentliggjort",
        "given_up": "Opgivet",
    },
    "review": {"awaited": "Planlagt", "due": "Skal holdes nu", "held": "Holdt"},
    "survey": {
        "heard": "Jeg blev hørt",
        "influence": "Jeg fik indflydelse på løsningsforslaget",
        "trust_board": "Jeg har tillid til bestyrelsen",
        "fairness": "Forløbet var retfærdigt",
        "ownership": "Løsningsforslaget er også mit",
        "would_recommend": "Vil du anbefale andre at være med i en opgavegruppe?",
        "would_stand": "Vil du stille op til en bestyrelse?",
    },
    "scale": {
        "1": "1 – slet ikke",
        "2": "2 – i mindre grad",
        "3": "3 – i nogen grad",
        "4": "4 – i høj grad",
        "5": "5 – i meget høj grad",
    },
    "would": {"yes": "Ja", "no": "Nej", "maybe": "Måske"},
    "task": {
        "planned": "Planlagt",
        "blocked": "Afventer afdelingsmødet",
        "in_progress": "I gang",
        "done": "Gennemført",
        "stopped": "Stoppet",
    },
    "seat": {"chair": "Formand", "vice_chair": "Næstformand", "member": "Medlem", "alternate": "Suppleant"},
    "duty": {
        "moderator": "Moderator",
        "secretary": "Sekretær",
        "importer": "Indlæser data",
        "administrator": "Administrator",
    },
    "heard": {
        "idea": "Ideer",
        "endorsement": "Støtte til ideer",
        "comment": "Kommentarer til ideer",
        "charter": "Kommissorier",
        "group": "Grupper",
        "draw": "Lodtrækninger",
        "meeting": "Møder",
        "minutes": "Referater",
        "proposal": "Løsningsforslag",
        "decision": "Beslutninger",
        "task": "Opgaver",
        "review": "Opfølgninger",
        "round": "Samlede offentliggørelser",
        "body": "Bestyrelser og andre organer",
        "department": "Afdelinger",
    },
    "reads": {
        "association:read": "Foreningen, dens afdelinger og organer",
        "ideas:read": "Ideer",
        "groups:read": "Grupper",
        "meetings:read": "Møder, referater og løsningsforslag",
        "decisions:read": "Beslutninger og opgaver",
    },
    "grant": {"given": "Har adgang", "revoked": "Adgangen er taget tilbage"},
    "grant_act": {
        "give": "gav adgang",
        "change": "rettede adgangen",
        "test": "sendte en prøve",
        "revoke": "tog adgangen tilbage",
    },
    "credential": {"good": "Virker", "expired": "Udløbet", "revoked": "Taget tilbage"},
}
"""Kind of word, then the word in English, then in Danish."""

TONES = {
    "good": {
        "published",
        "in_force",
        "accepted",
        "adopted",
        "adopted_with_changes",
        "done",
        "taken_up",
        "approved",
        "active",
        "held",
        "coming",
        "shared",
        "given",
        "good",
    },
    "now": {"recruiting", "selecting", "offered", "proposed", "under_decision", "in_progress", "convened", "for_comments"}
    | {"group_consent", "formed", "proposal_submitted", "publishing", "due"},
    "wait": {"submitted", "parked", "reserve", "blocked", "draft", "prepared", "laid", "planned", "returned", "applied"}
    | {"gathering", "awaited"},
    "over": {"declined", "rejected", "withdrawn", "dissolved", "stopped", "expired", "left", "not_selected", "cancelled"}
    | {"hidden", "given_up", "apology", "dropped", "revoked", "lapsed", "superseded"},
}
"""How a state looks; what it means is always written too."""

REACHED = {
    "author": ("Forslagsstilleren bag", "ide", "ideer"),
    "endorsers": ("Støtterne bag", "ide", "ideer"),
    "not_selected": ("Tilmeldte, der ikke fik plads i", "gruppe", "grupper"),
    "members": ("Medlemmerne af", "gruppe", "grupper"),
    "board": ("Medlemmerne af", "bestyrelse", "bestyrelser"),
}
"""Who is told, and of how many things they are the circle."""

NO_TITLES = {
    401: "Log ind først",
    403: "Det har du ikke adgang til",
    404: "Siden findes ikke",
    405: "Det kan man ikke gøre her",
    409: "Det kan ikke lade sig gøre nu",
    413: "Det er for meget på én gang",
    429: "Vent lidt",
    503: "Vi er her igen om lidt",
}

FIELD_SAYS = {
    "not-a-day": "Skriv en dato, fx 24.03.2026.",
    "not-a-moment": "Skriv både dato og klokkeslæt.",
    "not-a-number": "Skriv et helt tal.",
    "not-an-id": "Vælg en fra listen.",
    "not-one-of": "Vælg en af mulighederne.",
}
"""What is wrong with a field, where a page can say it better than the API, which speaks to programs too."""

DONE: dict[str, str] = {"calendar.close": "Kalenderen har ingen adresse mere."}
"""What is said on the page after something was done; the forms put their sentences here."""


def word(kind: str, value: Any) -> str:
    """The Danish word; what has none yet is shown as it is."""
    return WORDS.get(kind, {}).get(str(value), str(value).replace("_", " ")) if value is not None else ""


def said(value: Any) -> str:
    """How a state looks: good, now, wait, over or plain."""
    return next((tone for tone, states in TONES.items() if str(value) in states), "plain")


def count(number: int, one: str, many: str) -> str:
    """`1 støtte`, `2 støtter`."""
    return f"{number} {one if number == 1 else many}"


def reached(whom: str, circles: int, people: int | None) -> str:
    """`Medlemmerne af 2 grupper (17 personer)`."""
    said, one, many = REACHED.get(whom, (whom, "kreds", "kredse"))
    known = f" ({count(people, 'person', 'personer')})" if people is not None else ""
    return f"{said} {count(circles, one, many)}{known}"
