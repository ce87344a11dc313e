"""Øget brug af beboerlokaler: one challenge from a resident's idea to a decision that is carried out, step by step."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from deploy.demo.strands import Say, Stage, tell
from deploy.demo.world import World

DATA = Path(__file__).parent / "stjernelund"
SLUG = "stjernelund"
NAMESPACE = UUID("5a3a5ca0-0000-4000-8000-000000000000")
BOARD = ["birgit", "jens", "fatima", "poul.erik", "lone", "amir", "karen", "steen", "mette"]
MEMBERS = ["anna", "bo", "dennis", "hanne", "freja", "susanne", "grethe", "lone", "dorte", "thea"]
CHARTER = {
    "background": "Vi har 14 beboerlokaler. I weekenden er der rift om dem, men på hverdage står de fleste tomme. Reglerne er "
    "forskellige fra afdeling til afdeling, og en udlejning koster driften meget tid på nøgler og depositum.",
    "purpose": "Kom med forslag til, hvordan lokalerne bruges mere og af flere, og hvordan booking og adgang bliver lettere.",
    "frames": "Et engangsbeløb på op til 150.000 kr. Gruppen kan anbefale, men ikke bestemme.",
    "questions": ["Hvordan bruges lokalerne mere og af flere?", "Hvordan bliver booking og adgang lettere?"],
    "not_up_for_change": "Den enkelte afdelings lejepriser og husorden hører under afdelingsmødet.",
    "budget_kroner": 150_000,
    "stakeholders": ["Beboere i alle afdelinger", "Driften, som lejer lokalerne ud", "Foreninger, der bruger dem"],
    "topic": "community",
    "openness": 4,
    "facilitator_hours": 40,
}
SEATS = {"resident": 5, "department_board": 2, "organisation_board": 1, "employee": 1, "external": 1}
THEMES = {
    "Booking": [
        ("wish", "Jeg vil kunne se på telefonen, om lokalet er ledigt."),
        ("experience", "Jeg ringede tre gange, før jeg fik svar om en ledig dato."),
        ("concern", "Ældre uden telefon må ikke blive glemt."),
    ],
    "Nøgler og adgang": [
        ("experience", "Driften bruger en time på hver udlejning."),
        ("idea", "En kode, der virker i det tidsrum, man har booket."),
    ],
    "Hverdagen": [
        ("idea", "Gratis om eftermiddagen, når det er åbent for alle."),
        ("wish", "Et sted at lave lektier efter skole."),
        ("concern", "Larm om aftenen for dem, der bor ovenpå."),
    ],
    "Værter": [("idea", "En nabo, der viser, hvordan opvaskemaskinen virker.")],
    "Priser": [("wish", "Samme pris i alle afdelinger."), ("wish", "Åbent hele natten i weekenden.")],
}
ANSWERED = {
    "Samme pris i alle afdelinger.": "Priserne hører under det enkelte afdelingsmøde.",
    "Åbent hele natten i weekenden.": "Fravalgt af hensyn til naboerne.",
}
RECOMMENDATIONS = [
    ("Ét fælles bookingsystem, hvor man kan se ledige tider og betale.", "Administrationen", "medium", 1, False),
    ("Nøglefri adgang som forsøg i tre lokaler i 12 måneder.", "Driften", "medium", 1, False),
    (
        "Åben hverdag: gratis brug mandag–torsdag kl. 14–18 til aktiviteter, alle beboere kan deltage i.",
        "Afdelingerne",
        "low",
        0,
        True,
    ),
    ("En lokalevært i hver afdeling, der viser nye brugere til rette.", "Afdelingsbestyrelserne", "none", 0, False),
]
FEEDS = {"Booking": 0, "Nøgler og adgang": 1, "Hverdagen": 2, "Værter": 3, "Priser": 0}


class Story:
    """The story, and what it has to remember from one step to the next."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.is_: dict[str, Any] = {}
        self.who: dict[str, str] = {}

    def stages(self) -> Iterable[Stage]:
        """What happens, in order: a sentence for whoever watches, and how it is done."""
        return [
            ("Boligforeningen Stjernelund moves in with its residents and boards", self.move_in),
            ("Anna submits an idea, and neighbours in five departments endorse it", self.raise_idea),
            ("The secretary writes a charter", self.write_charter),
            ("The organisation board adopts it", self.adopt_charter),
            ("Residents and representatives sign up", self.sign_up),
            ("The board composes the group; one declines and a reserve moves up", self.compose),
            ("The group meets three times", self.meet),
            ("Wishes and experiences become a proposal", self.propose),
            ("The board decides, with reasons and a condition", self.decide),
            ("The decision is carried out; one task waits for a department meeting", self.carry_out),
        ]

    def play(self, say: Say = lambda *_: None) -> dict[str, Any]:
        """Play it all; return the public record that everybody in the association can read."""
        tell([self], say)
        return self.record()

    def move_in(self) -> Iterator[str]:
        """The association is registered, and its people come in from the administration system's files."""
        yield "2026-01-05 09.00"
        self.world.move_in(DATA, name="Boligforeningen Stjernelund", cvr="99999004", lbf_number="9901")

    def raise_idea(self) -> Iterator[str]:
        """A resident's idea is published, and neighbours in several departments stand behind it."""
        yield "2026-01-12 18.20"
        idea = self._as("anna").post(
            "/ideas",
            title="Øget brug af beboerlokaler",
            text="Gør det let at finde, booke og komme ind i lokalerne, så de ikke står tomme de fleste hverdage.",
        )
        self.is_["idea"] = idea["id"]
        self._as("camilla").post(f"/ideas/{idea['id']}/publish")
        for name in ("bo", "charlotte", "dennis", "freja", "gunnar", "hanne", "jytte", "linh", "preben"):
            self._as(name).post(f"/ideas/{idea['id']}/endorse")
        self._as("preben").post(f"/ideas/{idea['id']}/withdraw_endorsement")

    def write_charter(self) -> Iterator[str]:
        """A secretary drafts the charter, is told what is missing, fills it in, and lays it before the board."""
        yield "2026-02-09 10.00"
        secretary = self._as("camilla")
        self._learn_who_is_who(secretary)
        charter = secretary.post(
            "/charters", title="Øget brug af beboerlokaler", body_id=self.is_["body"], idea_id=self.is_["idea"]
        )
        self.is_["charter"] = charter["id"]
        secretary.put(
            f"/charters/{charter['id']}",
            **CHARTER,
            seats=[{"category": category, "places": places} for category, places in SEATS.items()],
            sign_up_until=self.world.day("2026-03-22"),
            meetings=[self.world.day(day) for day in ("2026-04-08", "2026-04-22", "2026-05-20")],
            handover=self.world.day("2026-06-03"),
            decision_by=self.world.day("2026-06-23"),
            sponsor_id=self.who["lone"],
            facilitator_id=self.who["rasmus"],
            facilitator_employed=True,
        )
        secretary.post(f"/charters/{charter['id']}/propose")

    def adopt_charter(self) -> Iterator[str]:
        """The board adopts it, with those present and how they voted."""
        yield "2026-02-24 20.00"
        item = self._docket_item()
        self._as("birgit").post(
            f"/docket/{item}/decide_charter",
            outcome="adopted",
            meeting_day=self.world.day("2026-02-24"),
            chair_id=self.who["birgit"],
            present=[self.who[name] for name in BOARD],
            votes_for=9,
            votes_against=0,
            abstained=0,
        )
        self.world.settle()
        self.is_["group"] = self._as("camilla").get(f"/charters/{self.is_['charter']}")["group_id"]

    def sign_up(self) -> Iterator[str]:
        """Residents and representatives apply, each with what they want to bring."""
        yield "2026-03-10 19.00"
        applying = [
            *((name, "resident") for name in ("anna", "bo", "charlotte", "dennis", "freja", "hanne", "jytte")),
            *((name, "department_board") for name in ("susanne", "grethe")),
            ("lone", "organisation_board"),
            ("dorte", "employee"),
            ("thea", "external"),
        ]
        for name, category in applying:
            made = self._as(name).post(
                f"/groups/{self.is_['group']}/apply", category=category, brings="Jeg bruger selv lokalerne."
            )
            self.is_[f"sign-up {name}"] = made["id"]

    def compose(self) -> Iterator[str]:
        """The board offers the seats; one declines and a reserve moves up; everybody is answered; the group is formed."""
        yield "2026-03-23 19.00"
        board, group = self._as("birgit"), self.is_["group"]
        board.post(f"/groups/{group}/close_sign_up")
        for name in ("anna", "bo", "charlotte", "dennis", "hanne", "susanne", "grethe", "lone", "dorte", "thea"):
            board.post(f"/sign_ups/{self.is_[f'sign-up {name}']}/offer")
        board.post(f"/sign_ups/{self.is_['sign-up freja']}/reserve")
        board.post(
            f"/sign_ups/{self.is_['sign-up jytte']}/not_select", reason="Der var flere tilmeldte fra afdelingen end pladser."
        )
        self._as("charlotte").post(f"/sign_ups/{self.is_['sign-up charlotte']}/decline")
        for name in MEMBERS:
            self._as(name).post(f"/sign_ups/{self.is_[f'sign-up {name}']}/accept")
        board.post(f"/groups/{group}/form")

    def meet(self) -> Iterator[str]:
        """Three meetings are convened, held with attendance, minuted and published."""
        yield "2026-03-25 10.00"
        facilitator = self._as("rasmus")
        meetings = sorted(
            facilitator.get(f"/work/{self.is_['group']}")["meetings"],
            key=lambda meeting: str(meeting["starts"] or meeting["day"]),
        )
        days = ["2026-04-08", "2026-04-22", "2026-05-20"]
        topics = ["Fælles billede af problemet", "På besøg i to lokaler", "Færdigt forslag"]
        for meeting, day, topic in zip(meetings, days, topics, strict=True):
            facilitator.post(
                f"/meetings/{meeting['id']}/convene",
                starts=self.world.moment(f"{day} 17.30"),
                ends=self.world.moment(f"{day} 19.30"),
                place="Selskabslokalet i Søbakken",
                agenda=[{"kind": "discussion", "title": topic, "closed": False}],
            )
        for number, (meeting, day, topic) in enumerate(zip(meetings, days, topics, strict=True)):
            yield f"{day} 19.40"
            self._hold(meeting["id"], topic, absent=["freja"] if number == 1 else [])
            if number == 0:
                self._contribute()

    def propose(self) -> Iterator[str]:
        """The contributions are gathered into themes and traced or answered; all consent; the group submits."""
        yield "2026-05-26 20.00"
        anna, group = self._as("anna"), self.is_["group"]
        proposal = anna.post(
            f"/groups/{group}/proposal", title="Lokaler, der bliver brugt", summary="Fire forslag, der hænger sammen."
        )
        self.is_["proposal"] = proposal["id"]
        recommendations = [
            {
                "text": text,
                "responsible": responsible,
                "cost": cost,
                "rent": "none",
                "question": question,
                "needs_department_meeting": asks,
                "first_step": "Aftales i juni.",
            }
            for text, responsible, cost, question, asks in RECOMMENDATIONS
        ]
        points = [anna.post(f"/proposals/{proposal['id']}/recommendations", **point)["id"] for point in recommendations]
        for (theme, text), id in self.is_["contributions"].items():
            if text in ANSWERED:
                self._as("rasmus").post(f"/contributions/{id}/answer", reason=ANSWERED[text])
            else:
                self._as("rasmus").post(f"/contributions/{id}/trace", recommendation_id=points[FEEDS[theme]])
        yield "2026-06-02 19.00"
        self._as("rasmus").post(f"/proposals/{proposal['id']}/ask_consent")
        for name in MEMBERS:
            dissent = {"dissent": "Jeg havde gerne set længere åbningstid i weekenden."} if name == "dennis" else {}
            self._as(name).post(f"/proposals/{proposal['id']}/consent", **dissent)
        anna.post(f"/proposals/{proposal['id']}/submit")

    def decide(self) -> Iterator[str]:
        """On the docket: a member recuses, the board decides point by point, with reasons and a condition."""
        yield "2026-06-10 09.00"
        item = self._docket_item()
        self._as("camilla").post(f"/docket/{item}/recommend", outcome="adopted", text="Administrationen anbefaler forslaget.")
        self._as("camilla").post(f"/docket/{item}/present")
        self._as("steen").post(f"/docket/{item}/recuse", reason="Ansat hos en leverandør af bookingsystemer.")
        points = self._as("camilla").get(f"/docket/{item}")["text"]["recommendations"]
        yield "2026-06-23 20.30"
        decided = self._as("camilla").post(
            f"/docket/{item}/decide_proposal",
            outcome="adopted",
            meeting_day=self.world.day("2026-06-23"),
            chair_id=self.who["birgit"],
            present=[self.who[name] for name in BOARD if name != "steen"],
            votes_for=8,
            votes_against=0,
            abstained=0,
            reason="Forslaget er konkret, holder sig inden for rammen og letter hverdagen for både beboere og drift. Bestyrelsen "
            "lægger vægt på, at forsøget med nøglefri adgang bliver målt, før det udbredes.",
            codes=["need", "ready", "within_frame"],
            conditions=["Gratis hverdagsbrug indføres kun i de afdelinger, hvor afdelingsmødet siger ja."],
            message="Tak for jeres arbejde. Bestyrelsen har sagt ja til alle fire forslag.",
            points=[{"recommendation_id": point["id"], "outcome": "adopted"} for point in points],
        )
        self.is_["decision"] = decided["decision_id"]
        yield "2026-06-24 09.00"
        self._as("camilla").post(f"/decisions/{decided['decision_id']}/publish")

    def carry_out(self) -> Iterator[str]:
        """Tasks with owners and days; one waits for a department meeting."""
        yield "2026-06-25 09.00"
        decision = self._as("camilla").get(f"/decisions/{self.is_['decision']}")
        points = [point["recommendation_id"] for point in decision["points"]]
        here = self.is_["departments"]
        plans = [
            ("Vælg og indfør bookingsystemet", "Administrationen", "2026-12-01", []),
            ("Sæt kodelåse op i tre lokaler", "Driften", "2026-09-15", []),
            ("Åben hverdag i afdelingerne", "Afdelingsbestyrelserne", "2027-03-01", [here["Søbakken"], here["Lindehaven"]]),
            ("Find en lokalevært i hver afdeling", "Afdelingsbestyrelserne", "2026-10-01", []),
        ]
        tasks = [
            self._as("camilla").post(
                f"/decisions/{self.is_['decision']}/tasks",
                title=title,
                recommendation_id=point,
                owner=owner,
                due=self.world.day(due),
                departments=waits_for,
            )["id"]
            for (title, owner, due, waits_for), point in zip(plans, points, strict=True)
        ]
        yield "2026-08-20 09.00"
        for number in (0, 1, 3):
            self._as("camilla").post(f"/tasks/{tasks[number]}/start")
        yield "2026-09-17 21.00"
        self._as("camilla").post(
            f"/tasks/{tasks[2]}/approve", department_id=here["Søbakken"], meeting_day=self.world.day("2026-09-17"), approved=True
        )
        self._as("camilla").post(f"/tasks/{tasks[2]}/start")
        yield "2026-10-02 09.00"
        self._as("camilla").post(f"/tasks/{tasks[3]}/finish")

    def record(self) -> dict[str, Any]:
        """What any resident can read of it afterwards, without ids and moments: the same wherever the story was played."""
        reader = self._as("olga")
        idea = reader.get(f"/ideas/{self.is_['idea']}")
        group = reader.get(f"/groups/{self.is_['group']}")
        proposal = reader.get(f"/proposals/{self.is_['proposal']}")
        decision = reader.get(f"/decisions/{self.is_['decision']}")
        tasks = reader.get(f"/decisions/{self.is_['decision']}/tasks")["items"]
        return {
            "idea": {key: idea[key] for key in ("title", "state", "endorsers", "outcome")},
            "group": {"state": group["state"], "members": len(group["members"])},
            "proposal": {
                "state": proposal["state"],
                "recommendations": [point["text"] for point in proposal["recommendations"]],
                "dissents": proposal["dissents"],
            },
            "decision": {key: decision[key] for key in ("state", "outcome", "reason", "conditions", "progress")},
            "tasks": sorted((task["title"], task["state"]) for task in tasks),
        }

    def _as(self, name: str) -> Any:
        return self.world.visitor(name)

    def _learn_who_is_who(self, secretary: Any) -> None:
        bodies = secretary.get("/bodies")["items"]
        self.is_["body"] = next(body["id"] for body in bodies if body["kind"] == "organisation_board")
        self.is_["departments"] = {each["name"]: each["id"] for each in secretary.get("/departments")["items"]}
        for name in {*BOARD, *MEMBERS, "rasmus"}:
            self.who[name] = self._as(name).get("/me")["id"]

    def _docket_item(self) -> str:
        self.world.settle()
        items = self._as("camilla").get(f"/docket?body_id={self.is_['body']}")["items"]
        mine = (item["id"] for item in items if item["state"] != "decided" and item["charter_id"] == self.is_["charter"])
        return str(next(mine))

    def _hold(self, meeting: str, topic: str, absent: list[str]) -> None:
        facilitator = self._as("rasmus")
        facilitator.post(
            f"/meetings/{meeting}/hold", present=[self.who[name] for name in MEMBERS if name not in absent], guests=0
        )
        items = [{"title": topic, "text": "Gruppen talte sig frem til næste skridt.", "closed": False}]
        minutes = facilitator.post(f"/meetings/{meeting}/minutes", items=items)
        for step in ("send_for_comments", "approve", "publish"):
            facilitator.post(f"/minutes/{minutes['id']}/{step}")

    def _contribute(self) -> None:
        facilitator, group = self._as("rasmus"), self.is_["group"]
        self.is_["contributions"] = {}
        givers = iter(MEMBERS * 3)
        for theme, given in THEMES.items():
            named = facilitator.post(f"/groups/{group}/themes", name=theme)
            for kind, text in given:
                made = self._as(next(givers)).post(f"/groups/{group}/contributions", kind=kind, text=text)
                facilitator.post(f"/contributions/{made['id']}/gather", theme_id=named["id"])
                self.is_["contributions"][(theme, text)] = made["id"]


ASSOCIATION_ID = uuid5(NAMESPACE, SLUG)
