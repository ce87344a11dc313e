"""The course of one challenge after its idea: a charter, a group, meetings, a proposal, a decision and what follows."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from deploy.demo.here import Here
from deploy.demo.said import Decision, Meeting, Point, Proposal, Said
from deploy.demo.strands import Stage


class Course:
    """One challenge in an association, told as far as it has come by the people concerned."""

    def __init__(self, here: Here, said: Said) -> None:
        self.here, self.world, self.said = here, here.world, said
        self.facilitator = said.charter.facilitator
        self.charter = self.item = ""
        self.sign_ups: dict[str, str] = {}
        self.contributions: dict[str, tuple[str, str]] = {}

    def stages(self) -> Iterable[Stage]:
        """The parts that have a caption, by their names here."""
        return [(caption, getattr(self, part)) for part, caption in self.said.captions.items()]

    def set_up(self) -> Iterator[str]:
        """A charter is written and adopted, and people sign up."""
        yield self.said.charter.written
        self._write()
        yield self.said.charter.adopted
        self._adopt()
        yield self.said.applicants.when
        self._sign_up()

    def form(self) -> Iterator[str]:
        """The same, and the board composes the group."""
        yield from self.set_up()
        yield self.said.applicants.composed
        self._compose()

    def announce_draw(self) -> Iterator[str]:
        """The same as setting up; lots will be drawn, and everybody can see beforehand what binds the draw."""
        yield from self.set_up()
        yield self.said.applicants.composed
        self.here.as_(self.here.staff).post(f"/groups/{self.group}/draw/announce")

    def meet(self) -> Iterator[str]:
        """The group is called together and meets; a meeting may be moved instead."""
        moments: list[tuple[str, int, Callable[[str, Meeting], None]]] = []
        planned: list[dict[str, Any]] = []
        for n, meeting in enumerate(self.said.meetings):
            moments.append((meeting.convened, n, self._convene))
            moments.append((meeting.moved[0], n, self._move) if meeting.moved[0] else (self._end(meeting), n, self._hold))
        for when, n, happens in sorted(moments, key=lambda moment: moment[:2]):
            yield when
            planned = planned or self._leader().get(f"/work/{self.group}")["meetings"]
            happens(planned[n]["id"], self.said.meetings[n])

    def propose(self) -> Iterator[str]:
        """What was brought becomes recommendations; all are asked, and the group hands over."""
        proposal = self.said.proposal
        assert proposal  # noqa: S101  a course with this part has one
        yield proposal.written
        made = self._write_proposal(proposal)
        yield proposal.agreed
        self._leader().post(f"/proposals/{made}/ask_consent")
        for name in self.said.applicants.members:
            dissent = {"dissent": proposal.dissents[name]} if name in proposal.dissents else {}
            self.here.as_(name).post(f"/proposals/{made}/consent", **dissent)
        self.here.as_(proposal.by).post(f"/proposals/{made}/submit")

    def decide(self) -> Iterator[str]:
        """The board decides point by point with its reasons; tasks follow."""
        decision = self.said.decision
        assert decision  # noqa: S101  a course with this part has one
        yield decision.laid_open
        self._lay_open(decision)
        yield decision.decided
        decided = self._decide(decision)
        yield decision.published
        self.here.as_(self.here.staff).post(f"/decisions/{decided}/publish")
        yield decision.planned
        planned = self._plan(decided, decision)
        for done, id in sorted((task.done, id) for task, id in zip(decision.tasks, planned, strict=True) if task.done):
            yield done
            self.here.as_(self.here.staff).post(f"/tasks/{id}/finish")

    @property
    def group(self) -> str:
        """The group that the charter made."""
        return self.here.groups[self.said.charter.title]

    def _leader(self) -> Any:
        return self.here.as_(self.facilitator)

    def _write(self) -> None:
        charter, staff = self.said.charter, self.here.as_(self.here.staff)
        body = self.here.board(charter.board)["id"]
        made = staff.post("/charters", title=charter.title, body_id=body, idea_id=self.here.ideas[charter.title])
        self.charter = made["id"]
        staff.put(
            f"/charters/{self.charter}",
            **charter.says,
            seats=[{"category": category, "places": places} for category, places in charter.seats.items()],
            targets=[
                {"category": category, "places": places, "department_id": self.here.department(department)}
                for category, places, department in charter.targets
            ],
            sign_up_until=self.world.day(charter.sign_up_until),
            meetings=[self.world.day(day) for day in charter.meetings],
            handover=self.world.day(charter.handover),
            decision_by=self.world.day(charter.decision_by),
            sponsor_id=self.here.who(charter.sponsor),
            facilitator_id=self.here.who(charter.facilitator),
            facilitator_employed=True,
        )
        staff.post(f"/charters/{self.charter}/propose")

    def _adopt(self) -> None:
        charter = self.said.charter
        votes = {"votes_for": len(charter.present), "votes_against": 0, "abstained": 0}
        ballot = self._ballot(charter.adopted, charter.present) | votes
        self.here.as_(charter.chair).post(f"/docket/{self._matter()}/decide_charter", outcome="adopted", **ballot)
        self.world.settle()
        made = self.here.as_(self.here.staff).get(f"/charters/{self.charter}")
        self.here.groups[charter.title] = made["group_id"]

    def _sign_up(self) -> None:
        for category, applicants in self.said.applicants.to.items():
            for name, brings in applicants.items():
                made = self.here.as_(name).post(f"/groups/{self.group}/apply", category=category, brings=brings)
                self.sign_ups[name] = made["id"]

    def _compose(self) -> None:
        board, applicants = self.here.as_(self.said.charter.chair), self.said.applicants
        board.post(f"/groups/{self.group}/close_sign_up")
        for name in applicants.members:
            board.post(f"/sign_ups/{self.sign_ups[name]}/offer")
        for name in applicants.reserves:
            board.post(f"/sign_ups/{self.sign_ups[name]}/reserve")
        for name in applicants.members:
            self.here.as_(name).post(f"/sign_ups/{self.sign_ups[name]}/accept")
        board.post(f"/groups/{self.group}/form")

    def _convene(self, id: str, meeting: Meeting) -> None:
        begins, ends = meeting.hours
        self._leader().post(
            f"/meetings/{id}/convene",
            starts=self.world.moment(f"{meeting.day} {begins}"),
            ends=self.world.moment(f"{meeting.day} {ends}"),
            place=meeting.place,
            child_care=meeting.child_care,
            agenda=[{"kind": "discussion", "title": meeting.topic, "closed": False}],
        )

    def _move(self, id: str, meeting: Meeting) -> None:
        (begins, ends), (_, day) = meeting.hours, meeting.moved
        starts, stops = (self.world.moment(f"{day} {hour}") for hour in (begins, ends))
        self._leader().post(f"/meetings/{id}/change", starts=starts, ends=stops)

    def _hold(self, id: str, meeting: Meeting) -> None:
        present = [self.here.who(name) for name in self.said.applicants.members if name not in meeting.absent]
        self._leader().post(f"/meetings/{id}/hold", present=present, guests=0)
        self._bring(meeting)
        items = [{"title": meeting.topic, "text": meeting.minutes, "closed": False}]
        minutes = self._leader().post(f"/meetings/{id}/minutes", items=items)
        for step in ("send_for_comments", "approve", "publish"):
            self._leader().post(f"/minutes/{minutes['id']}/{step}")

    def _bring(self, meeting: Meeting) -> None:
        themes: dict[str, str] = {}
        for theme, name, kind, text in meeting.given:
            if theme not in themes:
                themes[theme] = self._leader().post(f"/groups/{self.group}/themes", name=theme)["id"]
            made = self.here.as_(name).post(f"/groups/{self.group}/contributions", kind=kind, text=text)
            self._leader().post(f"/contributions/{made['id']}/gather", theme_id=themes[theme])
            self.contributions[text] = (theme, made["id"])
        if meeting.given and self.said.understood:
            self._leader().post(f"/groups/{self.group}/shared_understanding", text=self.said.understood)

    def _write_proposal(self, proposal: Proposal) -> str:
        author = self.here.as_(proposal.by)
        says = {"title": proposal.title, "summary": proposal.summary}
        made = str(author.post(f"/groups/{self.group}/proposal", **says)["id"])
        feeds: dict[str, str] = {}
        for point in proposal.points:
            written = author.post(f"/proposals/{made}/recommendations", **_worded(point))
            feeds |= dict.fromkeys(point.themes, written["id"])
        for text, (theme, id) in self.contributions.items():
            if text in proposal.answered:
                self._leader().post(f"/contributions/{id}/answer", reason=proposal.answered[text])
            else:
                self._leader().post(f"/contributions/{id}/trace", recommendation_id=feeds[theme])
        return made

    def _lay_open(self, decision: Decision) -> None:
        staff, item = self.here.as_(self.here.staff), self._matter()
        outcome, text = decision.recommended
        staff.post(f"/docket/{item}/recommend", outcome=outcome, text=text)
        staff.post(f"/docket/{item}/present")
        for name, reason in decision.recused.items():
            self.here.as_(name).post(f"/docket/{item}/recuse", reason=reason)

    def _decide(self, decision: Decision) -> str:
        staff, item = self.here.as_(self.here.staff), self._matter()
        present = [name for name in self.said.charter.present if name not in decision.recused]
        votes = dict(zip(("votes_for", "votes_against", "abstained"), decision.votes, strict=True))
        review = {"review_on": self.world.day(decision.review_on)} if decision.review_on else {}
        written = staff.get(f"/docket/{item}")["text"]["recommendations"]
        points = self.said.proposal.points if self.said.proposal else ()
        decided = staff.post(
            f"/docket/{item}/decide_proposal",
            **self._ballot(decision.decided, tuple(present)),
            **votes,
            **decision.says,
            **review,
            points=[{"recommendation_id": each["id"]} | _answered(point) for each, point in zip(written, points, strict=True)],
        )
        return str(decided["decision_id"])

    def _plan(self, decided: str, decision: Decision) -> list[str]:
        staff = self.here.as_(self.here.staff)
        points = [point["recommendation_id"] for point in staff.get(f"/decisions/{decided}")["points"]]
        planned: list[str] = []
        for task in decision.tasks:
            carries_out = {} if task.point is None else {"recommendation_id": points[task.point]}
            due = self.world.day(task.due)
            made = staff.post(f"/decisions/{decided}/tasks", title=task.title, owner=task.owner, due=due, **carries_out)
            planned.append(made["id"])
            if task.started:
                staff.post(f"/tasks/{made['id']}/start")
        return planned

    def _ballot(self, when: str, present: tuple[str, ...]) -> dict[str, Any]:
        day, chair = self.world.day(when.partition(" ")[0]), self.here.who(self.said.charter.chair)
        return {"meeting_day": day, "chair_id": chair, "present": [self.here.who(name) for name in present]}

    def _matter(self) -> str:
        self.world.settle()
        items = self.here.as_(self.here.staff).get("/docket")["items"]
        return str(next(item["id"] for item in items if item["charter_id"] == self.charter and item["state"] != "decided"))

    def _end(self, meeting: Meeting) -> str:
        return f"{meeting.day} {meeting.hours[1]}"


def _worded(point: Point) -> dict[str, Any]:
    return {
        "text": point.text,
        "responsible": point.responsible,
        "cost": point.cost,
        "rent": "none",
        "question": point.question,
        "needs_department_meeting": point.needs_department_meeting,
        "first_step": "Aftales med administrationen.",
    }


def _answered(point: Point) -> dict[str, str]:
    said = {"change": point.change, "reason": point.reason}
    return {"outcome": point.outcome} | {name: text for name, text in said.items() if text}
