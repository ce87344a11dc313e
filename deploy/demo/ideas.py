"""Ideas as they come: written, published, endorsed, talked about, and answered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from deploy.demo.here import Here
from deploy.demo.strands import Stage


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of an idea by itself: `verb` is the action's name; `into` is the title that it goes on as part of."""

    when: str
    by: str
    verb: str
    reason: str
    into: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """An idea, who had it, and what others made of it. `on_paper`: staff wrote it down for somebody of that name."""

    day: str
    by: str
    title: str
    text: str
    origin: str = "resident"
    departments: tuple[str, ...] = ()
    endorsers: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    answer: Answer | None = None
    on_paper: str = ""


class Ideas:
    """The ideas of a season, with a sentence about it. A moderator publishes each on the day it comes."""

    def __init__(self, here: Here, sentence: str, ideas: Sequence[Told], *, moderator: str) -> None:
        self.here, self.world, self.moderator = here, here.world, moderator
        self.sentence, self.ideas = sentence, ideas

    def stages(self) -> Iterable[Stage]:
        """All of them in one."""
        return [(self.sentence, self.come)]

    def come(self) -> Iterator[str]:
        """One after the other, and their answers when the time has come."""
        for when, _, happens in sorted(moment for n, told in enumerate(self.ideas) for moment in self._moments(n, told)):
            yield when
            happens()

    def _moments(self, n: int, told: Told) -> Iterator[tuple[str, int, Callable[[], None]]]:
        yield f"{told.day} 09.30", n, lambda: self._submit(told)
        yield f"{told.day} 19.15", n, lambda: self._talk(told)
        if answer := told.answer:
            yield answer.when, n, lambda: self._answer(told, answer)

    def _submit(self, told: Told) -> None:
        author = self.here.as_(told.by)
        if told.on_paper:
            author = author.on_paper(self._person(told))
        departments = [self.here.department(name) for name in told.departments]
        made = author.post("/ideas", title=told.title, text=told.text, origin=told.origin, departments=departments)
        self.here.ideas[told.title] = made["id"]
        self.here.as_(self.moderator).post(f"/ideas/{made['id']}/publish")

    def _talk(self, told: Told) -> None:
        idea = self.here.ideas[told.title]
        for name in told.endorsers:
            self.here.as_(name).post(f"/ideas/{idea}/endorse")
        for name, text in told.comments:
            self.here.as_(name).post(f"/ideas/{idea}/comments", text=text)

    def _answer(self, told: Told, answer: Answer) -> None:
        into = {"into_id": self.here.ideas[answer.into]} if answer.into else {}
        path = f"/ideas/{self.here.ideas[told.title]}/{answer.verb}"
        self.here.as_(answer.by).post(path, reason=answer.reason, **into)

    def _person(self, told: Told) -> str:
        """Whoever cannot sign in is found by staff."""
        found = self.here.as_(told.by).get(f"/persons?search={told.on_paper.replace(' ', '%20')}")["items"]
        return str(found[0]["id"])
